package build

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"path"
	"runtime"
	"strings"

	"golang.org/x/sync/errgroup"

	"leerblad/internal/diag"
	"leerblad/internal/media"
	"leerblad/internal/output"
	"leerblad/internal/publication"
	"leerblad/internal/site"
	"leerblad/internal/source"
	"leerblad/internal/theme"
)

// picture is a picture as it is published: the original without private data, and smaller copies.
type picture struct {
	info     media.Info
	original []byte
	copies   []scaled
}

type scaled struct {
	width int
	ext   string
	data  []byte
}

// each calls do for 0 … n-1 on all processors, and counts the steps. A panic in do becomes an error.
func (b *Builder) each(ctx context.Context, n int, do func(int) error) error {
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(runtime.GOMAXPROCS(0))
	for i := range n {
		group.Go(func() (err error) {
			defer func() {
				if bug := recover(); bug != nil {
					err = fmt.Errorf("internal error: %v", bug)
				}
			}()
			if ctx.Err() != nil {
				return ctx.Err()
			}
			defer b.progress.Step()
			return do(i)
		})
	}
	return group.Wait()
}

// media reads the files that entries show or link to and adds them to set under names with their digest. Pictures get
// their size and smaller copies; one that cannot be shown is a diagnostic.
func (b *Builder) media(ctx context.Context, pub *publication.Publication, tree *source.Tree, set *output.Set) (map[string]site.Asset, diag.List, error) {
	b.progress.Begin(Media, len(pub.Files))
	type result struct {
		data    []byte
		digest  source.Digest
		picture picture
		problem *diag.Diagnostic
	}
	results := make([]result, len(pub.Files))
	err := b.each(ctx, len(pub.Files), func(i int) error {
		use, r := pub.Files[i], &results[i]
		data, err := tree.Read(use.Path)
		if err != nil {
			return fmt.Errorf("read %s: %w", use.Path, err)
		}
		r.data, r.digest = data, sha256.Sum256(data)
		if drawn(use) {
			r.picture, err = b.picture(use.Path, data, r.digest)
			if r.problem = pictureProblem(use, err); err != nil && r.problem == nil {
				return fmt.Errorf("picture %s: %w", use.Path, err)
			}
		}
		return nil
	})
	if err != nil {
		return nil, nil, err
	}
	assets := map[string]site.Asset{}
	kept := map[source.Digest]picture{}
	var diags diag.List
	for i, use := range pub.Files {
		r := results[i]
		if r.problem != nil {
			diags = append(diags, *r.problem)
			continue
		}
		if drawn(use) {
			kept[r.digest] = r.picture
		}
		switch {
		case use.Picture:
			assets[use.Path], err = addPicture(set, use.Path, r.picture)
		case drawn(use): // a picture that is only linked to
			assets[use.Path], err = addFile(set, use.Path, r.picture.original)
		default:
			assets[use.Path], err = addFile(set, use.Path, r.data)
		}
		if err != nil {
			return nil, nil, err
		}
	}
	b.pictures = kept
	return assets, diags, nil
}

// drawn reports whether a file is treated as a picture: shown as one, or of a kind that may hold a place or a script.
func drawn(use publication.Use) bool {
	switch strings.ToLower(path.Ext(use.Path)) {
	case ".jpg", ".jpeg", ".png", ".svg":
		return true
	}
	return use.Picture
}

// picture processes a picture, or gives what an earlier build made of the same bytes.
func (b *Builder) picture(name string, data []byte, digest source.Digest) (picture, error) {
	if p, ok := b.pictures[digest]; ok {
		return p, nil
	}
	info, err := media.Inspect(name, data)
	if err != nil {
		return picture{}, err
	}
	p := picture{info: info}
	if p.original, err = b.scaler.Clean(data, info); err != nil {
		return p, err
	}
	for _, width := range media.Widths(info) {
		out, ext, err := b.scaler.Copy(data, info, width)
		if err != nil {
			return p, err
		}
		if len(out) < len(p.original) { // a drawing with few colours may be smaller than its copies
			p.copies = append(p.copies, scaled{width, "." + ext, out})
		}
	}
	return p, nil
}

// pictureProblem says what is wrong with a picture, or gives nil where err is not the picture's fault.
func pictureProblem(use publication.Use, err error) *diag.Diagnostic {
	d := diag.Diagnostic{Span: use.Span, Args: []any{path.Base(use.Path)}}
	var unsafe *media.UnsafeSVGError
	var large *media.TooLargeError
	switch {
	case errors.As(err, &unsafe):
		d.Code, d.Args = "unsafe-svg", append(d.Args, unsafe.What)
	case errors.As(err, &large):
		d.Code = "picture-too-large"
	case errors.Is(err, media.ErrUnknownFormat), errors.Is(err, media.ErrDamaged):
		d.Code = "bad-picture"
	default:
		return nil
	}
	return &d
}

func addPicture(set *output.Set, name string, p picture) (site.Asset, error) {
	asset, err := addFile(set, name, p.original)
	if err != nil {
		return asset, err
	}
	asset.Width, asset.Height = p.info.Width, p.info.Height
	for _, c := range p.copies {
		file := theme.Fingerprint(fmt.Sprintf("%s-%d%s", name[:len(name)-len(path.Ext(name))], c.width, c.ext), c.data)
		if err := addOnce(set, file, c.data); err != nil {
			return asset, err
		}
		asset.Copies = append(asset.Copies, site.Copy{File: file, Width: c.width})
	}
	return asset, nil
}

func addFile(set *output.Set, name string, data []byte) (site.Asset, error) {
	file := theme.Fingerprint(name, data)
	return site.Asset{File: file, Size: int64(len(data)), ContentType: contentType(name)}, addOnce(set, file, data)
}

// addOnce adds a file unless the same bytes are there under the same name already.
func addOnce(set *output.Set, file string, data []byte) error {
	if set.Has(file) {
		return nil
	}
	return set.Add(file, data)
}

// contentType gives the type of a film or recording by its extension.
func contentType(name string) string {
	switch path.Ext(name) {
	case ".mp4", ".m4v":
		return "video/mp4"
	case ".webm":
		return "video/webm"
	case ".mp3":
		return "audio/mpeg"
	case ".m4a":
		return "audio/mp4"
	case ".ogg", ".oga", ".opus":
		return "audio/ogg"
	case ".wav":
		return "audio/wav"
	}
	return ""
}
