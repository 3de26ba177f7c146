package newsletter

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"leerblad/internal/diag"
	"leerblad/internal/document"
	"leerblad/internal/markdown"
	"leerblad/internal/media"
	"leerblad/internal/site"
	"leerblad/internal/source"
)

// composer makes a tree.
type composer struct {
	Input
	diags diag.List
}

func (c *composer) tree() *tree {
	v := c.Issue
	t := &tree{
		language: string(v.Site.Language), own: v.Language, subject: line(v.Subject), preheader: line(v.Preheader), title: line(v.Title), lead: line(v.Summary),
		site: link{line(v.Site.Title), c.address(v.Site.Root)}, tagline: line(v.Site.Tagline), top: v.Top,
		kicker: line(join(c.numbered("kind.newsletters", v.Number), site.Date(c.Words, v.Date))),
	}
	if t.preheader == "" {
		t.preheader = t.lead
	}
	if g := c.greeting(); g != nil {
		t.body = append(t.body, g)
	}
	t.body = append(t.body, c.blocks(c.Body.Nodes)...)
	if len(v.Items) > 0 {
		t.items = line(c.Words("newsletter.items"))
	}
	for _, i := range v.Items {
		t.cards = append(t.cards, c.card(i))
	}
	t.footer = c.footer()
	return t
}

// greeting gives the greeting with the tag of the sending tool, nil where there is none.
func (c *composer) greeting() *greeting {
	text, unknown := c.Issue.Greeting, line(c.Issue.Unknown)
	if line(text.Value) == "" {
		return nil
	}
	pieces := strings.Split(line(text.Value), document.NamePlace)
	tag, told := c.Profile.Reader.fill(unknown)
	switch {
	case len(pieces) == 1:
	case tag == "":
		c.diags.Add("no-name-tag", text.Span, c.Profile.Name, strings.Join(pieces, unknown), strings.Join(naming(), ", "))
		pieces = []string{line(strings.Join(pieces, unknown))}
	case !told:
		c.diags.Add("no-unknown", text.Span, c.Profile.Name, unknown)
	}
	first, _ := utf8.DecodeRuneInString(tag)
	for i, p := range pieces[:len(pieces)-1] {
		if before, _ := utf8.DecodeLastRuneInString(p); opens(before, first) {
			pieces[i] += joiner
		}
	}
	return &greeting{pieces, tag, text.Span}
}

// footer tells who sends the mail, why, and how to see it elsewhere and to unsubscribe.
func (c *composer) footer() []footnote {
	v := c.Issue
	out := []footnote{{words: line(join(v.Site.Title, v.Address))}}
	out = append(out, footnote{link: link{line(c.Words("mail.site")), c.address(v.Path)}})
	if tag := c.Profile.WebVersion; tag.known() {
		out = append(out, footnote{link: link{text: line(c.Words("mail.web"))}, tag: &tag})
	}
	switch tag := c.Profile.Unsubscribe; {
	case tag.known():
		out = append(out, footnote{link: link{text: line(c.Words("mail.unsubscribe"))}, tag: &tag})
	case !c.Profile.Adds:
		out = append(out, footnote{words: line(c.Words("mail.add"))})
	}
	return out
}

func (c *composer) address(target string) string { return address(c.Issue, target) }

// numbered gives an interface text, with a number unless that is 0.
func (c *composer) numbered(key string, n int) string {
	if n == 0 {
		return c.Words(key)
	}
	return c.Words(key) + " " + strconv.Itoa(n)
}

// join puts a dot between those of the texts that are not empty.
func join(texts ...string) string {
	var out []string
	for _, t := range texts {
		if t != "" {
			out = append(out, t)
		}
	}
	return strings.Join(out, " · ")
}

// card makes a card of an item: one of which much is told has its facts beside its kind.
func (c *composer) card(i *site.Item) *card {
	out := c.plainCard(i.Card, i.Span)
	out.heading = true
	for _, f := range i.Findings {
		out.findings = append(out.findings, item{
			label: line(c.Words("valence." + string(f.Valence))), valence: f.Valence,
			blocks: []block{&paragraph{runs: []run{{text: line(f.Text), language: i.Language}}}}, span: i.Span,
		})
	}
	if i.Full {
		out.kicker = line(join(append([]string{out.kicker}, i.Facts...)...))
		out.button = line(c.Words("home.read"))
	} else {
		out.facts = line(join(i.Facts...))
	}
	return out
}

// plainCard makes a card of what all kinds have.
func (c *composer) plainCard(k *site.Card, span source.Span) *card {
	out := &card{language: k.Language, title: link{line(k.Title), c.address(k.URL)}, summary: line(k.Summary), picture: c.picture(k.Picture, span), span: span}
	switch {
	case k.Type != "":
		out.kicker = c.Words("type." + k.Type)
	case k.Kind != string("pages"):
		out.kicker = c.numbered("kind."+k.Kind, k.Number)
	}
	if k.Outcome != "" {
		out.kicker = join(out.kicker, c.Words("outcome."+k.Outcome))
	}
	out.kicker = line(out.kicker)
	if out.picture != nil {
		if out.picture.address == "" {
			out.picture = nil // it decorates: nothing stands in for it
		} else {
			out.picture.alt, out.picture.caption = "", ""
		}
	}
	return out
}

// picture gives a picture in the copy that is for mail, nil for none.
func (c *composer) picture(p *site.Picture, span source.Span) *picture {
	if p == nil {
		return nil
	}
	caption := p.Caption
	if p.Credit != "" {
		caption = join(caption, c.Words("credit", p.Credit))
	}
	out := &picture{alt: line(p.Alt), caption: line(caption), language: p.Language, span: span}
	if p.Mail.File == "" {
		c.diags.Add("mail-picture", span, p.Name)
		return out
	}
	if p.Mail.Size > media.MailSize {
		c.diags.Add("heavy-picture", span, p.Name, int(p.Mail.Size/1000), media.MailSize/1000)
	}
	out.address = tameAddress(c.Issue.Origin + p.Mail.File)
	if out.width = p.Mail.Width; p.Width > 0 {
		out.height = max(1, (p.Height*out.width+p.Width/2)/p.Width)
	}
	return out
}

// blocks makes the components of a text.
func (c *composer) blocks(nodes []markdown.Node) []block {
	var out []block
	for i := range nodes {
		n := &nodes[i]
		if b := c.block(n); b != nil {
			out = append(out, b)
		}
		if n.Kind == markdown.NotesNode { // they stand below a line
			out = append(out[:len(out)-1], &rule{}, out[len(out)-1])
		}
	}
	return out
}

func (c *composer) block(n *markdown.Node) block {
	body := &c.Issue.Body
	switch n.Kind {
	case markdown.HeadingNode:
		return &heading{n.Level, c.runs(n), n.Span}
	case markdown.ParagraphNode:
		return &paragraph{c.runs(n), n.Span}
	case markdown.QuoteNode:
		return &quote{c.blocks(n.Nodes)}
	case markdown.RuleNode:
		return &rule{}
	case markdown.CodeBlockNode:
		b := &code{}
		for _, l := range n.Nodes {
			b.lines = append(b.lines, run{text: tame(strings.ReplaceAll(l.Text, "\t", "    "), 0), span: l.Span})
		}
		return b
	case markdown.ListNode:
		l := &list{first: n.Level}
		for i := range n.Nodes {
			l.items = append(l.items, c.item(&n.Nodes[i]))
		}
		return l
	case markdown.NotesNode:
		l := &list{first: 1}
		for _, note := range n.Nodes {
			l.items = append(l.items, item{blocks: c.blocks(note.Nodes), span: note.Span})
		}
		return l
	case markdown.TableNode:
		return c.table(n)
	case markdown.DefinitionsNode:
		d := &definitions{}
		for i := range n.Nodes {
			if part := &n.Nodes[i]; part.Kind == markdown.TermNode {
				d.list = append(d.list, definition{term: c.runs(part)})
			} else {
				d.list = append(d.list, definition{blocks: c.blocks(part.Nodes)})
			}
		}
		return d
	case markdown.FigureNode:
		if p := c.picture(body.Pictures[n.Index], body.Compiled.Pictures[n.Index].Span); p != nil {
			return p
		}
	case markdown.ChartNode:
		if p := body.Plots[n.Index]; p != nil {
			return c.plot(p, n.Span)
		}
	case markdown.CardNode:
		if k := body.Cards[n.Index]; k != nil {
			return c.plainCard(k, n.Span)
		}
	}
	return nil
}

func (c *composer) item(n *markdown.Node) item {
	out := item{blocks: c.blocks(n.Nodes), span: n.Span}
	if n.Kind == markdown.FindingNode {
		out.valence = c.Issue.Body.Compiled.Findings[n.Index].Valence
		out.label = line(c.Words("valence." + string(out.valence)))
	}
	return out
}

func (c *composer) table(n *markdown.Node) *table {
	t := &table{span: n.Span}
	for _, row := range n.Nodes {
		var cells []cell
		for i := range row.Nodes {
			cells = append(cells, cell{row.Nodes[i].Align, c.runs(&row.Nodes[i])})
		}
		t.rows = append(t.rows, cells)
	}
	return t
}
