package refactor

import (
	"slices"
	"strings"

	"leerblad/internal/diag"
	"leerblad/internal/document"
	"leerblad/internal/edit"
	"leerblad/internal/frontmatter"
	"leerblad/internal/markdown"
	"leerblad/internal/source"
)

// Remove plans to remove an entry with its files, or a finding. What refers to it then refers to what to names; with lead its address leads
// there, if it was ever published. Without to nothing may refer to it, unless force says that this does not matter.
func (t *Texts) Remove(ref, to string, lead, force bool) (*Plan, error) {
	if t.unread != nil && !force {
		return nil, &Refusal{Why: Unread, Problems: t.unread}
	}
	d, f, err := t.find(ref)
	if err != nil {
		return nil, err
	}
	if d.Kind == document.Home && f == nil {
		return nil, &Refusal{Why: Fixed, Args: []any{d.File.Path}}
	}
	p := &Plan{From: d.Reference(), Removal: true}
	files := map[string]string{}
	var gone []source.Span
	var ids []string
	if f != nil {
		p.From += "#" + f.ID
		if f.Item.File == nil {
			return nil, &Refusal{Why: Bound, Args: []any{p.From}, Problems: diag.List{{Code: "bound-finding", Span: f.Span}}}
		}
		gone = append(gone, f.Item)
		for i := range d.Body.Findings {
			if x := &d.Body.Findings[i]; inside(x.Span, f.Item) {
				ids = append(ids, x.ID)
			}
		}
	} else {
		for _, name := range t.own(d) {
			file := t.Tree.File(name)
			files[name] = name
			gone = append(gone, source.Span{File: file, End: int(file.Size)})
			p.Set.Removed = append(p.Set.Removed, file)
		}
	}
	refers := slices.DeleteFunc(t.referring(d, ids, files), func(r Reference) bool {
		return to == "" && r.Key == "definition" || slices.ContainsFunc(gone, func(s source.Span) bool { return inside(r.Span, s) || f == nil && files[r.from] != "" })
	})
	var changes edit.Changes
	switch {
	case to != "":
		if changes, err = t.replace(p, d, f, refers, to, lead); err != nil {
			return nil, err
		}
	case len(refers) > 0 && !force:
		return nil, &Refusal{Why: Referred, Args: []any{p.From, len(refers)}, Problems: listed(refers, p.From)}
	}
	if f != nil && !slices.ContainsFunc(changes, func(c edit.Change) bool { return c.Span == f.Item }) {
		changes = append(changes, edit.Change{Span: wholeItem(f.Item)})
	}
	p.Set.Texts = append(p.Set.Texts, changes...)
	return p, nil
}

// referring gives what refers to an entry, to something in it or to one of its files, or only to findings in it. A definition that no
// link uses does not count.
func (t *Texts) referring(d *document.Document, ids []string, files map[string]string) (out []Reference) {
	if ids == nil {
		return t.To(d, "", files)
	}
	for _, id := range ids {
		out = append(out, t.To(d, id, nil)...)
	}
	return out
}

func listed(refers []Reference, to string) (problems diag.List) {
	for _, r := range refers {
		problems.Add("refers", r.Span, to)
	}
	return problems
}

// replace plans that references to what goes refer to something else.
func (t *Texts) replace(p *Plan, d *document.Document, f *markdown.Finding, refers []Reference, to string, lead bool) (changes edit.Changes, err error) {
	other, instead, err := t.find(to)
	if err != nil {
		return nil, err
	}
	target := place{Place: other.Place, file: other.File.Path}
	if p.To = other.Reference(); instead != nil {
		p.To += "#" + instead.ID
		target.id = instead.ID
	}
	if p.To == p.From || f == nil && other == d {
		return nil, &Refusal{Why: Same, Args: []any{p.To}}
	}
	if f == nil && (instead != nil || other.Kind == document.Home) {
		return nil, &Refusal{Why: Mixed, Args: []any{p.From, p.To}}
	}
	n := &renames{entries: map[string]document.Place{}, ids: map[string]place{}, files: map[string]string{}}
	if f == nil {
		n.entries[d.Reference()] = other.Place
		n.files[d.File.Path] = other.File.Path
	}
	now := map[string][]frontmatter.Text{} // the lists that references stand in
	var stuck []Reference
	for _, r := range refers {
		if f == nil && r.Entry == nil {
			stuck = append(stuck, r) // a picture or other file of the entry
			continue
		}
		if r.ID != "" { // of a heading or finding, which the other entry may have too
			x := target
			if f == nil && other.Body.HasID(r.ID) {
				x.id = r.ID
			}
			n.ids[d.Reference()+"#"+r.ID] = x
		}
		text, _, ok := t.rewritten(r, n, r.from)
		if r.Fixed || !ok {
			stuck = append(stuck, r)
			continue
		}
		if item, twice := t.twice(r, text, now); twice {
			changes = append(changes, item...)
		} else {
			changes = append(changes, edit.Change{Span: r.Span, Text: text})
		}
		p.Rewritten = append(p.Rewritten, r)
	}
	if stuck != nil {
		return nil, &Refusal{Why: Unwritable, Problems: listed(stuck, p.From)}
	}
	if !lead || !t.published(d) {
		return changes, nil
	}
	if f == nil {
		old := []string{t.address(d.Place)}
		for _, a := range d.Meta.Aliases {
			old = append(old, a.Value)
		}
		more, ok := aliases(other, old)
		if !ok {
			return nil, &Refusal{Why: Unwritable, Problems: diag.List{{Code: "unwritable-aliases", Span: other.Top, Args: []any{old[0]}}}}
		}
		p.Leads = append(p.Leads, old...)
		return append(changes, more...), nil
	}
	p.Leads = append(p.Leads, p.From)
	if other == d && instead != nil && !inside(instead.Span, f.Item) {
		return append(changes, named(instead, instead.ID, f.ID)...), nil
	}
	prefix := string(f.Item.File.Data[f.Item.Start:f.Span.Start])
	return append(changes, edit.Change{Span: f.Item, Text: prefix + "{#" + f.ID + " moved=" + p.To + "}"}), nil
}

// aliases gives the changes that put addresses into the aliases of an entry.
func aliases(d *document.Document, addresses []string) (edit.Changes, bool) {
	var changes edit.Changes
	for _, a := range addresses {
		more, ok := alias(d, a, "")
		if !ok {
			return nil, false
		}
		changes = append(changes, more...)
	}
	if len(changes) > 1 && len(d.Meta.Aliases) == 0 { // one list for all of them
		at, text := changes[0].Span, changes[0].Text
		if strings.HasPrefix(text, " [") {
			return edit.Changes{{Span: at, Text: " [" + strings.Join(addresses, ", ") + "]"}}, true
		}
		for _, a := range addresses[1:] {
			text += edit.Lines(d.File, "  - "+a+"\n")
		}
		return edit.Changes{{Span: at, Text: text}}, true
	}
	return changes, true
}

// twice gives the changes that take an item out of its list where what it will say stands there already, and notes what it says.
func (t *Texts) twice(r Reference, text string, now map[string][]frontmatter.Text) (edit.Changes, bool) {
	d := t.byPath[r.from]
	if d == nil || r.form != whole && r.form != slug {
		return nil, false
	}
	key := r.from + " " + r.Key
	var list []frontmatter.Text
	for _, v := range d.Meta.References() {
		if v.Key == r.Key {
			list = append(list, v.Text)
		}
	}
	at := slices.IndexFunc(list, func(v frontmatter.Text) bool { return inside(r.Span, v.Span) })
	if at < 0 || len(list) < 2 {
		return nil, false
	}
	same := func(v frontmatter.Text) bool { return v.Value == text }
	if slices.ContainsFunc(list, same) || slices.ContainsFunc(now[key], same) {
		return dropItem(d, list[at], r.Key), true
	}
	now[key] = append(now[key], frontmatter.Text{Value: text})
	return nil, false
}
