package media

import (
	"bytes"
	"encoding/binary"
	"errors"
	"image"
	"strings"
	"testing"
)

// riff gives a chunk of a WebP.
func riff(kind, payload string) string {
	return string(binary.LittleEndian.AppendUint32([]byte(kind), uint32(len(payload)))) + payload + strings.Repeat("\x00", len(payload)%2)
}

func TestCleanTakesPrivateDataOutOfAWebP(t *testing.T) {
	plain := string(fromBase64(t, lossyWebP))
	extended := func(flags, more string) []byte {
		chunks := riff("VP8X", flags+"\x00\x00\x00"+"\x00\x00\x00"+"\x00\x00\x00") + plain[12:] + more
		return []byte("RIFF" + string(binary.LittleEndian.AppendUint32(nil, uint32(4+len(chunks)))) + "WEBP" + chunks)
	}
	data := append(extended("\x0c", riff("EXIF", "secret place")+riff("XMP ", "secret name")), "secret rest"...)
	got, err := New("").Clean(data, mustInspect(t, "a.webp", data))
	if want := extended("\x00", ""); err != nil || !bytes.Equal(got, want) {
		t.Errorf("%q, want %q, %v", got, want, err)
	}
	mustInspect(t, "a.webp", got)
	if got, err := New("").Clean([]byte(plain), mustInspect(t, "a.webp", []byte(plain))); err != nil || string(got) != plain {
		t.Errorf("%q, want %q, %v", got, plain, err)
	}
	for end := len(plain) - 1; end > 30; end -= 7 {
		if _, err := New("").Clean([]byte(plain[:end]), Info{Format: "webp"}); !errors.Is(err, ErrDamaged) {
			t.Errorf("cut off at %d: %v", end, err)
		}
	}
}

func TestCleanTakesPrivateDataOutOfAGIF(t *testing.T) {
	plain := string(asGIF(t, 30, 20))
	end := 13 + 3*256
	if plain[end] != ',' && plain[end] != '!' {
		t.Fatalf("the picture begins with %q", plain[end])
	}
	loop := "!\xff\x0bNETSCAPE2.0\x03\x01\x00\x00\x00"
	with := func(more string) []byte { return []byte(plain[:end] + more + plain[end:]) }
	data := append(with("!\xfe\x06secret\x00"+loop+"!\xff\x0bXMP DataXMP\x06secret\x00"), "secret rest"...)
	got, err := New("").Clean(data, mustInspect(t, "a.gif", data))
	if want := with(loop); err != nil || !bytes.Equal(got, want) {
		t.Errorf("%q, want %q, %v", got, want, err)
	}
	if got, err := New("").Clean([]byte(plain[:len(plain)-1]), Info{Format: "gif"}); err != nil || string(got) != plain {
		t.Errorf("a GIF without its last byte: %v", err)
	}
	for cut := len(plain) - 2; cut > 0; cut -= 50 {
		if _, err := New("").Clean([]byte(plain[:cut]), Info{Format: "gif"}); !errors.Is(err, ErrDamaged) {
			t.Errorf("cut off at %d: %v", cut, err)
		}
	}
}

func TestCleanTakesWhatEditorsNoteOutOfAnSVG(t *testing.T) {
	const spaces = ` xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape" xmlns:s='http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd'`
	data := svg(`width="30"`+spaces+` height="20" s:docname="/home/secret/a>b.svg" inkscape:version="1.0"`, `<!-- secret -->
<title>Titel</title><metadata><rdf:RDF xmlns:rdf="x"><secret/></rdf:RDF></metadata>
<s:namedview id="secret"><path d="secret"/></s:namedview><g inkscape:label="secret" id="a" xml:space="preserve"><path
  inkscape:export-filename="C:\secret" d="M0 0"/></g><use xlink:href="#a" s:x="secret"/><text>a &amp; <![CDATA[b]]></text>`)
	want := svg(`width="30" height="20"`, "\n<title>Titel</title>\n<g id=\"a\" xml:space=\"preserve\"><path d=\"M0 0\"/></g>"+
		`<use xlink:href="#a"/><text>a &amp; <![CDATA[b]]></text>`)
	got, err := New("").Clean(data, mustInspect(t, "a.svg", data))
	if err != nil || string(got) != string(want) {
		t.Errorf("%s, want %s, %v", got, want, err)
	}
	if got, err := New("").Clean(want, Info{Format: "svg"}); err != nil || string(got) != string(want) {
		t.Errorf("a clean one became %s, %v", got, err)
	}
}

func TestCheckFindsDamageThatNoCopyShows(t *testing.T) {
	picture := corners(60, 40)
	whole := asPNG(t, picture)
	noPixels := append([]byte(pngHeader), whole[8:8+25]...)
	noPixels = append(noPixels, pngChunk("IEND", "")...)
	wrong := bytes.Clone(whole)
	wrong[len(wrong)-12-1]++ // in the checksum of the pixels
	photo := asJPEG(t, picture)
	cut := append(bytes.Clone(photo[:len(photo)-20]), 0xFF, markerEOI)
	for name, data := range map[string][]byte{"no pixels.png": noPixels, "checksum.png": wrong, "cut.jpg": cut} {
		p := New(t.TempDir()).Open(data, mustInspect(t, name, data))
		if err := p.Check(); !errors.Is(err, ErrDamaged) {
			t.Errorf("%s: %v", name, err)
		}
		p.Close()
	}
	for name, data := range map[string][]byte{
		"a.png": whole, "a.jpg": photo, "a.gif": asGIF(t, 30, 20), "a.webp": fromBase64(t, losslessWebP), "moving.webp": fromBase64(t, animatedWebP),
		"a.svg": svg(`width="1" height="1"`, ""), "moving.png": withChunks(asPNG(t, image.NewNRGBA(picture.Rect)), pngChunk("acTL", "\x00\x00\x00\x01\x00\x00\x00\x00")),
	} {
		p := New(t.TempDir()).Open(data, mustInspect(t, name, data))
		if err := p.Check(); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		p.Close()
	}
}
