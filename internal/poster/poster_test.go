package poster

import (
	"bytes"
	"image"
	"image/png"
	"strings"
	"testing"
)

var colours = Colours{Paper: "#f7f3ea", Ink: "#1f2523", Accent: "#0b5563", Valences: []string{"#1d6b41", "#8f4a00", "#5c4a94", "#9c2b2e", "#27597f"}}

func draw(t *testing.T, p *Press, text Text) ([]byte, image.Image) {
	t.Helper()
	data := p.Draw(nil, text)
	picture, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	if picture.Bounds() != image.Rect(0, 0, Width, Height) {
		t.Errorf("%v is %v", text, picture.Bounds())
	}
	return data, picture
}

func TestPicturesAreTheSameEachTimeAndSmall(t *testing.T) {
	p := New(colours)
	text := Text{"Lerende evaluatie", "Praktijkverhaal", "Een werkplaats die snel begon en stilviel"}
	first, picture := draw(t, p, text)
	draw(t, p, Text{"Lerende evaluatie", "Sheet 1", strings.Repeat("Andere titel ", 20)})
	if again, _ := draw(t, p, text); !bytes.Equal(first, again) {
		t.Error("a picture depends on the one before")
	}
	if other, _ := draw(t, New(colours), text); !bytes.Equal(first, other) {
		t.Error("another press draws another picture")
	}
	if len(first) > 20_000 {
		t.Errorf("%d bytes", len(first))
	}
	if at := picture.At(5, 5); at != parse("#f7f3ea", p.palette[0]) {
		t.Errorf("the paper is %v", at)
	}
	if at := picture.At(5, Height-5); at != parse("#1d6b41", p.palette[0]) {
		t.Errorf("the strip begins with %v", at)
	}
	if p.Digest(text) == New(Colours{Paper: "#000000"}).Digest(text) || p.Digest(text) == p.Digest(Text{"Lerende evaluatie", "Praktijkverhaal", "Een"}) {
		t.Error("the digest does not tell colours or titles apart")
	}
}

// Whatever a title is, the picture is one; what no letters are there for is not half there.
func TestTitles(t *testing.T) {
	p := New(Colours{Paper: "none", Valences: []string{""}})
	blank, _ := draw(t, p, Text{Site: "Proef"})
	for _, c := range []struct {
		title string
		as    string // the title that gives the same picture
	}{
		{"日本の評価", ""}, {"تقييم", ""}, {"Évaluation 日", ""}, {"Feest 🎉", "Feest"}, {"Cafe\u0301", "Café"}, {"  a \n b ", "a b"},
	} {
		got, _ := draw(t, p, Text{Site: "Proef", Title: c.title})
		want, _ := draw(t, p, Text{Site: "Proef", Title: c.as})
		if !bytes.Equal(got, want) || c.as != "" && bytes.Equal(got, blank) {
			t.Errorf("%q is not as %q", c.title, c.as)
		}
	}
	for _, title := range []string{strings.Repeat("m", 5000), strings.Repeat("ij ", 5000), "ĳ Łódź Ελλάδα Київ", "\x00\xff", "-"} {
		draw(t, p, Text{Site: title, Label: title, Title: title})
	}
	draw(t, p, Text{})
}

func TestWrap(t *testing.T) {
	f := New(colours).middle
	for _, c := range []struct {
		text  string
		lines int
		want  string
	}{
		{"", 2, ""}, {"een", 2, "een"}, {"een twee drie vier", 2, "een twee|drie vier"}, {"een twee drie vier vijf zes", 2, "een twee|drie vier…"},
		{"onafscheidelijkheid", 2, "onafscheid|elijkheid"}, {"onafscheidelijkheid", 1, "onafsche…"},
	} {
		if got := strings.Join(f.wrap(c.text, 400, c.lines), "|"); got != c.want {
			t.Errorf("%q: %q", c.text, got)
		}
	}
	for _, line := range f.wrap(strings.Repeat("onafscheidelijkheid ", 20), 400, 4) {
		if f.width(line) > 400 {
			t.Errorf("%q is %d wide", line, f.width(line))
		}
	}
}

func BenchmarkDraw(b *testing.B) {
	p := New(colours)
	var out []byte
	for b.Loop() {
		out = p.Draw(out[:0], Text{"Lerende evaluatie", "Praktijkverhaal", "Een werkplaats die snel begon en stilviel, en wat daarvan te leren valt"})
	}
	b.ReportMetric(float64(len(out)), "bytes")
}
