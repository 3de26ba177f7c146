package browser_test

import (
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
