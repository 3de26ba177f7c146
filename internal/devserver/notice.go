package devserver

import "fmt"

// notice is a problem as a browser shows it.
type notice struct {
	Severity string `json:"severity"`
	Code     string `json:"code"`
	Place    string `json:"place"` // file:line:column, without the numbers that are unknown
	Message  string `json:"message"`
	Excerpt  string `json:"excerpt"` // the source line with a caret below the column
	Hint     string `json:"hint"`
}

func notices(problems []Problem) []notice {
	out := make([]notice, len(problems))
	for i, p := range problems {
		out[i] = notice{p.Severity, p.Code, p.place(), p.Message, p.excerpt(), p.Hint}
	}
	return out
}

func (p Problem) place() string {
	switch {
	case p.Line == 0:
		return p.File
	case p.Column == 0:
		return fmt.Sprintf("%s:%d", p.File, p.Line)
	}
	return fmt.Sprintf("%s:%d:%d", p.File, p.Line, p.Column)
}

func (p Problem) excerpt() string {
	if p.SourceLine == "" || p.Column == 0 {
		return p.SourceLine
	}
	before := []rune(p.SourceLine)
	before = before[:min(p.Column-1, len(before))]
	for i, r := range before {
		if r != '\t' {
			before[i] = ' '
		}
	}
	return p.SourceLine + "\n" + string(before) + "^"
}

// report is all problems of a build as a browser shows them.
type report struct {
	Site     bool     `json:"site"` // there is a page below them
	Failed   bool     `json:"failed"`
	Heading  string   `json:"heading"`
	Note     string   `json:"note"`
	Problems []notice `json:"problems"`
	Words    words    `json:"-"`
}

func (s *Server) report(now *state) report {
	r := report{
		Site: now.site != nil, Failed: count(now.problems, "error") > 0, Heading: s.words.Warned,
		Problems: notices(now.problems), Words: s.words,
	}
	switch {
	case r.Failed:
		r.Heading = s.words.Failed
		if r.Site {
			r.Note = s.words.Stale
		}
	case !r.Site:
		r.Heading = s.words.Waiting
	}
	return r
}
