package main

import (
	"strings"
	"testing"

	"leerblad/internal/diag"
)

func TestManualHasEveryCommandAndFlag(t *testing.T) {
	for _, language := range []diag.Language{diag.Dutch, diag.English} {
		root := rootCommand(words(language))
		text := manual(root, words(language))
		for _, c := range root.Commands() {
			if heading := "\n.SS leerblad " + c.Name(); strings.Contains(text, heading) == (c.Hidden || c.Name() == "help") {
				t.Errorf("%s: command %s is there or not", language, c.Name())
			}
		}
		for _, want := range []string{"\\fB\\-\\-dry\\-run\\fR", "\\fB\\-h, \\-\\-help\\fR"} {
			if !strings.Contains(text, want) {
				t.Errorf("%s: no %s", language, want)
			}
		}
	}
	if got, want := roff("a-b\\\n.c"), "a\\-b\\e\n.br\n\\&.c"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
