package build

import (
	"errors"
	"time"

	"leerblad/internal/edit"
	"leerblad/internal/output"
	"leerblad/internal/source"
)

// ErrRestless says that files keep changing while they are read or written.
var ErrRestless = errors.New("files keep changing")

// moments is how often something begins anew because files change under its hands, and pause how long it waits before the second
// time; before each next it waits twice as long.
const (
	moments = 5
	pause   = 100 * time.Millisecond
)

// Steadily does what reads the publication, anew where a file changed meanwhile; ErrRestless where that does not end.
func Steadily(do func() error) error {
	for i := range moments {
		if i > 0 {
			time.Sleep(pause << (i - 1))
		}
		err := do()
		if !errors.Is(err, source.ErrChanged) && !errors.Is(err, output.ErrChanged) && !errors.Is(err, edit.ErrChanged) && !errors.Is(err, edit.ErrBusy) {
			return err
		}
	}
	return ErrRestless
}
