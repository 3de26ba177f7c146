package edit

import (
	"errors"
	"os"

	"leerblad/internal/source"
)

// Set is what happens to a publication folder in one step. Paths are slash-separated and relative to it.
type Set struct {
	Texts   Changes        // in texts as they are now, at the paths that they have now
	Moves   []Move         // of files of any type; changes of Texts in one are made too
	New     []New          // never over what is there
	Removed []*source.File // of any type
}

// Move gives a file another path. Where only the case of letters differs, it is renamed on disks that take them for the same too.
type Move struct {
	File *source.File
	To   string
}

// New is a file that is not there yet. Folders that it needs are made.
type New struct {
	Path string
	Data []byte
}

var (
	// ErrChanged says that a file is not any more what the set was made from.
	ErrChanged = errors.New("changed meanwhile")
	// ErrTaken says that there is a file or folder already where a file is to come.
	ErrTaken = errors.New("there already")
	// ErrLink says that a file is reached by a symbolic link, and belongs elsewhere.
	ErrLink = errors.New("a symbolic link")
	// ErrReadOnly says that a file may not be written.
	ErrReadOnly = errors.New("read-only")
	// ErrBusy says that another process writes in the folder.
	ErrBusy = errors.New("another process is writing here")
)

// Write does all of the set, or nothing: then the error, an *fs.PathError of the file that stood in the way, says why. It compares every file
// with the bytes, or the size and time, that it had when the set was made. After a kill the folder is as it was or as it should
// be once Recover has been called. Folders that Moves and Removed leave empty go too, but not those at the top.
func (s Set) Write(root *os.Root) error {
	return errors.ErrUnsupported
}

// Recover completes or undoes a Write that was killed. It does nothing where there is none, and gives ErrBusy while one is under way.
func Recover(root *os.Root) error {
	return errors.ErrUnsupported
}
