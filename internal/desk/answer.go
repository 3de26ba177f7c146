package desk

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"slices"
	"strings"
	"syscall"

	"leerblad/internal/build"
	"leerblad/internal/diag"
	"leerblad/internal/draft"
	"leerblad/internal/edit"
	"leerblad/internal/importer"
	"leerblad/internal/refactor"
)

// refused says why something is not done. Its words are those of the code.
type refused struct {
	status int
	code   string
	args   []any
	more   map[string]any // what else the answer holds
	said   error          // says it in words, in place of the code's
}

func refusal(status int, code string, args ...any) *refused {
	return &refused{status: status, code: code, args: args}
}

func (r *refused) Error() string { return r.code }

// with adds to the answer.
func (r *refused) with(key string, value any) *refused {
	if r.more == nil {
		r.more = map[string]any{}
	}
	r.more[key] = value
	return r
}

// refuse answers with an error: {error: {code, message, …}, …}.
func (d *Desk) refuse(w http.ResponseWriter, err error) {
	l := d.session.Language()
	r := d.refusalOf(err, l)
	what := map[string]any{"code": r.code}
	var texts interface{ Text(diag.Language) string }
	if errors.As(r.said, &texts) {
		what["message"] = texts.Text(l)
	} else {
		what["message"] = say(l, r.code, r.args...)
	}
	answer := map[string]any{"error": what}
	for key, value := range r.more {
		if key == "text" || key == "etag" {
			answer[key] = value
		} else {
			what[key] = value
		}
	}
	_ = sendJSON(w, r.status, answer)
}

// refusalOf tells what stood in the way.
func (d *Desk) refusalOf(err error, l diag.Language) *refused {
	var r *refused
	var plan *refactor.Refusal
	var unread *importer.Error
	var tooLarge *http.MaxBytesError
	var file *fs.PathError
	switch {
	case errors.As(err, &r):
		return r
	case errors.As(err, &plan):
		r = &refused{status: http.StatusConflict, code: string(plan.Why), said: plan}
		if plan.Suggest != "" {
			r.with("suggest", plan.Suggest)
		}
		if plan.Why == refactor.Unknown {
			r.status = http.StatusNotFound
		}
		return r.with("problems", records(plan.Problems, l))
	case errors.As(err, &unread):
		return &refused{status: http.StatusUnprocessableEntity, code: unread.Code, said: unread}
	case errors.As(err, &tooLarge):
		return refusal(http.StatusRequestEntityTooLarge, "too-large", tooLarge.Limit/1_000_000)
	case errors.Is(err, edit.ErrLink):
		return refusal(http.StatusForbidden, "link")
	case errors.Is(err, edit.ErrReadOnly), errors.Is(err, fs.ErrPermission):
		return refusal(http.StatusForbidden, "read-only")
	case errors.Is(err, edit.ErrTaken):
		return refusal(http.StatusConflict, "taken", name(err))
	case errors.Is(err, build.ErrRestless), errors.Is(err, edit.ErrBusy), errors.Is(err, edit.ErrChanged):
		return refusal(http.StatusConflict, "restless")
	case errors.Is(err, draft.ErrUnread):
		return refusal(http.StatusConflict, "unread")
	case errors.Is(err, draft.ErrTooLarge):
		return refusal(http.StatusRequestEntityTooLarge, "too-large", draft.MaxCopy/1_000_000)
	case errors.Is(err, syscall.ENOSPC):
		return refusal(http.StatusInsufficientStorage, "disk-full")
	case errors.As(err, &file): // the rest of it is of the disk
		return refusal(http.StatusInternalServerError, "failed", fmt.Sprintf("%s: %v", file.Op, file.Err))
	}
	return refusal(http.StatusInternalServerError, "failed", err.Error())
}

// name gives the last part of the path in an error.
func name(err error) string {
	var file *fs.PathError
	if !errors.As(err, &file) {
		return ""
	}
	return file.Path[strings.LastIndexAny(file.Path, `/\`)+1:]
}

// records gives diagnostics as `check --json` prints them, with paths in the publication folder.
func records(list diag.List, l diag.Language) []diag.Record {
	out := []diag.Record{}
	for _, d := range list {
		record := diag.Printer{Language: l}.Record(d)
		if d.Code == "refers" { // which is of the command
			record.Hint = ""
		}
		out = append(out, record)
	}
	return out
}

func sendJSON(w http.ResponseWriter, status int, value any) error {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(status)
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	return enc.Encode(value)
}

// readJSON reads a body that is one JSON object.
func readJSON(w http.ResponseWriter, r *http.Request, most int64, into any) error {
	dec := json.NewDecoder(http.MaxBytesReader(w, r.Body, most))
	if err := dec.Decode(into); err != nil {
		var tooLarge *http.MaxBytesError
		if errors.As(err, &tooLarge) {
			return err
		}
		return refusal(http.StatusBadRequest, "bad-request")
	}
	return nil
}

// mayBe refuses a request of another type than one of these.
func mayBe(r *http.Request, types ...string) error {
	kind, _, _ := strings.Cut(r.Header.Get("Content-Type"), ";")
	if !slices.Contains(types, strings.ToLower(strings.TrimSpace(kind))) {
		return refusal(http.StatusUnsupportedMediaType, "bad-type", strings.Join(types, ", "))
	}
	return nil
}
