package publication

import (
	"slices"
	"strings"

	"leerblad/internal/document"
)

// listFindings makes a Finding of each finding in a body, with its topics.
func (a *assembler) listFindings() {
	for _, e := range a.pub.Entries() {
		for i := range e.Body.Body.Findings {
			f := &Finding{Finding: e.Body.Body.Findings[i], Entry: e}
			f.Topics = a.topicsOf(e, f.Heading)
			e.Body.Findings = append(e.Body.Findings, f)
			a.findings[e.Reference()+"#"+f.ID] = f
			a.pub.Findings = append(a.pub.Findings, f)
		}
	}
	slices.SortStableFunc(a.pub.Findings, func(x, y *Finding) int {
		if x.Entry == y.Entry {
			return 0
		}
		return newest(x.Entry, y.Entry, 0, 0)
	})
}

// topicsOf gives the topics of a finding below the heading with this index: that of the nearest heading above
// that names one, or else the entry's.
func (a *assembler) topicsOf(e *Entry, heading int) []*Topic {
	for i := heading; i >= 0; i-- {
		h := e.Body.Headings[i]
		if h.Topic.Set() {
			if t := a.topics[h.Topic.Value]; t != nil {
				return []*Topic{t}
			}
			continue // reported by follow
		}
		if t := a.topicByName[nameKey(h.Text)]; t != nil {
			return []*Topic{t}
		}
	}
	if e.Kind == document.Topics {
		return []*Topic{a.topics[e.Slug]}
	}
	return e.Topics
}

// follow resolves follows, and reports each circle once.
func (a *assembler) follow() {
	for _, e := range a.pub.Entries() {
		for _, h := range e.Body.Headings {
			if h.Topic.Set() {
				a.topic(h.Topic)
			}
		}
		for _, f := range e.Body.Findings {
			if _, target := a.reference(f.Finding.Follows, "follows", findingKind); target != nil {
				if later := target.Entry.Date; e.Date != "" && later > e.Date {
					a.diags.Add("follows-later", f.Finding.Follows.Span, f.Finding.Follows.Value, string(later))
				}
				f.Follows = target
			}
		}
	}
	done := map[*Finding]bool{}
	for _, e := range a.pub.Entries() {
		for _, f := range e.Body.Findings {
			a.circle(f, done)
		}
	}
	for _, f := range a.pub.Findings {
		if f.Follows != nil {
			f.Follows.FollowedBy = append(f.Follows.FollowedBy, f)
		}
	}
}

// circle walks from f along follows. A circle is reported at the first of its findings by file and place, and cut there.
func (a *assembler) circle(f *Finding, done map[*Finding]bool) {
	var walk []*Finding
	for ; f != nil && !done[f]; f = f.Follows {
		if i := slices.Index(walk, f); i >= 0 {
			round := walk[i:]
			first := slices.MinFunc(round, byPlace)
			i = slices.Index(round, first)
			names := make([]string, 0, len(round)+1)
			for n := range len(round) + 1 {
				x := round[(i+n)%len(round)]
				names = append(names, x.Entry.Reference()+"#"+x.ID)
			}
			a.diags.Add("cyclic-follows", first.Finding.Follows.Span, strings.Join(names, " → "))
			first.Follows = nil
			break
		}
		walk = append(walk, f)
	}
	for _, x := range walk {
		done[x] = true
	}
}

func byPlace(x, y *Finding) int {
	if c := strings.Compare(x.Span.File.Path, y.Span.File.Path); c != 0 {
		return c
	}
	return x.Span.Start - y.Span.Start
}
