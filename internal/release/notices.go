// Package release makes what comes with the program in its packages: the notices of everything in it that others made, and its icon. It is
// for the build of a release and its tests.
package release

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// Platforms are what releases are made for, as GOOS/GOARCH. What is linked differs.
var Platforms = []string{"linux/amd64", "linux/arm64", "darwin/amd64", "darwin/arm64", "windows/amd64", "windows/arm64"}

// own are the embedded files, or folders of them, that were made for leerblad.
var own = []string{
	"cmd/leerblad/starter", "internal/desk/client", "internal/devserver/client", "internal/devserver/pages", "internal/draft/templates",
	"internal/newsletter/lint/data/features.txt", "internal/newsletter/lint/data/progressive.txt",
	"internal/search/client", "internal/search/exceptions.txt", "internal/start/page", "themes/default",
}

// others are the embedded files that hold work of others, with the file that says whose and on what terms.
var others = map[string]string{
	"internal/desk/client/codemirror.js":        "internal/desk/client/codemirror.LICENSES.txt",
	"internal/newsletter/lint/data/support.txt": "internal/newsletter/lint/data/support.LICENSE.txt",
	"internal/search/words.gz":                  "internal/search/words.LICENSE.txt",
}

// licence is how files are called that say on what terms a package may be used.
var licence = regexp.MustCompile(`(?i)^(licen[cs]e|copying|notice|patents)([-._].*)?$`)

// linked is a package that is in the program.
type linked struct {
	ImportPath, Dir string
	Standard        bool
	Module          *struct {
		Path, Version, Dir string
		Main               bool
	}
	EmbedFiles []string
}

// Notices gives the notices of all modules and files of others that are in a command, on any platform of a release. The command is named by
// its package, below the project's root folder. It is an error if one has no notice.
func Notices(root, command string) ([]byte, error) {
	goroot, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		return nil, fmt.Errorf("go env: %w", err)
	}
	of := map[string][]string{} // whose a text is
	add := func(text []byte, name string) {
		key := string(bytes.TrimSpace(bytes.ReplaceAll(text, []byte("\r\n"), []byte("\n"))))
		if !slices.Contains(of[key], name) {
			of[key] = append(of[key], name)
		}
	}
	text, err := os.ReadFile(filepath.Join(strings.TrimSpace(string(goroot)), "LICENSE"))
	if err != nil {
		return nil, fmt.Errorf("licence of Go: %w", err)
	}
	add(text, "Go's standard library")
	for _, platform := range Platforms {
		packages, err := list(root, command, platform)
		if err != nil {
			return nil, err
		}
		for _, p := range packages {
			switch {
			case p.Standard:
			case p.Module == nil:
				return nil, fmt.Errorf("%s is in no module", p.ImportPath)
			case p.Module.Main:
				err = embedded(root, p, add)
			default:
				err = module(p, add)
			}
			if err != nil {
				return nil, err
			}
		}
	}
	var parts []string
	for text, names := range of {
		slices.Sort(names)
		parts = append(parts, strings.Join(names, "\n")+"\n\n"+text+"\n")
	}
	slices.Sort(parts)
	return []byte("leerblad holds work of others, on these terms.\n\n" + strings.Join(parts, "\n"+strings.Repeat("=", 80)+"\n\n")), nil
}

// list gives the packages that are linked into a command.
func list(root, command, platform string) ([]linked, error) {
	system, processor, _ := strings.Cut(platform, "/")
	cmd := exec.Command("go", "list", "-deps", "-json=ImportPath,Dir,Standard,Module,EmbedFiles", command)
	cmd.Dir = root
	cmd.Env = append(os.Environ(), "GOOS="+system, "GOARCH="+processor, "CGO_ENABLED=0")
	var problems bytes.Buffer
	cmd.Stderr = &problems
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("go list for %s: %w\n%s", platform, err, problems.Bytes())
	}
	var packages []linked
	for d := json.NewDecoder(bytes.NewReader(out)); ; {
		var p linked
		if err := d.Decode(&p); err == io.EOF {
			return packages, nil
		} else if err != nil {
			return nil, fmt.Errorf("go list for %s: %w", platform, err)
		}
		packages = append(packages, p)
	}
}

// module adds the notices of a package of a module: those in its folder, and in those above it up to the module's, which must have one.
func module(p linked, add func([]byte, string)) error {
	for dir := p.Dir; ; dir = filepath.Dir(dir) {
		entries, err := os.ReadDir(dir)
		if err != nil {
			return fmt.Errorf("notices of %s: %w", p.ImportPath, err)
		}
		found := false
		for _, e := range entries {
			if e.IsDir() || !licence.MatchString(e.Name()) || filepath.Ext(e.Name()) == ".go" {
				continue
			}
			text, err := os.ReadFile(filepath.Join(dir, e.Name()))
			if err != nil {
				return fmt.Errorf("notices of %s: %w", p.ImportPath, err)
			}
			inner, err := filepath.Rel(p.Module.Dir, dir)
			if err != nil {
				return err
			}
			add(text, path.Join(p.Module.Path, filepath.ToSlash(inner))+" "+p.Module.Version)
			found = true
		}
		if dir == p.Module.Dir {
			if !found {
				return fmt.Errorf("module %s has no licence", p.Module.Path)
			}
			return nil
		}
	}
}

// embedded adds the notices of the files that are embedded in a package of leerblad.
func embedded(root string, p linked, add func([]byte, string)) error {
	folder, err := filepath.Rel(p.Module.Dir, p.Dir)
	if err != nil {
		return err
	}
	for _, file := range p.EmbedFiles {
		name := path.Join(filepath.ToSlash(folder), file)
		if notice, ok := others[name]; ok {
			text, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(notice)))
			if err != nil {
				return fmt.Errorf("notice of %s: %w", name, err)
			}
			add(text, name)
			continue
		}
		if !slices.ContainsFunc(own, func(o string) bool { return name == o || strings.HasPrefix(name, o+"/") }) {
			return fmt.Errorf("%s is embedded, and release.own and release.others do not say whose it is", name)
		}
	}
	return nil
}
