package assist

import "leerblad/internal/source"

// File gives a file as it was built, or nil.
func (p *Publication) File(path string) *source.File { return p.in.Tree.File(path) }

// Changed gives the paths of the files that are others than in an earlier build, new or gone, sorted.
func (p *Publication) Changed(since *Publication) (out []string) {
	now, then := p.in.Tree.Paths(), since.in.Tree.Paths()
	for len(now) > 0 || len(then) > 0 {
		switch {
		case len(then) == 0 || len(now) > 0 && now[0] < then[0]:
			out, now = append(out, now[0]), now[1:]
		case len(now) == 0 || then[0] < now[0]:
			out, then = append(out, then[0]), then[1:]
		default:
			if a, b := p.File(now[0]), since.File(then[0]); a != b && (a.Digest != b.Digest || a.Data == nil) {
				out = append(out, now[0])
			}
			now, then = now[1:], then[1:]
		}
	}
	return out
}
