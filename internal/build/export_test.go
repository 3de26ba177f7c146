package build

import (
	"slices"
	"strings"

	"leerblad/internal/search"
	"leerblad/internal/site"
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
