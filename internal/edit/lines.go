package edit

import (
	"bytes"
	"strings"

	"leerblad/internal/source"
)

// Lines gives text, whose lines end in \n, with the line ends of the file: those of its first line.
func Lines(file *source.File, text string) string {
	if i := bytes.IndexByte(file.Data, '\n'); i > 0 && file.Data[i-1] == '\r' {
		return strings.ReplaceAll(text, "\n", "\r\n")
	}
	return text
}
