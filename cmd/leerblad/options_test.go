package main

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"leerblad/internal/output"
	"leerblad/internal/source"
)

func TestCommandsBeginAnewWhileFilesChange(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		times := 0
		err := steadily("nl", func() error {
			if times++; times < 3 {
				return fmt.Errorf("read: %w", source.ErrChanged)
			}
			return nil
		})
		if err != nil || times != 3 {
			t.Errorf("%d times, %v", times, err)
		}
		start := time.Now()
		err = steadily("nl", func() error { return fmt.Errorf("copy: %w", output.ErrChanged) })
		if err == nil || !strings.Contains(err.Error(), "blijven bestanden veranderen") || time.Since(start) > 2*time.Second {
			t.Errorf("%v after %v", err, time.Since(start))
		}
		other := errors.New("other")
		if err := steadily("nl", func() error { return other }); err != other {
			t.Errorf("%v", err)
		}
	})
}
