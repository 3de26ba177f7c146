package browser_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// leerblad builds the program and gives its path.
func leerblad(t *testing.T) string {
	t.Helper()
	program := filepath.Join(t.TempDir(), "leerblad")
	if out, err := exec.Command("go", "build", "-o", program, "../../cmd/leerblad").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return program
}

func TestLivePreview(t *testing.T) {
	program := leerblad(t)
	cmd := exec.Command("node", "--test", "--test-timeout=180000", "live-newsletter.mjs", "live-patch.mjs", "live-work.mjs")
	cmd.Env = append(os.Environ(), "LEERBLAD="+program, "FOLDER="+t.TempDir(), "XDG_CACHE_HOME="+pictures)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
}
