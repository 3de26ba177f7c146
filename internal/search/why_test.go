package search

import (
	"bytes"
	"compress/flate"
	"encoding/json"
	"fmt"
	"io"
	"reflect"
	"strings"
	"testing"
)

func TestAnswersSayWhyAPageWasFound(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("Dit gaat over iets anders. ", 20)
	docs := []Document{
		{URL: "/sub/sheets/een/", Kind: "sheets", Date: "2021-01-01", Title: "Samenwerken in de arbeidsmarktregio", Passages: []Passage{
			{Text: "Inleiding."},
			{Anchor: "kop", Heading: "Overleg", Text: long + "De stuurgroep komt\n  elke maand bijeen. Zij telt 1.000 leden. " + long},
			{Anchor: "f1", Heading: "Dit werkt", Text: "Het bestuurlijk overleg is klein."},
		}},
		{URL: "/sub/over/", Kind: "pages", Title: "Over PoW", Summary: "Zonder meer."},
	}
	cases := []struct {
		query, shown, why string
		instead           map[string][]string
	}{
		{"stuurgroep ", "Samenwerken in de arbeidsmarktregio", "/sub/sheets/een/#kop Overleg: … De [stuurgroep] komt elke maand bijeen.", nil},
		{"stuurgroup ", "Samenwerken in de arbeidsmarktregio", "/sub/sheets/een/#kop Overleg: … De [stuurgroep] komt elke maand bijeen.", map[string][]string{"stuurgroup": {"stuurgroep"}}},
		{"\"stuurgroep\" ", "Samenwerken in de arbeidsmarktregio", "/sub/sheets/een/#kop Overleg: … De [stuurgroep] komt elke maand bijeen.", nil},
		{"overleg bestuurlijke", "Samenwerken in de arbeidsmarktregio", "/sub/sheets/een/#f1 Dit werkt: Het [bestuurlijk] [overleg] is klein.", map[string][]string{"bestuurlijke": {"bestuurlijk"}}},
		{"arbeidsmarkt ", "Samenwerken in de [arbeidsmarktregio]", "/sub/sheets/een/ : Inleiding.", map[string][]string{"arbeidsmarkt": {"arbeidsmarktregio"}}},
		{"regio ", "Samenwerken in de arbeidsmarkt[regio]", "/sub/sheets/een/ : Inleiding.", nil},
		{"1000 ", "Samenwerken in de arbeidsmarktregio", "/sub/sheets/een/#kop Overleg: … Zij telt [1.000] leden.", nil},
		{"samenw", "[Samenwerken] in de arbeidsmarktregio", "/sub/sheets/een/ : Inleiding.", nil},
		{"perspectief op werk", "Over [PoW]", "", map[string][]string{"Perspectief op Werk": {"PoW"}}},
	}
	var searches []asked
	for _, c := range cases {
		searches = append(searches, asked{Query: c.query, Why: true})
	}
	for i, a := range ask(t, docs, searches...) {
		c := cases[i]
		if a.Error != "" || len(a.Results) == 0 {
			t.Errorf("%q: %+v", c.query, a)
			continue
		}
		r := a.Results[0]
		instead := map[string][]string{}
		for _, other := range a.Instead {
			instead[other.Typed] = other.Words
		}
		if r.Shown != c.shown || !strings.HasPrefix(r.Why, c.why) || (c.why == "") != (r.Why == "") || len(instead) != len(c.instead) || len(instead) > 0 && !reflect.DeepEqual(instead, c.instead) {
			t.Errorf("%q: %q, %q, %q\nwant %q, %q, %q", c.query, r.Shown, r.Why, instead, c.shown, c.why, c.instead)
		}
		if got := len([]rune(r.Why)); got > 300 {
			t.Errorf("%q: an excerpt of %d characters", c.query, got)
		}
	}
}

// A page that says nothing has the same file whether its packer has made others before or not.
func TestNoPassagesAreAnEmptyList(t *testing.T) {
	p := packers.New().(*packer)
	for range 2 {
		if err := p.pack([]Passage{{Text: " "}}, 10); err != nil {
			t.Fatal(err)
		}
		if plain, err := io.ReadAll(flate.NewReader(&p.out)); err != nil || string(plain) != "[]\n" {
			t.Errorf("%q, %v", plain, err)
		}
		if err := p.pack([]Passage{{Text: "woord"}}, 10); err != nil {
			t.Fatal(err)
		}
	}
}

func TestPassagesFitInTheirFile(t *testing.T) {
	word := func(i int) string { return fmt.Sprintf("w%xoord%d ", i*7919%4096, i) }
	for name, c := range map[string]struct{ passages, words int }{"none": {0, 0}, "short": {3, 10}, "long": {4, 20_000}, "many": {3000, 4}} {
		var list []Passage
		for i := range c.passages {
			var text strings.Builder
			for j := range c.words {
				text.WriteString(word(i*c.words + j))
			}
			list = append(list, Passage{Anchor: fmt.Sprint("kop-", i), Heading: fmt.Sprint("Kop ", i), Text: text.String()})
		}
		data, err := AppendPassages(nil, list)
		if err != nil || len(data) > passageBytes {
			t.Errorf("%s: %d bytes, %v", name, len(data), err)
		}
		plain, err := io.ReadAll(flate.NewReader(bytes.NewReader(data)))
		if err != nil {
			t.Fatal(err)
		}
		var rows [][3]string
		if err := json.Unmarshal(plain, &rows); err != nil {
			t.Fatal(err)
		}
		if name == "many" {
			if len(rows) < 100 {
				t.Errorf("%s: %d passages", name, len(rows))
			}
			continue
		}
		if len(rows) != c.passages {
			t.Errorf("%s: %d passages, want %d", name, len(rows), c.passages)
		}
		for i, row := range rows {
			if !strings.HasPrefix(list[i].Text, strings.TrimSuffix(row[2], "…")) || row[2] == "" {
				t.Errorf("%s: passage %d is %q", name, i, row[2])
			}
		}
	}
}
