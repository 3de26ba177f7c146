package desk

import (
	"errors"
	"io/fs"
	"net/http"
	"path"
	"strings"
	"syscall"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"leerblad/internal/bounds"
	"leerblad/internal/filetype"
	"leerblad/internal/publication"
	"leerblad/internal/source"
)

// maxName is how long a part of a path may be, in bytes: as long as file systems take.
const maxName = 255

// checkPath refuses a path that no file of a publication has, or that is another file's on some system.
func checkPath(p string) error {
	bad := refusal(http.StatusBadRequest, "bad-name", shown(p))
	if !fs.ValidPath(p) || p == "." || strings.Count(p, "/") > bounds.Folders {
		return bad
	}
	for _, name := range strings.Split(p, "/") {
		if len(name) > maxName || source.Ignored(name) || strings.ContainsAny(name, `<>:"|?*\`) || strings.HasSuffix(name, ".") ||
			strings.TrimSpace(name) != name || source.Visible(name) != name || source.Device(name) ||
			strings.ContainsFunc(name, func(r rune) bool { return unicode.IsControl(r) || r == utf8.RuneError }) {
			return bad
		}
	}
	return nil
}

// shown gives a path as an answer can hold it.
func shown(p string) string {
	const most = 100
	p = strings.ToValidUTF8(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return '?'
		}
		return r
	}, p), "?")
	if runes := []rune(p); len(runes) > most {
		p = string(runes[:most]) + "…"
	}
	return p
}

// textPath checks the path of a text.
func textPath(p string) error {
	if err := checkPath(p); err != nil {
		return err
	}
	if p == publication.SettingsFile {
		return nil
	}
	if ext := path.Ext(p); ext == ".md" || ext == ".vtt" {
		return nil
	}
	return refusal(http.StatusForbidden, "no-text")
}

// isMedium reports whether a publication may have a file of this name beside its texts. What browsers run is none.
func isMedium(name string) bool {
	kind := filetype.Of(name).Name
	switch kind {
	case "application/pdf", "application/zip", "text/csv":
		return true
	}
	for _, start := range []string{"image/", "audio/", "video/", "application/vnd."} {
		if strings.HasPrefix(kind, start) {
			return true
		}
	}
	return false
}

// isPicture reports whether a publication can show a file of this name as a picture.
func isPicture(name string) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg":
		return true
	}
	return false
}

// fold makes names alike that some file system takes for the same.
func fold(name string) string {
	return strings.ToLower(norm.NFC.String(strings.ToUpper(norm.NFC.String(name))))
}

// stands reports whether there is a file or folder at p that is called that very way. The error says that there is one which is called that on
// some systems, but not here, or that something other than a folder is in between.
func (d *Desk) stands(p string) (bool, error) {
	dir := "."
	for _, name := range strings.Split(p, "/") {
		entries, err := fs.ReadDir(d.session.Root().FS(), dir)
		if errors.Is(err, fs.ErrNotExist) || err != nil && dir == "." {
			return false, err
		} else if errors.Is(err, syscall.ENOTDIR) {
			return false, refusal(http.StatusConflict, "taken", dir)
		} else if err != nil {
			return false, refusal(http.StatusForbidden, "link")
		}
		twin, found := "", false
		for _, e := range entries {
			switch {
			case e.Name() == name:
				found = true
			case fold(e.Name()) == fold(name):
				twin = e.Name()
			}
		}
		at := path.Join(dir, name)
		switch {
		case found:
		case twin != "":
			return false, refusal(http.StatusConflict, "same-name", path.Join(dir, twin))
		default:
			if _, err := d.session.Root().Lstat(at); err == nil { // a short name of Windows
				return false, refusal(http.StatusConflict, "same-name", shown(at))
			}
			return false, nil
		}
		dir = at
	}
	return true, nil
}
