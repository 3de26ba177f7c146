// Package lock keeps other processes out of a folder.
package lock

import (
	"os"
	"path/filepath"

	"golang.org/x/sys/windows"
)

// Folder keeps others out of the folder until what it gives is closed or the process ends; busy is true where another has it.
// Windows locks no folders, so it opens a file called name that nobody else may open and that goes when it is closed.
func Folder(root *os.Root, name string) (held *os.File, busy bool, err error) {
	name = filepath.Join(root.Name(), name)
	path, err := windows.UTF16PtrFromString(name)
	if err != nil {
		return nil, false, err
	}
	const alone = 0
	handle, err := windows.CreateFile(path, windows.GENERIC_READ|windows.DELETE, alone, nil, windows.OPEN_ALWAYS,
		windows.FILE_ATTRIBUTE_HIDDEN|windows.FILE_FLAG_DELETE_ON_CLOSE, 0)
	switch {
	case err == windows.ERROR_SHARING_VIOLATION:
		return nil, true, nil
	case err != nil:
		return nil, false, &os.PathError{Op: "lock", Path: name, Err: err}
	}
	return os.NewFile(uintptr(handle), name), false, nil
}
