// Package codemirror makes the desk's CodeMirror: packages of npm, exactly those of package-lock.json, become one module with the licences of
// what is in it. The same lockfile gives the same bytes, wherever it is made. It is for go generate and its test; the product has its result.
package codemirror

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strings"
)

//go:generate go run ./make ../client

// esbuild is run by its version, so that go.mod has what the product needs alone.
const esbuild = "github.com/evanw/esbuild/cmd/esbuild@v0.28.2"

// Made are the files that are made.
var Made = []string{"codemirror.js", "codemirror.LICENSES.txt"}

// Make makes the files in a folder, from the package's own folder. It needs npm, and what npm and go have not kept they fetch.
func Make(from, to string) error {
	work, err := os.MkdirTemp("", "leerblad-codemirror-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(work)
	for _, name := range []string{"package.json", "package-lock.json", "codemirror.js", "nohtml.js"} {
		data, err := os.ReadFile(filepath.Join(from, name))
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(work, name), data, 0o644); err != nil {
			return err
		}
	}
	if err := run(work, "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"); err != nil {
		return err
	}
	// From the folder of this package, whose go.mod says which toolchain there is.
	if err := run(from, "go", "run", esbuild, filepath.Join(work, "codemirror.js"), "--bundle", "--minify", "--format=esm", "--target=es2022",
		"--charset=utf8", "--legal-comments=none", "--log-level=warning", "--alias:@codemirror/lang-html="+filepath.Join(work, "nohtml.js"),
		"--outfile="+filepath.Join(work, "out.js"), "--metafile="+filepath.Join(work, "meta.json")); err != nil {
		return err
	}
	code, err := os.ReadFile(filepath.Join(work, "out.js"))
	if err != nil {
		return err
	}
	licences, err := licences(work)
	if err != nil {
		return err
	}
	return errors.Join(os.WriteFile(filepath.Join(to, Made[0]), code, 0o644), os.WriteFile(filepath.Join(to, Made[1]), licences, 0o644))
}

func run(dir, name string, args ...string) error {
	cmd := exec.Command(name, args...)
	cmd.Dir = dir
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("%s %s: %w\n%s", name, args[0], err, out)
	}
	return nil
}

// licences gives the licence of each package that has a file in the bundle, those with the same text together.
func licences(work string) ([]byte, error) {
	data, err := os.ReadFile(filepath.Join(work, "meta.json"))
	if err != nil {
		return nil, err
	}
	var meta struct{ Inputs map[string]struct{} }
	if err := json.Unmarshal(data, &meta); err != nil {
		return nil, err
	}
	of := map[string][]string{} // the packages of a text
	seen := map[string]bool{}
	for input := range meta.Inputs {
		_, file, found := strings.Cut(filepath.ToSlash(input), "node_modules/")
		if !found {
			continue
		}
		parts := strings.SplitN(file, "/", 3)
		pkg := parts[0]
		if strings.HasPrefix(pkg, "@") {
			pkg = path.Join(parts[0], parts[1])
		}
		if seen[pkg] {
			continue
		}
		seen[pkg] = true
		text, version, err := licence(filepath.Join(work, "node_modules", filepath.FromSlash(pkg)))
		if err != nil {
			return nil, fmt.Errorf("licence of %s: %w", pkg, err)
		}
		of[text] = append(of[text], pkg+" "+version)
	}
	var out []string
	for text, packages := range of {
		slices.Sort(packages)
		out = append(out, strings.Join(packages, "\n")+"\n\n"+text+"\n")
	}
	slices.Sort(out)
	return []byte("codemirror.js is made of these packages.\n\n" + strings.Join(out, "\n"+strings.Repeat("-", 80)+"\n\n")), nil
}

func licence(dir string) (text, version string, err error) {
	data, err := os.ReadFile(filepath.Join(dir, "package.json"))
	if err != nil {
		return "", "", err
	}
	var about struct{ Version string }
	if err := json.Unmarshal(data, &about); err != nil {
		return "", "", err
	}
	for _, name := range []string{"LICENSE", "LICENSE.md", "LICENSE.txt"} {
		data, err := os.ReadFile(filepath.Join(dir, name))
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		return string(bytes.TrimSpace(bytes.ReplaceAll(data, []byte("\r\n"), []byte("\n")))), about.Version, err
	}
	return "", "", fs.ErrNotExist
}
