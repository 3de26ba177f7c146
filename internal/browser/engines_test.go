package browser_test

import (
	"flag"
	"fmt"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"leerblad/internal/build"
)

var webkit = flag.Bool("webkit", false, "do what readers and editors do, and the first tasks on the desk, in WebKit too")

// engines are the browsers that all of it is done in.
func engines() []string {
	if *webkit {
		return []string{"chromium", "firefox", "webkit"}
	}
	return []string{"chromium", "firefox"}
}

// TestTasks does what readers do with the site, and editors with the preview, in each engine. With -v it prints what came of each task.
func TestTasks(t *testing.T) {
	t.Parallel()
	program := leerblad(t)
	findings, _ := publish(t, build.Options{Content: manyFindings(t), BaseURL: "https://example.org/le/"})
	below, _ := sample(t, "https://example.org/le/")
	root, _ := sample(t, "https://example.org/")
	done := &results{of: map[string]map[string]string{}, took: map[string]time.Duration{}}
	t.Cleanup(func() { t.Log(done) })
	for _, engine := range engines() {
		searched, base := below, "/le/"
		if engine != "chromium" {
			searched, base = root, "/" // so that both bases are searched
		}
		for _, set := range []struct {
			name, dir, base string
			forbidden       int // what behave.mjs does so that it is told
			files           []string
		}{
			{"site", below, "/le/", 1, []string{"behave.mjs", "tasks.mjs"}},
			{"search", searched, base, 0, []string{"search.mjs"}},
			{"findings", findings, "/le/", 0, []string{"findings.mjs"}},
			{"preview", "", "", 0, []string{"live-newsletter.mjs", "live-patch.mjs", "live-work.mjs"}},
		} {
			t.Run(engine+"/"+set.name, func(t *testing.T) {
				t.Parallel()
				env := []string{"LEERBLAD=" + program, "FOLDER=" + t.TempDir(), "XDG_CACHE_HOME=" + pictures}
				var reports atomic.Int32
				if set.dir != "" {
					server := serveAnd(t, set.dir, set.base, func(report string) { reports.Add(1); t.Log(report) })
					env = []string{"SITE=" + server.URL + set.base}
				}
				done.run(t, engine, set.files, env)
				if n := int(reports.Load()) - set.forbidden; n != 0 {
					t.Errorf("%+d reports of what the policy forbids", n)
				}
			})
		}
	}
}

// results are what came of tasks, by name and engine.
type results struct {
	mu    sync.Mutex
	names []string
	of    map[string]map[string]string
	took  map[string]time.Duration
}

// result is a line of node's report in the Test Anything Protocol.
var result = regexp.MustCompile(`(?m)^(not )?ok \d+ - (.*?)(?: # SKIP ?(.*))?$`)

// run does the tasks in some files.
func (r *results) run(t *testing.T, engine string, files, env []string) {
	t.Helper()
	cmd := exec.Command("node", append([]string{"--test", "--test-reporter=tap", "--test-timeout=600000"}, files...)...)
	cmd.Env = append(append(os.Environ(), "ENGINE="+engine), env...)
	start := time.Now()
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Errorf("%v\n%s", err, out)
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.took[engine] += time.Since(start)
	for _, m := range result.FindAllStringSubmatch(string(out), -1) {
		failed, name, why := m[1], m[2], m[3]
		if r.of[name] == nil {
			r.of[name] = map[string]string{}
			r.names = append(r.names, name)
		}
		switch {
		case failed != "":
			why = "FAILS"
		case why == "":
			why = "passes"
		}
		r.of[name][engine] = why
	}
}

func (r *results) String() string {
	var b strings.Builder
	b.WriteString("\n| task | " + strings.Join(engines(), " | ") + " |\n|" + strings.Repeat(" --- |", len(engines())+1) + "\n")
	for _, name := range r.names {
		fmt.Fprintf(&b, "| %s |", name)
		for _, engine := range engines() {
			fmt.Fprintf(&b, " %s |", r.of[name][engine])
		}
		b.WriteByte('\n')
	}
	for _, engine := range engines() {
		fmt.Fprintf(&b, "%s took %.0f s, of what ran side by side\n", engine, r.took[engine].Seconds())
	}
	return b.String()
}
