package importer

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"leerblad/internal/diag"
)

var update = flag.Bool("update", false, "write what comes of the files of testdata")

// Each archive of testdata has files in the forms of programs, each followed by the Markdown and the messages that come of it.
func TestFilesOfOtherPrograms(t *testing.T) {
	archives, _ := filepath.Glob("testdata/*.txtar")
	if len(archives) == 0 {
		t.Fatal("no archives")
	}
	for _, path := range archives {
		a, err := txtar.ParseFile(path)
		if err != nil {
			t.Fatal(err)
		}
		out := &txtar.Archive{Comment: a.Comment}
		for i := 0; i < len(a.Files); i++ {
			f := a.Files[i]
			if filepath.Ext(f.Name) == ".out" {
				continue
			}
			got := imported(f.Name, f.Data)
			out.Files = append(out.Files, f, txtar.File{Name: f.Name + ".out", Data: []byte(got)})
			want := ""
			if i+1 < len(a.Files) && a.Files[i+1].Name == f.Name+".out" {
				want = string(a.Files[i+1].Data)
			}
			if got != want && !*update {
				t.Errorf("%s, %s:\n%s\nwant\n%s", path, f.Name, got, want)
			}
		}
		if *update {
			if err := os.WriteFile(path, txtar.Format(out), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// imported gives what comes of a file: its text, and the messages.
func imported(name string, data []byte) string {
	doc, err := Read(name, data, diag.Dutch)
	if err != nil {
		return "error: " + err.Error() + "\n"
	}
	text := Import(doc, Options{Name: name, Today: "2026-01-01"})
	out := strings.Replace(string(text.Markdown), "draft: true\n", "", 1)
	for _, r := range text.Remarks {
		out += "! " + r.Text(diag.English) + "\n"
	}
	return out
}
