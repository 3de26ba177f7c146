package lsp

import (
	"math/rand/v2"
	"testing"
)

// edited is changed for one text, by going through it.
func edited(text string, changes []contentChange, e encoding) string {
	for _, c := range changes {
		if c.Range == nil {
			text = c.Text
			continue
		}
		a, b := slowOffset(text, c.Range.Start, e), slowOffset(text, c.Range.End, e)
		text = text[:min(a, b)] + c.Text + text[max(a, b):]
	}
	return text
}

func randomChanges(r *rand.Rand) (out []contentChange) {
	place := func() Position { return Position{r.IntN(14) - 1, r.IntN(700) - 1} }
	for range 1 + r.IntN(4) {
		c := contentChange{Text: randomText(r, 8)}
		if r.IntN(20) > 0 {
			c.Range = &Range{place(), place()}
		}
		out = append(out, c)
	}
	return out
}

func TestRandomEditsGiveTheTextOfTheClient(t *testing.T) {
	for seed := range uint64(20) {
		r := rand.New(rand.NewPCG(seed, 1))
		e := []encoding{utf8Bytes, utf16Units}[seed%2]
		want := randomText(r, 40)
		all := texts{}.with(newOpen("u", "sheets/a.md", 0, []byte(want)))
		for version := range 40 {
			changes := randomChanges(r)
			before, was := all, all["u"].data
			kept := string(was)
			next, err := all.changed("u", version, changes, e)
			if err != nil {
				t.Fatal(err)
			}
			all, want = next, edited(want, changes, e)
			if got := string(all["u"].data); got != want {
				t.Fatalf("seed %d: %q, want %q", seed, got, want)
			}
			if string(before["u"].data) != kept {
				t.Fatal("the text as it was has changed")
			}
		}
	}
}

func TestTextThatIsNotOpenIsNotChanged(t *testing.T) {
	if _, err := (texts{}).changed("u", 1, nil, utf8Bytes); err != errNotOpen {
		t.Error(err)
	}
}
