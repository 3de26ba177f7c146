package desk

import (
	"errors"
	"io"
	"io/fs"
	"mime/multipart"
	"net/http"
	"path"
	"strconv"
	"strings"
	"time"

	"leerblad/internal/build"
	"leerblad/internal/diag"
	"leerblad/internal/edit"
	"leerblad/internal/filetype"
	"leerblad/internal/markdown"
	"leerblad/internal/media"
	"leerblad/internal/publication"
	"leerblad/internal/source"
)

// shared is the folder of what has no entry's folder to stand in.
const shared = "media"

// maxFiles is how many files may come at once.
const maxFiles = 100

// upload is a file that came.
type upload struct {
	name string
	data []byte
	info media.Info // zero for one that is no picture
}

// stored is a file of the publication, as a text refers to it.
type stored struct {
	Path     string `json:"path"`
	Src      string `json:"src"` // as the text writes it
	Markdown string `json:"markdown"`
	Type     string `json:"type"`
	Width    int    `json:"width"` // 0 for one that is no picture
	Height   int    `json:"height"`
}

// pictures stores pictures and other files for the text at beside: in its folder if it has one of its own, else among what texts share. Nothing
// is ever replaced. It answers for the first, and for all.
func (d *Desk) pictures(w http.ResponseWriter, r *http.Request) error {
	beside := r.URL.Query().Get("beside")
	if err := textPath(beside); err != nil {
		return err
	}
	files, err := d.uploads(w, r)
	if err != nil {
		return err
	}
	alt := strings.Join(strings.Fields(r.URL.Query().Get("alt")), " ")
	dir := shared
	if path.Base(beside) == "index.md" && strings.Contains(beside, "/") {
		dir = path.Dir(beside)
	}
	var out []stored
	err = d.write(r, func() (set edit.Set, err error) {
		out = nil
		taken := map[string]bool{}
		for _, f := range files {
			name, err := d.free(dir, f.name, taken)
			if err != nil {
				return set, err
			}
			src := relative(beside, name)
			out = append(out, stored{
				Path: name, Src: src, Markdown: linked(alt, src, f), Type: filetype.Of(name).Name, Width: f.info.Width, Height: f.info.Height,
			})
			set.New = append(set.New, edit.New{Path: name, Data: f.data})
		}
		return set, nil
	})
	if err != nil {
		return err
	}
	return sendJSON(w, http.StatusCreated, struct {
		stored
		Pictures []stored `json:"pictures"`
	}{out[0], out})
}

// linked gives the Markdown of a picture, or of a link to a file.
func linked(alt, src string, f upload) string {
	text := strings.NewReplacer(`\`, `\\`, "[", `\[`, "]", `\]`).Replace(alt)
	if f.info.Format != "" {
		return "![" + text + "](" + src + ")"
	}
	if text == "" {
		text = strings.TrimSuffix(f.name, path.Ext(f.name))
	}
	return "[" + text + "](" + src + ")"
}

// relative gives the path of a file as it stands in the text at beside.
func relative(beside, name string) string {
	dir := path.Dir(beside)
	if dir == path.Dir(name) {
		return path.Base(name)
	}
	if dir == "." {
		return name
	}
	return strings.Repeat("../", strings.Count(dir, "/")+1) + name
}

// free gives a path in dir for a file of that name, which no other has or gets.
func (d *Desk) free(dir, name string, taken map[string]bool) (string, error) {
	ext := path.Ext(name)
	base := strings.TrimSuffix(name, ext)
	for n := 1; ; n++ {
		p := path.Join(dir, name)
		if n > 1 {
			p = path.Join(dir, base+"-"+strconv.Itoa(n)+ext)
		}
		if err := checkPath(p); err != nil {
			return "", err
		}
		there, err := d.stands(p)
		var twin *refused
		if errors.As(err, &twin) && twin.code == "same-name" && path.Dir(shown(twin.args[0].(string))) == dir {
			there, err = true, nil
		}
		if err != nil {
			return "", err
		}
		if !there && !taken[p] {
			taken[p] = true
			return p, nil
		}
	}
}

// uploads reads the files of a request: its body, or the parts of a form.
func (d *Desk) uploads(w http.ResponseWriter, r *http.Request) ([]upload, error) {
	r.Body = http.MaxBytesReader(w, r.Body, maxUpload)
	if mayBe(r, "multipart/form-data") != nil {
		data, err := readMost(r.Body, maxPicture)
		if err != nil {
			return nil, err
		}
		f, err := d.upload(r.URL.Query().Get("name"), data)
		return []upload{f}, err
	}
	parts, err := r.MultipartReader()
	if err != nil {
		return nil, refusal(http.StatusBadRequest, "bad-request")
	}
	var out []upload
	err = eachPart(parts, func(p *multipart.Part) error {
		if p.FileName() == "" {
			return nil
		}
		if len(out) == maxFiles {
			return refusal(http.StatusRequestEntityTooLarge, "too-many", maxFiles)
		}
		data, err := readMost(p, maxPicture)
		if err != nil {
			return err
		}
		f, err := d.upload(p.FileName(), data)
		out = append(out, f)
		return err
	})
	if err == nil && len(out) == 0 {
		err = refusal(http.StatusBadRequest, "nothing")
	}
	return out, err
}

// eachPart calls do for the parts of a form.
func eachPart(parts *multipart.Reader, do func(*multipart.Part) error) error {
	for {
		p, err := parts.NextPart()
		var tooLarge *http.MaxBytesError
		switch {
		case err == io.EOF:
			return nil
		case errors.As(err, &tooLarge):
			return err
		case err != nil:
			return refusal(http.StatusBadRequest, "bad-request")
		}
		if err := do(p); err != nil {
			return err
		}
	}
}

// readMost reads at most so many bytes.
func readMost(r io.Reader, most int64) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(r, most+1))
	if err == nil && int64(len(data)) > most {
		err = refusal(http.StatusRequestEntityTooLarge, "too-large", most/1_000_000)
	}
	return data, err
}

// upload says what a file is, and what it will be called. The error says that a publication cannot have it.
func (d *Desk) upload(name string, data []byte) (upload, error) {
	if len(data) == 0 {
		return upload{}, refusal(http.StatusBadRequest, "nothing")
	}
	l := d.session.Language()
	name = path.Base(strings.ReplaceAll(name, `\`, "/"))
	ext := strings.ToLower(path.Ext(name))
	base := markdown.Slug(strings.TrimSuffix(name, path.Ext(name)))
	info, err := media.Inspect(name, data)
	switch {
	case err == nil:
		if base == "" || source.Device(base) {
			base = say(l, "picture")
		}
	case isPicture(name) || !isMedium(name) || strings.HasPrefix(filetype.Of(name).Name, "image/"):
		if errors.Is(err, media.ErrUnknownFormat) && !errors.As(err, new(*media.ForeignError)) && !isPicture(name) {
			return upload{}, refusal(http.StatusUnsupportedMediaType, "no-medium", shown(name))
		}
		problem := build.PictureProblem(publication.Use{Path: name}, err)
		return upload{}, refusal(http.StatusUnsupportedMediaType, "bad-picture", pictureText(problem, l))
	case base == "" || source.Device(base):
		base = say(l, "file")
	}
	const most = 80
	base = strings.Trim(base[:min(len(base), most)], "-")
	if err != nil {
		return upload{base + ext, data, media.Info{}}, nil
	}
	return upload{info.Named(base + ext), data, info}, nil
}

// pictureText says what is wrong with a picture, and what can be done.
func pictureText(d diag.Diagnostic, l diag.Language) string {
	text := d.Message(l)
	if hint := d.Hint(l); hint != "" {
		text += "; " + hint
	}
	return text
}

// file is a picture or other file in the list of those.
type file struct {
	Path    string `json:"path"`
	Type    string `json:"type"`
	Size    int64  `json:"size"`
	Picture bool   `json:"picture"`
}

// media answers with the pictures and other files of the publication.
func (d *Desk) media(w http.ResponseWriter, r *http.Request) error {
	out := []file{}
	fsys := d.files()
	err := fs.WalkDir(fsys, ".", func(p string, e fs.DirEntry, err error) error {
		switch {
		case err != nil && p == ".":
			return err
		case err != nil:
			return nil
		case p != "." && checkPath(p) != nil:
			if e.IsDir() {
				return fs.SkipDir
			}
			return nil
		case !e.Type().IsRegular() || !isMedium(p):
			return nil
		}
		if info, err := e.Info(); err == nil {
			out = append(out, file{p, filetype.Of(p).Name, info.Size(), isPicture(p)})
		}
		return nil
	})
	if err != nil {
		return err
	}
	return sendJSON(w, http.StatusOK, out)
}

// medium sends a picture or other file of the publication, or the part of it that was asked for.
func (d *Desk) medium(w http.ResponseWriter, r *http.Request, p string) error {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		return methods(w, "GET, HEAD")
	}
	if err := checkPath(p); err != nil {
		return err
	}
	if !isMedium(p) {
		return refusal(http.StatusForbidden, "no-medium", shown(p))
	}
	f, err := source.OpenIn(d.session.Root(), p)
	if err != nil {
		return refusal(http.StatusNotFound, "not-found")
	}
	defer f.Close()
	w.Header().Set("Content-Type", filetype.Of(p).Header())
	http.ServeContent(w, r, "", time.Time{}, f)
	return nil
}
