package newsletter

import (
	"cmp"
	"fmt"

	"leerblad/internal/source"
)

func (w *htmlWriter) paragraph(class, style string, runs []run) {
	if class != "" {
		class = ` class="` + class + `"`
	}
	w.raw("\n<p" + class + ` style="` + style + `">`)
	w.runs(runs)
	w.raw("</p>")
}

func (w *htmlWriter) heading(level int, runs []run, margin string) {
	s := w.style
	size := s.text
	switch level {
	case 2:
		size = s.h2
	case 3:
		size = s.h3
	}
	w.raw(fmt.Sprintf("\n<h%d style=\"margin:%s;%s\">", level, margin, s.headingFont(size)+";color:"+s.ink.light))
	w.runs(runs)
	w.raw(fmt.Sprintf("</h%d>", level))
}

// body writes the text. A card has a row of its own.
func (w *htmlWriter) body(blocks []block) {
	for len(blocks) > 0 {
		if c, isCard := blocks[0].(*card); isCard {
			w.card(c)
			w.gap(16)
			blocks = blocks[1:]
			continue
		}
		n := 1
		for n < len(blocks) {
			if _, isCard := blocks[n].(*card); isCard {
				break
			}
			n++
		}
		w.row("", "padding:0 0 16px;"+w.textStyle(), spanOf(blocks[0]))
		w.blocks(blocks[:n])
		w.endRow()
		blocks = blocks[n:]
	}
}

// spanOf gives where a block was written, if it says so.
func spanOf(b block) source.Span {
	switch b := b.(type) {
	case *heading:
		return b.span
	case *paragraph:
		return b.span
	case *greeting:
		return b.span
	case *table:
		return b.span
	case *picture:
		return b.span
	case *card:
		return b.span
	case *group:
		return spanOf(b.blocks[0])
	}
	return source.Span{}
}

// enough is a size in bytes that no mail may have by far: the rest of one that does is left out, for Check refuses it.
const enough = 2 << 20

const under = "margin:0 0 16px" // most blocks

func (w *htmlWriter) blocks(all []block) {
	s := w.style
	for _, b := range all {
		if len(w.out) > enough {
			return
		}
		if span := spanOf(b); span.File != nil {
			w.mark(span)
		}
		switch b := b.(type) {
		case *heading:
			w.heading(b.level, b.runs, "24px 0 12px")
		case *paragraph:
			w.paragraph("", under, b.runs)
		case *greeting:
			w.raw("\n<p style=\"" + under + "\">")
			for i, piece := range b.pieces {
				if i > 0 {
					w.raw(b.tag) // of signs that HTML means nothing by
				}
				w.text(piece)
			}
			w.raw("</p>")
		case *list:
			w.list(b)
		case *group:
			w.blocks(b.blocks)
		case *quote:
			w.raw("\n<blockquote style=\"" + under + "\"><table " + present + ` width="100%"><tr><td style="padding:0 0 0 16px;border-left:3px solid ` + s.accent.light + ";" + w.textStyle() + `">`)
			w.blocks(b.blocks)
			w.raw("</td></tr></table></blockquote>")
		case *picture:
			w.figure(b)
		case *table:
			w.table(b)
		case *code:
			w.code(b)
		case *rule:
			w.raw("\n<hr style=\"margin:24px 0;border:0;border-top:1px solid " + s.line.light + "\">")
		case *definitions:
			w.definitions(b)
		case *card: // within another block
			w.paragraph("", under, []run{{text: b.title.text, address: b.title.address, language: b.language}})
		}
	}
}

func (w *htmlWriter) list(b *list) {
	tag, start := "ul", ""
	if b.first >= 0 {
		tag = "ol"
	}
	if b.first >= 0 && b.first != 1 {
		start = fmt.Sprintf(` start="%d"`, b.first)
	}
	w.raw("\n<" + tag + start + ` style="margin:0 0 16px 24px;padding:0">`)
	w.items(b.items)
	w.raw("</" + tag + ">")
}

func (w *htmlWriter) items(items []item) {
	for _, i := range items {
		if len(w.out) > enough {
			return
		}
		w.raw("\n")
		w.mark(i.span)
		w.raw(`<li style="margin:0 0 6px">`)
		first, rest := i.split()
		apart := len(rest) > 0
		if apart {
			_, nested := rest[0].(*list)
			apart = !nested
		}
		if apart {
			w.raw(`<p style="margin:0 0 8px">`)
		}
		if i.label != "" {
			w.raw(`<strong class="` + string(i.valence) + `" style="color:` + w.style.valences[i.valence].light + `">`)
			w.text(i.label + ":")
			w.raw("</strong> ")
		}
		w.runs(first)
		if apart {
			w.raw("</p>")
		}
		w.blocks(rest)
		w.raw("</li>")
	}
}

// picture writes a picture as wide as it may be, at most its own width.
func (w *htmlWriter) picture(p *picture, most int, margin string) {
	width, height := p.width, p.height
	if width > most || width == 0 {
		height = height * most / max(1, width)
		width = most
	}
	w.raw(`<img src="` + escapeAttribute.Replace(p.address) + fmt.Sprintf(`" width="%d"`, width))
	if height > 0 {
		w.raw(fmt.Sprintf(` height="%d"`, height))
	}
	w.raw(` alt="`)
	w.value(p.alt)
	w.raw(fmt.Sprintf(`" style="display:block;width:100%%;max-width:%dpx;height:auto;margin:0 0 %s;border:0">`, width, margin))
}

// figure writes a picture that stands by itself, or its description where mail programs cannot show it.
func (w *htmlWriter) figure(p *picture) {
	if p.address == "" {
		w.paragraph("soft", under+";color:"+w.style.soft.light, []run{{text: p.words(), emphasis: true, language: p.language}})
		return
	}
	margin := "16px"
	if p.caption != "" {
		margin = "8px"
	}
	w.raw("\n")
	w.picture(p, columnWidth, margin)
	if p.caption != "" {
		w.paragraph("soft", under+";color:"+w.style.soft.light, []run{{text: p.caption, language: p.language}})
	}
}

func (w *htmlWriter) table(t *table) {
	s := w.style
	w.raw("\n<table cellpadding=\"0\" cellspacing=\"0\" width=\"100%\" style=\"" + under + ";word-break:break-word\">")
	for i, row := range t.rows {
		w.raw("\n<tr>")
		element, line := "td", s.line.light
		if i == 0 {
			element, line = "th", s.soft.light
		}
		for _, c := range row {
			if len(w.out) > enough {
				return
			}
			style := "padding:8px 8px 8px 0;border-bottom:1px solid " + line + ";" + w.textStyle()
			if i == 0 || c.align != "" {
				style += ";text-align:" + cmp.Or(c.align, "left")
			}
			open := "\n<" + element
			if i == 0 {
				open += ` scope="col"`
				style += ";font-weight:bold"
			}
			w.raw(open + ` valign="top" style="` + style + `">`)
			w.runs(c.runs)
			w.raw("</" + element + ">")
		}
		w.raw("</tr>")
	}
	w.raw("\n</table>")
}

// code writes lines as they are; a long one goes on in the next.
func (w *htmlWriter) code(c *code) {
	w.raw("\n<pre style=\"" + under + ";font:" + fmt.Sprintf("%dpx/%dpx", leastText, leastText*3/2) + ` Consolas,Menlo,monospace;white-space:pre-wrap">`)
	for i, l := range c.lines {
		if i > 0 {
			w.raw("\n")
		}
		w.mark(l.span)
		w.text(l.text)
	}
	w.raw("</pre>")
}

func (w *htmlWriter) definitions(d *definitions) {
	for _, x := range d.list {
		if x.term != nil {
			runs := make([]run, len(x.term))
			for i, r := range x.term {
				r.strong = true
				runs[i] = r
			}
			w.paragraph("", "margin:0 0 4px", runs)
			continue
		}
		w.raw("\n<div style=\"margin:0 0 0 24px\">")
		w.blocks(x.blocks)
		w.raw("</div>")
	}
}

// runs writes what stands in a line, each link once around all its runs.
func (w *htmlWriter) runs(runs []run) {
	address := ""
	for _, r := range runs {
		if r.span.File != nil {
			w.mark(r.span)
		}
		if r.address != address {
			if address != "" {
				w.raw("</a>")
			}
			if address = r.address; address != "" {
				w.raw(`<a href="` + escapeAttribute.Replace(address) + `" style="color:` + w.style.accent.light + `">`)
			}
		}
		w.run(r)
	}
	if address != "" {
		w.raw("</a>")
	}
}

func (w *htmlWriter) run(r run) {
	switch {
	case r.isBreak:
		w.raw("<br>")
		return
	case r.picture != nil:
		w.picture(r.picture, columnWidth, "0")
		return
	}
	var open, end string
	for _, s := range []struct {
		is   bool
		name string
	}{{r.strong, "strong"}, {r.emphasis, "em"}, {r.deleted, "s"}, {r.code, "code"}} {
		if s.is {
			open, end = open+"<"+s.name+">", "</"+s.name+">"+end
		}
	}
	if r.language != "" {
		open, end = "<span"+spoken(r.language)+">"+open, end+"</span>"
	}
	w.raw(open)
	w.text(r.text)
	w.raw(end)
}
