package assist

import (
	"bytes"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"leerblad/internal/document"
	"leerblad/internal/markdown"
	"leerblad/internal/publication"
	"leerblad/internal/source"
)

// What stands on a line before a place.
var (
	headingLine    = regexp.MustCompile(`^ {0,3}#{1,6}[ \t]`)
	itemLine       = regexp.MustCompile(`^[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]+`)
	markerStart    = regexp.MustCompile(`^[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]+(\[[^\]\n\pL]?)?$`)
	marked         = regexp.MustCompile(`^\[[^\]\n]{1,5}\]`)
	definitionLine = regexp.MustCompile(`^ {0,3}\[[^\]^][^\]]*\]:[ \t]*<?`)
	noteStart      = regexp.MustCompile(`\[\^([^\]\[\s]*)$`)
	noteLine       = regexp.MustCompile(`(?m)^ {0,3}\[\^([^\]\s]+)\]:`)
	noteUse        = regexp.MustCompile(`\[\^([^\]\s]+)\]`)
	pictureStart   = regexp.MustCompile(`!\[([^\]\[\n]*)$`)
	wikiStart      = regexp.MustCompile(`\[\[([^\]\[\n]*)$`)
)

// body completes what is written in a body.
func (c *completer) body() {
	start, end := c.b.lineAt(c.at)
	if c.at < start || c.at > end {
		return
	}
	before, after := string(c.b.File.Data[start:c.at]), string(c.b.File.Data[c.at:end])
	if c.chart(before, after) || c.b.inCode(c.at) {
		return
	}
	if strings.Count(before, "`")%2 == 1 {
		return
	}
	if braces, ok := c.b.bracesAt(c.at); ok {
		c.attributes(braces)
		return
	}
	if m := definitionLine.FindStringIndex(before); m != nil {
		c.destination(start+m[1], after, false)
		return
	}
	if i := strings.LastIndex(before, "]("); i >= 0 && !strings.Contains(before[i:], ")") {
		from := start + i + len("](")
		if strings.HasPrefix(before[i+len("]("):], "<") {
			from++
		}
		c.destination(from, after, pictured(before[:i]))
		return
	}
	if m := noteStart.FindStringSubmatchIndex(before); m != nil {
		c.note(before[:m[0]], start+m[2], after)
		return
	}
	if m := markerStart.FindStringSubmatchIndex(before); m != nil {
		c.span = source.At(c.b.File, c.at, c.at)
		if m[2] >= 0 {
			rest := 0
			if strings.HasPrefix(after, "]") {
				rest = len(after) - len(strings.TrimPrefix(after[1:], " "))
			}
			c.span = source.At(c.b.File, start+m[2], c.at+rest)
		}
		c.markers()
		return
	}
	if m := pictureStart.FindStringSubmatchIndex(before); m != nil {
		c.picture(start+m[0], before[m[2]:], after)
		return
	}
	if m := wikiStart.FindStringSubmatchIndex(before); m != nil {
		rest := len(after) - len(strings.TrimPrefix(strings.TrimPrefix(after, "]"), "]"))
		c.span = source.At(c.b.File, start+m[0], c.at+rest)
		c.ranked = true
		for _, h := range c.search(before[m[2]:], FindOptions{Texts: true, Max: MaxCompletions}) {
			d := c.in.Documents[h.doc]
			c.text(d, "["+bracketed(title(d))+"]("+markdown.Written(publication.Relative(c.b.File.Path, d.File.Path))+")")
		}
	}
}

// text adds a text, which is written so.
func (c *completer) text(d *document.Document, written string) {
	if d.File.Path != c.b.File.Path {
		c.add(Completion{Label: title(d), Detail: d.Reference(), Kind: CompleteEntry, Text: written, Doc: c.tell(c.b, target{doc: d}, c.l)})
	}
}

// bracketed gives a text as it stands between the brackets of a link.
func bracketed(s string) string {
	return strings.NewReplacer(`\`, `\\`, "[", `\[`, "]", `\]`).Replace(s)
}

// pictured reports whether the bracket that closes behind text is that of a picture.
func pictured(text string) bool {
	depth := 1
	for i := len(text) - 1; i >= 0; i-- {
		switch text[i] {
		case ']':
			depth++
		case '[':
			if depth--; depth == 0 {
				return i > 0 && text[i-1] == '!'
			}
		}
	}
	return false
}

// inCode reports whether an offset is in a fenced block of code, or on a line that begins or ends one.
func (b *Buffer) inCode(at int) bool {
	data, fence := b.File.Data, ""
	for start := b.Doc.BodyStart; start <= at; {
		end := len(data)
		if i := bytes.IndexByte(data[start:], '\n'); i >= 0 {
			end = start + i
		}
		was := fence
		fence = fenced(data[start:end], fence)
		if at <= end {
			return was != "" || fence != ""
		}
		start = end + 1
	}
	return false
}

// fenced gives the fence of the block of code that a line is in, or begins, when it comes after a line in the one with fence.
func fenced(line []byte, fence string) string {
	text := strings.TrimSpace(string(line))
	if fence != "" {
		if strings.HasPrefix(text, fence) && strings.Trim(text, fence[:1]) == "" {
			return ""
		}
		return fence
	}
	text = strings.TrimLeft(itemLine.ReplaceAllString(text, ""), "> ")
	for _, sign := range []string{"`", "~"} {
		if n := len(text) - len(strings.TrimLeft(text, sign)); n >= 3 && !(sign == "`" && strings.Contains(text[n:], "`")) {
			return strings.Repeat(sign, n)
		}
	}
	return ""
}

// destination completes the address of a link or picture, which begins at an offset.
func (c *completer) destination(from int, after string, picture bool) {
	typed := string(c.b.File.Data[from:c.at])
	angle := from > 0 && c.b.File.Data[from-1] == '<'
	ends := " \t)\"<>"
	if angle {
		ends = ">"
	}
	if strings.ContainsAny(typed, ends) || strings.Contains(typed, ":") {
		return
	}
	rest := strings.IndexAny(after, ends)
	if rest < 0 {
		rest = len(after)
		if !picture && !angle { // a bracket that is still to come: what is behind the place is text
			rest = len(after) - len(strings.TrimLeftFunc(after, func(r rune) bool {
				return strings.ContainsRune("/.#-_", r) || r >= '0' && r <= '9' || r >= 'a' && r <= 'z'
			}))
		}
	}
	c.span = source.At(c.b.File, from, c.at+rest)
	write := markdown.Written
	if angle {
		write = func(p string) string {
			return strings.TrimSuffix(strings.TrimPrefix(markdown.Written(p+" "), "<"), " >")
		}
	}
	if picture {
		c.files(typed, isPicture, write)
		return
	}
	if name, id, ok := strings.Cut(typed, "#"); ok {
		c.span = source.At(c.b.File, from+len(name)+1, c.span.End)
		c.ids(c.linked(name), id)
		return
	}
	c.ranked = true
	query, o := path.Base("/"+typed), FindOptions{Texts: true, Max: MaxCompletions * 3 / 4}
	if strings.HasSuffix(typed, "/") || query == "." || query == ".." || query == "/" {
		query = ""
	}
	if folder := path.Base(path.Dir("/" + typed)); slices.Contains(document.Folders(), folder) {
		o.Kinds = []string{folder}
	} else if folder := path.Base(typed); query == "" && slices.Contains(document.Folders(), folder) {
		o.Kinds = []string{folder}
	}
	for _, h := range c.search(query, o) {
		d := c.in.Documents[h.doc]
		c.text(d, write(publication.Relative(c.b.File.Path, d.File.Path)))
	}
	c.files(typed, isFile, write)
}

// linked gives the text that the path of a link leads to, or nil.
func (c *completer) linked(name string) *document.Document {
	if name == "" {
		return c.b.Doc
	}
	name = markdown.Address(name)
	if p, err := url.PathUnescape(name); err == nil {
		name = p
	}
	p, ok := publication.Find(c.in.Tree.Name, name, c.b.File.Path)
	if !ok {
		return nil
	}
	if p == c.b.File.Path {
		return c.b.Doc
	}
	return c.byPath(p)
}

// ids completes the id of a heading or finding of a text.
func (c *completer) ids(d *document.Document, typed string) {
	if d == nil {
		return
	}
	for _, h := range d.Body.Headings {
		c.add(Completion{Label: h.Text, Detail: "#" + h.ID, Kind: CompleteHeading, Text: h.ID, Doc: words["heading"].In(c.l)})
	}
	for i := range d.Body.Findings {
		f := &d.Body.Findings[i]
		c.add(Completion{Label: markOf(f.Valence) + " " + f.Text, Detail: "#" + f.ID, Kind: CompleteFinding, Text: f.ID, Doc: c.word("valence."+string(f.Valence), c.l)})
	}
}

// note completes the id of a footnote, which begins at from.
func (c *completer) note(before string, from int, after string) {
	rest := 0
	if i := strings.IndexAny(after, "] \t"); i >= 0 && after[i] == ']' {
		rest = i
	}
	c.span = source.At(c.b.File, from, c.at+rest)
	shut := "]"
	if strings.HasPrefix(after[rest:], "]") {
		shut = ""
	}
	body := c.b.File.Data[c.b.Doc.BodyStart:]
	defined, most := map[string]string{}, 0
	var ids []string
	for _, m := range noteLine.FindAllSubmatchIndex(body, -1) {
		if at := c.b.Doc.BodyStart + m[0]; at > c.at || at+m[1]-m[0] < c.at { // else the one that is being written
			id := string(body[m[2]:m[3]])
			end := len(body)
			if i := bytes.IndexByte(body[m[1]:], '\n'); i >= 0 {
				end = m[1] + i
			}
			defined[id] = strings.TrimSpace(string(body[m[1]:end]))
			ids = append(ids, id)
			n, _ := strconv.Atoi(id)
			most = max(most, n)
		}
	}
	var used []string
	for _, m := range noteUse.FindAllSubmatchIndex(body, -1) {
		if id := string(body[m[2]:m[3]]); defined[id] == "" && !slices.Contains(ids, id) && !slices.Contains(used, id) && !touches(source.At(c.b.File, c.b.Doc.BodyStart+m[0], c.b.Doc.BodyStart+m[1]), c.at) {
			used = append(used, id)
			n, _ := strconv.Atoi(id)
			most = max(most, n)
		}
	}
	if strings.TrimSpace(before) == "" { // a note itself
		ids = used
		switch {
		case strings.HasPrefix(after[rest:], "]:"):
		case shut == "":
			c.span.End++
			fallthrough
		default:
			shut = "]: "
		}
	}
	for _, id := range ids {
		c.add(Completion{Label: "[^" + id + "]", Detail: defined[id], Kind: CompleteNote, Text: id + shut, Doc: escaped(defined[id])})
	}
	next := strconv.Itoa(most + 1)
	c.add(Completion{Label: "[^" + next + "]", Detail: words["new-note"].In(c.l), Kind: CompleteNote, Text: next + shut})
}

// picture completes a whole picture, with its description where another text has told it.
func (c *completer) picture(from int, typed, after string) {
	rest := 0
	if strings.HasPrefix(after, "]") {
		if strings.HasPrefix(after, "](") {
			return // its address is there already
		}
		rest = 1
	}
	c.span = source.At(c.b.File, from, c.at+rest)
	alts := map[string]string{}
	for _, e := range c.in.Publication.Entries {
		for _, p := range append(e.Body.Pictures[:len(e.Body.Pictures):len(e.Body.Pictures)], e.Image) {
			if p != nil && p.Alt != "" {
				alts[p.File] = p.Alt
			}
		}
	}
	c.files(typed, isPicture, func(p string) string {
		file, _ := publication.Find(c.in.Tree.Name, p, c.b.File.Path)
		alt := alts[file]
		if alt == "" {
			alt = typed
		}
		return "![" + bracketed(alt) + "](" + markdown.Written(p) + ")"
	})
}

// braced is what braces stand behind.
type braced int

const (
	noBraces braced = iota
	behindHeading
	behindFinding
	behindItem // without words
)

// bracesAt gives the braces around an offset behind a heading or in a list item; what is not closed ends with its line.
func (b *Buffer) bracesAt(at int) (source.Span, bool) {
	span, holder, _ := b.bracesOf(at)
	return span, holder != noBraces
}

// bracesOf is bracesAt that tells what they stand behind, and where that begins.
func (b *Buffer) bracesOf(at int) (span source.Span, holder braced, first int) {
	start, end := b.lineAt(at)
	if at < start || at > end {
		return span, noBraces, 0
	}
	data := b.File.Data
	open := bytes.LastIndexByte(data[start:at], '{')
	if open < 0 || bytes.IndexByte(data[start+open:at], '}') >= 0 {
		return span, noBraces, 0
	}
	open += start
	close := end
	if i := bytes.IndexAny(data[at:end], "{}"); i >= 0 {
		close = at + i
		if data[close] == '}' {
			close++
		}
	}
	span = source.At(b.File, open, close)
	if headingLine.Match(data[start:open]) {
		return span, behindHeading, start
	}
	const most = 50 // lines that a finding has
	for from, n := start, 0; from >= b.Doc.BodyStart && n < most; n++ {
		_, stop := b.lineAt(from)
		line := data[from:min(stop, open)]
		if len(bytes.TrimSpace(data[from:stop])) == 0 {
			break
		}
		if m := itemLine.Find(line); m != nil {
			text := bytes.TrimSpace(line[len(m):])
			switch {
			case len(text) == 0 && from == start:
				return span, behindItem, from
			case marked.Match(text):
				return span, behindFinding, from
			}
			break
		}
		if from == 0 {
			break
		}
		from = bytes.LastIndexByte(data[:from-1], '\n') + 1
	}
	return span, noBraces, 0
}

// attributes completes what stands between braces.
func (c *completer) attributes(braces source.Span) {
	_, holder, first := c.b.bracesOf(c.at)
	list, valued := attributesIn(braces), false // whether the name has its value behind it
	c.span = source.At(c.b.File, c.at, c.at)
	for _, a := range list {
		if !touches(a.span, c.at) {
			continue
		}
		if a.set && c.at >= a.value.Start && a.name != "#" {
			c.span = a.value
			c.attribute(a.name, holder)
			return
		}
		if c.span = a.span; a.set && a.name != "#" {
			valued, c.span = true, source.At(c.b.File, a.span.Start, a.span.Start+len(a.name))
		}
	}
	for _, a := range attributes {
		fits := map[braced]bool{behindHeading: a.heading, behindFinding: a.finding, behindItem: a.item}[holder]
		if !fits || slices.ContainsFunc(list, func(x attribute) bool { return x.name == a.name && !touches(x.span, c.at) }) {
			continue
		}
		text := a.name + "="
		switch {
		case a.name != "#" && valued:
			text = a.name
		case a.name == "#" && valued:
			continue
		case a.name == "#":
			if text = "#" + c.idFor(holder, first); text == "#" {
				continue
			}
		}
		c.add(Completion{Label: text, Detail: words["attribute."+a.name].In(c.l), Kind: CompleteAttribute, Text: text})
	}
}

// attribute completes the value of an attribute.
func (c *completer) attribute(name string, holder braced) {
	itself := func(s string) string { return s }
	switch name {
	case "reach":
		c.reach()
	case "topic":
		c.slugs(document.Topics, nil, itself)
	case "follows":
		c.references([]document.Kind{document.Finding}, nil, itself)
	case "moved":
		c.references(append(document.Which(func(*document.Row) bool { return true }), document.Finding), nil, itself)
	}
}

// idFor gives the id that a heading or finding has by its words.
func (c *completer) idFor(holder braced, first int) string {
	_, stop := c.b.lineAt(first)
	within := func(s source.Span) bool { return first <= s.Start && s.Start <= stop }
	if holder == behindHeading {
		for _, h := range c.b.Doc.Body.Headings {
			if within(h.Span) {
				return markdown.Anchor(h.Text)
			}
		}
	}
	for i := range c.b.Doc.Body.Findings {
		if f := &c.b.Doc.Body.Findings[i]; within(f.Span) {
			return markdown.FindingID(f.Text)
		}
	}
	return ""
}
