package assist

import (
	"cmp"
	"fmt"
	"path"
	"slices"
	"strings"

	"leerblad/internal/diag"
	"leerblad/internal/document"
	"leerblad/internal/markdown"
	"leerblad/internal/publication"
	"leerblad/internal/source"
)

// Hover is what there is to tell of a place.
type Hover struct {
	Span source.Span // of which it tells
	Text string      // Markdown
}

// Hover tells what stands at an offset: a key, a value, a reference, a finding, a marker or an attribute.
func (p *Publication) Hover(b *Buffer, at int, l diag.Language) (Hover, bool) {
	if t, ok := p.referredAt(b, at); ok {
		return hover(t.span, p.tell(b, t, l))
	}
	if f, ok := b.fieldAt(at); ok {
		return p.hoverField(b, f, l)
	}
	if a, ok := b.attributeAt(at); ok {
		if a.name == "reach" && touches(a.value, at) {
			return hover(a.value, p.word("reach."+a.value.Text(), l))
		}
		if !touches(a.value, at) || a.name != "#" {
			return hover(a.span, words["attribute."+a.name].In(l))
		}
	}
	if h, ok := b.hoverChart(at, l); ok {
		return h, true
	}
	t, ok := b.standsAt(at)
	if !ok || at < b.Doc.BodyStart {
		return Hover{}, false
	}
	if f := t.finding(); f != nil {
		if touches(f.Span, at) {
			t.span = f.Span
		}
		return hover(t.span, p.tell(b, t, l))
	}
	return Hover{}, false
}

// hover gives a text, if there is one.
func hover(span source.Span, text string) (Hover, bool) { return Hover{span, text}, text != "" }

// attributeAt gives the attribute of a heading or list item at an offset.
func (b *Buffer) attributeAt(at int) (attribute, bool) {
	if b.Doc == nil || at < b.Doc.BodyStart {
		return attribute{}, false
	}
	braces, ok := b.bracesAt(at)
	if !ok {
		return attribute{}, false
	}
	for _, a := range attributesIn(braces) {
		if touches(a.span, at) {
			return a, true
		}
	}
	return attribute{}, false
}

// hoverField tells of a key, or of a value that is one of few.
func (p *Publication) hoverField(b *Buffer, f field, l diag.Language) (Hover, bool) {
	key := b.keyOf(f)
	if key == nil {
		return Hover{}, false
	}
	if !f.key {
		if v := f.span.Text(); slices.Contains(key.Choices, v) {
			return hover(f.span, p.choiceLabel(f.path, key, v, l))
		}
		return Hover{}, false
	}
	return hover(f.span, b.explain(key, l))
}

// explain tells what a key is.
func (b *Buffer) explain(k *document.Key, l diag.Language) string {
	lines := []string{"**" + k.Label.In(l) + "**", k.Help.In(l)}
	if k.Choices != nil {
		lines = append(lines, say(l, "one-of", "`"+strings.Join(k.Choices, "`, `")+"`"))
	}
	switch {
	case k.Min > 0:
		lines = append(lines, say(l, "length", k.Min, k.Max))
	case k.Max > 0:
		lines = append(lines, say(l, "length-max", k.Max))
	}
	return strings.Join(lines, "\n\n")
}

// tell tells of a target.
func (p *Publication) tell(b *Buffer, t target, l diag.Language) string {
	if t.doc == nil {
		if t.file == "" {
			return ""
		}
		text := "**" + escaped(path.Base(t.file)) + "**"
		if f := p.in.Tree.File(t.file); f != nil {
			text += " · " + size(f.Size, l)
		}
		return text + "\n\n" + escaped(t.file)
	}
	if f := t.finding(); f != nil {
		return p.tellFinding(b, t.doc, f, l)
	}
	text := "**" + escaped(title(t.doc)) + "** — " + p.facts(t.doc, l)
	if h := t.heading(); h != nil {
		text += "\n\n### " + escaped(h.Text)
	}
	if t.doc.Meta.Summary.Value != "" {
		text += "\n\n" + escaped(t.doc.Meta.Summary.Value)
	}
	return text
}

// facts gives the kind, day and state of a text.
func (p *Publication) facts(d *document.Document, l diag.Language) string {
	facts := []string{p.kindName(d.Kind, l)}
	if day := d.Meta.Date.Day; day != "" {
		facts = append(facts, dayText(day, l))
	}
	if state := words["state."+p.state(d)].In(l); state != "" {
		facts = append(facts, state)
	}
	return strings.Join(facts, " · ")
}

// mostOfThread is how many findings of a thread are told to each side.
const mostOfThread = 20

// tellFinding tells of a finding: its words, where it stands, what it follows and what followed it.
func (p *Publication) tellFinding(b *Buffer, d *document.Document, f *markdown.Finding, l diag.Language) string {
	text := "`" + markOf(f.Valence) + "` **" + p.word("valence."+string(f.Valence), l) + "**"
	if f.Reach != "" {
		text += " · " + p.word("reach."+f.Reach, l)
	}
	text += "\n\n" + escaped(f.Text) + "\n\n" + escaped(title(d)) + " — " + p.facts(d, l)
	built := p.built(d, f.ID)
	line := func(f *publication.Finding) string {
		return fmt.Sprintf("- `%s` %s — %s, %s", markOf(f.Valence), escaped(f.Text), escaped(f.Entry.Title), dayText(f.Entry.Date, l))
	}
	var before []*publication.Finding
	if from := p.follows(b, f, built); from != nil {
		for ; from != nil && len(before) < mostOfThread && !slices.Contains(before, from); from = from.Follows {
			before = append(before, from)
		}
	}
	if before != nil {
		slices.Reverse(before)
		text += "\n\n" + words["follows"].In(l)
		for _, f := range before {
			text += "\n" + line(f)
		}
	}
	if built == nil {
		return text
	}
	if after := later(built); after != nil {
		text += "\n\n" + words["followed"].In(l)
		for _, f := range after {
			text += "\n" + line(f)
		}
	}
	if built.Recommendations != nil {
		text += "\n\n" + words["evidence"].In(l)
		for _, e := range built.Recommendations[:min(len(built.Recommendations), mostOfThread)] {
			text += "\n- " + escaped(e.Title)
		}
	}
	return text
}

// built gives the finding with an id in a text as it was built, or nil.
func (p *Publication) built(d *document.Document, id string) *publication.Finding {
	if e := p.entries()[d.Reference()]; e != nil {
		for _, f := range e.Body.Findings {
			if f.ID == id {
				return f
			}
		}
	}
	return nil
}

// follows gives the finding that one follows, as it is written now.
func (p *Publication) follows(b *Buffer, f *markdown.Finding, built *publication.Finding) *publication.Finding {
	if f.Follows.Value == "" {
		return nil
	}
	if built != nil && built.Finding.Follows.Value == f.Follows.Value {
		return built.Follows
	}
	ref, id, _ := strings.Cut(f.Follows.Value, "#")
	if e := p.entries()[ref]; e != nil {
		for _, f := range e.Body.Findings {
			if f.ID == id {
				return f
			}
		}
	}
	return nil
}

// later gives what followed a finding, and what followed that, in the order of time.
func later(f *publication.Finding) (out []*publication.Finding) {
	seen := map[*publication.Finding]bool{f: true}
	for next := []*publication.Finding{f}; len(next) > 0 && len(out) < mostOfThread; next = next[1:] {
		for _, n := range next[0].FollowedBy {
			if !seen[n] {
				seen[n] = true
				next, out = append(next, n), append(out, n)
			}
		}
	}
	slices.SortStableFunc(out, func(a, b *publication.Finding) int { return cmp.Compare(a.Entry.Date, b.Entry.Date) })
	return out[:min(len(out), mostOfThread)]
}

// size gives a file's size in words.
func size(bytes int64, l diag.Language) string {
	mega := fmt.Sprintf("%.1f MB", float64(bytes)/1e6)
	if bytes < 1e6 {
		return fmt.Sprintf("%d kB", (bytes+999)/1000)
	}
	if l == diag.Dutch {
		return strings.Replace(mega, ".", ",", 1)
	}
	return mega
}

// escaped gives a plain text as Markdown.
func escaped(s string) string { return escapes.Replace(strings.Join(strings.Fields(s), " ")) }

var escapes = strings.NewReplacer(`\`, `\\`, "`", "\\`", "*", `\*`, "_", `\_`, "[", `\[`, "]", `\]`, "<", `\<`, ">", `\>`, "#", `\#`, "|", `\|`, "~", `\~`, "&", `\&`)
