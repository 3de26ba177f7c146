package render

import (
	"cmp"
	"fmt"
	"slices"
	"sync"

	"leerblad/internal/diag"
	"leerblad/internal/source"
)

// Slow says how many pages html/template rendered because of what stopped the compiled form at a place. Reason is in English, and begins
// with "internal error" where that is a fault of this package.
type Slow struct {
	At     source.Span
	Reason string
	Pages  int
}

// slowly makes a Slow of the value of a panic: unable, a Slow that is known, or what a bug gives.
func slowly(stopped any, at source.Span) *Slow {
	switch stopped := stopped.(type) {
	case *Slow:
		if stopped != nil {
			return stopped
		}
	case unable:
		return &Slow{At: at, Reason: string(stopped)}
	}
	return &Slow{At: at, Reason: fmt.Sprint("internal error: ", stopped)}
}

// slowPages counts pages that html/template rendered.
type slowPages struct {
	sync.Mutex
	pages map[Slow]int // by place and reason
}

func (s *slowPages) add(why Slow) {
	s.Lock()
	defer s.Unlock()
	if s.pages == nil {
		s.pages = map[Slow]int{}
	}
	s.pages[why]++
}

// Slow gives what made html/template render pages since New, by place.
func (r *Renderer) Slow() (out []Slow) {
	r.slow.Lock()
	defer r.slow.Unlock()
	for why, pages := range r.slow.pages {
		why.Pages = pages
		out = append(out, why)
	}
	slices.SortFunc(out, func(a, b Slow) int {
		return cmp.Or(cmp.Compare(a.At.File.Path, b.At.File.Path), cmp.Compare(a.At.Start, b.At.Start), cmp.Compare(a.Reason, b.Reason))
	})
	return out
}

// SlowTemplates warns of each place that Slow has.
func (r *Renderer) SlowTemplates() (diags diag.List) {
	slow := slices.CompactFunc(r.Slow(), func(a, b Slow) bool { return a.At == b.At })
	for _, s := range slow {
		diags.Add("slow-template", s.At, s.Reason)
	}
	return diags
}
