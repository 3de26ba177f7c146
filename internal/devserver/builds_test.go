package devserver

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
)

// fullBuild is one with something in every part of the page of builds.
func fullBuild(asked *int) Build {
	return Build{
		Site:     fake{"index.html": homePage},
		Problems: []Problem{{Severity: "warning", Message: "let op"}},
		Report: Report{
			At: time.Date(2024, 3, 1, 14, 5, 6, 0, time.UTC), Took: 12345 * time.Microsecond, Files: []string{"content/x<y.md"},
			Stages: []Stage{{"lezen", 2 * time.Millisecond}}, Pages: 3,
		},
		Overview: func() Overview {
			*asked++
			return Overview{
				Entries: []Entry{
					{Kind: "sheet", Title: "Klaar", File: "content/sheets/k.md", Path: "/sheets/k/", Date: "2024-03-01", Status: "published", Problems: 1},
					{Kind: "verhaal", Title: "<i>Half</i>", File: "content/stories/h.md", Status: "draft", Readability: "14 woorden per zin"},
				},
				Problems: []Problem{{Severity: "warning", Message: "let op"}, {Severity: "hint", Message: "lange zin", File: "a.md", Line: 4}},
			}
		},
	}
}

func TestThePageOfBuildsShowsEntriesProblemsAndBuilds(t *testing.T) {
	s := New("/", "nl")
	asked := 0
	s.Show(fullBuild(&asked))
	get(s, "/")
	if asked != 0 {
		t.Error("the page was made for nobody")
	}
	response := get(s, buildsPath)
	text := body(t, response)
	for _, want := range []string{
		`<a href="/sheets/k/">Klaar</a>`, "&lt;i&gt;Half&lt;/i&gt;", "14 woorden per zin", `<span class="chip draft">concept</span>`,
		`data-leerblad-place="content/stories/h.md:1"`, "1 melding", "lange zin", `data-leerblad-place="a.md:4"`,
		"14:05:06", "in 12 ms, 3 pagina’s gewijzigd", "content/x&lt;y.md", "<dt>lezen</dt><dd>2,0 ms</dd>", scriptPath,
	} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in %s", want, text)
		}
	}
	if strings.Index(text, "Concepten") > strings.Index(text, "Gepubliceerd") {
		t.Error("drafts do not come first")
	}
	if response.StatusCode != 200 || response.Header.Get("Content-Security-Policy") != pagePolicy {
		t.Errorf("%d %v", response.StatusCode, response.Header)
	}
	if get(s, buildsPath); asked != 1 {
		t.Errorf("the page was made %d times", asked)
	}
}

func TestThePageOfBuildsShowsTheFirstOfManyAndFindsTheOthers(t *testing.T) {
	s := New("/", "nl")
	var d Overview
	for i := range 120 {
		d.Entries = append(d.Entries, Entry{Kind: "verhaal", Title: fmt.Sprintf("Café %d", i), File: fmt.Sprintf("v%d.md", i), Status: "published"})
		d.Problems = append(d.Problems, Problem{Severity: "hint", Message: fmt.Sprintf("hint %d", i)})
	}
	d.Problems = append(d.Problems, Problem{Severity: "warning", Message: "let op"})
	s.Show(Build{Site: fake{"index.html": homePage}, Overview: func() Overview { return d }})
	text := body(t, get(s, buildsPath))
	if n := strings.Count(text, `<li class="entry">`); n != maxEntries || !strings.Contains(text, "(120)") || !strings.Contains(text, "En nog 70.") {
		t.Errorf("%d entries: %s", n, text)
	}
	if strings.Count(text, `class="chip hint"`) != maxProblems-1 || !strings.Contains(text, "let op") || !strings.Contains(text, "En nog 21.") {
		t.Errorf("not the gravest %d problems: %s", maxProblems, text)
	}
	for query, want := range map[string]string{"q=CAFE+11": "11 gevonden", "q=verhaal+v117": "1 gevonden", "q=niets": "Geen teksten gevonden", "q=+": `id="found"></p>`} {
		if text := body(t, get(s, buildsPath+"?"+query)); !strings.Contains(text, want) {
			t.Errorf("%s: no %q in %s", query, want, text)
		}
	}
	if text := body(t, get(s, buildsPath+"?q=%22%3E%3Cb%3E")); strings.Contains(text, "<b>") || !strings.Contains(text, `id="filter"`) {
		t.Errorf("%s", text)
	}
}

func TestThePageOfBuildsIsToldOfEveryBuild(t *testing.T) {
	s := New("/", "en")
	lines, _ := stream(t, s, "page", buildsPath)
	next(t, lines, "version")
	if n := decode(t, next(t, lines, "page")); !strings.Contains(n.HTML, "Nothing has been built yet.") {
		t.Errorf("%+v", n)
	}
	next(t, lines, "problems")
	for range maxHistory + 5 {
		s.Show(Build{Problems: []Problem{mistake("kapot")}, Report: Report{At: time.Now(), Took: time.Millisecond}})
	}
	s.Show(Build{Problems: []Problem{mistake("nog meer")}, Report: Report{At: time.Now(), Took: 7 * time.Millisecond}})
	for { // who follows slowly is not told of each build
		name, data := anyEvent(t, lines)
		if name != "page" {
			continue
		}
		if n := decode(t, data); strings.Contains(n.HTML, "nog meer") {
			if strings.Count(n.HTML, "<time>") != maxHistory || !strings.Contains(n.HTML, "in 7.0 ms") {
				t.Errorf("%s", n.HTML)
			}
			return
		}
	}
}

func TestEveryTextExistsInBothLanguages(t *testing.T) {
	for _, w := range []words{dutch(), english()} {
		if slices.Contains([]string{w.Waiting, w.Good, w.Follow, w.Overview, w.Page.Found, w.Labels["hint"], w.Many["error"]}, "") || len(w.Helps) != 4 {
			t.Errorf("%+v", w)
		}
		for _, status := range statuses {
			if w.Page.Statuses[status] == "" || w.Page.Groups[status] == "" {
				t.Errorf("%s: no words for %s", w.Language, status)
			}
		}
	}
}
