package build_test

import (
	"bytes"
	"context"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"leerblad/internal/build"
	"leerblad/internal/diag"
	"leerblad/internal/frontmatter"
)

var update = flag.Bool("update", false, "rewrite the wanted parts of the golden files")

// buildFolder builds the publication in dir/content as on 1 June 2021, and gives the result and the files of the site.
func buildFolder(t *testing.T, dir string, change ...func(*build.Options)) (*build.Result, map[string][]byte) {
	t.Helper()
	o := build.Options{Content: filepath.Join(dir, "content"), Now: frontmatter.Day("2021-06-01")}
	for _, c := range change {
		c(&o)
	}
	b := build.New(o, nil)
	result, err := b.Build(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	mistakes, _, err := b.Check(context.Background(), result)
	if err != nil {
		t.Fatal(err)
	}
	result.Problems = append(result.Problems, mistakes...).Sorted()
	return result, filesOf(t, result)
}

// filesOf gives the files of a site; nil for a page that has mistakes.
func filesOf(t *testing.T, result *build.Result) map[string][]byte {
	t.Helper()
	set, err := result.Set()
	if err != nil {
		t.Fatal(err)
	}
	files := map[string][]byte{}
	for _, p := range set.Paths() {
		files[p], _, _ = set.Get(p)
	}
	return files
}

// A golden file holds the files of a publication and what must come out: problems as text, and files of the site as
// the bare theme in testdata/theme shows them. Its comment may have the words "drafts", "future" and "all" on a line "with:".
func TestGolden(t *testing.T) {
	files, _ := filepath.Glob("testdata/golden/*.txtar")
	if len(files) == 0 {
		t.Fatal("no golden files")
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) { golden(t, file) })
	}
}

// unpackGolden writes the publication of a golden file into a folder, and gives what changes the options to those that it asks for.
func unpackGolden(t *testing.T, archive *txtar.Archive, dir string) func(*build.Options) {
	for _, f := range archive.Files {
		if !strings.HasPrefix(f.Name, "want/") {
			write(t, filepath.Join(dir, f.Name), f.Data)
		}
	}
	if _, err := os.Stat(filepath.Join(dir, "content/site.yaml")); err != nil {
		write(t, filepath.Join(dir, "content/site.yaml"), []byte("title: Proef\nurl: https://example.org/\n"))
	}
	theme, _ := filepath.Abs("testdata/theme")
	return func(o *build.Options) {
		o.Theme = theme
		o.Drafts = regexp.MustCompile(`with:.*drafts`).Match(archive.Comment)
		o.Future = regexp.MustCompile(`with:.*future`).Match(archive.Comment)
		o.All = regexp.MustCompile(`with:.*all`).Match(archive.Comment)
	}
}

func golden(t *testing.T, file string) {
	archive, err := txtar.ParseFile(file)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	result, site := buildFolder(t, dir, unpackGolden(t, archive, dir))
	var wanted []string
	for _, f := range archive.Files {
		if strings.HasPrefix(f.Name, "want/") {
			wanted = append(wanted, f.Name)
		}
	}
	if slow := result.Slow(); slow != nil {
		t.Errorf("pages are rendered slowly: %v", slow)
	}
	got := map[string][]byte{}
	var problems bytes.Buffer
	if err := (diag.Printer{Root: "content", Language: result.Language}).Text(&problems, append(result.Problems, result.Hints()...).Sorted()); err != nil {
		t.Fatal(err)
	}
	got["want/problems"] = problems.Bytes()
	for _, name := range wanted {
		if page := site[strings.TrimPrefix(name, "want/site/")]; page != nil {
			got[name] = append(bytes.TrimRight(page, "\n"), '\n')
		} else if name != "want/problems" {
			t.Errorf("there is no %s", name)
		}
	}
	for i, f := range archive.Files {
		if !strings.HasPrefix(f.Name, "want/") {
			continue
		}
		if *update {
			archive.Files[i].Data = got[f.Name]
		} else if !bytes.Equal(got[f.Name], f.Data) {
			t.Errorf("%s:\n--- got\n%s\n--- want\n%s", f.Name, got[f.Name], f.Data)
		}
	}
	if *update {
		if err := os.WriteFile(file, txtar.Format(archive), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func write(t *testing.T, file string, data []byte) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, data, 0o644); err != nil {
		t.Fatal(err)
	}
}
