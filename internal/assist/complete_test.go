package assist_test

import (
	"slices"
	"strings"
	"testing"

	"leerblad/internal/assist"
	"leerblad/internal/diag"
	"leerblad/internal/edit"
)

// applied gives the text as it is after a completion.
func applied(t *testing.T, b *assist.Buffer, c assist.Completion) string {
	t.Helper()
	out, err := edit.Apply(b.File.Data, edit.Changes{{Span: c.Span, Text: c.Text}})
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

const front = "---\ntitle: Proef\ndate: 2021-03-03\n"

// Each case is a text with a caret, and what it becomes by one of the completions there, which must be the first unless it is told otherwise.
func TestCompletionsGive(t *testing.T) {
	files := small(t)
	for _, c := range []struct{ what, name, text, label, want string }{
		// Keys.
		{"a key", "sheets/x.md", front + "sum‸\n---\n", "summary", front + "summary: \n---\n"},
		{"a key, from within", "sheets/x.md", front + "su‸m\n---\n", "summary", front + "summary: \n---\n"},
		{"a key that has its colon", "sheets/x.md", front + "su‸m: Iets\n---\n", "summary", front + "summary: Iets\n---\n"},
		{"a key on a blank line", "sheets/x.md", front + "‸\n---\n", "summary", front + "summary: \n---\n"},
		{"a key by its label", "recommendations/x.md", front + "onderb‸\n---\n", "evidence", front + "evidence:\n  - \n---\n"},
		{"a key of a mapping", "stories/x.md", front + "ima‸\n---\n", "image", front + "image:\n  src: \n---\n"},
		{"a key in a mapping", "stories/x.md", front + "image:\n  src: a.png\n  ‸\n---\n", "alt", front + "image:\n  src: a.png\n  alt: \n---\n"},
		{"a key in brackets", "stories/x.md", front + "image: {src: a.png, a‸}\n---\n", "alt", front + "image: {src: a.png, alt: }\n---\n"},
		{"a key of an item", "stories/x.md", front + "media:\n  - type: video\n    pos‸\n---\n", "poster", front + "media:\n  - type: video\n    poster: \n---\n"},
		{"the first key of an item", "stories/x.md", front + "media:\n  - ‸\n---\n", "type", front + "media:\n  - type: \n---\n"},
		{"without a second fence", "sheets/x.md", "---\ntitle: x\nsum‸\n", "summary", "---\ntitle: x\nsummary: \n"},
		{"with Windows' line ends", "stories/x.md", "\ufeff---\r\ntitle: x\r\nima‸\r\n---\r\n", "image", "\ufeff---\r\ntitle: x\r\nimage:\r\n  src: \r\n---\r\n"},
		// Values.
		{"one of few", "stories/x.md", front + "outcome: wor‸\n---\n", "worked", front + "outcome: worked\n---\n"},
		{"one of few, by its word", "stories/x.md", front + "outcome: loopt‸\n---\n", "ongoing", front + "outcome: ongoing\n---\n"},
		{"one of few, without a blank", "stories/x.md", front + "outcome:‸\n---\n", "worked", front + "outcome: worked\n---\n"},
		{"one of few, in quotation marks", "stories/x.md", front + "outcome: \"w‸x\" # zo\n---\n", "worked", front + "outcome: \"worked\" # zo\n---\n"},
		{"the type of media", "stories/x.md", front + "media:\n  - type: vi‸\n---\n", "video", front + "media:\n  - type: video\n---\n"},
		{"yes or no", "stories/x.md", front + "draft: ‸\n---\n", "true", front + "draft: true\n---\n"},
		{"today", "stories/x.md", "---\ntitle: x\ndate: ‸\n---\n", "2021-06-01", "---\ntitle: x\ndate: 2021-06-01\n---\n"},
		{"a number", "sheets/x.md", front + "number: ‸\n---\n", "3", front + "number: 3\n---\n"},
		{"a topic by its title", "sheets/x.md", front + "topics: [agenda, samen w‸]\n---\n", "Samenwerking", front + "topics: [agenda, samenwerking]\n---\n"},
		{"a topic on its line", "sheets/x.md", front + "topics:\n  - ag‸enda-x\n---\n", "Agenda", front + "topics:\n  - agenda\n---\n"},
		{"a topic without a dash", "sheets/x.md", front + "topics:\n  ‸\n---\n", "Agenda", front + "topics:\n  - agenda\n---\n"},
		{"a topic behind a dash", "sheets/x.md", front + "topics:\n  -‸\n---\n", "Agenda", front + "topics:\n  - agenda\n---\n"},
		{"a region by its municipality", "stories/x.md", front + "regions: [‸]\n---\n", "Rivierenland", front + "regions: [tiel]\n---\n"},
		{"brackets that are open", "stories/x.md", front + "regions: [ti‸\noutcome: worked\n---\n", "Rivierenland", front + "regions: [tiel\noutcome: worked\n---\n"},
		{"what others wrote", "recommendations/x.md", front + "audience: [gem‸]\n---\n", "Gemeenten", front + "audience: [Gemeenten]\n---\n"},
		// References.
		{"a sheet by its title", "recommendations/x.md", front + "sheet: twee‸\n---\n", "Tweede sheet", front + "sheet: sheets/tweede\n---\n"},
		{"a sheet by its reference", "recommendations/x.md", front + "sheet: sheets/twe‸\n---\n", "Tweede sheet", front + "sheet: sheets/tweede\n---\n"},
		{"a finding by its words", "recommendations/x.md", front + "evidence:\n  - wachtl‸\n---\n", "[!] De wachtlijst groeit.", front + "evidence:\n  - sheets/eerste#de-wachtlijst-groeit\n---\n"},
		{"a finding by two words", "recommendations/x.md", front + "evidence: [partijen gemak‸]\n---\n", "[+] Partijen vinden elkaar gemakkelijker.", front + "evidence: [sheets/eerste#vinden]\n---\n"},
		{"a finding of a sheet", "recommendations/x.md", front + "evidence:\n- \"sheets/eerste#‸\"\n---\n", "[+] Partijen vinden elkaar gemakkelijker.", front + "evidence:\n- \"sheets/eerste#vinden\"\n---\n"},
		{"an item of a newsletter", "newsletters/x.md", front + "items:\n  - café‸\n---\n", "Café de Samenwerking", front + "items:\n  - stories/cafe\n---\n"},
		{"a report", "sheets/x.md", front + "report: ‸\n---\n", "", front + "report: \n---\n"},
		// Files.
		{"a picture", "stories/x.md", front + "image:\n  src: giet‸\n---\n", "gieter.png", front + "image:\n  src: ../media/gieter.png\n---\n"},
		{"a picture beside the text", "sheets/tweede/index.md", front + "image: {src: ‸}\n---\n", "foto.png", front + "image: {src: foto.png}\n---\n"},
		{"captions", "stories/x.md", front + "media:\n  - type: video\n    captions: ‸\n---\n", "gesprek.vtt", front + "media:\n  - type: video\n    captions: ../media/gesprek.vtt\n---\n"},
		{"a transcript", "stories/x.md", front + "media:\n  - type: video\n    transcript: ‸\n---\n", "gesprek.md", front + "media:\n  - type: video\n    transcript: ../media/gesprek.md\n---\n"},
		{"a document's file", "documents/x.md", front + "file: rap‸\n---\n", "rapport.pdf", front + "file: ../media/rapport.pdf\n---\n"},
		// The body.
		{"a link by a title", "stories/x.md", front + "---\nLees [dit](twee‸) maar.\n", "Tweede sheet", front + "---\nLees [dit](../sheets/tweede/index.md) maar.\n"},
		{"a link that is open", "stories/x.md", front + "---\nLees [dit](twee‸ maar.\n", "Tweede sheet", front + "---\nLees [dit](../sheets/tweede/index.md maar.\n"},
		{"a link by its path", "stories/x.md", front + "---\nLees [dit](../sheets/tw‸eede.md#x \"T\").\n", "Tweede sheet", front + "---\nLees [dit](../sheets/tweede/index.md \"T\").\n"},
		{"a link to a file", "stories/x.md", front + "---\nLees [dit](rapport‸)\n", "rapport.pdf", front + "---\nLees [dit](../media/rapport.pdf)\n"},
		{"a heading of another text", "stories/x.md", front + "---\nLees [dit](../sheets/eerste.md#sam‸)\n", "Samenwerking", front + "---\nLees [dit](../sheets/eerste.md#samenwerking)\n"},
		{"a finding of this text", "stories/x.md", front + "---\n- [+] Een punt.\n\nLees [dit](#‸)\n", "[+] Een punt.", front + "---\n- [+] Een punt.\n\nLees [dit](#een-punt)\n"},
		{"an address apart", "stories/x.md", front + "---\nLees [dit][a].\n\n[a]: eerste‸\n", "Eerste sheet", front + "---\nLees [dit][a].\n\n[a]: ../sheets/eerste.md\n"},
		{"the kind of a chart", "stories/x.md", front + "---\n```chart ‸\n```\n", "stacked", front + "---\n```chart stacked\n```\n"},
		{"the kind of a chart, from within", "stories/x.md", front + "---\n- a\n\n  ```chart li‸\n  ```\n", "line", front + "---\n- a\n\n  ```chart line\n  ```\n"},
		{"an option of a chart", "stories/x.md", front + "---\n```chart bar \"T\" unit=x ‸\n```\n", "source", front + "---\n```chart bar \"T\" unit=x source=\n```\n"},
		{"the file of a chart", "stories/x.md", front + "---\n```chart bar \"T\" file=cij‸ unit=x\n```\n", "cijfers.csv", front + "---\n```chart bar \"T\" file=../media/cijfers.csv unit=x\n```\n"},
		{"the file of a chart, quoted", "stories/x.md", front + "---\n```chart bar \"T\" file=\"‸x\"\n```\n", "cijfers.csv", front + "---\n```chart bar \"T\" file=\"../media/cijfers.csv\"\n```\n"},
		{"a picture's address", "stories/x.md", front + "---\n![Een gieter](giet‸)\n", "gieter.png", front + "---\n![Een gieter](../media/gieter.png)\n"},
		{"a whole picture", "stories/x.md", front + "---\n![giet‸]\n", "gieter.png", front + "---\n![giet](../media/gieter.png)\n"},
		{"a whole picture that is described elsewhere", "stories/x.md", front + "---\n![‸\n", "foto.png", front + "---\n![Een foto](../sheets/tweede/foto.png)\n"},
		{"a link of a wiki", "stories/x.md", front + "---\nLees [[twee‸]] maar.\n", "Tweede sheet", front + "---\nLees [Tweede sheet](../sheets/tweede/index.md) maar.\n"},
		{"a marker", "stories/x.md", front + "---\n- [‸\n", "[+] Dit werkt", front + "---\n- [+] \n"},
		{"a marker that is there", "stories/x.md", front + "---\n1. [‸] Tekst\n", "[?] Vraag", front + "---\n1. [?] Tekst\n"},
		{"a marker of a new item", "stories/x.md", front + "---\n- ‸\n", "[+] Dit werkt", front + "---\n- [+] \n"},
		{"a reach", "stories/x.md", front + "---\n- [+] Tekst. {#a reach=m‸}\n", "many", front + "---\n- [+] Tekst. {#a reach=many}\n"},
		{"what it follows", "sheets/x.md", front + "---\n- [+] Tekst. {#a follows=vinden‸}\n", "[+] Partijen vinden elkaar gemakkelijker.", front + "---\n- [+] Tekst. {#a follows=sheets/eerste#vinden}\n"},
		{"an attribute's name", "sheets/x.md", front + "---\n- [+] Tekst. {#a fo‸}\n", "follows=", front + "---\n- [+] Tekst. {#a follows=}\n"},
		{"an attribute without an end", "sheets/x.md", front + "---\n- [+] Tekst. {re‸\n", "reach=", front + "---\n- [+] Tekst. {reach=\n"},
		{"a name before its value", "sheets/x.md", front + "---\n- [+] Tekst. {re‸x=all}\n", "reach", front + "---\n- [+] Tekst. {reach=all}\n"},
		{"an id", "sheets/x.md", front + "---\n- [+] Een punt. {#‸}\n", "#een-punt", front + "---\n- [+] Een punt. {#een-punt}\n"},
		{"a finding of several lines", "sheets/x.md", front + "---\n- [+] Een punt\n  dat doorloopt. {rea‸}\n", "reach=", front + "---\n- [+] Een punt\n  dat doorloopt. {reach=}\n"},
		{"a topic of a heading", "sheets/x.md", front + "---\n## Vrij {topic=‸}\n", "Agenda", front + "---\n## Vrij {topic=agenda}\n"},
		{"where a finding went", "sheets/x.md", front + "---\n- {#a moved=wachtlijst‸}\n", "[!] De wachtlijst groeit.", front + "---\n- {#a moved=sheets/eerste#de-wachtlijst-groeit}\n"},
		{"a footnote", "sheets/x.md", front + "---\nTekst.[^‸\n\n[^bron]: Een bron.\n", "[^bron]", front + "---\nTekst.[^bron]\n\n[^bron]: Een bron.\n"},
		{"a new footnote", "sheets/x.md", front + "---\nTekst.[^1] Meer.[^‸]\n\n[^1]: Een bron.\n", "[^2]", front + "---\nTekst.[^1] Meer.[^2]\n\n[^1]: Een bron.\n"},
		{"a note itself", "sheets/x.md", front + "---\nTekst.[^a]\n\n[^‸\n", "[^a]", front + "---\nTekst.[^a]\n\n[^a]: \n"},
		// Settings.
		{"a setting", "site.yaml", "title: x\ntag‸\n", "tagline", "title: x\ntagline: \n"},
		{"a setting within another", "site.yaml", "title: x\ncontact:\n  ‸\n", "email", "title: x\ncontact:\n  email: \n"},
		{"a tool", "site.yaml", "newsletter: {profile: lap‸}\n", "laposta", "newsletter: {profile: laposta}\n"},
		{"a language", "site.yaml", "title: x\nlanguage: ‸\n", "nl", "title: x\nlanguage: nl\n"},
		{"navigation to a list", "site.yaml", "navigation: [sheets, sto‸]\n", "stories", "navigation: [sheets, stories]\n"},
		{"navigation to a page", "site.yaml", "navigation:\n  - over‸\n", "Over deze publicatie", "navigation:\n  - pages/over\n"},
		// Nowhere.
		{"in a title", "sheets/x.md", "---\ntitle: Iets ‸\n---\n", "", ""},
		{"in a comment", "sheets/x.md", front + "# sum‸\n---\n", "", ""},
		{"in a text of several lines", "sheets/x.md", front + "summary: |\n  sum‸\n---\n", "", ""},
		{"in a transcript", "stories/x.md", front + "media:\n  - type: audio\n    transcript: |\n      - ‸\n---\n", "", ""},
		{"in code", "sheets/x.md", front + "---\n```\n- [‸\n```\n", "", ""},
		{"in code on a line", "sheets/x.md", front + "---\nZo: `[a](‸\n", "", ""},
		{"in text", "sheets/x.md", front + "---\nsum‸\n", "", ""},
		{"behind a fence", "sheets/x.md", front + "---‸\n", "", ""},
	} {
		p, b, at := asked(t, files, c.name, c.text)
		list := p.Complete(b, at, diag.Dutch)
		i := slices.IndexFunc(list, func(x assist.Completion) bool { return x.Label == c.label })
		switch {
		case c.label == "" && len(list) > 0:
			t.Errorf("%s: %+v", c.what, list[0])
		case c.label != "" && i < 0:
			var labels []string
			for _, x := range list {
				labels = append(labels, x.Label)
			}
			t.Errorf("%s: no %q among %q", c.what, c.label, labels)
		case c.label != "" && applied(t, b, list[i]) != c.want:
			t.Errorf("%s:\n%q\nwant\n%q", c.what, applied(t, b, list[i]), c.want)
		}
	}
}

func TestCompletionsLeaveOutWhatIsThere(t *testing.T) {
	files := small(t)
	for _, c := range []struct{ name, text, none string }{
		{"sheets/x.md", front + "‸\n---\n", "title"},
		{"sheets/x.md", front + "topics: [agenda, ‸]\n---\n", "Agenda"},
		{"sheets/x.md", front + "topics:\n- agenda\n- ‸\n- x\n---\n", "Agenda"},
		{"recommendations/x.md", front + "evidence:\n  - sheets/eerste#vinden\n  - sheets/eerste#‸\n---\n", "[+] Partijen vinden elkaar gemakkelijker."},
		{"sheets/x.md", front + "---\n- [+] Tekst. {reach=all ‸}\n", "reach="},
		{"stories/x.md", front + "image: {src: a.png, ‸, credit: x}\n---\n", "credit"},
		{"sheets/x.md", front + "‸\n---\n", "outcome"},
		{"stories/cafe.md", front + "---\n[x](caf‸)\n", "Café de Samenwerking"},
	} {
		p, b, at := asked(t, files, c.name, c.text)
		list := p.Complete(b, at, diag.Dutch)
		for _, x := range list {
			if x.Label == c.none {
				t.Errorf("%q has %q", c.text, c.none)
			}
		}
		if len(list) == 0 && c.name != "stories/cafe.md" {
			t.Errorf("%q has none", c.text)
		}
	}
}

// The best comes first, and is told in both languages.
func TestCompletionsAreRankedAndTold(t *testing.T) {
	files := small(t)
	for _, c := range []struct {
		name, text    string
		l             diag.Language
		first, detail string
		doc           string
	}{
		{"sheets/x.md", front + "---\n- [‸\n", diag.English, "[+] This works", "", "A finding: `[+]`"},
		{"stories/x.md", front + "outcome: ‸\n---\n", diag.English, "worked", "Worked", ""},
		{"stories/x.md", front + "s‸\n---\n", diag.Dutch, "summary", "Samenvatting", "inleiding van de pagina"},
		{"sheets/x.md", "---\n‸\n---\n", diag.English, "title", "Title · must be there", "Stands above the text"},
		{"recommendations/x.md", front + "evidence: [vinden elk‸]\n---\n", diag.Dutch, "[~] Ze vinden elkaar, soms.", "sheets/tweede#soms", "Tweede sheet — sheet · 1 januari 2021"},
		{"stories/x.md", front + "expires: ‸\n---\n", diag.English, "2021-06-01", "today", "1 June 2021"},
	} {
		p, b, at := asked(t, files, c.name, c.text)
		list := p.Complete(b, at, c.l)
		if len(list) == 0 {
			t.Errorf("%q has none", c.text)
			continue
		}
		x := list[0]
		if x.Label != c.first || x.Detail != c.detail && c.detail != "" || !strings.Contains(x.Doc, c.doc) || !strings.HasPrefix(x.Sort, "000") {
			t.Errorf("%q: %+v", c.text, x)
		}
	}
}
