package pdf

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"
)

// skia writes objects as Skia does.
func skia(objects ...string) []byte {
	var out bytes.Buffer
	out.WriteString("%PDF-1.4\n")
	table := "0000000000 65535 f \n"
	for i, o := range objects {
		table += fmt.Sprintf("%010d 00000 n \n", out.Len())
		fmt.Fprintf(&out, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	fmt.Fprintf(&out, "xref\n0 %d\n%s", len(objects)+1, table)
	fmt.Fprintf(&out, "trailer\n<</Size %d\n/Root 2 0 R\n/Info 1 0 R>>\nstartxref\n%d\n%%%%EOF\n", len(objects)+1, out.Len()-len(table)-len(fmt.Sprintf("xref\n0 %d\n", len(objects)+1)))
	return out.Bytes()
}

func sample(date, content string) []byte {
	return skia(
		"<</Title (x)\n/Producer (Skia/PDF m1)\n/CreationDate (D:"+date+"+00'00')>>",
		"<</Type /Catalog\n/Pages 3 0 R\n/StructTreeRoot 5 0 R>>",
		"<</Type /Pages\n/Kids []\n/Count 0>>",
		fmt.Sprintf("<</Length %d>> stream\n%s\nendstream", len(content), content),
		"<</Type /StructTreeRoot\n/K []>>",
	)
}

func TestRewriteTakesTheMomentOutAndKeepsStreams(t *testing.T) {
	info := Info{Title: "Één sheet (€)", Author: "Redactie", Date: "2021-04-08"}
	content := "\x00obj\nendobj\n7 0 obj\nxref\ntrailer\n" // what stands in a stream is no object
	one, err := rewrite(sample("20260101120000", content), info)
	if err != nil {
		t.Fatal(err)
	}
	other, err := rewrite(sample("20271231235959", content), info)
	if err != nil || !bytes.Equal(one, other) {
		t.Errorf("the moment shows: %v", err)
	}
	if !bytes.Contains(one, []byte("stream\n"+content+"\nendstream")) {
		t.Error("a stream changed")
	}
	if more, _ := rewrite(sample("20260101120000", content), Info{Title: "Andere"}); bytes.Equal(one, more) {
		t.Error("the title is not in it")
	}
}

func TestInfo(t *testing.T) {
	got := string(Info{Title: "€", Author: "A", Date: "2021-04-08"}.dictionary([]byte("<</Producer (Skia/PDF m1)\n/ModDate (D:2026)>>")))
	want := "<</Title <feff20ac> /Author <feff0041> /Creator (leerblad) /Producer (Skia/PDF m1) /CreationDate (D:20210408000000Z) /ModDate (D:20210408000000Z)>>"
	if got != want {
		t.Errorf("%s", got)
	}
}

func TestRewriteRefusesOtherForms(t *testing.T) {
	whole := sample("20260101120000", "x")
	for _, data := range []string{
		"", "%PDF-1.4", string(whole[:len(whole)-30]), strings.Replace(string(whole), "xref\n0 6", "xref\n0 7", 1), strings.Replace(string(whole), "/Size 6", "/Size 600", 1),
		strings.Replace(string(whole), "3 0 obj", "3 1 obj", 1),
	} {
		if _, err := rewrite([]byte(data), Info{}); !errors.Is(err, errForm) {
			t.Errorf("%.40q: %v", data, err)
		}
	}
}

func FuzzRewrite(f *testing.F) {
	f.Add(sample("20260101120000", "x"))
	f.Fuzz(func(t *testing.T, data []byte) {
		_, _ = rewrite(data, Info{Title: "x"}) // gives an error, or a file
	})
}
