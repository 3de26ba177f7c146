package browser_test

import (
	"bytes"
	"context"
	"image"
	"image/jpeg"
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"golang.org/x/tools/txtar"

	"leerblad/internal/build"
	"leerblad/internal/output"
)

// everything builds the publication with an issue of everything and writes it to a folder.
func everything(t *testing.T) (dir string) {
	t.Helper()
	archive, err := txtar.ParseFile("../newsletter/testdata/all.txtar")
	if err != nil {
		t.Fatal(err)
	}
	var drawing, photo bytes.Buffer
	if err := png.Encode(&drawing, image.NewGray(image.Rect(0, 0, 1600, 900))); err != nil {
		t.Fatal(err)
	}
	if err := jpeg.Encode(&photo, image.NewGray(image.Rect(0, 0, 400, 300)), nil); err != nil {
		t.Fatal(err)
	}
	content := t.TempDir()
	for _, f := range append(archive.Files, txtar.File{Name: "media/groot.png", Data: drawing.Bytes()}, txtar.File{Name: "media/foto.jpg", Data: photo.Bytes()},
		txtar.File{Name: "media/rapport.pdf", Data: []byte("%PDF-1.4\n")}) {
		name := filepath.Join(content, f.Name)
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, f.Data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	result, err := build.New(build.Options{Content: content, Cache: pictures, Now: "2021-07-01"}, silent{}).Build(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	set, err := result.Set()
	if err != nil {
		t.Fatal(err)
	}
	dir = t.TempDir()
	if _, err := output.Sync(set, dir); err != nil {
		t.Fatal(err)
	}
	return dir
}

func TestMessagesAreReadAsTheyWereWritten(t *testing.T) {
	dir, _ := sample(t, "")
	const folder = "nieuwsbrieven/"
	run := func(dir string, mails ...string) {
		for line := range bytes.Lines(tool(t, "node", append([]string{"eml.mjs", dir}, mails...)...)) {
			t.Errorf("%s", line)
		}
	}
	run(dir, folder+"2021-04-eerste-sheet/mail.html", folder+"2021-06-leren-van-tegenvallers/mail.html")
	run(everything(t), folder+"alles/mail.html")
}
