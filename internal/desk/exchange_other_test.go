//go:build !linux

package desk_test

import "errors"

func exchange(string, string) error { return errors.ErrUnsupported }
