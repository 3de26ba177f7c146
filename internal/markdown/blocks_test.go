package markdown_test

import (
	"bytes"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"leerblad/internal/markdown"
	"leerblad/internal/source"
)

// traced gives the HTML of a body with data-source at each block, and holes as {h}.
func traced(body *markdown.Body) string {
	var out strings.Builder
	blocks := body.Blocks
	for i, p := range body.Parts {
		done := 0
		for ; len(blocks) > 0 && int(blocks[0].Part) == i; blocks = blocks[1:] {
			out.WriteString(p.HTML[done:blocks[0].Offset])
			fmt.Fprintf(&out, ` data-source="%d"`, blocks[0].Line)
			done = int(blocks[0].Offset)
		}
		out.WriteString(p.HTML[done:])
		if p.Hole != markdown.None {
			out.WriteString("{h}")
		}
	}
	return out.String()
}

func TestBlocksGiveThePlaceAndTheLineOfEachBlock(t *testing.T) {
	for _, test := range []struct{ name, text, want string }{
		{"paragraphs", "\nEen\nalinea *a*.\n\n\nTwee.\n", `<p @2>Een alinea <em>a</em>.</p> <p @6>Twee.</p>`},
		{"headings", "## A\n\nB\n-\n\n###### C {class=x}\n", `<h2 @1 id="a">A</h2> <h2 @3 id="b">B</h2> <h6 @6 class="x" id="c">C</h6>`},
		{"lists", "- a\n- b\n  1. c\n\n     d\n2. e\n", `<ul @1> <li @1>a</li> <li @2>b <ol @3> <li @3><p @3>c</p> <p @5>d</p> </li> </ol> </li> </ul> <ol @6 start="2"> <li @6>e</li> </ol>`},
		{"quotation", "> a\n> > b\n", `<blockquote @1> <p @1>a</p> <blockquote @2> <p @2>b</p> </blockquote> </blockquote>`},
		{"quotation after a tab", "1. >\t>a\n", `<ol @1> <li @1><blockquote @1> <blockquote @1> <p @1>a</p> </blockquote> </blockquote> </li> </ol>`},
		{"code", "    a <pre>\n\n```go\nb\n```\n", `<pre @1><code>a &lt;pre&gt; </code></pre> <pre @3><code class="language-go">b </code></pre>`},
		{"rule", "a\n\n***\n", `<p @1>a</p> <hr @3>`},
		{"table", "Tabel\n\n| a |\n|--:|\n| *b* |\n| c |\n", `<p @1>Tabel</p> <div class="table" role="group" tabindex="0" aria-label="{h}"><table @3> <thead> ` +
			`<tr @3> <th class="right" scope="col">a</th> </tr> </thead> <tbody> <tr @5> <td class="right"><em>b</em></td> </tr> <tr @6> <td class="right">c</td> </tr> </tbody> </table></div>`},
		{"table below a line", "Tabel:\n| a |\n|---|\n", `<p @1>Tabel:</p> <div class="table" role="group" tabindex="0" aria-label="{h}"><table @2> <thead> <tr @2> <th scope="col">a</th> </tr> </thead> </table></div>`},
		{"definitions", "A\nB\n: c\n\n: d\n", `<dl @1> <dt @1>A</dt> <dt @2>B</dt> <dd @3>c</dd> <dd @5> <p @5>d</p> </dd> </dl>`},
		{"footnotes", "[^x]: n\n\na[^y] b[^x]\n\n[^y]: m\n", `<p @3>a<sup id="fnref:1"><a href="#fn:1" class="footnote-ref" role="doc-noteref">1</a></sup> b` +
			`<sup id="fnref:2"><a href="#fn:2" class="footnote-ref" role="doc-noteref">2</a></sup></p> <div class="footnotes" role="doc-endnotes"> <hr> <ol @5> ` +
			`<li @5 id="fn:1"> <p @5>m <a href="#fnref:1" class="footnote-backref" role="doc-backlink" aria-label="{h} 1">↩︎</a></p> </li> ` +
			`<li @1 id="fn:2"> <p @1>n <a href="#fnref:2" class="footnote-backref" role="doc-backlink" aria-label="{h} 2">↩︎</a></p> </li> </ol> </div>`},
		{"links", "[a](b.html) c\n\nd\n", `<p @1><a href="{h}">a{h}</a> c</p> <p @3>d</p>`},
		{"findings", "- [+] a {#a}\n- [-] b {#b}\n\n  c\n", `<ul @1 class="findings"> {h}<p @1>a</p> {h} {h}<p @2>b</p> <p @4>c</p> {h} </ul>`},
		{"a tight finding", "- [+] a {#a}\n\nb\n", `<ul @1 class="findings"> {h}a{h} </ul> <p @3>b</p>`},
		{"what partials draw", "a\n\n![b](c.jpg)\n\n[d](e.md)\n\nf\n", `<p @1>a</p> {h}{h}<p @7>f</p>`},
		{"comments", "<!-- a\nb -->\n\nc\n", `<p @4>c</p>`},
	} {
		t.Run(test.name, func(t *testing.T) {
			const front = "---\ntitle: T\n---\n"
			for _, file := range []struct{ above, text string }{
				{"", test.text}, {front, test.text},
				{"\ufeff" + strings.ReplaceAll(front, "\n", "\r\n"), strings.ReplaceAll(test.text, "\n", "\r\n")},
			} {
				body, _ := markdown.New().Parse(source.NewFile("sheets/x.md", []byte(file.above+file.text)), len(file.above), "")
				want := lineMark.ReplaceAllStringFunc(test.want, func(mark string) string {
					line, _ := strconv.Atoi(mark[1:])
					return fmt.Sprintf(`data-source="%d"`, line+strings.Count(file.above, "\n"))
				})
				if got := strings.Join(strings.Fields(traced(body)), " "); got != want {
					t.Errorf("below %q:\n got %s\nwant %s", file.above, got, want)
				}
			}
		})
	}
}

var lineMark = regexp.MustCompile(`@\d+`)

var tagBefore = regexp.MustCompile(`<[a-z]+[1-6]?$`)

// checkBlocks looks for a block whose place is not after the name in an opening tag, or whose line goes back outside the
// footnotes.
func checkBlocks(t *testing.T, body *markdown.Body, data []byte) {
	last, footnotes := markdown.Block{Line: 1}, false
	for _, b := range body.Blocks {
		if int(b.Part) >= len(body.Parts) || int(b.Offset) > len(body.Parts[b.Part].HTML) {
			t.Fatalf("block %v is outside the parts", b)
		}
		before := body.Parts[b.Part].HTML[max(0, int(b.Offset)-60):b.Offset] // room for the start of footnotes
		if after := body.Parts[b.Part].HTML[b.Offset:]; !tagBefore.MatchString(before) || after == "" || !strings.Contains(" >", after[:1]) {
			t.Errorf("block %v stands after %q and before %q", b, before, after)
		}
		if b.Part < last.Part || b.Part == last.Part && b.Offset <= last.Offset {
			t.Errorf("block %v comes after %v", b, last)
		}
		footnotes = footnotes || strings.HasSuffix(before, "<hr>\n<ol") && strings.Contains(before, `<div class="footnotes"`)
		if b.Line < 1 || int(b.Line) > bytes.Count(data, []byte("\n"))+1 || b.Line < last.Line && !footnotes {
			t.Errorf("block %v, of a file of %d lines, comes after line %d", b, bytes.Count(data, []byte("\n"))+1, last.Line)
		}
		last = b
	}
}
