package document

import (
	"path"
	"regexp"
	"slices"
	"strings"

	"leerblad/internal/diag"
	"leerblad/internal/markdown"
	"leerblad/internal/source"
)

// Kind is a kind of entry, named as its folder.
type Kind string

// The kinds of the content contract. Home is the publication's own index.md.
const (
	Home            Kind = "home"
	Pages           Kind = "pages"
	Sheets          Kind = "sheets"
	Recommendations Kind = "recommendations"
	Stories         Kind = "stories"
	Documents       Kind = "documents"
	Topics          Kind = "topics"
	Regions         Kind = "regions"
	Newsletters     Kind = "newsletters"
)

// Kinds are the kinds that have a folder.
var Kinds = []Kind{Sheets, Recommendations, Stories, Documents, Topics, Regions, Newsletters, Pages}

// Folders gives the names of the kinds' folders.
func Folders() []string {
	out := make([]string, len(Kinds))
	for i, k := range Kinds {
		out[i] = string(k)
	}
	return out
}

// Term gives the kind's name as an argument of a diagnostic.
func (k Kind) Term() diag.Term { return diag.Term("kind-" + string(k)) }

// SlugForm is what an entry's slug must match.
var SlugForm = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

// Place is where an entry's file stands.
type Place struct {
	Kind Kind
	Slug string
}

// Locate says which entry the file f holds. ok is false for a file that is no entry: media, settings, a README.md for
// the editors, and the own files of an entry that is a folder. exists tells which paths there are.
func Locate(f *source.File, exists func(string) bool) (place Place, ok bool, diags diag.List) {
	p := f.Path
	if path.Ext(p) != ".md" || strings.HasPrefix(p, "media/") || path.Base(p) == "README.md" {
		return place, false, nil
	}
	if p == "index.md" {
		return Place{Home, ""}, true, nil
	}
	parts := strings.Split(p, "/")
	kind := Kind(parts[0])
	start := source.At(f, 0, 0)
	if !slices.Contains(Kinds, kind) {
		diags.AddNear("misplaced-file", start, parts[0], Folders(), p, strings.Join(Folders(), ", "))
		return place, false, diags
	}
	if p == string(kind)+"/index.md" {
		diags.Add("misplaced-file", start, p, strings.Join(Folders(), ", "))
		return place, false, diags
	}
	slug := strings.TrimSuffix(parts[1], ".md")
	switch {
	case len(parts) == 2, len(parts) == 3 && parts[2] == "index.md":
	case exists(path.Join(parts[0], parts[1], "index.md")):
		return place, false, nil
	default:
		diags = append(diags, diag.Diagnostic{Code: "misplaced-file", Span: start,
			Args: []any{p, strings.Join(Folders(), ", ")}, Suggest: path.Join(parts[0], parts[len(parts)-1])})
		return place, false, diags
	}
	if !SlugForm.MatchString(slug) {
		diags = append(diags, diag.Diagnostic{Code: "bad-slug", Span: start, Args: []any{slug}, Suggest: markdown.Slug(slug)})
		if slug = markdown.Slug(slug); slug == "" {
			return place, false, diags
		}
	}
	return Place{kind, slug}, true, diags
}
