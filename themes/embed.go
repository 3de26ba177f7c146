// Package themes holds the themes that come with leerblad, embedded in the program.
package themes

import (
	"embed"
	"io/fs"
)

//go:embed all:default
var files embed.FS

// Default gives the folder of the default theme.
func Default() fs.FS {
	sub, err := fs.Sub(files, "default")
	if err != nil {
		panic(err) // the path is a constant
	}
	return sub
}
