package desk

import (
	"context"
	"encoding/json"
	"net/http"
	"sync"
	"time"
)

// Publisher puts the site where readers are; dry only tells what would change. step is told of what was done, in order. What an error says is for people.
type Publisher func(ctx context.Context, dry bool, step func(done, of int)) (Published, error)

// Published is what readers see change, and how many files were sent, or would be.
type Published struct {
	To      string          `json:"to"`      // the place, without what may be secret
	Address string          `json:"address"` // where readers find it
	New     []PublishedPage `json:"new"`
	Changed []PublishedPage `json:"changed"`
	Gone    []PublishedPage `json:"gone"`
	Others  int             `json:"others"` // pages that change along: lists, topics, the home page
	Send    int             `json:"send"`
	Remove  int             `json:"remove"`
	Bytes   int64           `json:"bytes"` // that were sent
}

// PublishedPage is the page of a text. Title is empty for a text that is gone.
type PublishedPage struct {
	Title string `json:"title"`
	Path  string `json:"path"` // on the site, below its root
}

// stepTime is how often a page hears how far it is.
const stepTime = 100 * time.Millisecond

// publish answers with what would change, or puts the site where readers are. Then it answers a line at a time: {done, of} …, and at last
// {published} or {error}. Who goes away meanwhile breaks it off, which leaves a site that works.
func (d *Desk) publish(w http.ResponseWriter, r *http.Request) error {
	var q struct{ DryRun bool }
	if err := d.asked(w, r, &q); err != nil {
		return err
	}
	if d.options.Publish == nil {
		return refusal(http.StatusNotFound, "not-found")
	}
	if !d.publishing.TryLock() {
		return refusal(http.StatusConflict, "busy-publish")
	}
	defer d.publishing.Unlock()
	if q.DryRun {
		plan, err := d.options.Publish(r.Context(), true, func(int, int) {})
		if err != nil {
			return refusal(http.StatusConflict, "unpublished", err.Error())
		}
		return sendJSON(w, http.StatusOK, plan)
	}
	w.Header().Set("Content-Type", "application/x-ndjson")
	line := func(v any) {
		_ = json.NewEncoder(w).Encode(v) // who has gone needs no answer
		_ = http.NewResponseController(w).Flush()
	}
	var mu sync.Mutex
	var told time.Time
	published, err := d.options.Publish(r.Context(), false, func(done, of int) {
		mu.Lock()
		defer mu.Unlock()
		if now := time.Now(); now.Sub(told) >= stepTime {
			told = now
			line(map[string]int{"done": done, "of": of})
		}
	})
	if err != nil {
		line(map[string]any{"error": map[string]string{"code": "unpublished", "message": err.Error()}})
		return nil
	}
	line(map[string]any{"published": published})
	return nil
}
