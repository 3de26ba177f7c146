package digest

import (
	"hash/maphash"
	"testing"
)

type shown struct {
	Kept
	Title string
	Next  *shown
}

type place struct{ From, To int }

type data struct {
	Text   string
	Texts  []string
	Number int
	Yes    bool
	One    *shown
	Other  place
	Span   place `digest:"set"`
	Line   int   `digest:"-"`
	Own    own
	hidden int
}

// own counts its first text alone.
type own struct{ A, B string }

func (o *own) Walk(w *Walker) { w.Text(o.A) }

func TestOf(t *testing.T) {
	seed := maphash.MakeSeed()
	of := func(change func(*data)) Sum {
		d := data{Text: "a", Texts: []string{"b", "c"}, One: &shown{Title: "d"}, Span: place{1, 2}}
		change(&d)
		return Of(seed, &d)
	}
	same := of(func(*data) {})
	for name, c := range map[string]struct {
		change func(*data)
		counts bool
	}{
		"nothing":       {func(d *data) {}, false},
		"a text":        {func(d *data) { d.Text = "b" }, true},
		"an element":    {func(d *data) { d.Texts[1] = "d" }, true},
		"another cut":   {func(d *data) { d.Texts = []string{"bc", ""} }, true},
		"none":          {func(d *data) { d.Texts = nil }, true},
		"a number":      {func(d *data) { d.Number = -1 }, true},
		"a truth":       {func(d *data) { d.Yes = true }, true},
		"behind":        {func(d *data) { d.One.Title = "e" }, true},
		"nothing there": {func(d *data) { d.One = nil }, true},
		"far behind":    {func(d *data) { d.One.Next = &shown{Title: "e"} }, true},
		"within":        {func(d *data) { d.Other.To = 1 }, true},
		"moved":         {func(d *data) { d.Span.To = 3 }, false},
		"taken away":    {func(d *data) { d.Span = place{} }, true},
		"left out":      {func(d *data) { d.Line = 1 }, false},
		"hidden":        {func(d *data) { d.hidden = 1 }, false},
		"its own way":   {func(d *data) { d.Own.A = "x" }, true},
		"not its way":   {func(d *data) { d.Own.B = "x" }, false},
	} {
		if got := of(c.change) != same; got != c.counts {
			t.Errorf("%s: counts %v", name, got)
		}
	}
}

func TestKept(t *testing.T) {
	seed := maphash.MakeSeed()
	s := &shown{Title: "a"}
	before := Of(seed, &data{One: s})
	if s.sum == 0 {
		t.Fatal("the digest is not kept")
	}
	s.Title = "b" // which nobody may do; the kept digest is what counts
	if Of(seed, &data{One: s}) != before {
		t.Error("the digest is made again")
	}
}

func TestWhatEmbedsAnotherHasADigestOfItsOwn(t *testing.T) {
	type page struct {
		*shown
		Shown *shown
		Text  string
	}
	seed := maphash.MakeSeed()
	s := &shown{Title: "a"}
	if Of(seed, &page{s, s, "b"}) == Of(seed, &page{s, s, "c"}) {
		t.Error("it has the digest of what it embeds")
	}
}

func TestHas(t *testing.T) {
	d := &data{Text: "a", One: &shown{Title: "b", Next: &shown{Title: "c"}}, Own: own{A: "d", B: "e"}}
	for word, want := range map[string]bool{"a": true, "b": true, "c": true, "d": true, "e": false, "ab": false} {
		if Has(map[string]bool{word: true}, d) != want {
			t.Errorf("%q: %v", word, !want)
		}
	}
}

func TestNoPlainData(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("no panic")
		}
	}()
	Of(maphash.MakeSeed(), &struct{ M map[string]int }{})
}
