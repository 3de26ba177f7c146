package media

import (
	"errors"
	"testing"
)

func svg(attributes, body string) []byte {
	return []byte(`<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" ` +
		attributes + `>` + body + `</svg>`)
}

func TestInspectMeasuresSVG(t *testing.T) {
	for attributes, want := range map[string]Info{
		`width="30" height="20"`:                               {Width: 30, Height: 20},
		`width="30px" height=" 20.4PX " viewBox="0 0 1 1"`:     {Width: 30, Height: 20},
		`width="1in" height="2.54cm"`:                          {Width: 96, Height: 96},
		`width="100%" height="100%" viewBox="0,0 640 ,480"`:    {Width: 640, Height: 480},
		`width="64" viewBox="-10 -10 640 480"`:                 {Width: 64, Height: 48},
		`height="48" viewBox="0 0 640 480"`:                    {Width: 64, Height: 48},
		`viewBox="0 0 0.2 0.2"`:                                {Width: 1, Height: 1},
		`viewBox="0 0 640 480" width="30" height="0" other=""`: {Width: 30, Height: 23},
	} {
		want.Format, want.Transparent = "svg", true
		if got, err := Inspect("a.SVG", svg(attributes, "")); got != want || err != nil {
			t.Errorf("%s: %+v, %v; want %+v", attributes, got, err, want)
		}
	}
}

func TestInspectCallsBrokenSVGDamaged(t *testing.T) {
	for _, data := range []string{
		"", "<svg", `<svg width="1" height="1"/>`, `<g xmlns="http://www.w3.org/2000/svg"/>`, "\xFF\xD8\xFF",
		string(svg("", "")), string(svg(`viewBox="0 0 0 0"`, "")), string(svg(`viewBox="0 0 NaN 1"`, "")),
		string(svg(`width="1e9" height="1"`, "")), string(svg(`width="1" height="1"`, "&custom;")),
	} {
		if _, err := Inspect("a.svg", []byte(data)); !errors.Is(err, ErrDamaged) {
			t.Errorf("%s: %v", data, err)
		}
	}
}

func TestInspectRefusesUnsafeSVG(t *testing.T) {
	const size = `width="1" height="1"`
	for _, data := range []string{
		string(svg(size, `<script/>`)),
		string(svg(size, `<x:SCRIPT xmlns:x="http://www.w3.org/2000/svg"/>`)),
		string(svg(size, `<iframe xmlns="http://www.w3.org/1999/xhtml"/>`)),
		string(svg(size, `<foreignObject/>`)),
		string(svg(size, `<a><path/></a>`)),
		string(svg(size+` onload="x()"`, ``)),
		string(svg(size, `<g onClick="x()"/>`)),
		string(svg(size, `<use href="other.svg#a"/>`)),
		string(svg(size, `<use xlink:href="https://example.org/#a"/>`)),
		string(svg(size, `<image href=" JavaScript:x()"/>`)),
		string(svg(size, `<image href="data:text/html,x"/>`)),
		string(svg(size, `<image href="data:image/svg+xml,x"/>`)),
		string(svg(size, `<set attributeName="xlink:href" to="https://example.org"/>`)),
		string(svg(size+` xml:base="https://example.org/"`, ``)),
		string(svg(size, `<g style="fill:URL( 'https://example.org/' )"/>`)),
		string(svg(size, `<g fill="url(#a) url(//example.org)"/>`)),
		string(svg(size, `<g fill="\75rl(//example.org)"/>`)),
		string(svg(size, `<style>@import "x.css";</style>`)),
		string(svg(size, `<style>@im<![CDATA[port]]> "x.css";</style>`)),
		string(svg(size, `<style>a{fill:u<!-- -->rl(x.svg#a)}</style>`)),
		string(svg(size, `<style>a{cursor:image-set("x.png" 1x)}</style>`)),
		`<!DOCTYPE svg [<!ENTITY x "y">]>` + string(svg(size, ``)),
		`<!DOCTYPE svg [ <!ATTLIST a b CDATA "c"> <!entity % x SYSTEM "y"> ]>` + string(svg(size, ``)),
		`<?xml-stylesheet href="x.css"?>` + string(svg(size, ``)),
	} {
		var unsafe *UnsafeSVGError
		if _, err := Inspect("a.svg", []byte(data)); !errors.As(err, &unsafe) || unsafe.What == "" {
			t.Errorf("%s: %v", data, err)
		}
	}
}

func TestInspectAcceptsWhatDrawingToolsWrite(t *testing.T) {
	data := "\uFEFF" + `<?xml version="1.0" encoding="UTF-8" standalone="no"?><!-- Inkscape -->` + string(svg(
		`width="1" height="1" xmlns:onto="urn:x" xmlns:inkscape="urn:y" inkscape:export-filename="C:\a.png"`,
		`<title>a\b</title><style type="text/css"><![CDATA[.a{fill:url("#b")}]]></style>
		<linearGradient id="b" xlink:href="#c"/><image xlink:href="data:image/png;base64,AAAA"/>
		<path d="M0 0h1" style="fill:url(#b);marker:none"/><use href="#d"/>`))
	if _, err := Inspect("a.svg", []byte(data)); err != nil {
		t.Error(err)
	}
}

// The DOCTYPE that drawing programs write says nothing that browsers need, and one with a list of attributes could set any.
func TestTheDoctypeOfAnSVGIsTakenOut(t *testing.T) {
	drawing := string(svg(`width="1" height="1"`, ""))
	for _, doctype := range []string{
		`<!DOCTYPE svg>`, `<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">`,
		`<!DOCTYPE svg [ <!ATTLIST svg onload CDATA "alert(1)"> ]>`,
	} {
		data := []byte(`<?xml version="1.0"?>` + doctype + drawing)
		got, err := New("").Clean(data, mustInspect(t, "a.svg", data))
		if want := `<?xml version="1.0"?>` + drawing; err != nil || string(got) != want {
			t.Errorf("%s: %s, %v", doctype, got, err)
		}
	}
}
