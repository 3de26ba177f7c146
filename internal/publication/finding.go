package publication

import (
	"cmp"
	"slices"
	"strings"

	"leerblad/internal/document"
)

// listFindings makes a Finding of each finding in a body, with its topics.
func (a *assembler) listFindings() {
	var sources []*Entry
	for _, e := range a.pub.Entries {
		list := e.Body.Body.Findings
		if len(list) == 0 {
			continue
		}
		sources = append(sources, e)
		topics := a.headingTopics(e, list[len(list)-1].Heading)
		findings := make([]Finding, len(list))
		for i := range list {
			findings[i] = Finding{Finding: list[i], Entry: e, Topics: topics[list[i].Heading+1]}
			e.Body.Findings = append(e.Body.Findings, &findings[i])
		}
	}
	slices.SortStableFunc(sources, func(x, y *Entry) int { return cmp.Or(-cmp.Compare(x.Date, y.Date), cmp.Compare(x.Slug, y.Slug)) })
	for _, e := range sources {
		for _, f := range e.Body.Findings {
			f.Index = len(a.pub.Findings)
			a.pub.Findings = append(a.pub.Findings, f)
		}
	}
}

// headingTopics gives the topics of findings below each heading up to the last one: that of the nearest heading above
// that names one, or else the entry's. The first are those of findings above all headings.
func (a *assembler) headingTopics(e *Entry, last int) [][]*Entry {
	topics := e.Topics
	if e.Kind == document.Topics {
		topics = []*Entry{a.topics[e.Slug]}
	}
	out := [][]*Entry{topics}
	for _, h := range e.Body.Headings[:last+1] {
		t := a.topics[h.Topic.Value]
		if !h.Topic.Set() {
			t = a.named(h.Text)
		}
		if t != nil {
			topics = []*Entry{t}
		}
		out = append(out, topics)
	}
	return out
}

// named gives the topic that a heading names, or nil.
func (a *assembler) named(heading string) *Entry {
	t, known := a.headings[heading]
	if !known {
		t = a.topicByName[nameKey(heading)]
		a.headings[heading] = t
	}
	return t
}

// follow resolves follows, and reports each circle once.
func (a *assembler) follow() {
	a.each(func(e *Entry) {
		for _, h := range e.Body.Headings {
			if h.Topic.Set() {
				a.topic(h.Topic)
			}
		}
		for _, m := range e.Body.Body.Moved {
			e.Body.Moved = append(e.Body.Moved, a.movedTo(m))
		}
		for _, f := range e.Body.Findings {
			if _, target := a.reference(f.Finding.Follows, "follows", document.Finding); target != nil {
				if later := target.Entry.Date; e.Date != "" && later > e.Date {
					a.diags.Add("follows-later", f.Finding.Follows.Span, f.Finding.Follows.Value, string(later))
				}
				f.Follows = target
			}
		}
	})
	a.circles()
}

// circles cuts circles of follows, and notes by which others each finding is followed.
func (a *assembler) circles() {
	done := map[*Finding]bool{}
	for _, e := range a.pub.Entries {
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
	at := map[*Finding]int{} // in walk
	for ; f != nil && !done[f]; f = f.Follows {
		if i, met := at[f]; met {
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
		at[f] = len(walk)
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
