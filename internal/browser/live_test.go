package browser_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

func TestLivePreview(t *testing.T) {
	program := filepath.Join(t.TempDir(), "leerblad")
	if out, err := exec.Command("go", "build", "-o", program, "../../cmd/leerblad").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	cmd := exec.Command("node", "--test", "--test-timeout=180000", "live-newsletter.mjs", "live-patch.mjs", "live-work.mjs")
	cmd.Env = append(os.Environ(), "LEERBLAD="+program, "FOLDER="+t.TempDir(), "XDG_CACHE_HOME="+pictures)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
}
