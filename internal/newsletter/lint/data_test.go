package lint

import (
	"cmp"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write data/support.txt from the npm package caniemail")

// caniemail is the npm package, as internal/browser/package-lock.json has it.
const caniemail = "../../browser/node_modules/caniemail/"

func TestSupportDataAreThoseOfCaniemail(t *testing.T) {
	var pkg struct{ Version string }
	readJSON(t, "package.json", &pkg)
	var all struct {
		Updated string `json:"last_update_date"`
		Data    []struct {
			Slug, Title string
			Stats       map[string]map[string]map[string]string // family, platform, version
		}
	}
	readJSON(t, "data/caniemail.json", &all)
	day, _, _ := strings.Cut(all.Updated, " ")
	var out strings.Builder
	fmt.Fprintf(&out, "# caniemail.com, of %s (npm package caniemail %s), MIT licence. Made by: go test ./internal/newsletter/lint -run Caniemail -update\n", day, pkg.Version)
	fmt.Fprint(&out, "# A letter a client, in this order; y: supported, a: in part, n: not, u: unknown.\n#")
	for _, c := range clients {
		fmt.Fprint(&out, " ", c.id)
	}
	fmt.Fprintln(&out)
	for _, f := range all.Data {
		fmt.Fprint(&out, f.Slug, " ")
		for _, c := range clients {
			family, platform, _ := strings.Cut(c.id, ".")
			fmt.Fprint(&out, latest(f.Stats[family][platform]))
		}
		fmt.Fprintln(&out, "", strings.TrimSpace(f.Title))
	}
	if *update {
		if err := os.WriteFile("data/support.txt", []byte(out.String()), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if have, _ := data.ReadFile("data/support.txt"); string(have) != out.String() {
		t.Error("data/support.txt is not what the package gives; run: go test ./internal/newsletter/lint -run Caniemail -update")
	}
}

func readJSON(t *testing.T, name string, into any) {
	t.Helper()
	text, err := os.ReadFile(caniemail + name)
	if err == nil {
		err = json.Unmarshal(text, into)
	}
	if err != nil {
		t.Fatalf("%v\nThe line under Tests in README.md installs what the tests need.", err)
	}
}

// latest gives the support in a client's latest version: years and numbers by their value, so that 15 comes after 9.3.
func latest(versions map[string]string) string {
	if len(versions) == 0 {
		return "u"
	}
	var names []string
	for name := range versions {
		names = append(names, name)
	}
	numbers := func(name string) (out []int) {
		for _, digits := range regexp.MustCompile(`\d+`).FindAllString(name, -1) {
			n, _ := strconv.Atoi(digits)
			out = append(out, n)
		}
		return out
	}
	newest := slices.MaxFunc(names, func(a, b string) int {
		return cmp.Or(slices.Compare(numbers(a), numbers(b)), cmp.Compare(a, b))
	})
	return versions[newest][:1]
}

func TestLatestVersionIsByNumber(t *testing.T) {
	for _, c := range []struct {
		versions map[string]string
		want     string
	}{
		{map[string]string{"9.3": "n", "15": "y"}, "y"},
		{map[string]string{"2007": "y", "2019": "n #1"}, "n"},
		{map[string]string{"2022-12": "a #1", "2022-09": "y"}, "a"},
		{nil, "u"},
	} {
		if got := latest(c.versions); got != c.want {
			t.Errorf("latest(%v) = %q, want %q", c.versions, got, c.want)
		}
	}
}

func TestDataFilesNameTheSameFeatures(t *testing.T) {
	known := map[string]string{}
	for fields := range rows("support.txt") {
		known[fields[0]] = fields[1]
		if ok, _ := regexp.MatchString(fmt.Sprintf("^[yanu]{%d}$", len(clients)), fields[1]); !ok {
			t.Errorf("support.txt: %s has support %q", fields[0], fields[1])
		}
	}
	patterned := map[string]bool{}
	for fields := range rows("features.txt") {
		patterned[fields[0]] = true
	}
	for slug := range known {
		if !patterned[slug] {
			t.Errorf("features.txt does not say how %s is recognised", slug)
		}
	}
	for slug := range patterned {
		if known[slug] == "" {
			t.Errorf("features.txt has %s, which is unknown", slug)
		}
	}
	for fields := range rows("progressive.txt") {
		slug, level := fields[0], fields[1]
		if len(fields) < 3 || level != "none" && level != "partial" {
			t.Errorf("progressive.txt: %s has no level and reason", slug)
		}
		lacking := strings.Contains(known[slug], "n")
		if level == "none" && !lacking || level == "partial" && !strings.ContainsAny(known[slug], "au") {
			t.Errorf("progressive.txt: %s is allowed %s support without need: %s", slug, level, known[slug])
		}
	}
}
