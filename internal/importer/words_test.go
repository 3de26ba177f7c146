package importer

import (
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"leerblad/internal/diag"
)

// No word of a page without anything hidden is lost or doubled, however its elements stand in each other.
func TestNoWordOfAPageIsLost(t *testing.T) {
	pieces := strings.Fields(`<p> </p> <div> </div> <ul> <ol> <li> </li> </ul> </ol> <table> <tr> <td> <th> <td_colspan=2> <td_rowspan=3> </tr> </table> <b> </b> <i> <span_style=font-weight:bold>
		</span> <h1> </h1> <h3> <dl> <dt> <dd> </dl> <blockquote> </blockquote> <pre> </pre> <a_href=https://e.org> </a> <br> <hr> <p_class=MsoListParagraph_style='mso-list:l0_level2_lfo1'> <p_style='mso-list:l0_level1_lfo1'> <p_class=MsoTitle>
		<p_class=MsoQuote> <section> <figure> <figcaption> <caption> <details> <summary> <sup> <code> <p_style=margin-left:36pt> <center> <font_face=Wingdings> </font> <fieldset> <legend> <o:p>`)
	word := regexp.MustCompile(`w\d+w`)
	for seed := range *seeds {
		m := &maker{Rand: rand.New(rand.NewPCG(seed, 2))}
		var page strings.Builder
		page.WriteString("<body>")
		for i := range 5 + m.IntN(60) {
			page.WriteString(strings.ReplaceAll(pieces[m.IntN(len(pieces))], "_", " "))
			if m.IntN(2) == 0 {
				page.WriteString(" w" + strings.Repeat("1", 1+i%3) + strings.Repeat("0", i/3) + "w ")
			}
		}
		root, err := html.Parse(strings.NewReader(page.String()))
		if err != nil {
			continue
		}
		want := map[string]int{}
		for _, w := range word.FindAllString(textOf(root, 1<<20), -1) {
			want[w]++
		}
		if len(want) == 0 {
			continue
		}
		doc, err := Read("x.html", []byte(page.String()), diag.Dutch)
		if err != nil {
			t.Fatal(err)
		}
		got := map[string]int{}
		for _, w := range word.FindAllString(string(Import(doc, Options{Title: "x"}).Markdown), -1) {
			got[w]++
		}
		for w, n := range want {
			if got[w] != n {
				t.Fatalf("seed %d: %s stands %d times in\n%s\n%d times in\n%s", seed, w, n, page.String(), got[w], imported("x.html", []byte(page.String())))
			}
		}
	}
}
