package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"time"
)

// filmSizes are those of the files that measureFilms makes, in bytes; on most disks they take no room until they are copied.
var filmSizes = []int64{500_000_000, 3_000_000_000}

// measureFilms prints how much memory a build and a preview take for a document whose file is large, and how soon the preview sends
// parts of it. Two copies of the largest must fit in the folder for temporary files.
func (b *bench) measureFilms(ctx context.Context) error {
	dir, err := os.MkdirTemp("", "leerblad-films-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	content := filepath.Join(dir, "content")
	for name, text := range map[string]string{
		"site.yaml":         "title: Film\nurl: https://example.org/\n",
		"documents/film.md": "---\ntitle: Film\ndate: 2020-01-01\ntype: other\nfile: ../media/film.mp4\n---\n",
		"media/film.mp4":    "",
	} {
		name = filepath.Join(content, name)
		if err := errors.Join(os.MkdirAll(filepath.Dir(name), 0o777), os.WriteFile(name, []byte(text), 0o666)); err != nil {
			return err
		}
	}
	for _, size := range filmSizes {
		if err := os.Truncate(filepath.Join(content, "media/film.mp4"), size); err != nil {
			return err
		}
		out := filepath.Join(dir, "public")
		build := exec.CommandContext(ctx, b.program, "build", "--content", content, "--output", out, "--now", day)
		if text, err := build.CombinedOutput(); err != nil {
			return fmt.Errorf("build: %w\n%s", err, text)
		}
		if err := os.RemoveAll(out); err != nil {
			return err
		}
		took, watchPeak, err := b.play(ctx, content, size)
		if err != nil {
			return err
		}
		fmt.Printf("A film of %d MB: build %d MB of memory at most, watch %d MB; four parts of it in %v.\n",
			size/1_000_000, peak(build.ProcessState)/1_000_000, watchPeak/1_000_000, took.Round(time.Millisecond))
	}
	return nil
}

// address is what watch says of itself.
var address = regexp.MustCompile(`http://[^\s/]+/`)

// play asks a preview for four parts of the film.
func (b *bench) play(ctx context.Context, content string, size int64) (took time.Duration, most int64, err error) {
	watch := exec.CommandContext(ctx, b.program, "watch", "--content", content, "--address", "127.0.0.1:0", "--now", day)
	said, err := watch.StdoutPipe()
	if err != nil {
		return 0, 0, err
	}
	if err := watch.Start(); err != nil {
		return 0, 0, err
	}
	defer func() {
		_ = watch.Process.Signal(os.Interrupt)
		_, _ = io.Copy(io.Discard, said)
		_ = watch.Wait() // ends by the signal
		most = peak(watch.ProcessState)
	}()
	line, err := bufio.NewReader(said).ReadString('\n')
	root := address.FindString(line)
	if root == "" {
		return 0, 0, fmt.Errorf("watch said %q: %w", line, err)
	}
	page, err := get(ctx, root+"documenten/film/", "")
	if err != nil {
		return 0, 0, err
	}
	film := regexp.MustCompile(`assets/film\.[^"]*`).FindString(page)
	start := time.Now()
	for i := range int64(4) {
		from := size / 5 * i
		if part, err := get(ctx, root+film, fmt.Sprintf("bytes=%d-%d", from, from+99)); err != nil || len(part) != 100 {
			return 0, 0, fmt.Errorf("%d bytes of a part: %w", len(part), err)
		}
	}
	return time.Since(start), 0, nil
}

// get gives what is at an address, or a part of it.
func get(ctx context.Context, url, part string) (string, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return "", err
	}
	if part != "" {
		request.Header.Set("Range", part)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return "", err
	}
	defer response.Body.Close()
	var text strings.Builder
	_, err = io.Copy(&text, io.LimitReader(response.Body, 10_000_000))
	return text.String(), err
}
