package deploy

import (
	"context"
	"crypto/rand"
	"fmt"
	"time"
)

// lockName is the file at a target that a deploy which is under way writes anew all the time. In a folder it is the one that Windows needs for a lock.
const lockName = ".leerblad-deploy.lock"

// A deploy that has not written its file for stale was broken off. Nobody's clock is compared with another's.
var beat, stale = 4 * time.Second, 20 * time.Second

// lease keeps other deploys out of a target that knows no locks, by way of Read and Write.
func lease(ctx context.Context, t Target, waiting func()) (held context.Context, release func(), err error) {
	version, err := abandoned(ctx, t, waiting)
	if err != nil {
		return nil, nil, err
	}
	id, count := rand.Text(), 0
	again := func(ctx context.Context) (err error) {
		version, err = write(ctx, t, lockName, fmt.Appendf(nil, "%s %d\n", id, count), version)
		count++
		return err
	}
	if err := again(ctx); err != nil {
		return nil, nil, err
	}
	held, lose := context.WithCancelCause(ctx)
	end, done := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(done)
		for {
			select {
			case <-held.Done():
				return
			case <-end:
				return
			case <-time.After(beat):
			}
			within, stop := context.WithTimeout(held, stale-2*beat)
			err := again(within)
			stop()
			if err != nil {
				lose(err)
				return
			}
		}
	}()
	return held, func() {
		close(end)
		<-done // what is being written is not broken off
		lost := context.Cause(held) != nil && ctx.Err() == nil
		lose(nil)
		if !lost {
			within, stop := context.WithTimeout(context.WithoutCancel(ctx), stale)
			defer stop()
			_ = t.Delete(within, lockName) // else the next deploy waits for a while
		}
	}, nil
}

// abandoned gives the version of a lock that nobody holds, "" for none.
func abandoned(ctx context.Context, t Target, waiting func()) (version string, err error) {
	read := func() (version string, err error) {
		err = try(ctx, func() error {
			_, version, err = t.Read(ctx, lockName)
			return err
		})
		return version, err
	}
	first, err := read()
	if err != nil || first == "" {
		return "", err
	}
	if waiting != nil {
		waiting()
	}
	for waited := time.Duration(0); waited < stale; waited += beat {
		select {
		case <-ctx.Done():
			return "", ctx.Err()
		case <-time.After(beat):
		}
		switch now, err := read(); {
		case err != nil || now == "":
			return "", err
		case now != first:
			return "", ErrBusy
		}
	}
	return first, nil
}
