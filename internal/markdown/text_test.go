package markdown_test

import (
	"strings"
	"testing"

	"leerblad/internal/markdown"
	"leerblad/internal/source"
)

func TestTextIsWhatTheBodySaysWithoutMarkup(t *testing.T) {
	const text = `## Een kop & meer

Dit is *schuin*gedrukt, een [koppeling](a.md "titel") en ` + "`code < 3`" + `.
Regel\
einde & ‹x›.

- [+] Het **werkt**. {#id}

  Verder.

| a | b |
| - | - |
| 1 | 2 |

![Een "plaat"](a.png "Met bijschrift")

[Kaart](b.md)
`
	body, _ := markdown.New().Parse(source.NewFile("a.md", []byte(text)), 0, "")
	got := strings.Join(strings.Fields(body.Text()), " ")
	const want = `Dit is schuingedrukt, een koppeling en code < 3. Regel einde & ‹x›. Het werkt. Verder. a b 1 2 Een “plaat” Met bijschrift`
	if got != want {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}
