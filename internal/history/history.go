// Package history gives the versions that the texts of a publication had: from git where the publication is in a work tree of it, and else those
// that were kept beside it when a text was saved over.
//
// Git is run with fixed arguments, without a shell. Where history is only read, nothing runs that the repository's settings or hooks name; to
// commit, get and share is the user's own act, and git then does as it does in a terminal.
package history

import (
	"context"
	"errors"
	"time"
)

// Version is what a text was at some time.
type Version struct {
	ID   string    `json:"id"`
	Who  string    `json:"who,omitempty"`
	When time.Time `json:"when"`
	What string    `json:"what,omitempty"` // the first line that was said of it

	blob string // by which git knows its bytes
}

// History gives the versions of texts by their slash-separated paths in the publication folder.
type History interface {
	// Versions gives them, the newest first.
	Versions(ctx context.Context, path string) ([]Version, error)
	// Read gives the bytes of one of them.
	Read(ctx context.Context, path, id string) ([]byte, error)
}

// ErrNone says that a text has no such version.
var ErrNone = errors.New("no such version")

// maxText is how large a text may be, in bytes.
const maxText = 1 << 20
