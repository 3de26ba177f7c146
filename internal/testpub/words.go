package testpub

import (
	"strings"
	"testing"

	"leerblad/internal/document"
)

// HaveWords fails for keys, and those in them, that have no short label and no short sentence of help in both languages.
func HaveWords(t *testing.T, keys []document.Key) {
	t.Helper()
	for _, k := range keys {
		for _, label := range []string{k.Label.NL, k.Label.EN} {
			if label == "" || len(label) > 30 || strings.HasSuffix(label, ".") {
				t.Errorf("%s has the label %q", k.Name, label)
			}
		}
		for _, help := range []string{k.Help.NL, k.Help.EN} {
			if len(help) > 100 || !strings.HasSuffix(help, ".") || strings.Contains(help, ". ") {
				t.Errorf("%s has the help %q", k.Name, help)
			}
		}
		HaveWords(t, k.Fields)
	}
}
