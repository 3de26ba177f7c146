package lint

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"strings"
	"testing"
)

// An issue is what caniemail's own library finds: a feature that a client does not support, or in part.
type issue struct{ Client, Title, Support string }

// differences are what caniemail's library tells of the samples and this package does not, by feature, and why.
var differences = map[string]string{
	"background": "the library takes background-color for it, which has a feature of its own",
	":focus":     "the library takes :focus-visible for it, which has a feature of its own",
	"max-width":  "in Apple Mail (iOS) the library takes version 6.1 for newer than 12.2",
	"::before":   "in Outlook (iOS) the library takes version 4.38 for newer than 4.2352",
}

func TestLintFindsWhatCaniemailFinds(t *testing.T) {
	different := map[string]bool{}
	for file, least := range map[string]int{"testdata/good.html": 250, "testdata/bad.html": 650} {
		source, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		issues := 0
		for i, clients := range [][]client{clients[1:], clients[:1]} {
			html := reading(source, i == 1)
			uses := New().read(html).uses()
			own := map[issue]bool{}
			for _, f := range features() {
				if _, used := f.used(uses); used {
					for j, c := range clients {
						letter := f.support[j+1-i]
						own[issue{c.id, f.title, map[byte]string{'n': "none", 'a': "partial", 'u': "partial"}[letter]}] = true
					}
				}
			}
			for _, issue := range oracle(t, html, clients) {
				issues++
				if own[issue] {
					continue
				}
				if different[issue.Title] = true; differences[issue.Title] == "" {
					t.Errorf("%s, %s: caniemail says %q has support %q", file, issue.Client, issue.Title, issue.Support)
				}
			}
		}
		if t.Logf("%s: caniemail finds %d issues", file, issues); issues < least {
			t.Errorf("%s: caniemail finds %d issues alone, want %d", file, issues, least)
		}
	}
	for title := range differences {
		if !different[title] {
			t.Errorf("%q makes no difference any more", title)
		}
	}
}

// oracle asks caniemail's library about a mail.
func oracle(t *testing.T, html []byte, clients []client) []issue {
	t.Helper()
	var names []string
	for _, c := range clients {
		names = append(names, c.id)
	}
	question, err := json.Marshal(map[string]any{"html": string(html), "clients": names})
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("node", "caniemail.mjs")
	cmd.Dir, cmd.Stdin = "../../browser", bytes.NewReader(question)
	var stderr strings.Builder
	cmd.Stderr = &stderr
	answer, err := cmd.Output()
	if err != nil {
		t.Fatalf("node: %v\n%s\nThe line under Tests in README.md installs what the tests need.", err, stderr.String())
	}
	var issues []issue
	if err := json.Unmarshal(answer, &issues); err != nil {
		t.Fatal(err)
	}
	return issues
}
