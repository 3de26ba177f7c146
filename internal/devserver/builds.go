package devserver

import (
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// statuses are those of entries, in the order of their page.
var statuses = [...]string{"draft", "scheduled", "expired", "published"}

// buildsView is what the page of builds shows.
type buildsView struct {
	Words  words
	Base   string
	Path   string // its own
	Mail   string // where the newsletter desk is, "" without newsletters
	Report report // of the whole publication, hints too
	More   string // how many problems are not shown; "" where all are
	Query  string // what the texts were searched for
	Found  string // and how many were found
	Groups []group
	Builds []buildView
}

// group is the entries of one status, of which the first are shown.
type group struct {
	Status, Title string
	Total         int
	More          string // how many are not shown; "" where all are
	Entries       []entryView
}

// The page shows no more than this of each: it is sent anew after each build.
const (
	maxProblems = 100
	maxEntries  = 50 // of each status
)

type entryView struct {
	Entry
	Problems string
}

type buildView struct {
	At, Took, Changed, Problems string
	Good                        bool
	Files                       []string
	Stages                      []stageView
}

type stageView struct{ Name, Took string }

// builds makes the page of builds, problems and texts, of which it has those with all words of the query.
func (s *Server) builds(now *state, query string) ([]byte, error) {
	d := now.overview()
	w := s.words.Page
	view := buildsView{Words: s.words, Base: s.base, Path: buildsPath, Report: s.report(now), Query: query}
	if now.newsletters != nil && len(now.newsletters.Issues()) > 0 {
		view.Mail = newslettersPath
	}
	if len(d.Problems) > 0 {
		view.Report.Problems = notices(gravest(d.Problems))
		view.More = more(w.MoreProblems, len(d.Problems), maxProblems)
	}
	asked, found := strings.Fields(fold(query)), 0
	for _, status := range statuses {
		g := group{Status: status, Title: w.Groups[status]}
		for _, e := range d.Entries {
			if e.Status != status || !e.has(asked, w.Statuses[status]) {
				continue
			}
			if g.Total++; g.Total <= maxEntries {
				g.Entries = append(g.Entries, entryView{e, problemCount(w, e.Problems)})
			}
		}
		if g.Total > 0 {
			g.More = more(w.MoreEntries, g.Total, maxEntries)
			view.Groups = append(view.Groups, g)
		}
		found += g.Total
	}
	switch {
	case len(asked) == 0:
	case found == 0:
		view.Found = w.NotFound
	default:
		view.Found = fmt.Sprintf(w.Found, found)
	}
	for _, p := range now.history {
		b := buildView{
			At: p.At.Format(time.TimeOnly), Took: s.words.duration(p.Took), Changed: counted(w.OneChanged, w.Changed, p.Pages),
			Problems: problemCount(w, p.Errors+p.Warnings), Good: p.Errors == 0, Files: p.Files,
		}
		for _, stage := range p.Stages {
			b.Stages = append(b.Stages, stageView{stage.Name, s.words.duration(stage.Took)})
		}
		view.Builds = append(view.Builds, b)
	}
	return execute("builds.html", view)
}

// gravest gives as many of the problems as are shown, errors before warnings before hints.
func gravest(problems []Problem) []Problem {
	var out []Problem
	for _, severity := range []string{"error", "warning", "hint"} {
		for _, p := range problems {
			if p.Severity == severity && len(out) < maxProblems {
				out = append(out, p)
			}
		}
	}
	return out
}

// more says how many of a number are not shown, "" for none.
func more(text string, n, shown int) string {
	if n <= shown {
		return ""
	}
	return fmt.Sprintf(text, n-shown)
}

// has reports whether the entry, with the word for its status, has all words, which are folded.
func (e Entry) has(words []string, status string) bool {
	if len(words) == 0 {
		return true
	}
	text := fold(strings.Join([]string{e.Title, e.Kind, e.File, e.Date, e.Readability, status}, " "))
	return !slices.ContainsFunc(words, func(word string) bool { return !strings.Contains(text, word) })
}

// fold makes texts alike that differ in capitals and accents alone.
func fold(text string) string {
	return strings.ToLower(strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return r
	}, norm.NFD.String(text)))
}

func problemCount(w overviewWords, n int) string {
	if n == 0 {
		return ""
	}
	return counted(w.OneCounted, w.Counted, n)
}

// duration gives milliseconds, with a decimal where they are few.
func (w words) duration(d time.Duration) string {
	n := float64(d.Microseconds()) / 1000
	if n >= 10 {
		return fmt.Sprintf("%.0f ms", n)
	}
	return strings.Replace(fmt.Sprintf("%.1f ms", n), ".", w.Page.Decimal, 1)
}

// kilobytes gives a size in thousands of bytes.
func (w words) kilobytes(data []byte) string {
	return strings.Replace(fmt.Sprintf("%.1f kB", float64(len(data))/1000), ".", w.Page.Decimal, 1)
}
