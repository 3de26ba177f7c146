package lsp

import (
	"bytes"
	"cmp"
	"maps"
	"slices"
	"time"

	"leerblad/internal/assist"
	"leerblad/internal/diag"
	"leerblad/internal/publication"
	"leerblad/internal/source"
)

// quiet is how much time there is at least between two tidings of builds.
const quiet = 150 * time.Millisecond

// publish sends the client what is wrong after each build, until the connection ends. Of texts that are not open hints are left out: nobody
// asked, and there may be many.
func (s *server) publish() {
	p := publisher{server: s, sent: map[string]listed{}}
	var tell <-chan time.Time
	for {
		result, next := s.session.Next()
		if pub := result.Assist(); pub != p.pub {
			if p.told == nil {
				p.told = pub
			} else if tell == nil && s.o.Builds {
				tell = time.After(quiet)
			}
			p.take(pub, result.Problems)
		}
		if _, err := s.safely(func() (any, error) { p.send(); return nil, nil }); err != nil {
			return // it would go wrong each time
		}
		select {
		case <-next:
		case <-s.kick:
		case <-tell:
			tell = nil
			errors, warnings := result.Problems.Count()
			s.notify("leerblad/built", builtParams{result.Entries, errors, warnings, p.pub.Changed(p.told)})
			p.told = p.pub
		case <-s.ctx.Done():
			return
		}
	}
}

// publisher sends problems.
type publisher struct {
	*server
	pub    *assist.Publication
	told   *assist.Publication     // of which the client has been told, or which was there before it
	others map[string]listed       // the errors and warnings of all files, by path
	lines  map[*source.File]*lines // of those files
	sent   map[string]listed       // what the client was last sent, by URI
}

// listed are problems of a file, and the version that they are of, as text too, to be compared.
type listed struct {
	diagnostics []diagnostic
	version     *int
	text        string
}

func list(diagnostics []diagnostic, version *int) listed {
	if diagnostics == nil {
		diagnostics = []diagnostic{}
	}
	text, _ := encode(publishParams{Version: version, Diagnostics: diagnostics})
	return listed{diagnostics, version, string(text)}
}

// take takes the problems of a build.
func (p *publisher) take(pub *assist.Publication, problems diag.List) {
	known := p.lines
	p.pub, p.others, p.lines = pub, map[string]listed{}, map[*source.File]*lines{}
	v := &view{server: p.server}
	byPath := map[string][]diagnostic{}
	for _, d := range problems {
		f := d.Span.File
		switch {
		case f == nil: // of the publication as a whole
			byPath[publication.SettingsFile] = append(byPath[publication.SettingsFile], v.diagnostic(nil, d))
		case !f.Outside:
			if p.lines[f] = cmp.Or(p.lines[f], known[f]); p.lines[f] == nil {
				p.lines[f] = newLines(f.Data, true)
			}
			byPath[f.Path] = append(byPath[f.Path], v.diagnostic(p.lines[f], d))
		}
	}
	for path, all := range byPath {
		p.others[path] = list(all, nil)
	}
}

// send sends what is new of all problems. Of an open text that is newer than the build nothing is.
func (p *publisher) send() {
	v := &view{p.server, *p.server.texts.Load()}
	all, late := map[string]listed{}, map[string]bool{}
	for path, problems := range p.others {
		if v.texts.at(path) == nil || p.pub.File(path) == nil {
			all[v.uri(path)] = problems
		}
	}
	for uri, o := range v.texts {
		f := p.pub.File(o.path)
		switch {
		case o.path == "" || f == nil:
		case !bytes.Equal(f.Data, o.data):
			late[uri] = true
		default:
			var problems []diagnostic
			for _, d := range p.pub.Problems(o.path) {
				problems = append(problems, v.diagnostic(o.lines(), d))
			}
			all[uri] = list(problems, &o.version)
		}
	}
	for uri := range p.sent {
		if _, has := all[uri]; !has && !late[uri] {
			all[uri] = list(nil, nil)
		}
	}
	for _, uri := range slices.Sorted(maps.Keys(all)) {
		now := all[uri]
		if p.sent[uri].text != now.text {
			p.notify("textDocument/publishDiagnostics", publishParams{uri, now.version, now.diagnostics})
		}
		if p.sent[uri] = now; len(now.diagnostics) == 0 && v.texts[uri] == nil {
			delete(p.sent, uri)
		}
	}
}

var severities = map[diag.Severity]int{diag.Error: severityError, diag.Warning: severityWarning, diag.Hint: severityHint}

// diagnostic gives a problem for the client; l are the lines of its file, nil for one of no file.
func (v *view) diagnostic(l *lines, d diag.Diagnostic) diagnostic {
	lang := v.language()
	out := diagnostic{
		Severity: severities[d.Severity()], Code: string(d.Code), Source: "leerblad", Message: d.Message(lang),
		Data: diagnosticData{Severity: d.Severity().String(), Problem: d.Message(lang), Hint: d.Hint(lang), State: d.State},
	}
	if l != nil {
		out.Range = v.rangeIn(l, d.Span)
	}
	for _, f := range d.Fixes {
		out.Data.Fixes = append(out.Data.Fixes, f.Words(lang))
	}
	if out.Data.Hint != "" && d.Fixes == nil {
		out.Message += "\n" + out.Data.Hint
	}
	return out
}
