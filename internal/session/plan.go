package session

import (
	"context"

	"leerblad/internal/build"
	"leerblad/internal/refactor"
)

// Plan reads the texts as they are on disk and gives what plan makes of them, as build.Builder does.
func (s *Session) Plan(ctx context.Context, force bool, plan func(*refactor.Texts) (*refactor.Plan, error)) (p *refactor.Plan, err error) {
	err = build.Steadily(func() error {
		p, err = build.New(s.options.Options, nil).Plan(ctx, force, plan)
		return err
	})
	return p, err
}
