//go:build !linux

package output

import "errors"

func exchange(*disk, string, string) error { return errors.ErrUnsupported }
