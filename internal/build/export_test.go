package build

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"leerblad/internal/search"
	"leerblad/internal/site"
	"leerblad/internal/source"
)

// PageSum gives the sum by which a page or a mail is known, 0 for another file.
func PageSum(r *Result, name string) uint64 {
	if i, ok := r.issueOf(name); ok {
		return uint64(r.plan.IssueSum(i))
	}
	p, ok := r.plan.Page(name)
	if !ok {
		return 0
	}
	return uint64(r.plan.Sum(p))
}

// Unchanged reports whether a build would give ErrUnchanged. It only reads.
func Unchanged(t *testing.T, options Options) bool {
	t.Helper()
	b := New(options, nil)
	root, err := b.openFolder()
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	b.tree = &source.Tree{}
	_, _, err = b.input(t.Context(), root, []string{"."})
	if err != nil && !errors.Is(err, ErrUnchanged) {
		t.Fatal(err)
	}
	return err != nil
}

// Shown gives the files that readers and programs see but for those of the theme and the search index, and what is searched.
func Shown(r *Result) (files map[string][]byte, searched []search.Document, err error) {
	files = map[string][]byte{}
	for name := range r.files {
		if !strings.HasPrefix(name, "assets/") {
			if files[name], _, err = r.Preview(name); err != nil {
				return nil, nil, err
			}
		}
	}
	for _, i := range r.plan.Issues {
		for _, name := range site.MailFiles {
			if files[i.Folder+"/"+name], _, err = r.Preview(i.Folder + "/" + name); err != nil {
				return nil, nil, err
			}
		}
	}
	for _, p := range r.plan.Pages {
		if files[p.File], _, err = r.Preview(p.File); err != nil {
			return nil, nil, err
		}
	}
	return files, slices.Collect(r.documents()), nil
}
