package lint

import (
	"fmt"
	"os"
	"os/exec"
	"reflect"
	"slices"
	"strings"
	"testing"
)

func good(t testing.TB) string {
	t.Helper()
	text, err := os.ReadFile("testdata/good.html")
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestGoodMailHasNoProblems(t *testing.T) {
	for _, p := range New().Check([]byte(good(t))) {
		t.Errorf("%+v", p)
	}
}

// faults are changes to the good mail, each with the problems that it must give: place (the text there), code and arguments.
var faults = []struct{ old, new, want string }{
	{"", "", ""},
	{` lang="nl" dir="ltr" xmlns`, " xmlns", "<html: mail-language [dir]; <html: mail-language [lang]"},
	{` aria-label="Wat wij`, ` data-label="Wat wij`, "<div role: mail-wrapper [aria-label]"},
	{`role="article"`, `class="ink"`, `<body: mail-wrapper [role="article"]`},
	{`<!--[if mso]><table role="presentation"`, `<!--[if mso]><table`, "<table width: mail-layout-table []"},
	{`<table role="presentation" class="card"`, `<table class="card"`, "<table class: mail-layout-table []"},
	{`<table role="presentation" cellpadding="0" cellspacing="0" border="0"><tr><td bgcolor`, `<table cellpadding="0" cellspacing="0" border="0"><tr><th>Kop</th><td bgcolor`,
		"Kop: mail-contrast [Kop 1.2 4.5 #000000 #1e1e1e dark]; Kop: mail-not-inline [color Kop]; Kop: mail-not-inline [font-family Kop]; Kop: mail-not-inline [font-size Kop]"},
	{`<li>Dit werkt`, `<li><form>Dit werkt</form>`, "<form>: mail-element [form]; <form>: mail-partial-support [<form> element Outlook.com, Gmail (iOS) https://www.caniemail.com/features/html-form/]; " +
		"<form>: mail-support [<form> element Outlook (Windows), Outlook (macOS), Yahoo (iOS) https://www.caniemail.com/features/html-form/]"},
	{`<li>Dit werkt`, `<li><i>Dit werkt`, "<i>: mail-unclosed [i]"},
	{`</ul>`, `</ul></ol>`, "</ol>: mail-unclosed [ol]"},
	{` alt="Kaart van de regio’s"`, ``, "<img: mail-picture-alt [https://example.org/assets/kaart.png]"},
	{`height="300"`, ``, "<img: mail-picture-size [https://example.org/assets/kaart.png]"},
	{`width="552" `, `width="50%" `, "<img: mail-picture-size [https://example.org/assets/kaart.png]"},
	{`"https://example.org/assets/kaart.png"`, `"/assets/kaart.png"`, "<img: mail-picture-address [/assets/kaart.png]"},
	{`https://example.org/assets/kaart.png`, `https://example.org/assets/kaart.webp`,
		"<img: mail-partial-support [webP image format Gmail, Gmail (iOS), Gmail (Android), Gmail (mobile web) https://www.caniemail.com/features/image-webp/]; " +
			"<img: mail-support [webP image format Outlook (Windows), Outlook (macOS) https://www.caniemail.com/features/image-webp/]"},
	{`<h2 class`, `<h3 class`, "<h3: mail-heading-order [3 2]; <h3: mail-unclosed [h3]; </h2>: mail-unclosed [h2]"},
	{`>derde sheet<`, `>hier<`, "<a class: mail-link-text [hier]"},
	{`>derde sheet<`, `> Lees meer… <`, "<a class: mail-link-text [Lees meer…]"},
	{`>derde sheet<`, `><img src="https://example.org/a.png" alt="" width="9" height="9"><`, "<a class: mail-link-empty [https://example.org/sheets/derde/?utm_source=nieuwsbrief]"},
	{`.card {`, ".page > p { margin: 0 }\n.card {", ".page > p: mail-partial-support [Child combinator Gmail (iOS), Gmail (Android) https://www.caniemail.com/features/css-selector-child/]; " +
		".page > p: mail-selector [.page > p]; " +
		".page > p: mail-support [Child combinator Outlook (Windows), Gmail (mobile web) https://www.caniemail.com/features/css-selector-child/]"},
	{`.card { background-color: #1e1e1e !important }`, `.card { background-color: #1e1e1e !important; p { color: #fff } }`,
		"p { color: mail-nested-rule [p]; p { color: mail-partial-support [CSS Nesting Apple Mail (macOS), Samsung Email https://www.caniemail.com/features/css-nesting/]; " +
			"p { color: mail-support [CSS Nesting Outlook (Windows), Outlook.com, Outlook (macOS), Outlook (iOS), Outlook (Android), Gmail, Gmail (iOS), Gmail (Android), Gmail (mobile web), Yahoo, Yahoo (iOS), Yahoo (Android) https://www.caniemail.com/features/css-nesting/]"},
	{`.ink { color`, `.i { color`, "Wat wij: mail-contrast [Wat wij dit kwartaal leerden 1.0 3 #1b1b1b #1e1e1e dark]; " +
		"Redactie: mail-contrast [Redactie, Voorbeeldstraat 1, Utrecht 1.8 4.5 #404040 #121212 dark]"},
	{`<style>`, `<style>` + strings.Repeat(" \n", maxStyle/2), " \n: mail-style-size [2289]"},
	{`color:#1b1b1b">` + "\n<h1", `color:#8a8a8a">` + "\n<h1", "In deze: mail-contrast [In deze brief staan 3.3 4.5 #838383 #333333 inverted]; In deze: mail-contrast [In deze brief staan 3.4 4.5 #8a8a8a #ffffff light]"},
	{`style="color:#0b5394;text-decoration:underline"`, `style="text-decoration:underline"`, "derde sheet: mail-not-inline [color derde sheet]"},
	{`color:#ffffff;text-decoration:none`, `color:inherit;text-decoration:none`, "Naar het: mail-contrast [Naar het praktijkverhaal 1.7 4.5 #ffffff #a4c2fe inverted]; " +
		"Naar het: mail-contrast [Naar het praktijkverhaal 2.0 4.5 #000000 #154273 light]"},
	{`bgcolor="#154273"`, `bgcolor="x"`, ""},
	{`bgcolor="#154273" style="padding:12px 20px;background-color:#154273;`, `style="padding:12px 20px;background-color:hsl(1 2% 3%);`, "<td style: mail-color [hsl(1 2% 3%)]; " +
		"Naar het: mail-contrast [Naar het praktijkverhaal 1.0 4.5 #333333 #333333 inverted]; Naar het: mail-contrast [Naar het praktijkverhaal 1.0 4.5 #ffffff #ffffff light]"},
	{`font-family:Arial,sans-serif;font-size:28px;line-height:36px`, `font:bold 28px/36px Arial,sans-serif`, ""},
	{`font-family:Arial,sans-serif;font-size:28px;line-height:36px`, `font:italic 12px Arial,sans-serif`, "Wat wij: mail-text-size [12 16 Wat wij dit kwartaal leerden]"},
	{`.ink { color: #f2f2f2 !important }`, `div .card td.ink { color: #f2f2f2 !important } .card .ink { color: #222222 !important } h1, h2, .page td { color: #f2f2f2 !important }`,
		"Wat wij: mail-contrast [Wat wij dit kwartaal leerden 1.0 3 #222222 #1e1e1e dark]"},
	{`font-size:14px`, `font-size:13px`, "Redactie: mail-text-size [13 14 Redactie, Voorbeeldstraat 1, Utrecht]; Afmelden: mail-text-size [13 14 Afmelden voor deze nieuwsbrief]"},
	{`<li>Dit werkt`, `<li style="font-size:0.8em">Dit werkt`, "Dit werkt: mail-text-size [12.8 16 Dit werkt: partijen vinden elkaar gemak…]"},
	{`<ul style="margin:0 0 16px">`, `<ul style="margin:0 auto;padding:4px">`, "<ul: mail-margin [margin:0 auto]; <ul: mail-padding [ul]"},
	{`<ul style="margin:0 0 16px">`, `<ul style="margin-left:-8px;padding:0">`, "<ul: mail-margin [margin-left:-8px]"},
	{`font-family:Arial,sans-serif;font-size:28px;`, ``, "Wat wij: mail-not-inline [font-family Wat wij dit kwartaal leerden]; Wat wij: mail-not-inline [font-size Wat wij dit kwartaal leerden]"},
	{`"https://example.org/assets/kaart.png"`, `"http://example.org/kaart.png"`, "<img: mail-picture-address [http://example.org/kaart.png]"},
	{`"https://example.org/assets/kaart.png"`, `"https:///kaart.png"`, "<img: mail-picture-address [https:///kaart.png]"},
	{`width="552" `, `width="0" `, "<img: mail-picture-size [https://example.org/assets/kaart.png]"},
	{`width="552" `, `width="552" srcset="kaart.webp 2x" `,
		"<img: mail-partial-support [webP image format Gmail, Gmail (iOS), Gmail (Android), Gmail (mobile web) https://www.caniemail.com/features/image-webp/]; " +
			"<img: mail-support [srcset and sizes attributes Outlook (Windows), Outlook.com, Outlook (iOS), Outlook (Android), Gmail, Gmail (iOS), Gmail (Android), Gmail (mobile web), Yahoo, Yahoo (iOS), Yahoo (Android) https://www.caniemail.com/features/html-srcset/]; " +
			"<img: mail-support [webP image format Outlook (Windows), Outlook (macOS) https://www.caniemail.com/features/image-webp/]"},
	{`style="color:#0b5394;text-decoration:underline">derde sheet<`, `aria-label="Derde sheet" style="color:#0b5394;text-decoration:underline">hier<`, ""},
	{`<li>Dit werkt`, `<li><a class="link" style="color:#0b5394" href="#b">B</a><a class="link" style="color:#0b5394" href="#a">A</a>Dit werkt`,
		"<a class=\"link\" style=\"color:#0b5394\" href=\"#b: mail-partial-support [Local anchors Yahoo https://www.caniemail.com/features/html-anchor-links/]; " +
			"<a class=\"link\" style=\"color:#0b5394\" href=\"#b: mail-support [Local anchors Gmail (iOS), Yahoo (iOS), Yahoo (Android), Samsung Email https://www.caniemail.com/features/html-anchor-links/]"},
	{`:root {`, "@supports (color: red) { .x { color: red !important } }\n:root {", "@supports: mail-support [@supports Outlook (Windows), Outlook.com, Outlook (iOS), Outlook (Android), Gmail, Gmail (iOS), Gmail (Android), Gmail (mobile web) https://www.caniemail.com/features/css-at-supports/]; " +
		".x { color: mail-nested-rule [.x]"},
	{`.link { color: #9cc8ff !important }` + "\n}", ".link { color: #9cc8ff !important }\n}\n@media print { .ink { color: #121212 !important } }", ""},
	{`<tr><td style="padding:0 24px 24px">`, `<tr><td style="padding:0 24px 24px;font-family:Arial;font-size:16px;color:#1b1b1b" class="ink"><table role="presentation"><tr><td>Binnen</td></tr></table>`,
		"Binnen: mail-not-inline [color Binnen]; Binnen: mail-not-inline [font-family Binnen]; Binnen: mail-not-inline [font-size Binnen]"},
	{`background-color:#f3f3f3" class="page">`, `background-color:#f3f3f3;color:#1b1b1b;font-family:Arial;font-size:16px" class="page"><p class="ink">Los</p>`,
		"Los: mail-not-inline [color Los]; Los: mail-not-inline [font-family Los]; Los: mail-not-inline [font-size Los]"},
	{`<li>Dit werkt`, `<li><sup style="font-size:12px">1</sup>Dit werkt`, ""},
	{`<li>Dit werkt`, `<li style="font-size:80%">Dit werkt`, "Dit werkt: mail-text-size [12.8 16 Dit werkt: partijen vinden elkaar gemak…]"},
	{`<ul`, `<table><tr><th class="ink" style="padding:4px;font-family:Arial;font-size:16px;color:#1b1b1b">Kop</th></tr></table><ul`, ""},
	{`<ul`, `<p class="ink" style="font-size:24px;color:#8a8a8a">Groot</p><ul`, ""},
	{`<ul`, `<p class="ink" style="font-size:20px;font-weight:600;color:#8a8a8a">Vet</p><ul`,
		"Vet: mail-contrast [Vet 3.3 4.5 #838383 #333333 inverted]; Vet: mail-contrast [Vet 3.4 4.5 #8a8a8a #ffffff light]"},
	{`style="color:#ffffff;text-decoration:none"`, `style="text-decoration:none"`, "Naar het: mail-contrast [Naar het praktijkverhaal 1.0 4.5 #0000ee #154273 light]; " +
		"Naar het: mail-contrast [Naar het praktijkverhaal 1.3 4.5 #cf8eff #a4c2fe inverted]; Naar het: mail-not-inline [color Naar het praktijkverhaal]"},
	{`<ul style="margin:0 0 16px">`, `<ul style="margin:0 0 16px;background-color:transparent">`, ""},
	{`style="padding:12px 20px;background-color:#154273;`, `style="padding:12px 20px;`, ""},
	{`display:block;width:100%`, `display:block;color:#8a8a8a;width:100%`, "<img: mail-contrast [Kaart van de regio’s 3.3 4.5 #838383 #333333 inverted]; " +
		"<img: mail-contrast [Kaart van de regio’s 3.4 4.5 #8a8a8a #ffffff light]"},
	{`<ul`, "<p>" + strings.Repeat("x", longestLine) + "</p>\n<ul", "xxx</p>: mail-long-line [1005]"},
	{`<ul`, strings.Repeat("<p>Een regel die vaak terugkomt, om de brief te laten groeien.</p>\n", 1000) + "<ul", "<!doctype: mail-large [71]"},
	{`<ul`, strings.Repeat("<p>Een regel die vaak terugkomt, om de brief te laten groeien.</p>\n", 1500) + "<ul", "<!doctype: mail-too-large [105]"},
	{`<ul`, strings.Repeat(`<a href="https://example.org/" class="link" style="color:#0b5394">Begin</a>`+"\n", 350) + "<ul", "<!doctype: mail-large [83]"},
}

func TestEachFaultIsFound(t *testing.T) {
	codes, linter := map[Code]bool{}, New()
	for _, f := range faults {
		source := strings.Replace(good(t), f.old, f.new, 1)
		if f.old != "" && source == good(t) {
			t.Errorf("%q: not in the mail", f.old)
		}
		want := strings.Split(f.want, "; ")
		if f.want == "" {
			want = nil
		}
		got := linter.Check([]byte(source))
		for i, p := range got {
			codes[p.Code] = true
			said := fmt.Sprintf("%s %v", p.Code, p.Args)
			if i >= len(want) {
				t.Errorf("%.60q: also %.40q: %s", f.new, source[p.Offset:], said)
				continue
			}
			place, problem, _ := strings.Cut(want[i], ": ")
			if problem != said || !strings.HasPrefix(strings.TrimLeft(source[p.Offset:], "\n"), place) {
				t.Errorf("%.60q: got %.40q: %s\nwant %s", f.new, source[p.Offset:], said, want[i])
			}
		}
		if len(got) < len(want) {
			t.Errorf("%.60q: got %d problems, want %q", f.new, len(got), want)
		}
	}
	for _, code := range []Code{Large, TooLarge, LongLine, Unclosed, Forbidden, Language, Wrapper, LayoutTable, Support, Partial, StyleSize, NestedRule, Selector,
		NotInline, Margin, Padding, TextSize, Color, Contrast, PictureAlt, PictureSize, PictureFrom, HeadingOrder, LinkText, LinkEmpty} {
		if !codes[code] {
			t.Errorf("no fault gives %s", code)
		}
	}
}

func TestReadings(t *testing.T) {
	for _, c := range []struct{ source, word, others string }{
		{"a<!--[if mso]>b<![endif]-->c", "abc", "ac"},
		{"a<!--[if !mso]><!-->b<!--<![endif]-->c", "ac", "abc"},
		{"a<!--[if !mso]><!-- -->b<!--<![endif]-->c", "ac", "abc"},
		{"a<!--[if (gte mso 9)|(IE)]>b<![endif]-->c", "abc", "ac"},
		{"a<!--[if IE]>b<![endif]-->c", "ac", "ac"},
		{"a<!--[if mso]>b", "ab", "a"},
		{"a<![endif]-->b<!-- c -->", "ab<!-- c -->", "ab<!-- c -->"},
	} {
		for word, want := range map[bool]string{true: c.word, false: c.others} {
			got := string(reading([]byte(c.source), word))
			if len(got) != len(c.source) || strings.Join(strings.Fields(got), "") != strings.Join(strings.Fields(want), "") {
				t.Errorf("reading(%q, %t) = %q, want %q", c.source, word, got, want)
			}
		}
	}
}

func TestSheets(t *testing.T) {
	s := readSheet("/* x */ a, .b > c[d~=e]:f(g) {color:red;;x} @media (max-width:1px) { p{a:b !important}\n} @import \"x;y\"; } q{s:t(u;v);w:x}")
	var got []string
	for _, r := range s.rules {
		line := fmt.Sprintf("%d %d@%s %s", r.offset, len(r.within), r.at, text(r.prelude))
		for _, d := range r.declarations {
			line += fmt.Sprintf(" %s=%s/%t", d.property, d.value, d.important)
		}
		got = append(got, line)
	}
	want := []string{
		"8 0@ a, .b > c[d~=e]:f(g) color=red/false", "44 0@media (max-width:1px)", "69 1@ p a=b/true", "89 0@import \"x;y\"", "106 0@ q s=t(u;v)/false w=x/false",
	}
	if !slices.Equal(got, want) || !slices.Equal(s.comments, []int{0}) {
		t.Errorf("got %q, comments at %v\nwant %q", got, s.comments, want)
	}
	for source, want := range map[string][]string{
		"a.b#c":        {"selector type", "selector class", "selector id"},
		".a.b":         {"selector class", "selector class", "selector chaining"},
		"a b>c":        {"selector type", "selector descendant", "selector type", "selector child", "selector type"},
		"[a=b] ~ *":    {"selector attribute", "selector sibling", "selector universal"},
		":not(a b)::c": {"pseudo not", "pseudo c"},
	} {
		if got := selectors(newSheet(source).tokens); len(got) != 1 || !reflect.DeepEqual(got[0].kinds, want) {
			t.Errorf("%q: got %+v, want %q", source, got, want)
		}
	}
}

func TestColors(t *testing.T) {
	for _, c := range []struct{ text, want, inverted, halfText, halfBackground string }{
		{"#fff", "#ffffff", "#333333", "#ffffff", "#121212"},
		{"black", "#000000", "#ffffff", "#ffffff", "#000000"},
		{"rgb(119, 119, 119)", "#777777", "#929292", "#909090", "#777777"},
		{" #154273 ", "#154273", "#a4c2fe", "#b0d1ff", "#154273"},
	} {
		got, ok := parseColor(c.text)
		if !ok || got.String() != c.want {
			t.Errorf("parseColor(%q) = %v, %t", c.text, got, ok)
		}
		if have := []string{got.inverted().String(), got.halfInverted(false).String(), got.halfInverted(true).String()}; !slices.Equal(have, []string{c.inverted, c.halfText, c.halfBackground}) {
			t.Errorf("%s: got %q", c.text, have)
		}
	}
	for _, text := range []string{"", "#12", "#12345g", "rgb(1,2)", "rgb(1,2,300)", "rgba(0,0,0,1)", "var(--x)"} {
		if got, ok := parseColor(text); ok {
			t.Errorf("parseColor(%q) = %v", text, got)
		}
	}
	grey, _ := parseColor("#777")
	for _, c := range []struct {
		a, b color
		want string
	}{{white, black, "21.00"}, {white, grey, "4.48"}, {grey, white, "4.48"}} {
		if got := fmt.Sprintf("%.2f", contrast(c.a, c.b)); got != c.want {
			t.Errorf("contrast(%v, %v) = %s, want %s", c.a, c.b, got, c.want)
		}
	}
}

// The browser tests have the models once more, and compare one of them with what Chromium paints.
func TestColorsAreThoseOfTheBrowserTests(t *testing.T) {
	var colors []color
	for i := range 1000 {
		colors = append(colors, color{float64(i%10*28) / 255, float64(i/10%10*28) / 255, float64(i/100*28) / 255})
	}
	script := `import { halfInverted, inverted, ratio } from './mail-color.mjs';
		const all = Array.from({ length: 1000 }, (_, i) => [i % 10 * 28, Math.floor(i / 10) % 10 * 28, Math.floor(i / 100) * 28]);
		const hex = (color) => '#' + color.map((part) => Math.round(part).toString(16).padStart(2, '0')).join('');
		for (const c of all) console.log(hex(inverted(c)), hex(halfInverted(c, false)), hex(halfInverted(c, true)), ratio(c, [255, 255, 255]).toFixed(6));`
	cmd := exec.Command("node", "--input-type=module", "--eval", script)
	cmd.Dir = "../../browser"
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(string(out)), "\n")
	if len(lines) != len(colors) {
		t.Fatalf("%d lines", len(lines))
	}
	for i, c := range colors {
		if own := fmt.Sprintf("%v %v %v %.6f", c.inverted(), c.halfInverted(false), c.halfInverted(true), contrast(c, white)); own != lines[i] {
			t.Errorf("%v: here %s, there %s", c, own, lines[i])
		}
	}
}

func FuzzCheck(f *testing.F) {
	f.Add([]byte(good(f)))
	for _, seed := range []string{"<style>a{b{@c{", "<p style='a:url(b\"'>", "<!--[if mso]><style>}{", "<a href=%zz><img srcset=', ,'>", "<style>.:#[(</style><td style=';:;{}'>"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, source []byte) {
		got := New().Check(source)
		for _, p := range got {
			if p.Offset < 0 || p.Offset > len(source) {
				t.Errorf("%+v is outside of %d bytes", p, len(source))
			}
		}
		if again := New().Check(source); !reflect.DeepEqual(got, again) {
			t.Errorf("first %+v\nthen %+v", got, again)
		}
	})
}

func BenchmarkCheck(b *testing.B) {
	source, linter := []byte(good(b)), New()
	for b.Loop() {
		linter.Check(source)
	}
}
