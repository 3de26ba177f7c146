package source

import (
	"strings"
	"testing"
)

func TestConflictsKeepTheFirstVersion(t *testing.T) {
	for _, c := range []struct {
		name, text, kept string // kept without blanks
		conflicts        int
	}{
		{"none", "a\n=======\nb\n", "a\n=======\nb\n", 0},
		{"one", "a\n<<<<<<< HEAD\nb\n=======\nc\n>>>>>>> tak\nd\n", "a\n\nb\n\n\n\nd\n", 1},
		{"with the version before", "<<<<<<< HEAD\nb\n||||||| oud\nx\n=======\nc\n>>>>>>> tak\n", "\nb\n\n\n\n\n\n", 1},
		{"Windows", "<<<<<<< HEAD\r\nb\r\n=======\r\nc\r\n>>>>>>> tak\r\n", "\r\nb\r\n\r\n\r\n\r\n", 1},
		{"two", "<<<<<<< HEAD\nb\n=======\nc\n>>>>>>> x\n<<<<<<< HEAD\n=======\nc\n>>>>>>> x", "\nb\n\n\n\n\n\n\n", 2},
		{"without an end", "<<<<<<< HEAD\nb\n=======\nc\n", "\nb\n\nc\n", 2},
		{"without a begin", "b\n=======\nc\n>>>>>>> tak\n", "b\n\nc\n\n", 2},
		{"the last marker", "b\n>>>>>>> tak\n", "b\n\n", 1},
		{"quotations", "> > > > > > > diep\n>>>>>>>>>> a\n>>>>>>>a\n<<<<<<<<<<\n", "> > > > > > > diep\n>>>>>>>>>> a\n>>>>>>>a\n<<<<<<<<<<\n", 0},
	} {
		kept, list := Conflicts([]byte(c.text))
		plain := string(kept)
		if len(list) > 0 {
			plain = strings.ReplaceAll(plain, " ", "")
		}
		if plain != c.kept || len(list) != c.conflicts || len(kept) != len(c.text) {
			t.Errorf("%s: %q, %v", c.name, kept, list)
		}
	}
}

func TestVisible(t *testing.T) {
	for s, want := range map[string]string{
		"gewoon": "gewoon", "één": "één", "samen\u00adwerking": "samenwerking", "\ufeffa\u200b b\u2060": "a b", "👩\u200d🏫": "👩\u200d🏫", "\u200ea\u200f": "a",
	} {
		if got := Visible(s); got != want {
			t.Errorf("%q: %q", s, got)
		}
	}
}
