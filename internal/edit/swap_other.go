//go:build !linux && !darwin

package edit

import (
	"errors"
	"os"
)

func swap(*os.Root, string, string) error  { return errors.ErrUnsupported }
func claim(*os.Root, string, string) error { return errors.ErrUnsupported }
