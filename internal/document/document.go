// Package document turns one file into one Document: its front matter as typed fields, and its body
// compiled.
//
// A Document depends on nothing but the file's path and bytes, so it can be kept for as long as they stay
// the same. Whether what it refers to exists is for package publication.
package document

import (
	"cmp"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"leerblad/internal/diag"
	"leerblad/internal/frontmatter"
	"leerblad/internal/markdown"
	"leerblad/internal/source"
)

// Document is one entry as its editor wrote it.
type Document struct {
	Place
	File *source.File
	Top  source.Span // where a problem of the entry as a whole is reported
	Meta Meta
	Body *markdown.Body
	Tree markdown.Node // the body of a newsletter, from which its mail is made; of other kinds it is not kept

	// BodyStart is the offset in File at which the body begins.
	BodyStart int
	// TitleKey is the title as a slug, by which titles are sorted.
	TitleKey string

	// Unread says that the front matter could not be read. References to the entry hold, and what it seems to
	// lack is not reported.
	Unread bool
	// NoBody says that the body could not be read either: any id may be in it.
	NoBody bool

	reference string
}

// Reference gives <kind>/<slug>, as other entries write it.
func (d *Document) Reference() string { return d.reference }

func (p Place) reference() string {
	if p.Kind == Home {
		return "index"
	}
	return string(p.Kind) + "/" + p.Slug
}

// Parse reads the entry at place. Whatever is wrong with the file, there is a Document.
func Parse(p *markdown.Parser, f *source.File, place Place) (*Document, diag.List) {
	d := &Document{Place: place, reference: place.reference(), File: f, Top: source.At(f, 0, 0)}
	if problems := Unreadable(f); problems != nil {
		d.Body, d.Unread, d.NoBody = &markdown.Body{}, true, true
		return d, problems
	}
	block, from, ok, problems := frontmatter.Split(f)
	diags := append(frontmatter.Conflicts(f), problems...)
	d.Unread = !ok
	d.NoBody = !ok && from == len(f.Data)
	if ok {
		fields, problems := frontmatter.Read(block)
		diags = append(diags, problems...)
		d.Unread = problems.HasErrors() && fields == nil
		d.Top = source.Line(f, 1)
		if !d.Unread {
			d.Meta = readMeta(fields, place.Kind, d.Top, &diags)
		}
	}
	if d.Meta.Type.Value == "" && place.Kind == Documents {
		d.Meta.Type.Value = "other"
	}
	d.TitleKey = markdown.Slug(cmp.Or(d.Meta.Title.Value, d.Slug))
	if p = p.In(d.Meta.Language.Value); place.Kind == Newsletters {
		d.Body, d.Tree, problems = p.ParseTree(f, from, d.Meta.Title.Value)
	} else {
		d.Body, problems = p.Parse(f, from, d.Meta.Title.Value)
	}
	for _, problem := range problems {
		if i := slices.Index(problem.Args, any(markdown.Elsewhere)); i >= 0 && place.Kind.Knows("media") {
			problem.Args[i] = diag.Term("shown-media")
		}
	}
	d.BodyStart = from
	return d, append(diags, problems...)
}

// IsAddress reports whether s is a complete address on the web.
func IsAddress(s string) bool {
	u, err := url.Parse(s)
	return err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != ""
}

// bareHost matches what begins with the name of a site, and is no name of a file.
var bareHost = regexp.MustCompile(`^(www\.[a-z0-9-]+|[a-z0-9-]+(\.[a-z0-9-]+)*\.(nl|org|com|net|eu|be|info))(/\S*|\.\S*)?$`)

// BadAddress says that a text is no address, and which one was probably meant.
func BadAddress(t frontmatter.Text) diag.Diagnostic {
	d := diag.Diagnostic{Code: "bad-address", Span: t.Span, Args: []any{t.Value}}
	if bareHost.MatchString(t.Value) {
		d.Suggest = "https://" + t.Value
		if t.Span.Text() == t.Value {
			fix := diag.Replace(t.Span, d.Suggest)
			fix.Choose = !strings.HasPrefix(t.Value, "www.")
			d.Fixes = []diag.Fix{fix}
		}
	}
	return d
}

// Transcript compiles a transcript, which is a body without front matter; its ids begin with prefix.
func Transcript(p *markdown.Parser, f *source.File, prefix string) (*markdown.Body, diag.List) {
	start := 0
	if strings.HasPrefix(string(f.Data), "\ufeff") {
		start = len("\ufeff")
	}
	if problems := Unreadable(f); problems != nil {
		return &markdown.Body{}, problems
	}
	body, diags := p.ParseBeside(f, start, prefix)
	return body, append(frontmatter.Conflicts(f), diags...)
}
