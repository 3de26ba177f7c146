package start

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
)

// Publication is one that was opened before.
type Publication struct {
	Content string `json:"content"` // the path of its folder
	Title   string `json:"title"`
}

// Recent keeps which publications were opened, in a file; a nil one keeps nothing.
type Recent struct{ file string }

// maxRecent is how many publications are kept.
const maxRecent = 10

// NewRecent keeps them in the editor's own settings, or nowhere if there are none.
func NewRecent() *Recent {
	dir, err := os.UserConfigDir()
	if err != nil {
		return nil
	}
	return &Recent{filepath.Join(dir, "leerblad", "recent.json")}
}

// List gives those that are still there, the last one first.
func (r *Recent) List() []Publication {
	return slices.DeleteFunc(r.all(), func(p Publication) bool { return Content(p.Content) == "" })
}

func (r *Recent) all() (list []Publication) {
	if r == nil {
		return nil
	}
	data, err := os.ReadFile(r.file)
	if err != nil || json.Unmarshal(data, &list) != nil {
		return nil // it is a convenience, and the next one begins anew
	}
	return slices.DeleteFunc(list, func(p Publication) bool { return !filepath.IsAbs(p.Content) })
}

// Add puts a publication first. That it cannot be kept is no reason to stop.
func (r *Recent) Add(p Publication) {
	abs, err := filepath.Abs(p.Content)
	if r == nil || err != nil {
		return
	}
	p.Content = abs
	list := append([]Publication{p}, slices.DeleteFunc(r.all(), func(o Publication) bool { return o.Content == abs })...)
	data, err := json.MarshalIndent(list[:min(len(list), maxRecent)], "", "  ")
	if err != nil || os.MkdirAll(filepath.Dir(r.file), 0o700) != nil {
		return
	}
	beside := r.file + ".new"
	if os.WriteFile(beside, append(data, '\n'), 0o600) == nil {
		_ = os.Rename(beside, r.file)
	}
}
