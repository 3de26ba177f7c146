// Package internal holds no code; its test keeps the packages' imports running one way.
package internal_test

import (
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// testsAlone are packages without code of the product, whose tests see it from outside.
const testsAlone = "tests alone"

// layers says which packages of the project a package may import, and why there are no more.
var layers = map[string]struct {
	may string
	why string
}{
	"internal/bounds":          {"", "numbers alone"},
	"internal/fold":            {"", "characters alone"},
	"internal/lang":            {"", "tags alone"},
	"internal/source":          {"bounds", "files and positions know nothing of what is in them"},
	"internal/lock":            {"", "a folder is locked whatever is in it"},
	"internal/edit":            {"bounds source lock", "a change is a place and bytes"},
	"internal/diag":            {"bounds source edit", "a diagnostic is a place and words, and how to mend it"},
	"internal/frontmatter":     {"bounds source edit diag", "fields are read without knowing which keys there are"},
	"internal/chart":           {"bounds source edit diag", "a table becomes a drawing, wherever it is written"},
	"internal/markdown":        {"bounds chart fold lang source edit diag frontmatter digest", "a body is compiled without knowing the entry's kind"},
	"internal/document":        {"source edit diag frontmatter markdown", "a document depends on its own file alone"},
	"internal/filetype":        {"", "a table alone"},
	"internal/digest":          {"", "it walks over data of any type"},
	"internal/publication":     {"bounds chart source edit diag frontmatter markdown document digest", "what refers to what has nothing to do with pages"},
	"internal/refactor":        {"source diag edit frontmatter markdown document publication", "a plan is made of texts, and is changes"},
	"internal/site":            {"chart lang source diag frontmatter markdown document publication digest", "a view holds plain data; no HTML, no files"},
	"internal/assist":          {"chart source edit diag fold frontmatter markdown document publication refactor", "what an editor is told has nothing to do with how it is sent"},
	"internal/lsp":             {"bounds source edit diag frontmatter publication refactor assist session", "messages and positions; what is known of a text is in assist"},
	"internal/draft":           {"source edit diag frontmatter markdown document", "a new text is made of others and is bytes; who asks for it writes them"},
	"internal/importer":        {"bounds source diag frontmatter markdown document media", "what a file says is a tree, and what is written is read back; a contribution is an entry with pictures already; it knows no publication"},
	"internal/theme":           {"source diag frontmatter markdown", "a theme knows nothing of what it will show"},
	"internal/render":          {"chart source diag frontmatter markdown site theme", "a page is a function of its view and the theme"},
	"internal/feed":            {"lang frontmatter markdown site filetype", "emitters never import each other"},
	"internal/newsletter/lint": {"", "HTML is bytes, wherever it comes from"},
	"internal/newsletter":      {"bounds source diag document markdown media site theme lint", "a mail is a function of its view, its text and the theme"},
	"internal/search":          {"fold", "it indexes plain texts, wherever they come from"},
	"internal/cache":           {"", "bytes by their digests"},
	"internal/media":           {"cache", "pictures are bytes"},
	"internal/poster":          {"", "a text and colours are all it knows"},
	"internal/pdf":             {"", "a page is bytes, wherever it comes from"},
	"internal/output":          {"source lock", "a set of files knows nothing of how they were made; source opens regular files alone"},
	"internal/deploy":          {"filetype output lock", "a set of files goes to a target, however it was made"},
	"internal/courier":         {"", "a mail is bytes and an address, whatever it says"},
	"internal/watch":           {"source", "changed paths are all it knows; source says which names count"},
	"internal/devserver":       {"filetype", "the command joins it with build"},
	"internal/build": {"source edit diag digest filetype frontmatter markdown document publication refactor assist site theme render feed newsletter cache media pdf poster output deploy search themes",
		"it wires all stages and is imported by the command alone"},
	"internal/history": {"", "bytes by their paths, and git; what a text says does not matter"},
	"internal/session": {"source edit diag refactor watch build", "a publication that is edited, whoever edits it"},
	"internal/desk": {"bounds source diag edit frontmatter markdown document publication refactor filetype media importer draft history build session",
		"it edits a publication, and knows nothing of pages"},
	"internal/start":   {"source diag", "a publication is opened or made by who asks for the page"},
	"internal/browser": {"build feed frontmatter output pdf", testsAlone},
	"internal/hosts":   {"build feed filetype frontmatter output", testsAlone},
	"internal/mailpit": {"", "for tests alone"},
	"internal/testpub": {"source diag document markdown publication", "for tests alone"},
	"internal/bench":   {"themes lsp", "it measures the command from outside, as its user calls it"},
	"cmd/leerblad": {"source edit diag frontmatter markdown document publication refactor newsletter courier output pdf deploy build devserver session lsp desk start importer draft",
		"the command calls stages; templates and emitters are build's"},
	"themes": {"", "files alone"},

	"internal/desk/codemirror":      {"", "it is made of packages of npm"},
	"internal/desk/codemirror/make": {"codemirror", "its command"},
	"internal/release":              {"", "it looks at the command from outside"},
	"internal/release/make":         {"release", "its command"},
}

func TestImportsRunOneWay(t *testing.T) {
	seen := map[string]bool{}
	err := filepath.WalkDir("..", func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() && d.Name() == "node_modules" {
			return fs.SkipDir
		}
		if filepath.Ext(p) != ".go" || path.Dir(filepath.ToSlash(p)) == "../internal" {
			return nil
		}
		pkg := strings.TrimPrefix(path.Dir(filepath.ToSlash(p)), "../")
		test := strings.HasSuffix(p, "_test.go")
		layer, known := layers[pkg]
		if !known {
			t.Errorf("package %s is not in the table", pkg)
			return nil
		}
		seen[pkg] = true
		file, err := parser.ParseFile(token.NewFileSet(), p, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		for _, spec := range file.Imports {
			name, _ := strconv.Unquote(spec.Path.Value)
			name, own := strings.CutPrefix(name, "leerblad/")
			if !own || "internal/"+path.Base(name) == pkg || test && layer.why != testsAlone {
				continue
			}
			if !slices.Contains(strings.Fields(layer.may), path.Base(name)) {
				t.Errorf("%s imports %s: %s", p, name, layer.why)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for pkg := range layers {
		if !seen[pkg] {
			t.Errorf("package %s is in the table and not there", pkg)
		}
	}
}
