package main

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"leerblad/internal/build"
)

func TestMadeUpPublicationBuildsWithoutProblems(t *testing.T) {
	dir := t.TempDir()
	if err := writePublication(dir, 100); err != nil {
		t.Fatal(err)
	}
	result, err := build.New(build.Options{Content: dir, Now: day}, nil).Build(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range result.Problems {
		line, column := d.Span.Position()
		t.Errorf("%s:%d:%d: %s", d.Span.File.Path, line, column, d.Message(result.Language))
	}
	if want := 1 + 100 + len(topics) + regionCount; result.Entries != want {
		t.Errorf("%d entries, want %d with the home page", result.Entries, want)
	}
}

func TestMadeUpPublicationIsTheSameEachTime(t *testing.T) {
	read := func() (all string) {
		dir := t.TempDir()
		if err := writePublication(dir, 100); err != nil {
			t.Fatal(err)
		}
		err := walk(dir, func(name string, _ int64) {
			data, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			rel, _ := filepath.Rel(dir, name)
			all += rel + "\n" + string(data)
		})
		if err != nil {
			t.Fatal(err)
		}
		return all
	}
	if first := read(); read() != first {
		t.Error("two publications of a hundred entries differ")
	}
}
