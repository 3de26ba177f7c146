package assist

import (
	"bytes"
	"slices"
	"strings"

	"leerblad/internal/document"
	"leerblad/internal/frontmatter"
	"leerblad/internal/publication"
	"leerblad/internal/source"
)

// field is a place in front matter, or in settings, where a key or a value is written or may be. It is found line by line, for what is being
// written is often no YAML yet.
type field struct {
	path    []string    // the keys in whose mappings it stands, and the key of a value last
	key     bool        // a key is wanted, in the mapping at path
	span    source.Span // of the key or value, without quotation marks; empty where it may be
	quote   byte        // around it, or 0
	flow    bool        // between [ ] or { }
	colon   bool        // the key has its colon
	before  string      // what must be written before it: a blank, or the dash of an item
	indent  int         // the column of the key, or of the key of a value
	item    bool        // the value is one of a list
	present []string    // the other keys of the mapping, or the other values of the list as they are written
}

// block gives the part of the buffer that is YAML.
func (b *Buffer) block() (start, end int, ok bool) {
	data := b.File.Data
	if b.File.Path == publication.SettingsFile {
		return len(data) - len(bytes.TrimPrefix(data, []byte("\ufeff"))), len(data), true
	}
	if b.Doc == nil || b.Doc.NoBody && !bytes.Contains(data, []byte("---")) {
		return 0, 0, false
	}
	if block, _, ok, _ := frontmatter.Split(b.File); ok {
		return block.Start, block.End, true
	}
	first, stop := b.lineAt(0)
	if strings.TrimRight(string(data[first:stop]), " \t") != "---" {
		return 0, 0, false
	}
	start = min(stop+1, len(data))
	if start < len(data) && data[start-1] == '\r' {
		start++
	}
	for at := start; at < len(data); { // as far as it looks like keys and what belongs to them
		_, stop := b.lineAt(at)
		text := string(data[at:stop])
		if !keyLike(text) && strings.TrimLeft(text, " -#") == text && (text == "" || strings.Trim(text, letters) != "") {
			return start, at, true
		}
		if at = stop; at < len(data) {
			at += 1 + bytes.IndexByte(data[at:], '\n')
		}
	}
	return start, len(data), true
}

// fieldAt gives the field at an offset; it is not ok in a comment or in a text of several lines.
func (b *Buffer) fieldAt(at int) (f field, ok bool) {
	start, end, ok := b.block()
	data := b.File.Data
	if !ok || at < start || at > end || at == end && bytes.HasPrefix(data[end:], []byte("---")) {
		return f, false
	}
	lines := yamlLines(data, start, end)
	n := 0
	for i := 0; i < len(lines); i++ {
		if lines[i].start <= at {
			n = i
		}
		stop, flow := b.continues(lines, i)
		for j := i + 1; j < len(lines) && lines[j].start < stop; j++ {
			lines[j].inside = true
		}
		if open := lines[i].value; flow && open < at && at <= stop && !(at == stop && closed(data, open, stop)) {
			base := field{path: pathTo(lines, i), indent: lines[i].indent}
			if lines[i].key != "" {
				base.path = append(base.path, lines[i].key)
			}
			return b.inFlow(base, open, stop, at)
		}
	}
	l := lines[n]
	if l.inside || at > l.end {
		return f, false
	}
	if hash := comment(data[l.start:l.end]); hash >= 0 && at > l.start+hash {
		return f, false
	}
	f.path, f.indent = pathTo(lines, n), l.indent
	switch {
	case l.empty() && l.dash < 0:
		return b.onBlank(lines, n, at)
	case l.key != "" && at > l.keyEnd:
		f.path = append(f.path, l.key)
		if at == l.keyEnd+1 && l.value == at {
			f.before = " "
		}
		return b.scalarAt(f, l.value, l.end, at)
	case at < l.content:
		return f, false
	case l.key != "":
		f.key, f.colon, f.span = true, true, source.At(b.File, l.content, l.keyEnd)
		f.present = others(lines, n)
		return f, true
	case l.dash >= 0 && !b.mappings(f.path):
		f.item, f.present = true, b.items(lines, n)
		if data[at-1] == '-' {
			f.before = " "
		}
		return b.scalarAt(f, l.content, l.end, at)
	case b.mapping(f.path):
		f.key, f.span = true, source.At(b.File, l.content, l.end)
		f.present = others(lines, n)
		return f, !bytes.ContainsAny(data[l.content:l.end], " \t\"'")
	}
	return f, false
}

// onBlank gives the field of a blank line: a key, or an item without its dash.
func (b *Buffer) onBlank(lines []yamlLine, n, at int) (f field, ok bool) {
	col := at - lines[n].start
	lines[n].indent = col
	f = field{path: pathTo(lines, n), indent: col, span: source.At(b.File, at, at)}
	if b.mapping(f.path) {
		f.key, f.present = true, others(lines, n)
		return f, true
	}
	if k := b.keyAt(f.path); k != nil && listed(k) {
		f.item, f.before, f.present = true, "- ", b.items(lines, n)
		f.key = k.Type == document.TypeMappings
		return f, true
	}
	return f, false
}

// flow goes through a value between brackets, in search of an offset.
type flow struct {
	data   []byte
	at     int
	from   int     // where the part begins that is being read
	frames []frame // the brackets that are open
	whole  field   // what holds for all of it
	found  bool    // the offset is in a part that was read
	field  field   // what stands there
	bad    bool    // nothing may stand there
}

// frame is what stands between brackets.
type frame struct {
	bracket byte
	key     string   // whose value is being read
	others  []string // keys, or the values of a list
	mine    bool     // the offset is in it, and in no frame within it
}

// inFlow gives the field at an offset in the brackets from open to stop.
func (b *Buffer) inFlow(whole field, open, stop, at int) (field, bool) {
	data := b.File.Data
	if data[stop-1] == ']' || data[stop-1] == '}' {
		stop--
	}
	w := &flow{data: data, at: at, from: open + 1, frames: []frame{{bracket: data[open]}}, whole: whole}
	for i := open + 1; i < stop; i++ {
		top := &w.frames[len(w.frames)-1]
		switch c := data[i]; c {
		case '[', '{':
			w.bad = w.bad || !w.found && w.from <= at && at <= i
			w.frames, w.from = append(w.frames, frame{bracket: c}), i+1
		case ']', '}':
			if w.part(b, i, false); len(w.frames) > 1 { // else it is one too many
				w.shut()
			}
			w.from = i + 1
		case ',':
			w.part(b, i, false)
			top.key, w.from = "", i+1
		case ':':
			ends := i+1 >= stop || bytes.IndexByte([]byte(" \t\r\n,]}[{"), data[i+1]) >= 0 || data[i-1] == '"'
			if top.bracket == '{' && top.key == "" && ends {
				w.part(b, i, true)
				top.key, w.from = unquoted(data[w.from:i]), i+1
			}
		case '"', '\'':
			if opens(data[open:i]) {
				i = min(quoteEnd(data, i, stop), stop)
			}
		}
	}
	w.part(b, stop, false)
	for len(w.frames) > 0 {
		w.shut()
	}
	return w.field, w.found && !w.bad && w.field.span.File != nil
}

// shut leaves a frame.
func (w *flow) shut() {
	last := w.frames[len(w.frames)-1]
	w.frames = w.frames[:len(w.frames)-1]
	if last.mine {
		w.field.present = last.others
	}
}

// part reads a key or value, which ends at an offset; key says that a colon follows.
func (w *flow) part(b *Buffer, end int, key bool) {
	top := &w.frames[len(w.frames)-1]
	start := w.from
	for start < end && blank(w.data[start]) {
		start++
	}
	last := end
	for last > start && blank(w.data[last-1]) {
		last--
	}
	if w.found || w.at < w.from || w.at > end {
		if text := unquoted(w.data[start:last]); text != "" && (top.bracket == '[' || key) {
			top.others = append(top.others, text)
		}
		return
	}
	w.found, top.mine = true, true
	f := w.whole
	f.flow, f.item, f.key, f.colon = true, top.bracket == '[', top.bracket == '{' && top.key == "", key
	f.path = slices.Clone(f.path)
	for _, fr := range w.frames {
		if fr.bracket == '{' && fr.key != "" {
			f.path = append(f.path, fr.key)
		}
	}
	if w.at < start || start == last {
		start, last = w.at, w.at
	}
	last = max(last, w.at)
	if start < last && (w.data[start] == '"' || w.data[start] == '\'') {
		shut := quoteEnd(w.data, start, last)
		w.bad = w.bad || w.at <= start || w.at > shut
		f.quote, start, last = w.data[start], start+1, shut
	}
	f.span = source.At(b.File, start, max(start, last))
	if !f.key && top.bracket == '{' && w.from == w.at && w.data[w.from-1] == ':' {
		f.before = " "
	}
	w.field = f
}

// unquoted gives a plain or quoted text without what is around it.
func unquoted(text []byte) string { return strings.Trim(strings.TrimSpace(string(text)), `"'`) }

// scalarAt gives the field of a value that stands on a line from start.
func (b *Buffer) scalarAt(f field, start, end, at int) (field, bool) {
	data := b.File.Data
	if at < start {
		if start < end {
			return f, false
		}
		start, end = at, at
	}
	if hash := comment(data[start:end]); hash >= 0 {
		end = start + hash
	}
	last := end
	for last > start && blank(data[last-1]) {
		last--
	}
	if start < last && (data[start] == '"' || data[start] == '\'') {
		close := quoteEnd(data, start, last)
		f.quote, f.span = data[start], source.At(b.File, start+1, close)
		return f, start < at && at <= close
	}
	if start < last && bytes.IndexByte([]byte("|>&*!"), data[start]) >= 0 {
		return f, false
	}
	f.span = source.At(b.File, start, max(last, min(at, end)))
	return f, true
}

// items gives the other items of the list that a line is one of.
func (b *Buffer) items(lines []yamlLine, n int) (out []string) {
	own := or(lines[n].dash, lines[n].indent)
	add := func(l yamlLine) bool {
		if l.dash == own && !l.inside {
			out = append(out, unquoted(b.File.Data[l.content:l.end]))
		}
		return l.inside || l.dash >= own || l.empty()
	}
	for i := n - 1; i >= 0 && add(lines[i]); i-- {
	}
	for i := n + 1; i < len(lines) && add(lines[i]); i++ {
	}
	return out
}

// keys gives the keys that there may be at the top of the block.
func (b *Buffer) keys() (out []document.Key) {
	switch {
	case b.File.Path == publication.SettingsFile:
		return publication.SettingsKeys
	case b.Doc == nil:
		return nil
	}
	for _, name := range b.Doc.Kind.Keys() {
		out = append(out, *document.KeyOf(name))
	}
	return out
}

// keyAt gives the key at a path, or nil.
func (b *Buffer) keyAt(path []string) (k *document.Key) {
	keys := b.keys()
	for _, name := range path {
		i := slices.IndexFunc(keys, func(k document.Key) bool { return k.Name == name })
		if i < 0 {
			return nil
		}
		k = &keys[i]
		keys = k.Fields
	}
	return k
}

// keyOf gives the key that a field is or whose value it is, or nil.
func (b *Buffer) keyOf(f field) *document.Key {
	if f.key {
		return b.keyAt(append(slices.Clone(f.path), f.span.Text()))
	}
	return b.keyAt(f.path)
}

// mapping reports whether what stands at a path is a mapping.
func (b *Buffer) mapping(path []string) bool {
	if len(path) == 0 {
		return true
	}
	k := b.keyAt(path)
	return k != nil && k.Fields != nil
}

// mappings reports whether what stands at a path is a list of mappings.
func (b *Buffer) mappings(path []string) bool {
	k := b.keyAt(path)
	return k != nil && k.Type == document.TypeMappings
}

// listed reports whether a key's value is a list.
func listed(k *document.Key) bool {
	switch k.Type {
	case document.TypeLines, document.TypeSlugs, document.TypeReferences, document.TypeMappings, document.TypeNumbers, document.TypeGroups:
		return true
	}
	return false
}
