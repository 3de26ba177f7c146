package desk

import (
	"errors"
	"io/fs"
	"net/http"
	"os"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"leerblad/internal/edit"
	"leerblad/internal/history"
	"leerblad/internal/source"
)

// maxSentence is how long what is said of a version may be, in bytes.
const maxSentence = 2000

// found is what git was found, and where.
type found struct {
	sync.Mutex
	looked bool
	at     fs.FileInfo // nil for no .git
	git    *history.Git
	err    error
}

// git gives the history of the publication in git, or nil; the error says why git does not do. What was found is kept until the nearest .git is another; afresh looks anyway.
func (d *Desk) git(r *http.Request, afresh bool) (*history.Git, error) {
	f := &d.found
	f.Lock()
	defer f.Unlock()
	_, at := history.Repository(d.session.Content())
	if same := at == nil && f.at == nil || os.SameFile(at, f.at); f.looked && same && !afresh {
		return f.git, f.err
	}
	isText := func(p string) bool { return textPath(p) == nil }
	isFile := func(p string) bool { return isText(p) || checkPath(p) == nil && isMedium(p) }
	git, err := history.Open(r.Context(), d.session.Content(), d.session.Root(), isFile, isText)
	if r.Context().Err() == nil { // else git was stopped because nobody waits for the answer
		f.looked, f.at, f.git, f.err = true, at, git, err
	}
	return git, err
}

// keep keeps the texts that a set writes over or removes, unless git does. That they cannot be kept must not stop who saves: the list of
// versions says so.
func (d *Desk) keep(r *http.Request, set edit.Set) {
	var texts []*source.File
	for _, c := range set.Texts {
		texts = append(texts, c.Span.File)
	}
	texts = slices.DeleteFunc(append(texts, set.Removed...), func(f *source.File) bool { return f.Data == nil || textPath(f.Path) != nil })
	if d.options.Clock == nil || len(texts) == 0 {
		return
	}
	if git, _ := d.git(r, false); git != nil {
		return
	}
	kept := history.NewKept(d.session.Root(), d.options.Clock)
	seen := map[string]bool{}
	d.unkept = nil
	for _, f := range texts {
		if !seen[f.Path] {
			seen[f.Path] = true
			d.unkept = errors.Join(d.unkept, kept.Keep(f.Path, f.Data))
		}
	}
}

// versions answers with the versions of the text at p, or with the bytes of one; without a text, with what git has still to take. Words that were
// taken away are for who writes alone.
func (d *Desk) versions(w http.ResponseWriter, r *http.Request, p string) error {
	if !here(r) {
		return refusal(http.StatusForbidden, "elsewhere")
	}
	answer := struct {
		Git      bool              `json:"git"`
		Changed  []string          `json:"changed"`
		Unsaved  []string          `json:"unsaved"`
		Versions []history.Version `json:"versions"`
		Problem  string            `json:"problem,omitempty"`
	}{Changed: []string{}, Unsaved: append([]string{}, d.session.Unsaved()...), Versions: []history.Version{}}
	var past history.History
	l := d.session.Language()
	git, err := d.git(r, true)
	if err = ofHistory(err); err != nil {
		refused := d.refusalOf(err, l)
		answer.Problem = say(l, refused.code, refused.args...)
	}
	switch {
	case git != nil:
		past, answer.Git = git, true
		changed, err := git.Changed(r.Context())
		if err != nil {
			return ofHistory(err)
		}
		answer.Changed = append(answer.Changed, changed...)
	case d.options.Clock != nil:
		past = history.NewKept(d.session.Root(), d.options.Clock)
		d.writing.Lock()
		if d.unkept != nil {
			answer.Problem = strings.TrimPrefix(answer.Problem+"; "+say(l, "unkept", d.refusalOf(d.unkept, l).code), "; ")
		}
		d.writing.Unlock()
	case err != nil:
		return err
	default:
		return refusal(http.StatusNotFound, "not-found")
	}
	if p == "" {
		return sendJSON(w, http.StatusOK, answer)
	}
	if err := textPath(p); err != nil {
		return err
	}
	if id := r.URL.Query().Get("version"); id != "" {
		data, err := past.Read(r.Context(), p, id)
		if err != nil {
			return ofHistory(err)
		}
		return send(w, r, textType(p), data)
	}
	list, err := past.Versions(r.Context(), p)
	if err != nil {
		return ofHistory(err)
	}
	answer.Versions = append(answer.Versions, list...)
	return sendJSON(w, http.StatusOK, answer)
}

// withGit does something with git, while nobody saves.
func (d *Desk) withGit(r *http.Request, do func(*history.Git) error) error {
	git, err := d.git(r, false)
	switch {
	case err != nil:
		return ofHistory(err)
	case git == nil:
		return refusal(http.StatusConflict, "no-git")
	}
	d.writing.Lock()
	defer d.writing.Unlock()
	return ofHistory(do(git))
}

// commit takes the changed files into the history.
func (d *Desk) commit(w http.ResponseWriter, r *http.Request) error {
	var q struct{ Message string }
	if err := d.asked(w, r, &q); err != nil {
		return err
	}
	sentence := strings.TrimSpace(q.Message)
	if sentence == "" || len(sentence) > maxSentence || !utf8.ValidString(sentence) || strings.ContainsRune(sentence, 0) {
		return refusal(http.StatusBadRequest, "bad-message")
	}
	var paths []string
	err := d.withGit(r, func(g *history.Git) (err error) {
		paths, err = g.Commit(r.Context(), sentence)
		return err
	})
	if err != nil {
		return err
	}
	return sendJSON(w, http.StatusOK, map[string]any{"paths": paths})
}

// get takes others' changes; conflicts that the editor has solved come along.
func (d *Desk) get(w http.ResponseWriter, r *http.Request) error {
	var q struct{ Solved []history.Conflict }
	if err := mayBe(r, "application/json"); err != nil {
		return err
	}
	if err := tooLarge(readJSON(w, r, maxUpload, &q), maxUpload>>20); err != nil {
		return err
	}
	left := []history.Conflict{}
	err := d.withGit(r, func(g *history.Git) error {
		list, err := g.Get(r.Context(), q.Solved)
		left = append(left, list...)
		return err
	})
	if err != nil {
		return err
	}
	return sendJSON(w, http.StatusOK, map[string]any{"conflicts": left})
}

// share sends the commits to where the publication is shared.
func (d *Desk) share(w http.ResponseWriter, r *http.Request) error {
	if err := d.asked(w, r, &struct{}{}); err != nil {
		return err
	}
	if err := d.withGit(r, func(g *history.Git) error { return g.Share(r.Context()) }); err != nil {
		return err
	}
	return sendJSON(w, http.StatusOK, map[string]any{})
}

// ofHistory gives the refusal that belongs to what git or the folder of versions said.
func ofHistory(err error) error {
	var failure *history.Failure
	var notOwned *history.NotOwned
	switch {
	case errors.As(err, &notOwned):
		return refusal(http.StatusConflict, "git-owner", notOwned.Command)
	case errors.As(err, &failure):
		return refusal(http.StatusConflict, "git-failed", failure.Said)
	case errors.Is(err, history.ErrNone):
		return refusal(http.StatusNotFound, "not-found")
	case errors.Is(err, history.ErrNothing):
		return refusal(http.StatusConflict, "nothing-changed")
	case errors.Is(err, history.ErrUncommitted):
		return refusal(http.StatusConflict, "uncommitted")
	case errors.Is(err, history.ErrForeign):
		return refusal(http.StatusConflict, "other-conflict")
	case errors.Is(err, history.ErrNoRemote):
		return refusal(http.StatusConflict, "no-remote")
	case errors.Is(err, history.ErrWhichRemote):
		return refusal(http.StatusConflict, "which-remote")
	case errors.Is(err, history.ErrTooLong):
		return refusal(http.StatusGatewayTimeout, "git-time")
	}
	return err
}
