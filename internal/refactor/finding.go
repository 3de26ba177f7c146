package refactor

import (
	"bytes"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"leerblad/internal/diag"
	"leerblad/internal/document"
	"leerblad/internal/edit"
	"leerblad/internal/markdown"
	"leerblad/internal/source"
)

// moveFinding plans to give a finding another id, in its own text or in that of the entry called name.
func (t *Texts) moveFinding(d *document.Document, f *markdown.Finding, name, id string, lead bool) (*Plan, error) {
	other, _, err := t.find(name)
	if err != nil {
		return nil, err
	}
	if !markdown.IsID(id) {
		return nil, &Refusal{Why: BadName, Args: []any{id}, Suggest: markdown.Anchor(id)}
	}
	p := &Plan{From: d.Reference() + "#" + f.ID, To: other.Reference() + "#" + id}
	lead = lead && t.published(d)
	if p.From == p.To {
		return nil, &Refusal{Why: Same, Args: []any{p.To}}
	}
	if other == d {
		return p, t.renameFinding(p, d, f, id, lead)
	}
	return p, t.carryFinding(p, d, f, other, id, lead)
}

// taken gives why a finding from a reference cannot have an id in an entry, or nil. It may take the place that it left there before.
func taken(d *document.Document, id, from string) error {
	was := d.Body.HasID(id)
	for i := range d.Body.Findings {
		was = was || slices.Contains(d.Body.Findings[i].Aliases, id) && d.Reference()+"#"+d.Body.Findings[i].ID != from
	}
	for _, m := range d.Body.Moved {
		was = was || m.ID == id && (m.To.Value != from || m.Item.File == nil)
	}
	if was {
		return &Refusal{Why: Taken, Args: []any{d.Reference() + "#" + id, d.File.Path}}
	}
	return nil
}

func (t *Texts) renameFinding(p *Plan, d *document.Document, f *markdown.Finding, id string, lead bool) error {
	if err := taken(d, id, p.From); err != nil {
		return err
	}
	for _, m := range d.Body.Moved {
		if m.ID == id {
			return &Refusal{Why: Taken, Args: []any{p.To, d.File.Path}}
		}
	}
	n := &renames{ids: map[string]place{p.From: {d.Place, d.File.Path, id}}}
	if err := t.rewrite(p, n, nil); err != nil {
		return err
	}
	was := f.ID
	if !lead {
		was = ""
	} else {
		p.Leads = append(p.Leads, p.From)
	}
	p.Set.Texts = append(p.Set.Texts, named(f, id, was)...)
	return nil
}

// named gives the changes that give a finding an id, and an id that it had before, or "", among its aliases. An id that it would have
// without being written is not written.
func named(f *markdown.Finding, id, was string) (changes edit.Changes) {
	at := f.Attributes
	aliases := slices.DeleteFunc(slices.Clone(f.Aliases), func(a string) bool { return a == id || a == was })
	if was != "" {
		aliases = append(aliases, was)
	}
	var words []string // that are wanted
	if markdown.FindingID(f.Text) != id {
		words = append(words, "#"+id)
	}
	if len(aliases) > 0 {
		words = append(words, "aliases="+strings.Join(aliases, ","))
	}
	if at.Start == at.End {
		if words == nil {
			return nil
		}
		return edit.Changes{{Span: at, Text: " {" + strings.Join(words, " ") + "}"}}
	}
	kept := len(words) > 0
	written := at.Text()
	for _, m := range attribute.FindAllStringIndex(written, -1) {
		word := strings.TrimLeft(written[m[0]:m[1]], " \t")
		span := source.At(at.File, at.Start+m[1]-len(word), at.Start+m[1])
		kind := word[:1]
		if kind != "#" {
			kind = "aliases="
		}
		if !strings.HasPrefix(word, kind) {
			kept = true
			continue
		}
		if n := slices.IndexFunc(words, func(w string) bool { return strings.HasPrefix(w, kind) }); n >= 0 {
			changes = append(changes, edit.Change{Span: span, Text: words[n]})
			words = slices.Delete(words, n, n+1)
			continue
		}
		end := m[1]
		for m[0] == 1 && end < len(written)-1 && (written[end] == ' ' || written[end] == '\t') {
			end++ // the first word, with the blanks after it
		}
		changes = append(changes, edit.Change{Span: source.At(at.File, at.Start+m[0], at.Start+end)})
	}
	if !kept {
		start := at.Start
		for start > 0 && (at.File.Data[start-1] == ' ' || at.File.Data[start-1] == '\t') {
			start--
		}
		return edit.Changes{{Span: source.At(at.File, start, at.End)}}
	}
	for _, w := range words {
		if place := at.Start + 1; w[0] == '#' {
			changes = append(changes, edit.Change{Span: source.At(at.File, place, place), Text: w + " "})
			continue
		}
		place := at.Start + len(strings.TrimRight(strings.TrimSuffix(written, "}"), " \t"))
		changes = append(changes, edit.Change{Span: source.At(at.File, place, place), Text: " " + w})
	}
	return changes
}

// attribute is a word between the braces of a finding, with the blanks before it.
var attribute = regexp.MustCompile(`[ \t]*(?:[a-z]+="[^"]*"|[^ \t"{}]+|"[^"]*")`)

// note is a reference to a footnote.
var note = regexp.MustCompile(`\[\^[^\]\s]+\]`)

// carryFinding plans to carry a finding, with what stands in its list item, into another text.
func (t *Texts) carryFinding(p *Plan, d *document.Document, f *markdown.Finding, other *document.Document, id string, lead bool) error {
	if err := taken(other, id, p.From); err != nil {
		return err
	}
	if f.Item.File == nil {
		return &Refusal{Why: Bound, Args: []any{p.From}, Problems: diag.List{{Code: "bound-finding", Span: f.Span}}}
	}
	if problems := bound(d, f.Item); problems != nil {
		return &Refusal{Why: Bound, Args: []any{p.From}, Problems: problems}
	}
	n := &renames{ids: map[string]place{}}
	back := map[string]*markdown.Moved{} // what the findings left in the other text before, by their ids there
	var carried []*markdown.Finding
	for i := range d.Body.Findings {
		x := &d.Body.Findings[i]
		if x != f && !inside(x.Span, f.Item) {
			continue
		}
		from, to := d.Reference()+"#"+x.ID, place{other.Place, other.File.Path, x.ID}
		if x == f {
			to.id = id
		}
		if err := taken(other, to.id, from); err != nil {
			return err
		}
		for i := range other.Body.Moved {
			if m := &other.Body.Moved[i]; m.ID == to.id || m.To.Value == from && m.Item.File != nil && slices.Contains(x.Aliases, m.ID) {
				back[m.ID] = m
			}
		}
		n.ids[from] = to
		carried = append(carried, x)
	}
	gone := []source.Span{}
	for _, m := range back {
		gone = append(gone, m.Item)
	}
	standsIn := func(r Reference) string {
		if inside(r.Span, f.Item) {
			return other.File.Path
		}
		return r.from
	}
	if err := t.rewriteIn(p, n, gone, standsIn); err != nil {
		return err
	}
	var inner, rest edit.Changes
	for _, c := range p.Set.Texts {
		if inside(c.Span, f.Item) {
			inner = append(inner, c)
		} else {
			rest = append(rest, c)
		}
	}
	for _, x := range carried {
		to := n.ids[d.Reference()+"#"+x.ID]
		if to.id != x.ID {
			inner = append(inner, named(x, to.id, "")...)
		}
	}
	text, err := within(f.Item, inner)
	if err != nil {
		return err
	}
	p.Set.Texts = append(rest, t.insert(other, d, f, text, id, back)...)
	prefix := string(f.Item.File.Data[f.Item.Start:f.Span.Start])
	if !lead {
		p.Set.Texts = append(p.Set.Texts, edit.Change{Span: wholeItem(f.Item)})
		return nil
	}
	var left []string
	for _, x := range carried {
		for _, old := range append([]string{x.ID}, x.Aliases...) {
			left = append(left, fmt.Sprintf("%s{#%s moved=%s}", prefix, old, n.ids[d.Reference()+"#"+x.ID].reference()))
			p.Leads = append(p.Leads, d.Reference()+"#"+old)
		}
	}
	p.Set.Texts = append(p.Set.Texts, edit.Change{Span: f.Item, Text: edit.Lines(f.Item.File, strings.Join(left, "\n"))})
	return nil
}

// bound says what in an item means nothing in another text: footnotes, and links of which the address stands elsewhere.
func bound(d *document.Document, item source.Span) (problems diag.List) {
	for _, m := range note.FindAllStringIndex(item.Text(), -1) {
		problems.Add("bound-note", source.At(item.File, item.Start+m[0], item.Start+m[1]))
	}
	for _, l := range slices.Concat(d.Body.Links, d.Body.Cards) {
		if inside(l.Span, item) && l.At.File != nil && !inside(l.At, item) {
			problems.Add("bound-address", l.Span, l.At.Text())
		}
	}
	for _, pic := range d.Body.Pictures {
		if inside(pic.Span, item) && pic.At.File != nil && !inside(pic.At, item) {
			problems.Add("bound-address", pic.Span, pic.At.Text())
		}
	}
	return problems
}

// insert gives the changes that put an item into a text: where it stood before, else after the last finding below the same heading, or the last of all.
func (t *Texts) insert(to, from *document.Document, f *markdown.Finding, text, id string, back map[string]*markdown.Moved) (changes edit.Changes) {
	own := back[id]
	for _, m := range back {
		if m != own {
			changes = append(changes, edit.Change{Span: wholeItem(m.Item)})
		}
	}
	if own != nil {
		bullet := regexp.MustCompile(`^[ \t]*\S+[ \t]+`).FindString(own.Item.Text())
		return append(changes, edit.Change{Span: own.Item, Text: again(text, f, bullet, to.File)})
	}
	last := lastFinding(to, headingOf(from, f))
	if last == nil {
		end := len(bytes.TrimRight(to.File.Data, " \t\r\n"))
		gap := "\n\n"
		return append(changes, edit.Change{Span: source.At(to.File, end, end), Text: edit.Lines(to.File, gap) + again(text, f, "- ", to.File)})
	}
	bullet := string(to.File.Data[last.Item.Start:last.Span.Start])
	gap := "\n"
	if above := bytes.TrimRight(to.File.Data[:last.Item.Start], " \t\r"); bytes.Count(above[len(bytes.TrimRight(above, "\n \t\r")):], []byte("\n")) > 1 && !first(to, last) {
		gap = "\n\n"
	}
	at := source.At(to.File, last.Item.End, last.Item.End)
	return append(changes, edit.Change{Span: at, Text: edit.Lines(to.File, gap) + again(text, f, bullet, to.File)})
}

// first reports whether no other finding below its heading stands before one.
func first(d *document.Document, f *markdown.Finding) bool {
	for i := range d.Body.Findings {
		if x := &d.Body.Findings[i]; x.Heading == f.Heading {
			return x == f
		}
	}
	return true
}

// headingOf gives the text of the heading that a finding stands below.
func headingOf(d *document.Document, f *markdown.Finding) string {
	if f.Heading < 0 {
		return ""
	}
	return d.Body.Headings[f.Heading].Text
}

// lastFinding gives the last finding of a text that is not within another, below a heading with this text if there is one.
func lastFinding(d *document.Document, heading string) (last *markdown.Finding) {
	matched := false
	for i := range d.Body.Findings {
		f := &d.Body.Findings[i]
		if f.Item.File == nil || last != nil && inside(f.Span, last.Item) {
			continue
		}
		if same := heading != "" && headingOf(d, f) == heading; same || !matched {
			last, matched = f, same
		}
	}
	return last
}

// again gives the lines of an item with another bullet, in a file with other line ends perhaps.
func again(text string, f *markdown.Finding, bullet string, to *source.File) string {
	old := string(f.Item.File.Data[f.Item.Start:f.Span.Start])
	if edit.Lines(f.Item.File, "\n") != edit.Lines(to, "\n") {
		text = edit.Lines(to, strings.ReplaceAll(text, "\r\n", "\n"))
	}
	if width, wants := columns(old), columns(bullet); width != wants || strings.Contains(bullet+old, "\t") && bullet != old {
		lines := strings.Split(text, "\n")
		for i, line := range lines[1:] {
			content := strings.TrimLeft(line, " \t")
			if has := columns(line[:len(line)-len(content)]); has >= width && strings.TrimSpace(content) != "" {
				lines[i+1] = strings.Repeat(" ", has-width+wants) + content
			}
		}
		text = strings.Join(lines, "\n")
	}
	return bullet + strings.TrimPrefix(text, old)
}

// columns gives the width of what stands at the start of a line.
func columns(s string) (n int) {
	for _, r := range s {
		if n++; r == '\t' {
			n += 3 - (n-1)%4
		}
	}
	return n
}

// wholeItem gives an item with a line break, and the blank lines before it where there are some after it too.
func wholeItem(item source.Span) source.Span {
	data, start, end := item.File.Data, item.Start, lineEnd(item.File.Data, item.End)
	last := len(bytes.TrimSpace(data[item.End:])) == 0
	if !last {
		end++
	}
	if last || blankBefore(data[:start]) && len(bytes.TrimSpace(data[end:lineEnd(data, end)])) == 0 {
		return source.At(item.File, len(bytes.TrimRight(data[:start], " \t\r\n")), item.End)
	}
	return source.At(item.File, start, end)
}

// blankBefore reports whether the line before the end is blank.
func blankBefore(data []byte) bool {
	data = bytes.TrimSuffix(data, []byte("\n"))
	return len(bytes.TrimSpace(data[bytes.LastIndexByte(data, '\n')+1:])) == 0
}
