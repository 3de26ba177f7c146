package devserver

import (
	"fmt"
	"strings"
	"time"
)

// statuses are those of entries, in the order of the desk.
var statuses = [...]string{"draft", "scheduled", "expired", "published"}

// deskView is what the page of the desk shows.
type deskView struct {
	Words  words
	Base   string
	Report report // of the whole publication, hints too
	Groups []group
	Builds []buildView
}

// group is the entries of one status.
type group struct {
	Status, Title string
	Entries       []entryView
}

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

// desk makes the page of the desk.
func (s *Server) desk(now *state) ([]byte, error) {
	d := now.desk()
	w := s.words.Page
	view := deskView{Words: s.words, Base: s.base, Report: s.report(now)}
	if len(d.Problems) > 0 {
		view.Report.Problems = notices(d.Problems)
	}
	for _, status := range statuses {
		g := group{Status: status, Title: w.Groups[status]}
		for _, e := range d.Entries {
			if e.Status == status {
				g.Entries = append(g.Entries, entryView{e, problemCount(w, e.Problems)})
			}
		}
		if len(g.Entries) > 0 {
			view.Groups = append(view.Groups, g)
		}
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
	return execute("desk.html", view)
}

func problemCount(w deskWords, n int) string {
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
