package browser_test

import (
	"os"
	"os/exec"
	"testing"
)

func TestReadersSearch(t *testing.T) {
	for base, tests := range map[string]string{"/": "^(?!searching is accessible)", "/le/": "."} {
		t.Run(base, func(t *testing.T) {
			t.Parallel()
			dir, _ := sample(t, "https://example.org"+base)
			server := serve(t, dir, base)
			cmd := exec.Command("node", "--test", "--test-timeout=120000", "--test-name-pattern="+tests, "search.mjs")
			cmd.Env = append(os.Environ(), "SITE="+server.URL+base)
			if out, err := cmd.CombinedOutput(); err != nil {
				t.Fatalf("%v\n%s", err, out)
			}
		})
	}
}
