package lsp

import (
	"bytes"
	"io"
	"strings"
	"testing"
	"testing/iotest"
)

func TestStreamReadsWhatItWrites(t *testing.T) {
	var wire bytes.Buffer
	texts := []string{`{"a":"é"}`, ``, strings.Repeat("x", 100_000)}
	for _, text := range texts {
		if err := Stream(nil, &wire).Write([]byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	c := Stream(iotest.OneByteReader(&wire), nil)
	for _, text := range texts {
		if got, err := c.Read(); err != nil || string(got) != text {
			t.Errorf("%q, %v", got, err)
		}
	}
	if _, err := c.Read(); err != io.EOF {
		t.Error(err)
	}
}

func TestStreamTakesOtherHeaders(t *testing.T) {
	got, err := Stream(strings.NewReader("content-type: x; charset=utf-8\r\nCONTENT-LENGTH:2\r\n\r\n{}"), nil).Read()
	if err != nil || string(got) != "{}" {
		t.Errorf("%q, %v", got, err)
	}
}

func TestStreamRefusesWhatHasNoLength(t *testing.T) {
	for _, text := range []string{
		"\r\n", "{}\r\n\r\n", "Content-Length: -1\r\n\r\n", "Content-Length: x\r\n\r\n", "Content-Length: 99999999999\r\n\r\n", "Content-Length: 5\r\n\r\n{}",
		"Content-Length: 5", strings.Repeat("a: b\r\n", 1000), strings.Repeat("a", 10_000),
	} {
		if got, err := Stream(strings.NewReader(text), nil).Read(); err == nil || err == io.EOF {
			t.Errorf("%.40q gives %q, %v", text, got, err)
		}
	}
}
