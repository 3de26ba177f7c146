package draft

import (
	"errors"
	"io/fs"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"leerblad/internal/document"
	"leerblad/internal/markdown"
	"leerblad/internal/source"
)

func TestCopiesAreDraftsOfTheirOwn(t *testing.T) {
	const today = "2024-03-01"
	for name, c := range map[string]struct{ text, want string }{
		"what belongs to one entry": {
			"---\ntitle: Een\n# van de redactie\ndate: 2021-01-01 # toen\naliases:\n  - /oud/\n\n# over de periode\nperiod: 2020\nnumber: 3\n---\n# Kop\n",
			"---\ntitle: \"Twee: <b>\"\n# van de redactie\ndate: 2024-03-01 # toen\ndraft: true\n\n# over de periode\nperiod: 2020\nnumber: 4\n---\n# Kop\n",
		},
		"a draft, other line ends": {
			"\ufeff---\r\ndraft: true\r\ntitle: >\r\n  Een\r\n  lange\r\nupdated: 2021-01-01\r\n---\r\nTekst\r\n",
			"\ufeff---\r\ndraft: true\r\ntitle: >\r\n  Twee: <b>\r\n---\r\nTekst\r\n",
		},
		"in braces": {"---\n{title: Een, names: [x]}\n---\n", "---\n{title: \"Twee: <b>\", draft: true}\n---\n"}, "broken": {"---\ntitle: [\n---\n", ""}, "none": {"Tekst\n", ""},
	} {
		fsys := fstest.MapFS{"sheets/een.md": {Data: []byte(c.text)}}
		got, err := Copy(fsys, source.NewFile("sheets/een.md", []byte(c.text)), document.Place{Kind: "sheets", Slug: "een"}, "twee", "Twee: <b>", today)
		if c.want == "" {
			if !errors.Is(err, ErrUnread) {
				t.Errorf("%s: %v", name, err)
			}
			continue
		}
		if err != nil || len(got) != 1 || got[0].Path != "sheets/twee.md" || string(got[0].Data) != c.want {
			t.Errorf("%s: %v\n%q\nwant\n%q", name, err, got, c.want)
		}
	}
}

func TestCopiesOfTheSampleAreRight(t *testing.T) {
	fsys := os.DirFS("../../content")
	n := 0
	for _, kind := range document.Folders() {
		each(fsys, document.Kind(kind), func(name string, data []byte) {
			f := source.NewFile(name, data)
			place, ok, _ := document.Locate(f, func(p string) bool { _, err := fs.Stat(fsys, p); return err == nil })
			if !ok {
				return
			}
			got, err := Copy(fsys, f, place, "kopie", "Kopie", "2024-03-01")
			if err != nil {
				t.Errorf("%s: %v", name, err)
				return
			}
			doc, problems := document.Parse(markdown.New(), source.NewFile(got[0].Path, got[0].Data), document.Place{Kind: place.Kind, Slug: "kopie"})
			if problems, _ := problems.Hints(); len(problems) > 0 || doc.Meta.Title.Value != "Kopie" || !doc.Meta.Draft || len(doc.Meta.Aliases) > 0 {
				t.Errorf("%s: %v\n%s", name, problems, got[0].Data)
			}
			n++
		})
	}
	if n < 20 {
		t.Errorf("%d texts", n)
	}
}

func TestFilesOfAnEntryAreCopied(t *testing.T) {
	text := []byte("---\ntitle: Een\n---\n")
	fsys := fstest.MapFS{"stories/a/index.md": {Data: text}, "stories/a/foto.png": {Data: []byte("x")}, "stories/a/b/c.vtt": {Data: []byte("y")},
		"stories/a/.geheim": {Data: []byte("z")}, "stories/a/.map/c": {Data: []byte("z")}, "stories/a/link": {Data: []byte("z"), Mode: fs.ModeSymlink}}
	got, err := Copy(fsys, source.NewFile("stories/a/index.md", text), document.Place{Kind: "stories", Slug: "a"}, "b", "B", "2024-03-01")
	var paths []string
	for _, n := range got {
		paths = append(paths, n.Path)
	}
	if s := strings.Join(paths, " "); err != nil || s != "stories/b/index.md stories/b/b/c.vtt stories/b/foto.png" {
		t.Error(s, err)
	}
	fsys["stories/a/film.mp4"] = &fstest.MapFile{Data: make([]byte, MaxCopy)}
	if _, err := Copy(fsys, source.NewFile("stories/a/index.md", text), document.Place{Kind: "stories", Slug: "a"}, "b", "B", "2024-03-01"); !errors.Is(err, ErrTooLarge) {
		t.Error(err)
	}
}
