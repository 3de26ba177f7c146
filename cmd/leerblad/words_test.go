package main

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"syscall"
	"testing"

	"leerblad/internal/deploy"
	"leerblad/internal/diag"
	"leerblad/internal/output"
	"leerblad/internal/source"
)

func TestFailuresOfTheDiskAreSaidInBothLanguages(t *testing.T) {
	for _, c := range []struct {
		err            error
		dutch, english string
	}{
		{syscall.ENOSPC, "de schijf is vol", "the disk is full"},
		{syscall.EROFS, "alleen gelezen", "can only be read"},
		{fs.ErrPermission, "geen toegang", "no access"},
		{output.ErrBusy, "een andere leerblad schrijft", "another leerblad is still writing"},
		{output.ErrNoTarget, "verwijst naar een map die niet bestaat", "links to a folder that does not exist"},
		{source.ErrNotRegular, "geen gewoon bestand", "not an ordinary file"},
		{syscall.ENOTDIR, "geen map", "not a folder"},
	} {
		err := fmt.Errorf("sync: %w", errors.Join(&fs.PathError{Op: "write", Path: "public/a.html", Err: c.err}))
		for language, want := range map[diag.Language]string{diag.Dutch: c.dutch, diag.English: c.english} {
			got := describe(err, words(language))
			if !strings.Contains(got, want) || !strings.Contains(got, "public/a.html") {
				t.Errorf("%v in %s: %q", c.err, language, got)
			}
		}
	}
}

func TestEachReasonOfAPlaceHasWords(t *testing.T) {
	for _, reason := range deploy.Reasons {
		for _, w := range []words{words(diag.Dutch), words(diag.English)} {
			with, without := w.refused(&deploy.RefusedError{Reason: reason, Detail: "X1"}), w.refused(&deploy.RefusedError{Reason: reason})
			if !strings.Contains(with, "X1") || strings.Contains(without, "()") || strings.Contains(with+without, "%!") || strings.Contains(with, "deploy.") {
				t.Errorf("%s: %q, %q", reason, with, without)
			}
		}
	}
}
