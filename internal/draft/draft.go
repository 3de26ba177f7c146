// Package draft makes new texts of a publication: by the templates of their kinds, and by texts that there are.
//
// It reads a publication folder as it is on disk, and writes nothing.
package draft

import (
	"embed"
	"encoding/json"
	"io/fs"
	"path"
	"regexp"
	"strconv"
	"strings"

	"leerblad/internal/diag"
	"leerblad/internal/document"
	"leerblad/internal/frontmatter"
	"leerblad/internal/markdown"
	"leerblad/internal/source"
)

//go:embed templates
var templates embed.FS

// New fills in the template of a kind: with the title, the day and the number after the highest one.
func New(fsys fs.FS, kind document.Kind, title string, today frontmatter.Day, l diag.Language) ([]byte, error) {
	text, err := templates.ReadFile("templates/" + string(l) + "/" + string(kind) + ".md")
	if err != nil {
		return nil, err
	}
	return []byte(strings.NewReplacer("TITLE", quoted(title), "DATE", string(today), "NUMBER", strconv.Itoa(nextNumber(fsys, kind))).Replace(string(text))), nil
}

// quoted gives a text as YAML on one line.
func quoted(text string) string {
	var out strings.Builder
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	_ = enc.Encode(text)
	return strings.TrimSpace(out.String()) // a JSON string is a YAML string
}

// Taken gives the path of what stands in the way of an entry: its text, or its folder. It is "" where nothing does.
func Taken(fsys fs.FS, kind document.Kind, slug string) string {
	for _, name := range []string{path.Join(string(kind), slug) + ".md", path.Join(string(kind), slug)} {
		if _, err := fs.Lstat(fsys, name); err == nil {
			return name
		}
	}
	return ""
}

// Topics gives the slugs of the publication's topics by their titles and other names.
func Topics(fsys fs.FS) map[string]string {
	names := map[string]string{}
	parser := markdown.New()
	each(fsys, document.Topics, func(name string, data []byte) {
		f := source.NewFile(name, data)
		place, ok, _ := document.Locate(f, func(string) bool { return false })
		if !ok {
			return
		}
		doc, _ := document.Parse(parser, f, place)
		for _, name := range append(document.Values(doc.Meta.Names), doc.Meta.Title.Value) {
			names[name] = place.Slug
		}
	})
	return names
}

// Slugs gives the slugs of the publication's entries of a kind.
func Slugs(fsys fs.FS, kind document.Kind) (slugs []string) {
	each(fsys, kind, func(name string, data []byte) {
		if place, ok, _ := document.Locate(source.NewFile(name, data), func(string) bool { return false }); ok {
			slugs = append(slugs, place.Slug)
		}
	})
	return slugs
}

var numberLine = regexp.MustCompile(`(?m)^number:\s*(\d+)`)

// nextNumber gives the number after the highest one among the entries of a kind.
func nextNumber(fsys fs.FS, kind document.Kind) int {
	highest := 0
	each(fsys, kind, func(_ string, data []byte) {
		if m := numberLine.FindSubmatch(data); m != nil {
			n, _ := strconv.Atoi(string(m[1]))
			highest = max(highest, n)
		}
	})
	return highest + 1
}

// each calls do for the texts of a kind that can be read.
func each(fsys fs.FS, kind document.Kind, do func(name string, data []byte)) {
	_ = fs.WalkDir(fsys, string(kind), func(p string, d fs.DirEntry, err error) error {
		if err != nil || path.Ext(p) != ".md" {
			return nil
		}
		if info, err := fs.Stat(fsys, p); err != nil || !info.Mode().IsRegular() || info.Size() > source.MaxText {
			return nil
		}
		if data, err := fs.ReadFile(fsys, p); err == nil {
			do(p, data)
		}
		return nil
	})
}
