package output

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"testing"
)

// BenchmarkSync writes 200 MB: 10,700 pages of 19 KB.
func BenchmarkSync(b *testing.B) {
	page := bytes.Repeat([]byte("<p>Een zin"), 1900)
	b.Run("first", func(b *testing.B) {
		for b.Loop() {
			dir := b.TempDir()
			syncPages(b, dir, page)
			b.StopTimer()
			if err := os.RemoveAll(dir); err != nil {
				b.Fatal(err)
			}
			b.StartTimer()
		}
	})
	b.Run("unchanged", func(b *testing.B) {
		dir := b.TempDir()
		syncPages(b, dir, page)
		for b.Loop() {
			syncPages(b, dir, page)
		}
	})
}

func syncPages(b *testing.B, dir string, page []byte) {
	set := NewSet()
	for i := range 10_700 {
		name := fmt.Sprintf("stories/story-%d/index.html", i)
		err := set.AddFunc(name, func(dst []byte) ([]byte, error) { return append(append(dst, name...), page...), nil })
		if err != nil {
			b.Fatal(err)
		}
	}
	if _, err := Sync(context.Background(), set, dir); err != nil {
		b.Fatal(err)
	}
}
