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

// The kinds that code names. What there is to know of each stands in Kinds.
const (
	Home            Kind = "home" // the publication's own index.md
	Pages           Kind = "pages"
	Sheets          Kind = "sheets"
	Recommendations Kind = "recommendations"
	Stories         Kind = "stories"
	Documents       Kind = "documents"
	Topics          Kind = "topics"
	Regions         Kind = "regions"
	Newsletters     Kind = "newsletters"

	Finding Kind = "finding" // what stands in for a kind where a finding may be referred to
)

// Row is all that is told of a kind in one place; stages ask it what they do with entries of the kind.
type Row struct {
	Kind   Kind
	One    diag.Phrase // what messages call one
	Names  []string    // what editors call it when they ask for a new one, its folder apart
	Dated  bool        // entries must have a date: they stand newest first, and in feeds
	Layout string      // of an entry's page, in the theme
	List   string      // the layout of the list of all, "" for a kind without one
	Schema string      // the type of that page (schema.org)
	Keys   []string    // those that it knows beside common
	Card   []string    // keys that its card tells beside what all cards do, and FindingsFact
	Named  []string    // keys of other names by which readers look for it
	Found  []string    // keys of texts by which readers find it, as by its body
	Under  []Kind      // of the entries whose pages list those of this kind that name them
	Mail   []string    // keys that a newsletter's item tells, and facts
	Item   bool        // a newsletter may have it among its items
}

// Facts that a card or an item of a newsletter can tell and that no key holds.
const (
	FindingsFact = "findings" // its findings
	CountsFact   = "counts"   // how many findings there are on it
	StoriesFact  = "stories"  // how many practice stories are from it
	FileFact     = "file"     // the type of its file
	DateFact     = "date"
)

// Kinds are the kinds that have a folder, in the order in which readers see them.
var Kinds = []Row{
	{
		Kind: Sheets, One: diag.Phrase{NL: "een sheet", EN: "a sheet"}, Names: []string{"sheet", "factsheet", "factsheets"},
		Dated: true, Layout: "sheet", List: "list", Schema: "Report", Item: true,
		Keys: []string{"date", "topics", "number", "period", "sources", "report"},
		Card: []string{"number", FindingsFact}, Found: []string{"sources", "period"}, Mail: []string{"period", FindingsFact},
	},
	{
		Kind: Recommendations, One: diag.Phrase{NL: "een aanbeveling", EN: "a recommendation"},
		Names: []string{"recommendation", "aanbeveling", "aanbevelingen"},
		Dated: true, Layout: "recommendation", List: "list", Schema: "Article", Item: true,
		Keys: []string{"date", "topics", "regions", "order", "sheet", "evidence", "audience"},
		Card: []string{"regions"}, Found: []string{"audience"}, Under: []Kind{Topics, Regions}, Mail: []string{"audience"},
	},
	{
		Kind: Stories, One: diag.Phrase{NL: "een praktijkverhaal", EN: "a practice story"},
		Names: []string{"story", "praktijkverhaal", "praktijkverhalen", "verhaal", "verhalen"},
		Dated: true, Layout: "story", List: "list", Schema: "Article", Item: true,
		Keys: []string{"date", "topics", "regions", "outcome", "lessons", "media"},
		Card: []string{"regions", "outcome"}, Found: []string{"lessons", "media"}, Under: []Kind{Topics, Regions}, Mail: []string{"regions"},
	},
	{
		Kind: Documents, One: diag.Phrase{NL: "een document", EN: "a document"}, Names: []string{"document", "documenten"},
		Dated: true, Layout: "document", List: "list", Schema: "Report", Item: true,
		Keys: []string{"date", "topics", "regions", "period", "type", "file", "link"},
		Card: []string{"regions", "type"}, Under: []Kind{Topics, Regions}, Mail: []string{"period", "regions", FileFact},
	},
	{
		Kind: Topics, One: diag.Phrase{NL: "een thema", EN: "a topic"}, Names: []string{"topic", "thema", "themas", "thema's"},
		Layout: "topic", List: "topics", Schema: "CollectionPage", Item: true,
		Keys: []string{"order", "names"}, Named: []string{"names"}, Mail: []string{CountsFact},
	},
	{
		Kind: Regions, One: diag.Phrase{NL: "een regio", EN: "a region"}, Names: []string{"region", "regio", "regios", "regio's"},
		Layout: "region", List: "regions", Schema: "CollectionPage", Item: true,
		Keys: []string{"municipality", "code", "tile", "names"}, Named: []string{"names", "municipality"}, Mail: []string{"municipality", StoriesFact},
	},
	{
		Kind: Newsletters, One: diag.Phrase{NL: "een nieuwsbrief", EN: "a newsletter"},
		Names: []string{"newsletter", "nieuwsbrief", "nieuwsbrieven"},
		Dated: true, Layout: "newsletter", List: "list", Schema: "Article", Item: true,
		Keys: []string{"date", "number", "subject", "preheader", "greeting", "items", "approved", "sent"}, Card: []string{"number"}, Mail: []string{DateFact},
	},
	{
		Kind: Pages, One: diag.Phrase{NL: "een pagina", EN: "a page"}, Names: []string{"page", "pagina", "paginas", "pagina's"},
		Layout: "page", Schema: "WebPage", Item: true, Keys: []string{"date", "order", "form"},
	},
}

// home is the row of the start page, which has no folder and no list.
var home = Row{Kind: Home, One: diag.Phrase{NL: "de startpagina", EN: "the home page"}, Layout: "home", Schema: "WebSite"}

// rows are all rows by kind.
var rows = func() map[Kind]*Row {
	out := map[Kind]*Row{Home: &home}
	for i := range Kinds {
		out[Kinds[i].Kind] = &Kinds[i]
	}
	return out
}()

// Row gives the kind's row; it is zero for a word that is no kind.
func (k Kind) Row() *Row {
	if r := rows[k]; r != nil {
		return r
	}
	return &Row{Kind: k}
}

// Which gives the kinds with a folder whose row it holds for.
func Which(holds func(*Row) bool) (out []Kind) {
	for i := range Kinds {
		if holds(&Kinds[i]) {
			out = append(out, Kinds[i].Kind)
		}
	}
	return out
}

// Folders gives the names of the kinds' folders.
func Folders() []string {
	out := make([]string, len(Kinds))
	for i, r := range Kinds {
		out[i] = string(r.Kind)
	}
	return out
}

// Called gives the kind that an editor calls by its folder or one of its names.
func Called(name string) (Kind, bool) {
	name = strings.ToLower(name)
	for _, r := range Kinds {
		if name == string(r.Kind) || slices.Contains(r.Names, name) {
			return r.Kind, true
		}
	}
	return "", false
}

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
	if rows[kind] == nil || kind == Home {
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
