//go:build !unix

package source

import "io/fs"

// identity is of no help here: size and time tell files apart.
func identity(fs.FileInfo) uint64 { return 0 }
