package source

import (
	"path"
	"strings"
)

// Ignored reports whether a file or folder of this base name is no part of a publication: hidden files, and what
// editors and file managers leave beside the files that they save.
func Ignored(name string) bool {
	switch {
	case strings.HasPrefix(name, "."), strings.HasPrefix(name, "~$"), strings.HasSuffix(name, "~"),
		len(name) > 1 && strings.HasPrefix(name, "#") && strings.HasSuffix(name, "#"):
		return true
	}
	switch path.Ext(name) {
	case ".swp", ".swx", ".tmp":
		return true
	}
	return name == "4913" || name == "Thumbs.db" // Vim's test for a writable folder; Windows
}
