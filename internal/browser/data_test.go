package browser_test

import (
	"os/exec"
	"path/filepath"
	"testing"

	"leerblad/internal/build"
)

// The data set of findings fits what describes it, by the libraries of others: ajv (JSON Schema), rdf-parser-csvw (CSV on the Web) and jsonld.
func TestDataSetIsWhatItIsDescribedAs(t *testing.T) {
	t.Parallel()
	dutch, _ := sample(t, "https://example.org/le/")
	english, _ := publish(t, build.Options{Content: englishContent(t), BaseURL: "https://example.org/sub/path/"})
	for folder, name := range map[string]string{filepath.Join(dutch, "bevindingen"): "bevindingen", filepath.Join(english, "findings"): "findings"} {
		out, err := exec.Command("node", "data.mjs", folder, name).CombinedOutput()
		if err != nil {
			t.Errorf("%s: %v\n%s", name, err, out)
		}
		t.Logf("%s: %s", name, out)
	}
}
