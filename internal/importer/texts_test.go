package importer

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// Every code that the package names is in the table, in both languages with as many arguments.
func TestEveryCodeHasWords(t *testing.T) {
	named := regexp.MustCompile(`(?:Code: *|Remark\{|[rR]emark\(|return )"([a-z0-9-]+)"`)
	files, _ := filepath.Glob("*.go")
	found := map[string]bool{}
	for _, f := range files {
		if strings.HasSuffix(f, "_test.go") {
			continue
		}
		data, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range named.FindAllSubmatch(data, -1) {
			if code := string(m[1]); texts[code][0] == "" && !strings.HasPrefix(string(m[0]), "return") {
				t.Errorf("%s: %q has no words", f, code)
			} else {
				found[code] = true
			}
		}
	}
	for code, pair := range texts {
		if !found[code] {
			t.Errorf("nothing says %q", code)
		}
		if pair[1] == "" || strings.Count(pair[0], "%") != strings.Count(pair[1], "%") {
			t.Errorf("%s: %q and %q", code, pair[0], pair[1])
		}
	}
}
