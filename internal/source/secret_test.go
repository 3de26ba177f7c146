package source_test

import (
	"strings"
	"testing"

	"leerblad/internal/source"
)

func TestSettingsShowNoSecret(t *testing.T) {
	for _, line := range []string{
		"newsletter: {smtp: {host: mail.example.org, password: geheim1}}",
		`newsletter: {smtp: {"Password": 'geheim1', host: x}}`,
		"    wachtwoord: geheim1 # van de redactie",
		"    smtp-password: geheim1", "password=geheim1", "    pasword: geheim1",
		"    host: smtps://naam:geheim1@mail.example.org:465",
	} {
		f := source.NewFile("site.yaml", []byte("title: T\n"+line+"\n"))
		for at := range len(f.Data) {
			span := source.At(f, at, at+1)
			excerpt, before := span.Excerpt(40)
			if strings.Contains(span.LineText()+excerpt, "geheim1") || before > len([]rune(excerpt)) {
				t.Fatalf("%q at %d: %q, %q, %d", line, at, span.LineText(), excerpt, before)
			}
		}
		if got := source.Line(f, 2).LineText(); !strings.HasPrefix(line, got) || len(got) < 9 {
			t.Errorf("%q is shown as %q", line, got)
		}
	}
	const open = "    tokens: in stijl"
	if got := source.Line(source.NewFile("a.md", []byte(open)), 1).LineText(); got != open {
		t.Errorf("a text is shown as %q", got)
	}
}
