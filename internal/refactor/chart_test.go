package refactor_test

import (
	"strings"
	"testing"
)

// A chart finds its file wherever its text, or the finding that it stands in, moves.
func TestFilesOfChartsAreFollowed(t *testing.T) {
	const chart = "```chart line \"Verloop\" file=%s\n  ```\n"
	text := func(date, file string) string {
		return "---\ntitle: T\n" + date + "---\n\n- [+] Een {#een}\n\n  " + strings.Replace(chart, "%s", file, 1)
	}
	for _, c := range []struct{ from, to, file, moved, want string }{
		{"sheets/a", "sheets/b", "../media/m.csv", "sheets/b.md", "file=../media/m.csv\n"},
		{"stories/c", "stories/d", `"eigen cijfers.csv"`, "stories/d/index.md", "file=\"eigen cijfers.csv\"\n"},
		{"stories/c#een", "sheets/a#twee", `"eigen cijfers.csv"`, "sheets/a.md", "file=\"../stories/c/eigen cijfers.csv\"\n"},
		{"sheets/a#een", "stories/c#twee", "../media/m.csv", "stories/c/index.md", "file=../../media/m.csv\n"},
	} {
		files := map[string]string{
			"site.yaml": "title: Proef\nurl: https://example.org/\n", "media/m.csv": "A;B\nx;1\n", "stories/c/eigen cijfers.csv": "A;B\nx;1\n",
			"sheets/a.md": text("date: 2021-01-01\n", "../media/m.csv"), "stories/c/index.md": text("date: 2021-01-01\n", `"eigen cijfers.csv"`),
		}
		before := read(t, files)
		plan, err := before.Move(c.from, c.to, false)
		if err != nil {
			t.Fatal(err)
		}
		after := before.apply(t, plan)
		if got := dump(after, c.moved); !strings.Contains(got, c.want) || after.problems.HasErrors() {
			t.Errorf("%s → %s: no %s in\n%s\n%v", c.from, c.to, c.want, got, after.problems)
		}
	}
}
