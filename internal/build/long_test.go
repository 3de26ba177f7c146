package build_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"leerblad/internal/build"
)

// Pages of long lists show little of each entry, and of some only that they are there. Their sums must change with that, too.
func TestSumsOfLongPagesChangeWithWhatIsFarDown(t *testing.T) {
	dir := t.TempDir()
	put := func(name, text string) string {
		name = filepath.Join(dir, "content", name)
		write(t, name, []byte(text))
		return name
	}
	put("site.yaml", settings)
	put("topics/t.md", "---\ntitle: Het thema\n---\n")
	put("topics/ander.md", "---\ntitle: Ander\n---\n\n- [+] Iets.\n- [!] Nog iets.\n")
	put("regions/r.md", "---\ntitle: De regio\n---\n")
	for i := range 30 {
		date := fmt.Sprintf("date: 20%d-03-%02d\ntopics: [t]\n", 20-i/10, 28-i%10)
		put(fmt.Sprintf("sheets/s%02d.md", i), fmt.Sprintf("---\ntitle: Sheet %d\n%s---\n\n## Het thema\n\n- [+] Een.\n- [-] Twee.\n- [!] Drie.\n", i, date))
		put(fmt.Sprintf("stories/v%02d.md", i), fmt.Sprintf("---\ntitle: Verhaal %d\n%sregions: [r]\n---\n", i, date))
	}
	kept := build.New(build.Options{Content: filepath.Join(dir, "content"), Now: "2021-07-01"}, nil)
	before := buildState(t, kept)
	for _, c := range []struct {
		file, old, new string // no new: the file is removed
		pages          string
	}{
		{"sheets/s29.md", "## Het thema", "## Ander", "bevindingen/index.html themas/t/index.html"},
		{"sheets/s28.md", "[!]", "[+]", "bevindingen/index.html themas/t/index.html"},
		{"sheets/s25.md", "2018", "2019", "bevindingen/index.html themas/t/index.html"},
		{"sheets/s27.md", "2018", "2017", "bevindingen/index.html themas/t/index.html"},
		{"sheets/s18.md", "Sheet 18", "Andere titel", "bevindingen/index.html"},
		{"stories/v25.md", "Verhaal 25", "Een andere titel", "themas/t/praktijkverhalen/index.html regios/r/praktijkverhalen/index.html"},
		{"topics/t.md", "Het thema", "Thema", "themas/t/praktijkverhalen/index.html"},
		{"regions/r.md", "De regio", "Regio", "regios/r/praktijkverhalen/index.html"},
		{"stories/v15.md", "2019-03-23", "2019-03-24", "index.html"},
		{"stories/v29.md", "", "", "themas/t/index.html regios/r/index.html"},
	} {
		name := filepath.Join(dir, "content", c.file)
		if c.new == "" {
			if err := os.Remove(name); err != nil {
				t.Fatal(err)
			}
		} else {
			text, err := os.ReadFile(name)
			if err != nil || !strings.Contains(string(text), c.old) {
				t.Fatalf("%s: %v: %s", c.file, err, text)
			}
			write(t, name, bytes.ReplaceAll(text, []byte(c.old), []byte(c.new)))
		}
		after := buildState(t, kept, name)
		for _, page := range strings.Fields(c.pages) {
			if bytes.Equal(before.files[page], after.files[page]) {
				t.Errorf("%s: %q for %q: %s is the same", c.file, c.new, c.old, page)
			}
		}
		for page, sum := range after.sums {
			if sum != 0 && before.sums[page] == sum && !bytes.Equal(before.files[page], after.files[page]) {
				t.Errorf("%s: %q for %q: %s changed, its sum did not: %s", c.file, c.new, c.old, page, firstDifference(before.files[page], after.files[page]))
			}
		}
		before = after
	}
}
