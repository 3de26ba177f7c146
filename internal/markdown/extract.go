package markdown

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"leerblad/internal/bounds"
	"leerblad/internal/diag"
	"leerblad/internal/edit"
	"leerblad/internal/frontmatter"
	"leerblad/internal/source"
)

// extractor walks a parsed body once and lists what is in it.
type extractor struct {
	noHints bool
	*positions
	body     Body
	diags    diag.List
	prefix   string // of all ids, for a text beside another
	ids      map[string]bool
	repeats  map[string]int         // how often an id was made from the same text
	mended   map[string]int         // the index in diags of the raw HTML elements of a name that a fix mends
	unmended map[string]bool        // whether others of the name were reported
	level    int                    // of the heading before
	title    string                 // of the page, as an anchor
	lower    []leveled              // the first heading of level 1 and those after it, but for what repeats the title
	defined  map[string]source.Span // where the addresses of definitions stand, by their labels
	noted    []definedNote
	names    map[string]bool // of footnotes, once they are asked for
	charts   int             // met so far
	uses     int             // of addresses that stand apart from their links
	text     []byte          // the plain text of one block, used again for the next
	buffer   []line          // of one block, likewise

	reference func(name string) bool // whether a link's address is defined apart from it
	signed    []signed               // signs that lines begin with, in the order in which they are met
	listed    int                    // up to where blocks are items of a list that was reported
	said      map[int]bool           // where braces begin that say in which language words are
	endless   map[string]bool        // lines that would end what is hidden, and are not there
	quoted    int                    // up to where lines go with a mark that was reported
	marked    int                    // marks of other programs
	chapters  int                    // the number of the last heading that was a list
	suggested [6]int                 // levels of headings that were reported as such, by the number of full stops in their number
}

func (e *extractor) extract(doc ast.Node) {
	e.level = 1
	e.claimIDs(doc)
	_ = ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if entering {
			return e.node(n), nil
		}
		return ast.WalkContinue, nil
	})
	e.tellSigns()
	e.tellNotes()
	e.headingsDown()
}

// claimIDs takes the ids that the editor wrote, before any is made from a text.
func (e *extractor) claimIDs(doc ast.Node) {
	_ = ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.ListItem:
			if raw := findingOf(n); raw != nil && raw.finding.ID != "" {
				e.claim(raw.finding.ID, func() { e.diags.Add("duplicate-id", raw.explicit, raw.finding.ID) })
			}
			if raw := findingOf(n); raw != nil {
				for _, id := range raw.finding.Aliases {
					e.claim(id, func() { e.diags.Add("duplicate-id", raw.aliases, id) })
				}
			}
			if raw := movedOf(n); raw != nil && raw.moved.ID != "" {
				e.claim(raw.moved.ID, func() { e.diags.Add("duplicate-id", raw.explicit, raw.moved.ID) })
			}
		case *ast.LinkReferenceDefinition:
			e.definition(n)
		case *ast.Heading:
			if id, ok := attributeText(n, "id"); ok {
				e.claimHeading(n, id)
			}
			return ast.WalkSkipChildren, nil
		case *ast.Paragraph, *ast.TextBlock:
			return ast.WalkSkipChildren, nil
		}
		return ast.WalkContinue, nil
	})
}

func (e *extractor) claim(id string, taken func()) {
	if e.ids[id] {
		taken()
	}
	e.ids[id] = true
}

func (e *extractor) claimHeading(h *ast.Heading, id string) {
	span := e.spanOf(h, "#"+id)
	id = source.Visible(id)
	if !IsID(id) {
		e.diags = append(e.diags, badID(span, id))
	}
	if id = Anchor(id); id != "" { // else heading makes one
		e.claim(id, func() { e.diags.Add("duplicate-id", span, id) })
	}
	h.SetAttributeString("id", []byte(id))
}

// unique makes an id of base that no other heading or finding has.
func (e *extractor) unique(base string) string {
	id := base
	for e.ids[id] {
		e.repeats[base]++
		id = fmt.Sprintf("%s-%d", base, e.repeats[base]+1)
	}
	e.ids[id] = true
	return id
}

func (e *extractor) node(n ast.Node) ast.WalkStatus {
	switch n := n.(type) {
	case *ast.Heading:
		e.heading(n)
	case *ast.ListItem:
		if raw := findingOf(n); raw != nil {
			e.finding(n, raw)
		}
		if raw := movedOf(n); raw != nil {
			e.moved(n, raw)
		}
	case *ast.List:
		if e.prefix == "" {
			e.oppositeLists(n)
			e.itemInItem(n)
		}
		e.chapter(n)
	case *ast.Paragraph:
		e.paragraph(n)
		e.written(n)
	case *ast.TextBlock:
		e.written(n)
	case *ast.CodeBlock:
		e.indented(n)
	case *ast.FencedCodeBlock:
		e.fenced(n)
	case *east.Strikethrough:
		e.lowered(n)
	case *east.TableRow:
		e.row(n)
	case *ast.Link:
		e.link(n)
	case *foreign:
		e.spoken(n)
	case *ast.AutoLink:
		address := string(n.URL(e.src))
		if n.AutoLinkType == ast.AutoLinkEmail && !strings.HasPrefix(address, "mailto:") {
			address = "mailto:" + address
		}
		setHole(n, len(e.body.Links))
		label := string(n.Label(e.src))
		l := Link{Dest: address, Text: label, Span: e.spanOf(n, label)}
		if l.Span.Text() == label {
			l.At = l.Span
		}
		l.Told, l.Bare = l.Span, true
		e.body.Links = append(e.body.Links, l)
	case *ast.Image:
		e.picture(n)
		return ast.WalkSkipChildren
	case *ast.RawHTML:
		e.rawHTML(string(n.Segments.Value(e.src)), n.Segments.At(0).Start, n.Segments.At(n.Segments.Len()-1).Stop)
	case *ast.HTMLBlock:
		e.afterComment(n)
	case *east.TableCell:
		if class := map[east.Alignment]string{east.AlignRight: "right", east.AlignCenter: "center"}[n.Alignment]; class != "" {
			n.SetAttributeString("class", []byte(class))
		}
		if n.Parent().Kind() == east.KindTableHeader {
			n.SetAttributeString("scope", []byte("col"))
		}
		lines, has := e.look(n)
		e.marks(n, lines, has)
	}
	return ast.WalkContinue
}

func (e *extractor) heading(n *ast.Heading) {
	lines, has := e.look(n)
	e.marks(n, lines, has)
	e.underlined(n)
	clear(e.suggested[:])
	h := Heading{Level: n.Level, Text: e.plain(n), Span: e.span(e.start(n), lineEnd(e.src, e.start(n)))}
	repeats := n.Level == 1 && e.title != "" && Anchor(h.Text) == e.title
	if !repeats && (n.Level == 1 && h.Text != "" || e.lower != nil) {
		e.lower = append(e.lower, leveled{n, n.Level, h.Span})
		h.Level = min(h.Level+1, 6) // as it will be once that is mended
	}
	h.Level = max(h.Level, 2)
	switch {
	case h.Text == "":
		e.diags.Add("empty-heading", h.Span)
	case repeats:
		e.repeatsTitle(n, h.Span)
	case h.Level > e.level+1:
		e.diags.Add("heading-skip", h.Span, h.Level, e.level+1)
	}
	if !repeats {
		e.level = h.Level
	}
	if h.ID, _ = attributeText(n, "id"); h.ID == "" {
		h.ID = e.unique(headingID(h.Text))
	}
	var kept []ast.Attribute
	for _, a := range n.Attributes() {
		switch name := string(a.Name); name {
		case "id", "class":
			if name == "class" {
				kept = append(kept, a)
			}
		case "topic":
			value, _ := attributeText(n, "topic")
			h.Topic = frontmatter.Text{Value: source.Visible(value), Span: e.topicSpan(n, value)}
		default:
			e.diags.AddNear("unknown-attribute", e.spanOf(n, name), name, []string{"topic"}, name)
		}
	}
	n.RemoveAttributes()
	for _, a := range kept {
		n.SetAttribute(a.Name, a.Value)
	}
	h.ID = e.prefix + h.ID
	n.SetAttributeString("id", []byte(h.ID))
	n.Level = h.Level
	e.body.Headings = append(e.body.Headings, h)
	if len(e.body.Headings) == bounds.Headings+1 {
		e.diags.Add("too-many", h.Span, bounds.Headings, diag.Term("bound-headings"))
	}
}

func (e *extractor) finding(n *ast.ListItem, raw *rawFinding) {
	f := raw.finding
	e.diags = append(e.diags, raw.diags...)
	if first := n.FirstChild(); first != nil {
		f.Text = e.plain(first)
	}
	if f.ID == "" {
		f.ID = e.unique(FindingID(f.Text))
	}
	f.Heading = len(e.body.Headings) - 1
	f.Item = e.item(n, f.Span)
	setHole(n, len(e.body.Findings))
	n.Parent().SetAttributeString("findings", true)
	e.body.Findings = append(e.body.Findings, f)
}

func (e *extractor) paragraph(n *ast.Paragraph) {
	e.openComment(n)
	only := n.FirstChild()
	if only == nil || only.NextSibling() != nil {
		return
	}
	switch only := only.(type) {
	case *ast.Link:
		if dest, _, _ := strings.Cut(string(only.Destination), "#"); strings.HasSuffix(dest, ".md") && !strings.Contains(dest, ":") {
			setHole(n, len(e.body.Cards))
			e.body.Cards = append(e.body.Cards, e.linkOf(only))
		}
	case *ast.Image:
		n.SetAttributeString("figure", true)
	}
}

func (e *extractor) link(n *ast.Link) {
	if _, card := holeOf(n.Parent()); card && n.Parent().Kind() == ast.KindParagraph {
		return
	}
	l := e.linkOf(n)
	switch {
	case l.Text == "":
		e.diags.Add("missing-link-text", l.Span)
	case vague[strings.ToLower(l.Text)]:
		e.diags.Add("vague-link", e.span(n.Pos(), n.Pos()+1), l.Text)
	}
	setHole(n, len(e.body.Links))
	e.body.Links = append(e.body.Links, l)
}

func (e *extractor) linkOf(n *ast.Link) Link {
	if e.refused(n, n.Reference, n.Destination, n.Title) {
		n.Title = nil
		return Link{Dest: "#", Text: e.plain(n), Span: e.spanOf(n, "")}
	}
	at := e.addressOf(n, n.Reference, n.Destination)
	if len(n.Destination) == 0 {
		e.noAddress(n, at, diag.Phrase{NL: "deze link", EN: "this link"})
		return Link{Dest: "#", Text: e.plain(n), Span: e.spanOf(n, "")}
	}
	n.Destination = e.backslashes(n.Pos(), n.Destination)
	span := at
	if n.Reference != nil || at.File == nil {
		span = e.spanOf(n, "")
	}
	return Link{Dest: destination(n.Destination), Text: e.plain(n), Span: span, At: at, Told: told(at, span)}
}

// told gives the place of an address with the angle brackets around it, or else that of its link.
func told(at, link source.Span) source.Span {
	if at.File == nil {
		return link
	}
	if data := at.File.Data; at.Start > 0 && at.End < len(data) && data[at.Start-1] == '<' && data[at.End] == '>' {
		return source.At(at.File, at.Start-1, at.End+1)
	}
	return at
}

// noAddress reports a link or picture with nothing between its brackets, or the angle brackets of its definition.
func (e *extractor) noAddress(n ast.Node, at source.Span, what diag.Phrase) {
	d := diag.Diagnostic{Code: "no-address", Span: told(at, e.spanOf(n, "")), Args: []any{what}}
	if at, ok := n.AttributeString("empty"); ok {
		at := at.(text.Segment)
		d.Span = e.span(at.Start, at.Stop)
		if n.Kind() == ast.KindLink {
			d.Fixes = []diag.Fix{{Title: "unlink", Choose: true, Changes: edit.Changes{{Span: e.span(n.Pos(), n.Pos()+1)}, {Span: e.span(at.Start-1, at.Stop)}}}}
		}
	}
	e.diags = append(e.diags, d)
}

// definition notes where the address of a definition stands. Of several with one label the first counts.
func (e *extractor) definition(n *ast.LinkReferenceDefinition) {
	block := text.NewBlockReader(e.src, n.Lines())
	block.SkipSpaces()
	block.Advance(1)
	if _, found := block.FindClosure('[', ']', text.FindClosureOptions{Newline: true, Advance: true}); !found {
		return
	}
	block.Advance(len(":"))
	setAddress(n, block)
	l := Link{Dest: destination(n.Destination), At: e.addressOf(n, nil, n.Destination)}
	l.Span, l.Told = l.At, told(l.At, l.At)
	if l.At.File == nil {
		return
	}
	if label := util.ToLinkReference(n.Label); e.defined[label].File == nil {
		e.defined[label] = l.At
	}
	e.body.Definitions = append(e.body.Definitions, l)
}

// addressOf gives the place of an address, which stands on the node, or in the definition that it refers to.
func (e *extractor) addressOf(n ast.Node, reference *ast.ReferenceLink, address []byte) source.Span {
	if reference != nil {
		return e.defined[util.ToLinkReference(reference.Value)]
	}
	at, ok := n.AttributeString("address")
	if !ok {
		return source.Span{}
	}
	start := at.(int)
	if end := start + len(address); end <= len(e.src) && bytes.Equal(e.src[start:end], address) {
		return e.span(start, end)
	}
	return source.Span{}
}

// topicSpan gives the place of a heading's topic, which stands after its text.
func (e *extractor) topicSpan(n *ast.Heading, value string) source.Span {
	start := e.start(n)
	if lines := n.Lines(); lines.Len() > 0 {
		start = max(start, lines.At(lines.Len()-1).Stop)
	}
	line := e.src[start:lineEnd(e.src, start)]
	for _, sign := range []string{"", `"`, "'"} {
		if i := bytes.Index(line, []byte("topic="+sign+value)); i >= 0 {
			start += i + len("topic=") + len(sign)
			return e.span(start, start+len(value))
		}
	}
	return e.spanOf(n, value)
}

// decorates reports whether a picture's description says that there is nothing to describe.
func decorates(alt string) bool { return alt == "-" || alt == "–" }

// refused reports whether the address or title of a link or picture is too long, or an address that stands apart is used too often.
func (e *extractor) refused(n ast.Node, reference *ast.ReferenceLink, address, title []byte) bool {
	if len(address) > bounds.Address || len(title) > bounds.Address {
		e.diags.Add("long-address", e.span(n.Pos(), n.Pos()+1), bounds.Address)
		return true
	}
	if reference == nil {
		return false
	}
	if e.uses++; e.uses == bounds.References+1 {
		e.diags.Add("too-many", e.span(n.Pos(), n.Pos()+1), bounds.References, diag.Term("bound-uses"))
	}
	return e.uses > bounds.References
}

func (e *extractor) picture(n *ast.Image) {
	if e.refused(n, n.Reference, n.Destination, n.Title) {
		n.Destination, n.Title = nil, nil
	}
	at := e.addressOf(n, n.Reference, n.Destination)
	n.Destination = e.backslashes(n.Pos(), n.Destination)
	p := Picture{Src: destination(n.Destination), Alt: e.plain(n), At: at}
	p.Caption, p.Pieces = e.caption(n, string(unescape(n.Title)))
	if p.Span = p.At; n.Reference != nil || p.At.File == nil {
		p.Span = e.spanOf(n, "")
	}
	p.Told = told(p.At, p.Span)
	if len(n.Destination) == 0 && len(n.Title) <= bounds.Address {
		e.noAddress(n, p.At, diag.Phrase{NL: "deze afbeelding", EN: "this picture"})
	} else if p.Alt == "" {
		e.diags.Add("missing-alt", e.span(n.Pos(), n.Pos()+2), p.Src)
	}
	if decorates(p.Alt) {
		p.Alt = ""
	}
	setHole(n, len(e.body.Pictures))
	e.body.Pictures = append(e.body.Pictures, p)
}

// destination gives a link's address without Markdown's escapes, and with its own where it needs them.
func destination(raw []byte) string {
	plain := unescape(raw)
	if !ascii(string(plain)) {
		plain = []byte(source.Visible(string(plain)))
	}
	return string(util.URLEscape(plain, false))
}

// reachOfSpan is how far after a node's start spanOf looks, in bytes.
const reachOfSpan = 4096

// spanOf gives the place of part, the first one from the node's start to the end of its block, or else
// the node's first character.
func (e *extractor) spanOf(n ast.Node, part string) source.Span {
	start := e.start(n)
	end := min(len(e.src), start+reachOfSpan)
	if i := bytes.Index(e.src[start:end], []byte("\n\n")); i >= 0 {
		end = start + i
	}
	if i := bytes.Index(e.src[start:end], []byte(part)); i >= 0 && part != "" {
		return e.span(start+i, start+i+len(part))
	}
	return e.span(start, start+1)
}

func findingOf(n ast.Node) *rawFinding {
	v, ok := n.AttributeString("finding")
	if !ok {
		return nil
	}
	return v.(*rawFinding)
}

func attributeText(n ast.Node, name string) (string, bool) {
	v, ok := n.AttributeString(name)
	if !ok {
		return "", false
	}
	if b, ok := v.([]byte); ok {
		return string(b), true
	}
	return fmt.Sprint(v), true
}

// lineEnd gives the offset of the line break after from, or the end.
func lineEnd(src []byte, from int) int {
	if i := bytes.IndexByte(src[from:], '\n'); i >= 0 {
		return from + i
	}
	return len(src)
}

// Address gives an address as it is meant that is written in a text, with Markdown's escapes.
func Address(written string) string { return destination([]byte(written)) }
