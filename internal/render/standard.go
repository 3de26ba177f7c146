package render

import (
	"errors"
	"fmt"
	"html/template"
	"sync"

	"leerblad/internal/chart"
	"leerblad/internal/diag"
	"leerblad/internal/frontmatter"
	"leerblad/internal/site"
)

// set is html/template's templates of a layout, and what the execution at hand may still do. One execution uses it at a time.
type set struct {
	*template.Template
	r    *Renderer
	work work
}

// newSet makes the set of a layout, or that of the shared templates for "".
func (r *Renderer) newSet(layout string) (*set, diag.List) {
	s := &set{r: r}
	s.Template = template.Must(r.shared.Clone()) // never executed, it can be copied
	var problems diag.List
	if layout != "" {
		problems = r.parse(s.Template, r.files[layout])
	}
	s.Funcs(s.funcs()).Funcs(s.counters()) // a theme that names one of the latter is not parsed
	return s, problems
}

// sets are those of a layout that no execution uses.
type sets struct {
	sync.Mutex
	free []*set
}

func (s *sets) take() *set {
	s.Lock()
	defer s.Unlock()
	if len(s.free) == 0 {
		return nil
	}
	last := s.free[len(s.free)-1]
	s.free = s.free[:len(s.free)-1]
	return last
}

func (s *sets) give(back *set) {
	s.Lock()
	defer s.Unlock()
	s.free = append(s.free, back)
}

// standard appends to dst the page that html/template makes. A mistake is a diagnostic; dst is then given as it was.
func (r *Renderer) standard(dst []byte, l *layout, view site.View) ([]byte, diag.List) {
	s := l.sets.take()
	if s == nil {
		s, _ = r.newSet(l.name) // it has no mistakes
	}
	defer l.sets.give(s)
	s.work = r.may
	out := writer{out: dst, work: &s.work}
	if err := s.ExecuteTemplate(&out, l.start, view); err != nil {
		return dst, diag.List{r.diagnose(err, r.files[l.name])}
	}
	if s.work.done() {
		return dst, diag.List{{Code: "endless-template", Span: r.start(l.name)}}
	}
	return out.out, nil
}

// writer is where html/template writes a page. What is too much is dropped; the error comes at the next turn or call, for that has a
// place.
type writer struct {
	out  []byte
	work *work
}

func (w *writer) Write(p []byte) (int, error) {
	if w.work.room -= len(p); w.work.room >= 0 {
		w.out = append(w.out, p...)
	}
	return len(p), nil
}

// funcs are the functions that templates call.
func (s *set) funcs() template.FuncMap {
	r := s.r
	funcs := template.FuncMap{
		"t": func(key string, args ...any) (string, error) {
			text, ok := r.theme.Text(key, args...)
			if !ok {
				return "", missingText(key)
			}
			return text, s.work.spend(len(text))
		},
		"date":   func(d frontmatter.Day) string { return r.date(string(d)) },
		"number": r.theme.Number,
		"size":   r.theme.Size,
		"body":   s.body,
		"draw":   draw,
		"asset": func(name string) (string, error) {
			if file := r.theme.Asset(name); file != "" {
				return r.root + file, nil
			}
			return "", fmt.Errorf("no asset %q", name)
		},
		"printf": func(format string, args ...any) (string, error) {
			if !printable(format, args) {
				return "", endless{}
			}
			text := fmt.Sprintf(format, args...)
			return text, s.work.spend(len(text))
		},
	}
	for name, do := range map[string]func(...any) string{
		"print": fmt.Sprint, "println": fmt.Sprintln, "html": template.HTMLEscaper, "js": template.JSEscaper, "urlquery": template.URLQueryEscaper,
	} {
		funcs[name] = func(args ...any) (string, error) {
			if !printable("", args) {
				return "", endless{}
			}
			text := do(args...)
			return text, s.work.spend(len(text))
		}
	}
	return funcs
}

// counters are the functions that instrument has called.
func (s *set) counters() template.FuncMap {
	return template.FuncMap{
		turnFunction:  func(cost int) (bool, error) { return false, s.work.spend(cost) },
		enterFunction: func(cost int) (bool, error) { return false, s.work.enter(cost) },
		leaveFunction: func(int) bool { s.work.depth--; return false },
	}
}

type missingText string

func (m missingText) Error() string { return "no text " + string(m) }

// draw is the function of templates that draws a chart or a part of one.
func draw(d chart.Drawing) template.HTML { return template.HTML(d.SVG()) }

// body is the function of templates that writes a body.
func (s *set) body(b site.Body) (template.HTML, error) {
	inner := state{r: s.r, set: s, work: s.r.may}
	err := inner.body(&b)
	return template.HTML(inner.out), errors.Join(err, s.work.spend(len(inner.out)))
}

// partial appends to dst what a partial makes of data.
func (s *set) partial(dst []byte, name string, data any) ([]byte, error) {
	out := writer{out: dst, work: &s.work}
	err := s.ExecuteTemplate(&out, name, data)
	return out.out, err
}
