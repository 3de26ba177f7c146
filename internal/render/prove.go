package render

import (
	"maps"
	"sync"
)

// ownEscapers are the escapers that do what html/template's of the same names do, faster.
type ownEscapers struct {
	text map[string]escaper             // of plain text
	json func(s *state, value any) bool // of jsvalescaper: writes a value, and reports whether it could
}

// proven gives our own escapers, without those that do anything in another way than html/template's here does: another
// release of that may have mended something.
var proven = sync.OnceValue(func() ownEscapers { return prove(allEscapers()) })

// prove gives the escapers of own that do with all trials what html/template's do.
func prove(own ownEscapers) ownEscapers {
	same := func(name string) (is bool) {
		defer func() {
			if recover() != nil {
				is = false
			}
		}()
		esc := newEscapes([]string{name}, own)
		var ours, theirs state
		for _, value := range trials(name) {
			ours.out, theirs.out = ours.out[:0], theirs.out[:0]
			ours.emit(value, esc)
			theirs.standard(valueOf(value), esc)
			if string(ours.out) != string(theirs.out) {
				return false
			}
		}
		return true
	}
	good := ownEscapers{text: maps.Clone(own.text), json: own.json}
	maps.DeleteFunc(good.text, func(name string, _ escaper) bool { return !same(name) })
	if own.json != nil && !same(scriptEscaper) {
		good.json = nil
	}
	return good
}
