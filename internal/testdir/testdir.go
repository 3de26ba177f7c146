// Package testdir gives the tests of a package a folder that they share. It holds no code of the product.
package testdir

import (
	"os"
	"testing"
)

// Main is a TestMain that sets *dir to an empty folder, such as one to keep scaled pictures in while the tests run, and removes it at
// the end.
func Main(m *testing.M, dir *string) {
	made, err := os.MkdirTemp("", "leerblad-test-")
	if err != nil {
		panic(err)
	}
	*dir = made
	status := m.Run()
	os.RemoveAll(made)
	os.Exit(status)
}
