package build

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"slices"
	"strings"
	"sync/atomic"

	"leerblad/internal/diag"
	"leerblad/internal/filetype"
	"leerblad/internal/media"
	"leerblad/internal/output"
	"leerblad/internal/publication"
	"leerblad/internal/site"
	"leerblad/internal/source"
	"leerblad/internal/theme"
)

// stored is a file of the publication as the site has it. The bytes are made again when they are wanted: those of scaled
// pictures come from the cache.
type stored struct {
	file    *source.File
	use     publication.Use // its Span apart
	digest  source.Digest   // of the file; zero where it was not read
	asset   site.Asset
	copies  []made
	problem error             // why a picture cannot be shown
	told    []diag.Diagnostic // of one that is shown
	later   *job              // makes the smaller copies, which are not among copies yet; nil where they are
}

// job is work that is put off until a page is shown.
type job struct {
	path    string // of the picture
	do      func()
	started atomic.Bool
	done    atomic.Bool
}

// made is a file of the site that is made from one of the publication, or a copy of one.
type made struct {
	file   string
	make   func(dst []byte) ([]byte, error)
	stream *output.Stream // nil where make makes it
}

// run does the work. A panic is passed over: the build that does the same anew tells of it.
func (j *job) run() {
	defer func() {
		_ = recover()
		j.done.Store(true)
	}()
	j.do()
}

// mediaFiles are all files that entries show or link to.
type mediaFiles struct {
	assets map[string]site.Asset // by path in the publication folder
	files  []made                // by name, each once
	later  []*job
}

// readMedia reads the files that entries show or link to, those that have not changed from memory. Pictures get
// their size and smaller copies; one that cannot be shown is a diagnostic.
func (b *Builder) readMedia(ctx context.Context, pub *publication.Publication) (mediaFiles, diag.List, error) {
	b.progress.Begin(Media, len(pub.Files))
	results := make([]stored, len(pub.Files))
	err := b.each(ctx, len(pub.Files), func(i int) (err error) {
		use := pub.Files[i]
		results[i] = b.media[use.Path]
		known := results[i]
		if f := b.tree.File(use.Path); results[i].file != f || results[i].use.Picture != use.Picture || results[i].use.Mail != use.Mail {
			results[i], err = b.store(ctx, f, use, b.options.Later)
		} else if known.later != nil && known.later.done.Load() {
			results[i], err = b.store(ctx, f, use, false)
		}
		return err
	})
	if err != nil {
		return mediaFiles{}, nil, err
	}
	b.media = make(map[string]stored, len(results))
	out := mediaFiles{assets: map[string]site.Asset{}}
	added := map[string]bool{}
	var diags diag.List
	for i, use := range pub.Files {
		r := results[i]
		b.media[use.Path] = r
		if r.problem != nil {
			diags = append(diags, PictureProblem(use, r.problem))
			continue
		}
		for _, d := range r.told {
			d.Span = use.Span
			diags = append(diags, d)
		}
		out.assets[use.Path] = r.asset
		if r.later != nil {
			out.later = append(out.later, r.later)
		}
		for _, f := range r.copies {
			if !added[f.file] {
				added[f.file] = true
				out.files = append(out.files, f)
			}
		}
	}
	return out, diags, nil
}

// store finds what the site has of a file. Copies of a picture that are not in the cache may be made later.
func (b *Builder) store(ctx context.Context, f *source.File, use publication.Use, later bool) (stored, error) {
	out := stored{file: f, use: use}
	if !drawn(use) {
		digest, err := b.digest(ctx, f)
		if err != nil {
			return out, err
		}
		out.digest = digest
		out.asset = site.Asset{File: theme.Fingerprint(use.Path, digest), Size: f.Size, ContentType: contentType(use.Path)}
		m := made{file: out.asset.File}
		if f.Data != nil {
			m.make = func(dst []byte) ([]byte, error) { return append(dst, f.Data...), nil }
		} else {
			m.stream = &output.Stream{Size: f.Size, Digest: digest, Open: func() (*os.File, error) { return b.open(f) }}
		}
		out.copies = []made{m}
		return out, nil
	}
	if f.Size > media.MaxSize(use.Path) {
		out.problem = &media.TooLargeError{File: f.Size}
		return out, nil
	}
	data, err := b.readFile(f)
	if err != nil {
		return out, err
	}
	digest := source.Digest(sha256.Sum256(data))
	out.digest = digest
	// The preview and the published site ask for the bytes again; meanwhile they are not kept.
	read := func() ([]byte, error) {
		data, err := b.readFile(f)
		if err == nil && sha256.Sum256(data) != digest {
			err = fmt.Errorf("read %s: %w", f.Path, source.ErrChanged)
		}
		return data, err
	}
	err = b.draw(&out, use, data, read, later)
	if out.problem = err; err != nil && !pictures(err) {
		return out, fmt.Errorf("picture %s: %w", use.Path, err)
	}
	return out, nil
}

// draw finds a picture's size and makes its copies.
func (b *Builder) draw(out *stored, use publication.Use, data []byte, read func() ([]byte, error), later bool) error {
	info, err := media.Inspect(use.Path, data)
	if err != nil {
		return err
	}
	original, err := b.scaler.Clean(data, info)
	if err != nil {
		return err
	}
	again := func(process func(data []byte) ([]byte, error)) func([]byte) ([]byte, error) {
		return func(dst []byte) ([]byte, error) {
			data, err := read()
			if err == nil {
				data, err = process(data)
			}
			return append(dst, data...), err
		}
	}
	name := info.Named(use.Path)
	if name != use.Path {
		out.told = append(out.told, diag.Diagnostic{Code: "misnamed-picture", Args: []any{path.Base(use.Path), strings.ToUpper(path.Ext(name)[1:]), path.Base(name)}})
	}
	if info.CMYK {
		out.told = append(out.told, diag.Diagnostic{Code: "print-colours", Args: []any{path.Base(use.Path)}})
	}
	out.asset = site.Asset{File: theme.Fingerprint(name, sha256.Sum256(original)), Size: int64(len(original)), ContentType: contentType(use.Path)}
	out.copies = []made{{file: out.asset.File, make: again(func(data []byte) ([]byte, error) { return b.scaler.Clean(data, info) })}}
	picture := b.scaler.Open(data, info)
	defer picture.Close()
	if !use.Picture || media.Widths(info) == nil { // of which no copy shows that it is whole
		if err := picture.Check(); err != nil {
			return err
		}
	}
	if !use.Picture {
		return nil // it is only linked to
	}
	out.asset.Width, out.asset.Height, out.asset.Transparent = info.Width, info.Height, info.Transparent
	if later && !use.Mail && !picture.Kept() {
		out.later = &job{path: use.Path, do: func() { // all goes to the cache; what is wrong with it the next build tells
			if data, err := read(); err == nil {
				_ = b.draw(&stored{}, use, data, read, false)
			}
		}}
		return nil
	}
	// copy adds a copy, unless it is there already.
	copy := func(data []byte, ext string, width int, process func([]byte) ([]byte, error)) site.Copy {
		file := theme.Fingerprint(fmt.Sprintf("%s-%d.%s", strings.TrimSuffix(name, path.Ext(name)), width, ext), sha256.Sum256(data))
		if !slices.ContainsFunc(out.copies, func(m made) bool { return m.file == file }) {
			out.copies = append(out.copies, made{file: file, make: again(process)})
		}
		return site.Copy{File: file, Width: width, Size: int64(len(data))}
	}
	for _, width := range media.Widths(info) {
		small, ext, err := picture.Copy(width)
		if err != nil {
			return err
		}
		if len(small) >= len(original) {
			continue // a drawing with few colours may be smaller than its copies
		}
		out.asset.Copies = append(out.asset.Copies, copy(small, ext, width, func(data []byte) ([]byte, error) {
			small, _, err := b.scaler.Copy(data, info, width)
			return small, err
		}))
	}
	if !use.Mail {
		return nil
	}
	mail, ext, width, err := picture.ForMail()
	switch {
	case err != nil:
		return err
	case bytes.Equal(mail, original):
		out.asset.Mail = site.Copy{File: out.asset.File, Width: width, Size: out.asset.Size}
	case mail != nil:
		out.asset.Mail = copy(mail, ext, width, func(data []byte) ([]byte, error) {
			mail, _, _, err := b.scaler.ForMail(data, info)
			return mail, err
		})
	}
	return nil
}

// open opens a file of the publication, which must be as it was listed.
func (b *Builder) open(f *source.File) (*os.File, error) {
	root, err := os.OpenRoot(b.options.Content)
	if err != nil {
		return nil, err
	}
	defer root.Close()
	opened, err := source.OpenIn(root, f.Path)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", source.ErrChanged, err)
	}
	info, err := opened.Stat()
	if err == nil && !f.Same(info) {
		err = fmt.Errorf("read %s: %w", f.Path, source.ErrChanged)
	}
	if err != nil {
		opened.Close()
		return nil, err
	}
	return opened, nil
}

// readFile gives the bytes of a file of the publication.
func (b *Builder) readFile(f *source.File) ([]byte, error) {
	if f.Data != nil {
		return f.Data, nil
	}
	opened, err := b.open(f)
	if err != nil {
		return nil, err
	}
	defer opened.Close()
	return readAll(opened)
}

// read reads a file in the publication folder as it is now, or gives what stands in for it.
func (b *Builder) read(name string) ([]byte, error) {
	if data, has := b.texts[name]; has {
		return data, nil
	}
	root, err := os.OpenRoot(b.options.Content)
	if err != nil {
		return nil, err
	}
	defer root.Close()
	opened, err := source.OpenIn(root, name)
	if err != nil {
		return nil, err
	}
	defer opened.Close()
	return readAll(opened)
}

// readAll reads a file into a slice of its size.
func readAll(f *os.File) ([]byte, error) {
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	out := bytes.NewBuffer(make([]byte, 0, info.Size()+bytes.MinRead))
	_, err = out.ReadFrom(f)
	return out.Bytes(), err
}

// digest gives the digest of a file without holding it, unless ctx ends.
func (b *Builder) digest(ctx context.Context, f *source.File) (sum source.Digest, err error) {
	if f.Data != nil {
		return f.Digest, nil
	}
	opened, err := b.open(f)
	if err != nil {
		return sum, err
	}
	defer opened.Close()
	hash := sha256.New()
	if _, err := io.Copy(hash, source.Stoppable(ctx, opened)); err != nil {
		return sum, err
	}
	return source.Digest(hash.Sum(nil)), nil
}

// drawn reports whether a file is treated as a picture: shown as one, or of a kind that may hold a place or a script.
func drawn(use publication.Use) bool {
	switch strings.ToLower(path.Ext(use.Path)) {
	case ".jpg", ".jpeg", ".png", ".gif", ".webp", ".svg", ".heic", ".heif":
		return true
	}
	return use.Picture
}

// pictures reports whether err is a picture's fault, and not the machine's.
func pictures(err error) bool {
	var unsafe *media.UnsafeSVGError
	var large *media.TooLargeError
	return errors.As(err, &unsafe) || errors.As(err, &large) || errors.Is(err, media.ErrUnknownFormat) || errors.Is(err, media.ErrDamaged)
}

// otherPictures are the formats of pictures that browsers do not show.
var otherPictures = []string{"avif", "tiff", "bmp", "psd", "eps", "jxl", "jp2", "ico", "wmf"}

// PictureProblem says what is wrong with a picture, of which media said err.
func PictureProblem(use publication.Use, err error) diag.Diagnostic {
	d := diag.Diagnostic{Code: "bad-picture", Span: use.Span, Args: []any{path.Base(use.Path)}}
	var foreign *media.ForeignError
	var unsafe *media.UnsafeSVGError
	var large *media.TooLargeError
	switch {
	case errors.As(err, &foreign):
		if d.Code = "no-picture"; slices.Contains(otherPictures, foreign.What) {
			d.Code = "other-picture"
		}
		d.Args = append(d.Args, diag.Term("format-"+foreign.What))
		if foreign.What == "heic" {
			d.Code, d.Args = "heic-picture", d.Args[:1]
		}
	case errors.Is(err, media.ErrCutOff):
		d.Code = "cut-picture"
	case errors.As(err, &unsafe):
		d.Code, d.Args = "unsafe-svg", append(d.Args, unsafe.What)
	case errors.As(err, &large) && large.Side > 0:
		d.Code, d.Args = "picture-too-long", append(d.Args, int(large.Side))
	case errors.As(err, &large):
		d.Code, d.Args = "picture-too-large", append(d.Args, int(max(large.File, large.Decoded)/1_000_000), diag.Term("picture-unpacked"), 500)
		if large.File > 0 {
			most := media.MaxSize(use.Path)
			if large.File <= most { // an SVG of another name
				most = media.MaxSize(".svg")
			}
			d.Args[2], d.Args[3] = diag.Term("picture-file"), int(most/1_000_000)
		}
	}
	return d
}

// contentType gives the type of a film or recording, "" of another file.
func contentType(name string) string {
	if t := filetype.Of(name).Name; strings.HasPrefix(t, "video/") || strings.HasPrefix(t, "audio/") {
		return t
	}
	return ""
}
