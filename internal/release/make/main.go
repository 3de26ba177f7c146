// Command make writes the notices and the icon of a release in a folder, as package release makes them.
package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"leerblad/internal/release"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: make DIR, in the project's folder")
		os.Exit(2)
	}
	if err := write(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, "make:", err)
		os.Exit(1)
	}
}

func write(dir string) error {
	notices, err := release.Notices(".", "./cmd/leerblad")
	if err != nil {
		return err
	}
	icon, err := release.Icon(256)
	if err != nil {
		return err
	}
	return errors.Join(os.WriteFile(filepath.Join(dir, "NOTICES.txt"), notices, 0o644), os.WriteFile(filepath.Join(dir, "icon.png"), icon, 0o644))
}
