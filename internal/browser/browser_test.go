// Package browser tests the sample site as browsers and validators see it. It holds no code of the product.
//
// It needs Chromium, Firefox, Java, Node, Poppler, qpdf and the npm packages of package.json; where one is missing the tests fail.
package browser_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"leerblad/internal/build"
	"leerblad/internal/feed"
	"leerblad/internal/frontmatter"
	"leerblad/internal/output"
)

// pictures is a folder that keeps scaled pictures while the tests run.
var pictures string

func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "leerblad-pictures-")
	if err != nil {
		panic(err)
	}
	pictures = dir
	status := m.Run()
	os.RemoveAll(dir)
	os.Exit(status)
}

// sample builds the sample publication for a base URL and writes it to a folder.
func sample(t *testing.T, baseURL string) (dir string, site *output.Set) {
	t.Helper()
	return publish(t, build.Options{Content: "../../content", BaseURL: baseURL})
}

// publish builds a publication, which must have no problems, and writes it to a folder.
func publish(t *testing.T, o build.Options) (dir string, site *output.Set) {
	t.Helper()
	o.Cache, o.Now = pictures, frontmatter.Day("2021-07-01")
	result, err := build.New(o, nil).Build(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	if len(result.Problems) > 0 {
		t.Fatalf("%s has problems: %v", o.Content, result.Problems)
	}
	if err := result.MakePDFs(context.Background(), true); err != nil {
		t.Fatal(err)
	}
	set, err := result.Set()
	if err != nil {
		t.Fatal(err)
	}
	dir = t.TempDir()
	if _, err := output.Sync(context.Background(), set, dir); err != nil {
		t.Fatal(err)
	}
	return dir, set
}

// serve serves a folder below base as a host would, with the headers that leerblad advises.
func serve(t *testing.T, dir, base string) *httptest.Server {
	return serveAnd(t, dir, base, func(report string) { t.Errorf("the policy forbids: %s", report) })
}

// serveAnd serves it and tells of what the policy forbade, as browsers report it.
func serveAnd(t *testing.T, dir, base string, tell func(report string)) *httptest.Server {
	files := http.StripPrefix(strings.TrimSuffix(base, "/"), http.FileServer(http.Dir(dir)))
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		const reports = "/reports"
		if r.URL.Path == reports {
			report, err := io.ReadAll(r.Body)
			if err != nil {
				t.Error(err)
			}
			tell(string(report))
			return
		}
		w.Header().Set("Content-Security-Policy", feed.Policy+"; report-uri "+reports)
		w.Header().Set("X-Content-Type-Options", "nosniff")
		if !strings.HasPrefix(r.URL.Path, base) {
			http.NotFound(w, r)
			return
		}
		files.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	return server
}

// pages gives the paths of all pages below base, but for mail; of alike ones (regions) only a few.
func pages(site *output.Set, base string, perSection int) []string {
	var out []string
	seen := map[string]int{}
	for _, p := range site.Paths() {
		if page, _, _ := site.Get(p); filepath.Ext(p) != ".html" || filepath.Base(p) == "mail.html" || bytes.Contains(page, []byte(`http-equiv="refresh"`)) {
			continue
		}
		section, _, nested := strings.Cut(p, "/")
		limit := perSection
		if section == "regios" {
			limit = min(limit, 3)
		}
		if seen[section]++; nested && seen[section] > limit {
			continue
		}
		out = append(out, base+strings.TrimSuffix(p, "index.html"))
	}
	return out
}

func tool(t *testing.T, name string, args ...string) []byte {
	t.Helper()
	cmd := exec.Command(name, args...)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%s: %v\n%s%s\nThe line under Tests in README.md installs what the tests need.", name, err, stderr.String(), out)
	}
	return out
}

func TestPagesInChromium(t *testing.T) {
	t.Parallel()
	dir, site := sample(t, "https://example.org/")
	check(t, dir, "/", "light", pages(site, "/", 4))
}

// templates are the addresses of one page of the sample for each template, and of each with things of its own to operate.
var templates = []string{
	"/", "/sheets/", "/sheets/tussenevaluatie/", "/aanbevelingen/houd-het-overleg-klein/", "/praktijkverhalen/proefdag-in-de-zorg/",
	"/praktijkverhalen/gesprek-met-een-jobcoach/", "/documenten/regionaal-evaluatiedocument/", "/themas/", "/themas/samenwerking/", "/regios/",
	"/regios/west-brabant/", "/nieuwsbrieven/2021-04-eerste-sheet/", "/bevindingen/", "/zoeken/", "/over/", "/eigen-evaluatie/", "/praktijkverhaal-delen/", "/404.html",
}

func TestEveryTemplateInEveryLook(t *testing.T) {
	t.Parallel()
	dir, _ := sample(t, "https://example.org/le/")
	var paths []string
	for _, path := range templates {
		paths = append(paths, "/le"+path)
	}
	check(t, dir, "/le/", "dark,forced,print,keys,zoom,spaced,plain", paths)
}

func TestTheEditorsPageOfComponents(t *testing.T) {
	t.Parallel()
	dir, _ := publish(t, build.Options{Content: "../../content", Drafts: true})
	check(t, dir, "/", "light,dark,forced,print,spaced", []string{"/bouwstenen/"})
}

func TestOddContentKeepsItsLayout(t *testing.T) {
	t.Parallel()
	archive, err := txtar.ParseFile("testdata/odd.txtar")
	if err != nil {
		t.Fatal(err)
	}
	dir, _ := publish(t, build.Options{Content: extract(t, archive)})
	check(t, dir, "/", "light,dark,print", []string{"/", "/sheets/", "/sheets/lang/", "/praktijkverhalen/v/", "/themas/t/", "/v/", "/zoeken/"})
}

func TestTheExampleThemeKeepsContrast(t *testing.T) {
	t.Parallel()
	dir, site := publish(t, build.Options{Content: "../../content", Theme: "../../themes/example"})
	for _, name := range site.Paths() {
		data, _, err := site.Get(name)
		if err != nil {
			t.Fatal(err)
		}
		if name == "index.html" && !bytes.Contains(data, []byte(`<img src="/assets/icon.`)) {
			t.Error("the example's logo is not on the page")
		}
		if strings.HasPrefix(name, "assets/tokens.") && (!bytes.Contains(data, []byte("--accent:#4b2e83")) || !bytes.Contains(data, []byte("--works:#"))) {
			t.Error("the tokens are not the default's with the example's over them")
		}
	}
	check(t, dir, "/", "light,dark", []string{"/", "/sheets/tussenevaluatie/", "/themas/samenwerking/", "/regios/west-brabant/", "/bevindingen/", "/zoeken/", "/eigen-evaluatie/"})
}

// check reports what check.mjs finds wrong with pages of a site.
func check(t *testing.T, dir, base, modes string, paths []string) {
	t.Helper()
	server := serve(t, dir, base)
	for line := range bytes.Lines(tool(t, "node", append([]string{"check.mjs", server.URL, base, modes}, paths...)...)) {
		t.Errorf("%s", line)
	}
}

func TestPagesAreValidHTML(t *testing.T) {
	t.Parallel()
	dir, _ := publish(t, build.Options{Content: "../../content", Drafts: true})
	abroad, _ := english(t)
	jar := "node_modules/vnu-jar/build/dist/vnu.jar"
	quick := []string{"-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xss8m"} // optimizing its code takes two thirds of its time
	cmd := exec.Command("java", append(quick, "-jar", jar, "--format", "json", "--exit-zero-always", "--skip-non-html", dir, abroad, filepath.Join(everything(t), everythingMail))...)
	out, err := cmd.CombinedOutput() // it writes its report to standard error
	if err != nil {
		t.Fatalf("java: %v\n%s\nThe line under Tests in README.md installs what the tests need.", err, out)
	}
	var report struct {
		Messages []struct {
			Type, URL, Message, Extract string
			LastLine                    int
		}
		Version string
	}
	if err := json.Unmarshal(out, &report); err != nil || report.Version == "" {
		t.Fatalf("validator: %v\n%s", err, out)
	}
	for _, m := range report.Messages {
		if m.Type == "info" && strings.HasSuffix(m.URL, "/mail.html") {
			continue // warns of attributes that are obsolete but for mail
		}
		if strings.Contains(m.Message, "“mso-hide”") && strings.HasSuffix(m.URL, "/mail.html") {
			continue // for Outlook, which shows what is only display:none in its replies
		}
		if strings.Contains(m.Message, "*|") {
			continue // a tag in the place of an address, which the sending tool replaces
		}
		t.Errorf("%s:%d: %s\n%s", strings.TrimPrefix(m.URL, "file:"+dir), m.LastLine, m.Message, m.Extract)
	}
}

func TestLinksResolve(t *testing.T) {
	t.Parallel()
	for _, base := range []string{"/", "/le/"} {
		_, site := sample(t, "https://example.org"+base)
		for _, problem := range brokenLinks(site, base) {
			t.Error(problem)
		}
		if !site.Has("favicon.ico") {
			t.Error("no icon for what has no page around it")
		}
	}
}

func TestBrokenLinksAreFound(t *testing.T) {
	site := output.NewSet()
	for name, text := range map[string]string{
		"index.html":   `<p id="a"><a href="/b/">b</a><a href="/c/#x">c</a><a href="#a">a</a><img src="/no.png" srcset="/no-1.png 1w"><a href="/b/?q=1#y">y</a>`,
		"b/index.html": `<p id="x"><a href="https://example.org/b/">self</a><a href="https://example.org/d/">gone</a>`,
	} {
		if err := site.Add(name, []byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	got := brokenLinks(site, "/")
	want := []string{
		"b/index.html: https://example.org/d/: no such page", "index.html: /b/?q=1#y: no such fragment", "index.html: /c/#x: no such page",
		"index.html: /no-1.png: no such page", "index.html: /no.png: no such page",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %q\nwant %q", got, want)
	}
}
