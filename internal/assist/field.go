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

// yamlLine is a line of a block.
type yamlLine struct {
	start, end int    // of its text, without line break
	dash       int    // the column of its first dash, or -1
	indent     int    // the column of what follows dashes
	content    int    // the offset of that
	key        string // "" without one
	keyEnd     int
	value      int  // the offset of the value behind a key or dash
	inside     bool // it goes on with a value above it
}

func (l yamlLine) empty() bool { return l.content == l.end }

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

const letters = "abcdefghijklmnopqrstuvwxyz"

// keyLike reports whether a line begins with a key.
func keyLike(line string) bool {
	name, _, ok := strings.Cut(strings.TrimLeft(line, " "), ":")
	return ok && name != "" && !strings.ContainsAny(name, " \t\"'[]{},")
}

// lines gives the lines of the block.
func yamlLines(data []byte, start, end int) (out []yamlLine) {
	for at := start; ; {
		l := yamlLine{start: at, end: end, dash: -1}
		next := end
		if i := bytes.IndexByte(data[at:end], '\n'); i >= 0 {
			l.end, next = at+i, at+i+1
		}
		if l.end > at && data[l.end-1] == '\r' {
			l.end--
		}
		l.content = at
		blanks := func() {
			for l.content < l.end && (data[l.content] == ' ' || data[l.content] == '\t') {
				l.content++
			}
		}
		blanks()
		for l.content < l.end && data[l.content] == '-' && (l.content+1 == l.end || data[l.content+1] == ' ') {
			if l.dash < 0 {
				l.dash = l.content - at
			}
			l.content++
			blanks()
		}
		l.indent, l.value, l.keyEnd = l.content-at, l.content, l.content
		text := string(data[l.content:l.end])
		if name, rest, ok := strings.Cut(text, ":"); ok && keyLike(text) && (rest == "" || rest[0] == ' ' || rest[0] == '\t') {
			l.key, l.keyEnd = name, l.content+len(name)
			l.value = l.keyEnd + 1
			for l.value < l.end && (data[l.value] == ' ' || data[l.value] == '\t') {
				l.value++
			}
		}
		out = append(out, l)
		if next == end {
			if next > at && data[next-1] == '\n' { // the block may go on on the line that it ends before
				out = append(out, yamlLine{start: end, end: end, dash: -1, content: end, value: end, keyEnd: end})
			}
			return out
		}
		at = next
	}
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

// continues gives the offset up to which the value of a line goes on, and whether it is one between brackets.
func (b *Buffer) continues(lines []yamlLine, i int) (stop int, flow bool) {
	l, data := lines[i], b.File.Data
	if l.inside || l.empty() || l.value >= l.end {
		return l.end, false
	}
	deeper := func() int { // the lines that belong to it by their indents
		least := l.indent
		if l.key == "" && l.dash >= 0 {
			least = l.dash
		}
		stop := l.end
		for _, next := range lines[i+1:] {
			if !next.empty() && min(next.indent, or(next.dash, next.indent)) <= least {
				break
			}
			stop = next.end
		}
		return stop
	}
	switch data[l.value] {
	case '|', '>':
		return deeper(), false
	case '[', '{':
		return bracketEnd(data, l.value, deeper(), l.end), true
	case '"', '\'':
		stop := deeper()
		if end := quoteEnd(data, l.value, stop); end < stop {
			return max(end, l.end), false
		}
		return l.end, false
	}
	return l.end, false
}

func or(dash, indent int) int {
	if dash >= 0 {
		return dash
	}
	return indent
}

// quoteEnd gives the offset of the quotation mark that closes the one at an offset, or limit.
func quoteEnd(data []byte, open, limit int) int {
	for i := open + 1; i < limit; i++ {
		switch {
		case data[open] == '"' && data[i] == '\\':
			i++
		case data[i] != data[open]:
		case data[open] == '\'' && i+1 < limit && data[i+1] == '\'':
			i++
		default:
			return i
		}
	}
	return limit
}

// bracketEnd gives the offset behind the bracket that closes the one at open; without one that is the end of the line.
func bracketEnd(data []byte, open, limit, line int) int {
	depth := 0
	for i := open; i < limit; i++ {
		switch data[i] {
		case '[', '{':
			depth++
		case ']', '}':
			if depth--; depth == 0 {
				return i + 1
			}
		case '"', '\'':
			if i > open && opens(data[open:i]) {
				i = quoteEnd(data, i, limit)
			}
		}
	}
	return line
}

// opens reports whether a quotation mark behind text opens a value between brackets.
func opens(text []byte) bool {
	text = bytes.TrimRight(text, " \t\r\n")
	return len(text) > 0 && bytes.IndexByte([]byte("[{,:"), text[len(text)-1]) >= 0
}

// closed reports whether what begins with a bracket at open ends before stop.
func closed(data []byte, open, stop int) bool {
	return stop > open+1 && (data[stop-1] == ']' || data[stop-1] == '}')
}

// inFlow gives the field at an offset in the brackets from open to stop.
func (b *Buffer) inFlow(f field, open, stop, at int) (field, bool) {
	data := b.File.Data
	type frame struct {
		bracket byte
		key     string
		others  []string // keys or values
		met     bool     // the offset is in it
	}
	if data[stop-1] == ']' || data[stop-1] == '}' {
		stop--
	}
	frames := []*frame{{bracket: data[open]}}
	from, found := open+1, false
	var mine *frame
	token := func(end int, colon bool) {
		top := frames[len(frames)-1]
		start := from
		for start < end && blank(data[start]) {
			start++
		}
		last := end
		for last > start && blank(data[last-1]) {
			last--
		}
		if !found && from <= at && at <= end {
			found, mine = true, top
			f.flow, f.item = true, top.bracket == '['
			f.key = top.bracket == '{' && top.key == ""
			f.colon = colon
			for _, fr := range frames {
				if fr.bracket == '{' && fr.key != "" {
					f.path = append(f.path, fr.key)
				}
			}
			if at < start || start == last {
				start, last = at, at
			}
			if at > last {
				last = at
			}
			if start < last && (data[start] == '"' || data[start] == '\'') {
				close := quoteEnd(data, start, last)
				if f.quote = data[start]; at <= start || at > close {
					f.span = source.Span{}
					return
				}
				start, last = start+1, close
			}
			f.span = source.At(b.File, start, last)
			if f.key == false && top.bracket == '{' && from == at && from > open+1 && data[from-1] == ':' {
				f.before = " "
			}
			return
		}
		if text := strings.Trim(string(data[start:last]), `"'`); text != "" && (top.bracket == '[' || colon) {
			top.others = append(top.others, text)
		}
	}
	for i := open + 1; i < stop; i++ {
		top := frames[len(frames)-1]
		switch c := data[i]; c {
		case '[', '{':
			if from <= at && at <= i && !found {
				return f, false
			}
			frames, from = append(frames, &frame{bracket: c}), i+1
		case ']', '}':
			token(i, false)
			if len(frames) > 1 {
				frames = frames[:len(frames)-1]
			}
			from = i + 1
		case ',':
			token(i, false)
			top.key, from = "", i+1
		case ':':
			if top.bracket == '{' && top.key == "" && (i+1 >= stop || bytes.IndexByte([]byte(" \t\r\n,]}[{"), data[i+1]) >= 0 || data[i-1] == '"') {
				token(i, true)
				top.key, from = strings.Trim(strings.TrimSpace(string(data[from:i])), `"'`), i+1
			}
		case '"', '\'':
			if opens(data[open:i]) {
				i = min(quoteEnd(data, i, stop), stop)
			}
		}
	}
	token(stop, false)
	if mine != nil {
		f.present = mine.others
	}
	return f, found && f.span.File != nil
}

func blank(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' }

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

// comment gives where the comment of a line begins, or -1.
func comment(line []byte) int {
	var quote byte
	for i, c := range line {
		switch {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case (c == '"' || c == '\'') && (i == 0 || blank(line[i-1])):
			quote = c
		case c == '#' && (i == 0 || blank(line[i-1])):
			return i
		}
	}
	return -1
}

// pathTo gives the keys in whose values a line stands.
func pathTo(lines []yamlLine, n int) (out []string) {
	col, item := lines[n].indent, false
	if lines[n].dash >= 0 {
		col, item = lines[n].dash, true
	}
	for i := n - 1; i >= 0 && (col > 0 || item); i-- {
		l := lines[i]
		switch {
		case l.inside || l.empty() && l.dash < 0:
		case l.dash >= 0 && l.dash < col && l.indent >= col && !item: // the item that the line belongs to
			col, item = l.dash, true
		case l.key != "" && (l.indent < col || item && l.indent == col && l.dash < 0):
			out = append(out, l.key)
			if col, item = l.indent, false; l.dash >= 0 {
				col, item = l.dash, true
			}
		}
	}
	slices.Reverse(out)
	return out
}

// others gives the keys of the mapping that a line stands in, but for its own.
func others(lines []yamlLine, n int) (out []string) {
	own := lines[n]
	for i := n - 1; i >= 0 && own.dash < 0; i-- {
		l := lines[i]
		if l.inside || l.empty() && l.dash < 0 {
			continue
		}
		if l.indent < own.indent {
			break
		}
		if l.indent == own.indent {
			if l.key != "" {
				out = append(out, l.key)
			}
			if l.dash >= 0 {
				break
			}
		}
	}
	for _, l := range lines[n+1:] {
		if l.inside || l.empty() && l.dash < 0 {
			continue
		}
		if l.indent < own.indent || l.dash >= 0 && l.dash < own.indent {
			break
		}
		if l.indent == own.indent && l.key != "" {
			out = append(out, l.key)
		}
	}
	return out
}

// items gives the other items of the list that a line is one of.
func (b *Buffer) items(lines []yamlLine, n int) (out []string) {
	own := or(lines[n].dash, lines[n].indent)
	add := func(l yamlLine) bool {
		if l.dash == own && !l.inside {
			out = append(out, strings.Trim(strings.TrimSpace(string(b.File.Data[l.content:l.end])), `"'`))
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
