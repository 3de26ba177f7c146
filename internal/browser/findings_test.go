package browser_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// manyFindings writes a publication of 1,500 sheets with 8 findings each: each of 12 topics, 6 years, 4 valences and 5 reaches as often.
func manyFindings(t *testing.T) (content string) {
	t.Helper()
	content = t.TempDir()
	put := func(name, text string) {
		name = filepath.Join(content, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	put("site.yaml", "title: Proef\nurl: https://example.org/\n")
	for i := range 12 {
		put(fmt.Sprintf("topics/thema-%d.md", i), fmt.Sprintf("---\ntitle: Thema %d\n---\n", i))
	}
	for i := range 1500 {
		var b strings.Builder
		fmt.Fprintf(&b, "---\ntitle: Sheet nummer %04d\ndate: %d-%02d-11\nnumber: %d\ntopics: [thema-%d]\n---\n\n", i, 2015+i/250, 1+i%250/21, i+1, i%12)
		for j := range 8 {
			n := 8*i + j
			reach := []string{"one", "some", "many", "most", "all"}[n%5]
			fmt.Fprintf(&b, "- [%c] Bevinding %d, over wat er in de regio gebeurde. {#f%d reach=%s}\n", "+!~-"[n%4], n, j, reach)
		}
		put(fmt.Sprintf("sheets/sheet-%04d.md", i), b.String())
	}
	return content
}
