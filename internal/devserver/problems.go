package devserver

import (
	"bytes"
	_ "embed"
	"html/template"
	"net/http"
)

//go:embed live.js
var script []byte

//go:embed live.css
var style []byte

//go:embed problems.html
var problemsPage string

// Problem is a diagnostic as the browser shows it; Line and Column count from 1, 0 is unknown, Column in
// characters.
type Problem struct {
	File       string `json:"file"`
	Line       int    `json:"line"`
	Column     int    `json:"column"`
	Code       string `json:"code"`
	Severity   string `json:"severity"` // error, warning or hint
	Message    string `json:"message"`
	Hint       string `json:"hint"`
	SourceLine string `json:"sourceLine"`
}

// report is what a browser needs to show the problems without words of its own.
type report struct {
	Version  uint64            `json:"version"`
	Language string            `json:"language"`
	Heading  string            `json:"heading"`
	Note     string            `json:"note"`
	Close    string            `json:"close"`
	Labels   map[string]string `json:"labels"` // by severity
	Problems []Problem         `json:"problems"`
}

type words struct {
	language, waiting, failed, stale, close string
	labels                                  map[string]string
}

func wordsIn(language string) words {
	if language == "en" {
		return words{
			language: "en", waiting: "Building the site …", failed: "The site could not be built",
			stale: "You see the last version that was good.", close: "Close",
			labels: map[string]string{"error": "error", "warning": "warning", "hint": "hint"},
		}
	}
	return words{
		language: "nl", waiting: "De site wordt gemaakt …", failed: "De site kon niet worden gemaakt",
		stale: "U ziet de laatste versie die goed was.", close: "Sluiten",
		labels: map[string]string{"error": "fout", "warning": "waarschuwing", "hint": "hint"},
	}
}

func (s *Server) report(now *state) report {
	r := report{
		Version: now.version, Language: s.words.language, Heading: s.words.failed, Close: s.words.close,
		Labels: s.words.labels, Problems: now.problems,
	}
	if now.site != nil {
		r.Note = s.words.stale
	} else if len(now.problems) == 0 {
		r.Heading, r.Problems = s.words.waiting, []Problem{}
	}
	return r
}

// serveProblems stands for every address as long as there is no site; its script reloads it.
func (s *Server) serveProblems(w http.ResponseWriter, now *state) {
	page := template.Must(template.New("problems").Parse(problemsPage))
	var out bytes.Buffer
	if err := page.Execute(&out, s.report(now)); err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	servePage(w, http.StatusServiceUnavailable, inject(out.Bytes(), 0))
}
