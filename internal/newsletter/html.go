package newsletter

import (
	"fmt"

	"leerblad/internal/markdown"
	"leerblad/internal/source"
)

const (
	columnWidth = 600                             // pixels
	cardPadding = 20                              // pixels
	cardWidth   = columnWidth - 2*cardPadding - 2 // of a picture in a card
	present     = `role="presentation" cellpadding="0" cellspacing="0"`
)

// officeHead tells Word's engine, which Outlook on Windows draws mail with, to count pixels as they are and to keep to
// the heights of lines.
const officeHead = `<!--[if mso]><noscript><xml><o:OfficeDocumentSettings xmlns:o="urn:schemas-microsoft-com:office:office"><o:PixelsPerInch>96</o:PixelsPerInch>` +
	`</o:OfficeDocumentSettings></xml></noscript><style>td,p,li,h1,h2,h3,h4{mso-line-height-rule:exactly}</style><![endif]-->`

// unseen hides the preheader, which only inboxes show: from Word, which knows mso-hide alone, and from what takes display:none away.
const unseen = "display:none;mso-hide:all;max-height:0;max-width:0;overflow:hidden;font-size:1px;line-height:1px"

// writeHTML gives a mail as HTML, and where its parts were written.
func writeHTML(t *tree, s *Style) ([]byte, []mark) {
	w := &htmlWriter{style: s}
	w.raw("<!doctype html>\n")
	w.open("html", attribute{"lang", t.language}, attribute{"dir", "ltr"})
	w.raw("\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n<meta name=\"color-scheme\" content=\"light dark\">\n<title>")
	w.text(t.subject)
	w.raw("</title>\n" + officeHead + "\n<style>" + s.sheetOfStyles() + "</style>\n</head>\n")
	w.raw(`<body class="mail" style="margin:0;padding:0;background-color:` + s.paper.light + `">` + "\n")
	w.raw(`<div` + spoken(t.own) + ` style="` + unseen + `">`)
	w.text(t.preheader)
	w.raw("</div>\n")
	w.open("div", attribute{"class", "mail"}, attribute{"role", "article"}, attribute{"aria-roledescription", "email"}, attribute{"aria-label", t.title},
		attribute{"lang", t.language}, attribute{"dir", "ltr"}, attribute{"style", "word-wrap:break-word;background-color:" + s.paper.light})
	w.raw("\n<table " + present + ` width="100%"><tr><td style="padding:16px;text-align:center">`)
	w.raw(fmt.Sprintf("\n<!--[if mso]><table role=\"presentation\" align=\"center\" width=\"%d\" cellpadding=\"0\" cellspacing=\"0\"><tr><td align=\"left\"><![endif]-->\n", columnWidth))
	w.raw(fmt.Sprintf(`<div style="display:inline-block;width:100%%;max-width:%dpx;text-align:left">`, columnWidth))
	w.raw("\n<table " + present + ` width="100%" style="table-layout:fixed">`)
	w.masthead(t)
	w.body(t.body)
	w.cards(t)
	w.footer(t)
	w.raw("\n</table>\n</div>\n<!--[if mso]></td></tr></table><![endif]-->\n</td></tr></table>\n</div>\n</body>\n</html>\n")
	return w.out, w.marks
}

// sheetOfStyles is the bonus for programs that read it: dark colours, and a small screen.
func (s *Style) sheetOfStyles() string {
	set := func(selector, property string, c colour) string {
		return fmt.Sprintf("%s{%s:%s !important}\n", selector, property, c.dark)
	}
	out := ":root{color-scheme:light dark}\n@media (max-width:480px){.mail h1{font-size:" + fmt.Sprint(s.h1*7/8) + "px !important;line-height:1.2 !important}}\n" +
		"@media (prefers-color-scheme:dark){\n" +
		set(".mail,.mail td", "background-color", s.paper) + set(".mail td,.mail th,.mail h1,.mail h2,.mail h3,.mail h4,.mail h5,.mail h6", "color", s.ink) +
		set(".mail .card,.mail .card td", "background-color", s.sheet) + set(".mail .card", "border-color", s.line) +
		set(".mail .foot", "background-color", s.sunk) + set(".mail a,.mail .accent", "color", s.accent) + set(".mail .title", "color", s.ink) + set(".mail .soft,.mail .soft a", "color", s.soft) +
		set(".mail .card .button", "background-color", s.accent) + set(".mail .card .button a", "color", s.onAccent)
	for _, v := range markdown.Valences {
		out += set(".mail ."+string(v), "color", s.valences[v])
	}
	return out + "}\n"
}

// row begins a row of the column with a cell in a style.
func (w *htmlWriter) row(class, style string, span source.Span) {
	w.raw("\n<tr>")
	w.mark(span)
	if class != "" {
		class = ` class="` + class + `"`
	}
	w.raw("<td" + class + ` style="` + style + `">`)
}

func (w *htmlWriter) endRow() { w.raw("</td></tr>") }

// gap is an empty row.
func (w *htmlWriter) gap(height int) {
	w.raw(fmt.Sprintf("\n<tr><td height=\"%d\"></td></tr>", height))
}

// font gives the style of text; a cell has it itself, as tables do not inherit sizes where the doctype is gone.
func font(size, height int, family string, c colour) string {
	return fmt.Sprintf("font:%dpx/%dpx %s;color:%s", size, height, family, c.light)
}

// headingFont gives the font of headings below the title, and of what stands for one.
func (s *Style) headingFont(size int) string {
	return fmt.Sprintf("font:bold %dpx/%dpx %s", size, size*13/10, s.serif)
}

func (w *htmlWriter) textStyle() string {
	return font(w.style.text, w.style.text*8/5, w.style.sans, w.style.ink)
}

func (w *htmlWriter) masthead(t *tree) {
	s := w.style
	w.row("", "padding:16px 0 32px;border-top:4px solid "+s.accent.light+";"+w.textStyle(), t.top)
	w.raw(fmt.Sprintf(`<strong style="font-family:%s">`, s.serif))
	w.link(t.site, s.ink.light+";text-decoration:none")
	w.raw("</strong>")
	if t.tagline != "" {
		w.raw(` <span class="soft" style="color:` + s.soft.light + `">`)
		w.text(t.tagline)
		w.raw("</span>")
	}
	w.endRow()
	w.row("", "padding:0 0 24px;"+w.textStyle(), t.top)
	w.paragraph("accent", "margin:0 0 8px;color:"+s.accent.light, []run{{text: t.kicker, strong: true}})
	w.raw(fmt.Sprintf("\n<h1%s style=\"margin:0 0 16px;%s\">", spoken(t.own), font(s.h1, s.h1*6/5, s.serif, s.ink)))
	w.text(t.title)
	w.raw("</h1>")
	if t.lead != "" {
		w.paragraph("", fmt.Sprintf("margin:0;font:%dpx/%dpx %s", s.lead, s.lead*3/2, s.serif), []run{{text: t.lead, language: t.own}})
	}
	w.endRow()
}

// spoken is the attribute that says in which language an element is, where it is not the mail's.
func spoken(language string) string {
	if language == "" {
		return ""
	}
	return ` lang="` + escapeAttribute.Replace(language) + `"`
}

// cards writes the items.
func (w *htmlWriter) cards(t *tree) {
	if len(t.cards) == 0 {
		return
	}
	w.row("", "padding:16px 0 16px;"+w.textStyle(), t.top)
	w.heading(2, []run{{text: t.items}}, "0")
	w.endRow()
	for i, c := range t.cards {
		if i > 0 {
			w.gap(16)
		}
		w.card(c)
	}
}

func (w *htmlWriter) card(c *card) {
	s := w.style
	w.row("card", fmt.Sprintf("padding:%dpx;border:1px solid %s;background-color:%s;%s", cardPadding, s.line.light, s.sheet.light, w.textStyle()), c.span)
	if c.picture != nil {
		w.picture(c.picture, cardWidth, "16px")
	}
	if c.kicker != "" {
		w.paragraph("accent", "margin:0 0 4px;color:"+s.accent.light, []run{{text: c.kicker, strong: true}})
	}
	element := "p"
	if c.heading {
		element = "h3"
	}
	w.raw(fmt.Sprintf("\n<%s%s style=\"margin:0 0 8px;%s\">", element, spoken(c.language), s.headingFont(s.h3)))
	w.raw(`<a class="title" href="` + escapeAttribute.Replace(c.title.address) + `" style="color:` + s.ink.light + `">`)
	w.text(c.title.text)
	w.raw("</a>")
	w.raw("</" + element + ">")
	if c.summary != "" {
		w.paragraph("", "margin:0", []run{{text: c.summary, language: c.language}})
	}
	if len(c.findings) > 0 {
		w.raw("\n<ul style=\"margin:12px 0 0 20px;padding:0\">")
		w.items(c.findings)
		w.raw("</ul>")
	}
	if c.facts != "" {
		w.paragraph("soft", "margin:8px 0 0;color:"+s.soft.light, []run{{text: c.facts}})
	}
	if c.button != "" {
		w.button(link{c.button, c.title.address})
	}
	w.endRow()
}

func (w *htmlWriter) button(l link) {
	s := w.style
	w.raw("\n<table " + present + ` style="margin:16px 0 0"><tr><td class="button" style="padding:10px 18px;background-color:` + s.accent.light + ";" + w.textStyle() + `">`)
	w.raw("<strong>")
	w.link(l, s.onAccent.light+";text-decoration:none")
	w.raw("</strong></td></tr></table>")
}

func (w *htmlWriter) footer(t *tree) {
	s := w.style
	w.gap(40)
	w.row("foot soft", fmt.Sprintf("padding:%dpx;background-color:%s;%s", cardPadding, s.sunk.light, font(s.foot, s.foot*11/7, s.sans, s.soft)), t.top)
	w.raw(`<div role="contentinfo">`)
	for i, f := range t.footer {
		margin := "margin:8px 0 0"
		if i == 0 {
			margin = "margin:0"
		}
		w.raw("\n<p style=\"" + margin + "\">")
		w.text(f.words)
		switch {
		case f.tag == nil && f.link.text != "":
			w.link(f.link, s.soft.light)
		case f.tag != nil && f.tag.Element != "":
			w.raw("<" + f.tag.Element + ">")
			w.text(f.link.text)
			w.raw("</" + f.tag.Element + ">")
		case f.tag != nil:
			w.raw(`<a href="` + f.tag.Address + `" style="color:` + s.soft.light + `">`)
			w.text(f.link.text)
			w.raw("</a>")
		}
		w.raw("</p>")
	}
	w.raw("</div>")
	w.endRow()
}
