// Make makes the desk's CodeMirror in a folder: go run ./make FOLDER, from the folder of package codemirror.
package main

import (
	"fmt"
	"os"

	"leerblad/internal/desk/codemirror"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: make FOLDER")
		os.Exit(2)
	}
	if err := codemirror.Make(".", os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
