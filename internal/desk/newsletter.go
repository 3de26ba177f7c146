package desk

import (
	"context"
	"net/http"
	"strings"
	"time"

	"leerblad/internal/build"
	"leerblad/internal/edit"
	"leerblad/internal/frontmatter"
)

// Tester sends an issue as test mail to all test addresses. What an error says is for people.
type Tester func(ctx context.Context, result *build.Result, slug string) ([]Tested, error)

// Tested says what became of the test mail for an address. Message is for people.
type Tested struct {
	To      string `json:"to"`
	Sent    bool   `json:"sent"`
	Message string `json:"message,omitempty"`
}

// maxBy is the most bytes of who approves.
const maxBy = 200

// testMail sends an issue as it is on disk to the test addresses.
func (d *Desk) testMail(w http.ResponseWriter, r *http.Request) error {
	var q struct{ Slug string }
	if err := d.asked(w, r, &q); err != nil {
		return err
	}
	if d.options.Test == nil {
		return refusal(http.StatusNotFound, "not-found")
	}
	if len(d.session.Unsaved()) > 0 {
		return refusal(http.StatusConflict, "unsaved")
	}
	if !d.publishing.TryLock() {
		return refusal(http.StatusConflict, "busy-test")
	}
	defer d.publishing.Unlock()
	tested, err := d.options.Test(r.Context(), d.session.Now(), q.Slug)
	if err != nil {
		return refusal(http.StatusConflict, "untested", err.Error()).with("tested", tested)
	}
	return sendJSON(w, http.StatusOK, map[string][]Tested{"tested": tested})
}

// approve notes that somebody approves of an issue's mail, which has a digest.
func (d *Desk) approve(w http.ResponseWriter, r *http.Request) error {
	return d.seal(w, r, func(s build.Seal, by string) (edit.Set, error) {
		if by == "" || len(by) > maxBy {
			return edit.Set{}, refusal(http.StatusBadRequest, "no-name")
		}
		return s.Approve(by, d.today())
	})
}

// sent notes that an issue's mail, which has a digest, was sent, and keeps it.
func (d *Desk) sent(w http.ResponseWriter, r *http.Request) error {
	return d.seal(w, r, func(s build.Seal, _ string) (edit.Set, error) {
		if s.Draft {
			return edit.Set{}, refusal(http.StatusConflict, "is-draft")
		}
		return s.Send(d.session.Root(), d.today())
	})
}

// seal changes what an issue says of its mail, if that is the one which whoever asks has seen.
func (d *Desk) seal(w http.ResponseWriter, r *http.Request, set func(s build.Seal, by string) (edit.Set, error)) error {
	var q struct{ Slug, Digest, By string }
	if err := d.asked(w, r, &q); err != nil {
		return err
	}
	err := d.write(r, func() (edit.Set, error) {
		if len(d.session.Unsaved()) > 0 {
			return edit.Set{}, refusal(http.StatusConflict, "unsaved")
		}
		s, ok, err := d.session.Now().Seal(q.Slug)
		switch {
		case err != nil:
			return edit.Set{}, err
		case !ok:
			return edit.Set{}, refusal(http.StatusNotFound, "not-found")
		case s.Wrong:
			return edit.Set{}, refusal(http.StatusConflict, "wrong-mail")
		case s.Digest != q.Digest:
			return edit.Set{}, refusal(http.StatusConflict, "other-mail")
		}
		return set(s, strings.Join(strings.Fields(q.By), " "))
	})
	if err != nil {
		return err
	}
	return sendJSON(w, http.StatusOK, struct{}{})
}

// today is the day that it is, or that the preview is of where nobody says what time it is.
func (d *Desk) today() frontmatter.Day {
	if d.options.Clock == nil {
		return d.options.Today
	}
	return frontmatter.Day(d.options.Clock().Format(time.DateOnly))
}
