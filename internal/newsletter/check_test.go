package newsletter_test

import (
	"fmt"
	"slices"
	"testing"

	"golang.org/x/tools/txtar"

	"leerblad/internal/diag"
	"leerblad/internal/newsletter"
)

func TestNoProfileGivesProblems(t *testing.T) {
	t.Parallel()
	all := all(t)
	for _, name := range newsletter.Profiles() {
		for issue, m := range issuesWith(t, all, name) {
			for _, d := range m.Check() {
				if d.Code == "no-name-tag" || d.Code == "no-unknown" { // which TestGreetingsHaveTheToolsOwnTag tells of
					continue
				}
				t.Errorf("%s for %s: %s", issue, name, d.Message(diag.English))
			}
		}
	}
}

// Check leaves to package markdown what that tells of, at the place where it is written.
func TestWhatTheTextBreaksIsToldOnce(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"### Te diep\n":                            "heading-skip 6",
		"## Kop\n\n#### Te diep\n":                 "heading-skip 8",
		"## Kop\n\n> #### Te diep\n":               "heading-skip 8",
		"- punt\n\n  ##### Te diep\n":              "heading-skip 8",
		"Lees [hier](https://example.org/x).\n":    "vague-link 6",
		"Een [](https://example.org/x) link.\n":    "missing-link-text 6",
		"[![-](../media/foto.jpg)](mailto:a@b.nl)": "missing-link-text 6",
	} {
		r := buildWith(t, &txtar.Archive{Files: []txtar.File{
			{Name: "site.yaml", Data: []byte("title: T\nurl: https://example.org/\ncontact: {name: R, email: r@example.org}\nnewsletter: {profile: mailchimp, from: r@example.org, address: Plein 1}\n")},
			{Name: "newsletters/n.md", Data: []byte("---\ntitle: N\ndate: 2021-01-01\npreheader: \"Een preheader die lang genoeg is om in een postvak naast het onderwerp te staan en te blijven.\"\n---\n" + text)},
		}})
		var got []string
		for _, d := range append(slices.Clone(r.Problems), r.Hints()...) {
			line, _ := d.Span.Position()
			got = append(got, fmt.Sprint(d.Code, " ", line))
		}
		if !slices.Equal(got, []string{want}) {
			t.Errorf("%q: got %q, want %s", text, got, want)
		}
	}
}

// The mails of an issue for all tools, with what is wrong with them.
func BenchmarkAllProfiles(b *testing.B) {
	r := sample(b)
	for b.Loop() {
		for _, p := range newsletter.Profiles() {
			mailOf(b, r, "2021-06-leren-van-tegenvallers", p).Check()
		}
	}
}
