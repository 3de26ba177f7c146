package desk_test

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"
)

var saves = flag.Int("saves", 100, "how many saves two desks and another editor make of one text at once")

// TestNoSaveIsLostUnseen has two desks and an outside editor save one text at once. Each version says which one it was made of. The outside editor
// asks nobody: it swaps its file with the one that is there, and so knows what it replaced. Whatever a desk replaced it must have named; so each
// version but the last is one that the outside editor knows it replaced, or that the next accepted save was made of.
func TestNoSaveIsLostUnseen(t *testing.T) {
	s := start(t, map[string]string{"site.yaml": folder["site.yaml"], "index.md": folder["index.md"], "sheets/een.md": version("begin", "")})
	file := filepath.Join(s.dir, "sheets", "een.md")
	if err := exchange(file, file); err != nil {
		t.Skip("this system cannot swap files: ", err)
	}
	var mu sync.Mutex
	all, replaced := map[string]bool{"begin": true}, map[string]bool{} // versions that were on disk, and those that somebody knows to have replaced
	accepted, conflicts, outside := 0, 0, 0
	took := func(id string, was ...string) {
		mu.Lock()
		defer mu.Unlock()
		all[id] = true
		for _, w := range was {
			if replaced[w] && id[0] == 'd' {
				t.Errorf("%s replaces %s, which was not there any more", id, w)
			}
			replaced[w] = true
		}
	}
	var desks, other sync.WaitGroup
	end := make(chan struct{})
	for n := range 2 {
		desks.Go(func() {
			random := rand.New(rand.NewPCG(uint64(n), 1))
			open := s.get("api/texts/sheets/een.md")
			for i := range *saves / 2 {
				time.Sleep(time.Duration(random.IntN(20)) * time.Millisecond)
				id := fmt.Sprintf("d%d-%d", n, i)
				was := idOf(open.body)
				got := s.do("PUT", "api/texts/sheets/een.md", version(id, was), "If-Match", open.header.Get("ETag"))
				mu.Lock()
				switch got.status {
				case 200:
					accepted++
				case 412:
					if conflicts++; got.json(t)["text"] == open.body {
						t.Errorf("%s: a conflict with what it was made of", id)
					}
				default:
					t.Errorf("%s: %d %s", id, got.status, got.body)
				}
				mu.Unlock()
				if got.status == 200 {
					took(id, was)
					open = answer{200, got.header, version(id, was)}
					if random.IntN(2) == 0 {
						continue // and writes on
					}
				}
				open = s.get("api/texts/sheets/een.md")
			}
		})
	}
	other.Go(func() {
		random := rand.New(rand.NewPCG(3, 1))
		temp := filepath.Join(t.TempDir(), "temp")
		for i := 0; ; i++ {
			select {
			case <-end:
				return
			case <-time.After(time.Duration(random.IntN(100_000)) * time.Microsecond):
			}
			id := fmt.Sprintf("o-%d", i)
			write(t, temp, version(id, ""))
			if err := exchange(temp, file); err != nil { // between two steps of a move it may not be there
				continue
			}
			was, err := os.ReadFile(temp)
			if err != nil {
				t.Error(err)
			}
			took(id, idOf(string(was)))
			outside++
		}
	})
	desks.Wait()
	close(end)
	other.Wait()
	last := idOf(s.disk("sheets/een.md"))
	for id := range all {
		if !replaced[id] && id != last {
			t.Errorf("%s was lost, and nobody was told", id)
		}
	}
	t.Logf("%d saves by desks, %d conflicts told, %d saves by another editor", accepted, conflicts, outside)
	if accepted == 0 || conflicts == 0 || outside == 0 {
		t.Error("they did not meet")
	}
	entries, _ := os.ReadDir(filepath.Dir(file))
	if len(entries) != 1 {
		t.Errorf("something was left: %v", entries)
	}
}

// version is a text that says which version it is and of which it was made, of some length.
func version(id, was string) string {
	return "---\ntitle: Een\ndate: 2021-02-01\n---\nid=" + id + " van=" + was + "\n" + strings.Repeat("Tekst.\n", 200)
}

func idOf(text string) string {
	m := regexp.MustCompile(`id=(\S+) `).FindStringSubmatch(text)
	if m == nil {
		return "?"
	}
	return m[1]
}
