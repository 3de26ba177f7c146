package site

import (
	"slices"
	"testing"

	"leerblad/internal/document"
)

// What rows say that cards and newsletters tell, something puts there; what something puts there, a row asks for.
func TestRowsAskForWhatIsMade(t *testing.T) {
	var cards, items []string
	for _, row := range document.Kinds {
		cards, items = append(cards, row.Card...), append(items, row.Mail...)
	}
	for _, c := range []struct {
		of     string
		asked  []string
		made   func(string) bool
		others []string
	}{
		{"cardFacts", cards, func(f string) bool { return cardFacts[f] != nil }, keysOf(cardFacts)},
		{"itemFacts", items, func(f string) bool { return itemFacts[f] != nil || f == document.FindingsFact }, keysOf(itemFacts)},
	} {
		for _, fact := range c.asked {
			if !c.made(fact) {
				t.Errorf("%s does not have %s", c.of, fact)
			}
		}
		for _, fact := range c.others {
			if !slices.Contains(c.asked, fact) {
				t.Errorf("no row asks for %s of %s", fact, c.of)
			}
		}
	}
	for kind := range views {
		if kind.Row().Layout == "" {
			t.Errorf("a view of %s, which is no kind", kind)
		}
	}
}

func keysOf[T any](m map[string]T) (out []string) {
	for k := range m {
		out = append(out, k)
	}
	return out
}
