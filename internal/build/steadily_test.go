package build

import (
	"errors"
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"leerblad/internal/output"
	"leerblad/internal/source"
)

func TestSteadilyBeginsAnewWhileFilesChange(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		times := 0
		err := Steadily(func() error {
			if times++; times < 3 {
				return fmt.Errorf("read: %w", source.ErrChanged)
			}
			return nil
		})
		if err != nil || times != 3 {
			t.Errorf("%d times, %v", times, err)
		}
		start := time.Now()
		err = Steadily(func() error { return fmt.Errorf("copy: %w", output.ErrChanged) })
		if err != ErrRestless || time.Since(start) > 2*time.Second {
			t.Errorf("%v after %v", err, time.Since(start))
		}
		other := errors.New("other")
		if err := Steadily(func() error { return other }); err != other {
			t.Errorf("%v", err)
		}
	})
}
