package pdf

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"time"
)

// ErrNone says that the machine has no browser that makes PDFs.
var ErrNone = errors.New("no Chromium, Chrome or Edge found")

// PathVariable is the environment variable that says where the browser is, which is then looked for nowhere else.
const PathVariable = "CHROME_PATH"

// Browser is a Chromium, Chrome or Edge on this machine.
type Browser struct {
	Path    string // of the program
	Version string // what says that another one may make other bytes

	Patience time.Duration // the longest that it may take to begin, and for a page
}

// patience is long: both take a second at most where nothing is wrong.
const patience = time.Minute

// Find finds a browser. The error wraps ErrNone where there is none.
func Find() (Browser, error) {
	names := names()
	if path := os.Getenv(PathVariable); path != "" {
		names = []string{path}
	}
	for _, name := range names {
		path, err := exec.LookPath(name)
		if err != nil {
			continue
		}
		version, err := version(path)
		if err != nil {
			return Browser{}, fmt.Errorf("ask %s for its version: %w", path, err)
		}
		return Browser{path, version, patience}, nil
	}
	if path := os.Getenv(PathVariable); path != "" {
		return Browser{}, fmt.Errorf("%w: %s is %q", ErrNone, PathVariable, path)
	}
	return Browser{}, ErrNone
}

// names gives what the browser may be called and where it may be, the lightest first.
func names() []string {
	switch runtime.GOOS {
	case "windows":
		var out []string
		for _, dir := range []string{"ProgramFiles", "ProgramFiles(x86)", "LocalAppData"} {
			for _, name := range []string{`Google\Chrome\Application\chrome.exe`, `Chromium\Application\chrome.exe`, `Microsoft\Edge\Application\msedge.exe`} {
				if dir := os.Getenv(dir); dir != "" {
					out = append(out, filepath.Join(dir, name))
				}
			}
		}
		return append(out, "chrome", "msedge")
	case "darwin":
		var out []string
		for _, name := range []string{"Chromium", "Google Chrome", "Microsoft Edge"} {
			for _, dir := range []string{"/Applications", filepath.Join(os.Getenv("HOME"), "Applications")} {
				out = append(out, filepath.Join(dir, name+".app/Contents/MacOS", name))
			}
		}
		return append(out, "chromium", "google-chrome")
	}
	return []string{"chromium-headless-shell", "chrome-headless-shell", "headless_shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge",
		"microsoft-edge-stable", "/snap/bin/chromium"}
}

// version asks a browser for its version. In Windows it cannot say, but each one is another file.
func version(path string) (string, error) {
	if runtime.GOOS == "windows" {
		info, err := os.Stat(path)
		if err != nil {
			return "", err
		}
		return fmt.Sprint(info.Size(), info.ModTime().UnixNano()), nil
	}
	cmd := exec.Command(path, "--version")
	cmd.Env = environment()
	out, err := cmd.Output()
	return strings.TrimSpace(string(out)), err
}

// environment is what a browser may know of that of this process, in which there may be passwords.
func environment() []string {
	var out []string
	for _, name := range []string{"HOME", "PATH", "TMPDIR", "XDG_RUNTIME_DIR", "SYSTEMROOT", "TEMP", "TMP", "LOCALAPPDATA", "APPDATA", "USERPROFILE", "ProgramFiles", "ProgramFiles(x86)"} {
		if value, ok := os.LookupEnv(name); ok {
			out = append(out, name+"="+value)
		}
	}
	return out
}
