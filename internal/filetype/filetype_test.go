package filetype_test

import (
	"slices"
	"testing"

	"leerblad/internal/filetype"
)

func TestTypesAreKnownByExtension(t *testing.T) {
	for name, want := range map[string]string{
		"a.JPG": "image/jpeg", "a.jpeg": "image/jpeg", "a.mp3": "audio/mpeg", "a.vtt": "text/vtt; charset=utf-8",
		"a.svg": "image/svg+xml; charset=utf-8", "a.eml": "message/rfc822", "a.pdf": "application/pdf",
		"a": filetype.Unknown, "svg": filetype.Unknown, "a.svg/b": filetype.Unknown, "a.exe": filetype.Unknown,
	} {
		if got := filetype.Of(name).Header(); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
}

func TestNoTypeOrExtensionIsThereTwice(t *testing.T) {
	var names, extensions []string
	for _, one := range filetype.All {
		names, extensions = append(names, one.Name), append(extensions, one.Extensions...)
	}
	for _, list := range [][]string{names, extensions} {
		slices.Sort(list)
		if n := len(list); len(slices.Compact(list)) < n {
			t.Errorf("one is there twice: %q", list)
		}
	}
}
