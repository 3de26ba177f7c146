package lsp

import (
	"io/fs"
	"net/url"
	"path/filepath"
	"runtime"
	"strings"
)

// Files gives the names of the files in the folder at root for a client that works on the same disk: file URIs. Root is absolute.
func Files(root string) (uri func(path string) string, path func(uri string) (string, bool)) {
	roots := []string{filepath.Clean(root)}
	if real, err := filepath.EvalSymlinks(root); err == nil && real != roots[0] {
		roots = append(roots, real)
	}
	uri = func(path string) string { return FileURI(filepath.Join(roots[0], filepath.FromSlash(path))) }
	path = func(uri string) (string, bool) {
		file, ok := FilePath(uri)
		if !ok {
			return "", false
		}
		for _, r := range roots {
			if p, err := filepath.Rel(r, file); err == nil && p != "." && filepath.IsLocal(p) {
				return filepath.ToSlash(p), true
			}
		}
		return "", false
	}
	return uri, path
}

// FileURI gives the URI of a file on the disk, of which the path is absolute.
func FileURI(file string) string {
	p := filepath.ToSlash(file)
	if host, rest, ok := strings.Cut(strings.TrimPrefix(p, "//"), "/"); ok && strings.HasPrefix(p, "//") { // a share of Windows
		return (&url.URL{Scheme: "file", Host: host, Path: "/" + rest}).String()
	}
	if !strings.HasPrefix(p, "/") { // a disk of Windows
		p = "/" + p
	}
	return (&url.URL{Scheme: "file", Path: p}).String()
}

// FilePath gives the path on the disk that a URI names.
func FilePath(uri string) (string, bool) {
	u, err := url.Parse(uri)
	if err != nil || !strings.EqualFold(u.Scheme, "file") || u.Path == "" || strings.ContainsRune(u.Path, 0) {
		return "", false
	}
	p := u.Path
	switch {
	case runtime.GOOS != "windows":
	case u.Host != "" && u.Host != "localhost":
		p = "//" + u.Host + p
	case len(p) > 2 && p[2] == ':': // /C:/…
		p = p[1:]
	}
	return filepath.Clean(filepath.FromSlash(p)), true
}

// Names gives the names of the files of a publication for a client that knows nothing of the disk: leerblad:///sheets/a.md.
func Names() (uri func(path string) string, path func(uri string) (string, bool)) {
	uri = func(path string) string { return (&url.URL{Scheme: "leerblad", Path: "/" + path}).String() }
	path = func(uri string) (string, bool) {
		u, err := url.Parse(uri)
		if err != nil || u.Scheme != "leerblad" || u.Host != "" {
			return "", false
		}
		p := strings.TrimPrefix(u.Path, "/")
		return p, p != "." && fs.ValidPath(p) && !strings.ContainsAny(p, "\\\x00")
	}
	return uri, path
}
