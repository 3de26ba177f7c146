package build_test

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"leerblad/internal/build"
	"leerblad/internal/output"
	"leerblad/internal/source"
)

var moments = flag.Int("moments", 5, "builds while files change")

// restless is a publication whose files get new versions one at a time, in turn: versions[0] ≥ versions[1] ≥ … ≥ versions[0]-1.
type restless struct {
	t        *testing.T
	dir      string
	versions []int
}

var restlessFiles = []string{
	"content/newsletters/brief.md", "content/sheets/blad.md", "content/media/foto.png", "content/media/rapport.pdf", "theme/strings/nl.yaml", "content/pages/plaat.md",
}

// text gives a version of a file. Versions are of two lengths, and some links of the newsletter come and go.
func (r *restless) text(name string, version int) []byte {
	switch filepath.Base(name) {
	case "brief.md":
		return fmt.Appendf(nil, "---\ntitle: Brief\ndate: 2021-01-01\npreheader: %s\n---\n\nBrief%d.\n\n%s\n\n[Het blad](../sheets/blad.md)\n\n![Foto](../media/foto.png)\n",
			strings.Repeat("p", 90), version, strings.Repeat("Zie [de plaat](../pages/plaat.md).\n\n", version%3))
	case "blad.md":
		return fmt.Appendf(nil, "---\ntitle: Blad%d\ndate: 2021-01-01\n---\n\n- [+] Iets goeds. {#goed}\n\n[Rapport](../media/rapport.pdf)\n", version)
	case "foto.png":
		picture := image.NewPaletted(image.Rect(0, 0, 500, 20), color.Palette{color.White, color.Gray{uint8(version)}})
		picture.Pix[version] = 1
		var out bytes.Buffer
		if err := png.Encode(&out, picture); err != nil {
			r.t.Fatal(err)
		}
		return out.Bytes()
	case "rapport.pdf":
		return fmt.Appendf(nil, "%%PDF-1.7 rapport%d", version)
	case "nl.yaml":
		return fmt.Appendf(nil, "skip: Thema%d\n", version)
	}
	return fmt.Appendf(nil, "---\ntitle: Plaat%d\n---\n\nBij [de brief](../newsletters/brief.md) en [blad](../sheets/blad.md#goed).\n", version)
}

// put writes the present version of a file, in one step.
func (r *restless) put(i int) {
	name := filepath.Join(r.dir, restlessFiles[i])
	write(r.t, name+".tmp", r.text(name, r.versions[i]))
	if err := os.Rename(name+".tmp", name); err != nil {
		r.t.Error(err)
	}
}

func newRestless(t *testing.T, versions []int) *restless {
	r := &restless{t, t.TempDir(), slices.Clone(versions)}
	write(t, filepath.Join(r.dir, "content/site.yaml"), []byte(settings+"newsletter: {profile: plain, from: \"R <r@example.org>\", address: Weg 1}\n"))
	for i := range restlessFiles {
		write(t, filepath.Join(r.dir, restlessFiles[i]), nil)
		r.put(i)
	}
	return r
}

// next gives the file whose turn it is its next version.
func (r *restless) next() {
	sum := 0
	for _, v := range r.versions {
		sum += v
	}
	i := sum % len(r.versions)
	r.versions[i]++
	r.put(i)
}

// disturb cuts or removes a file, or puts a pipe in its place, for a moment. A site of that moment has errors.
func (r *restless) disturb(random *rand.Rand, pause func()) {
	i := random.IntN(4) // others may well be away
	name := filepath.Join(r.dir, restlessFiles[i])
	data := r.text(name, r.versions[i])
	switch random.IntN(3) {
	case 0:
		if i == 3 { // any bytes are a report
			return
		}
		_ = os.WriteFile(name, data[:10], 0o644)
	case 1:
		_ = os.Remove(name)
	case 2:
		_ = os.Remove(name)
		_ = exec.Command("mkfifo", name).Run()
	}
	pause()
	_ = os.Remove(name)
	r.put(i)
}

func (r *restless) options() build.Options {
	return build.Options{
		Content: filepath.Join(r.dir, "content"), Theme: filepath.Join(r.dir, "theme"), Now: "2021-07-01", Once: true, NoHints: true, Cache: pictures,
	}
}

// site builds and writes the site; refused says that there are errors.
func (r *restless) site() (site map[string]string, refused bool, err error) {
	result, err := build.New(r.options(), nil).Build(context.Background())
	if err != nil {
		return nil, false, err
	}
	for _, d := range result.Problems { // they quote what they are about
		d.Span.LineText()
	}
	if result.Problems.HasErrors() {
		return nil, true, nil
	}
	set, err := result.Set()
	if err != nil {
		return nil, false, err
	}
	dir := filepath.Join(r.dir, "public")
	if _, err := output.Sync(context.Background(), set, dir); err != nil {
		return nil, false, err
	}
	site = map[string]string{}
	for _, name := range set.Paths() {
		data, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			return nil, false, err
		}
		site[name] = string(data)
	}
	return site, false, nil
}

// While texts, pictures, files and the theme change, are cut, are away or are a pipe, each build gives the site of a moment that
// there was, says what is wrong at that moment, or says that something changed.
func TestBuildsShowOneMomentOfTheFolder(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 3))
	r := newRestless(t, make([]int, len(restlessFiles)))
	took := time.Millisecond
	good, refused, changed := 0, 0, 0
	for range *moments {
		known := [][]int{slices.Clone(r.versions)}
		done, half := make(chan struct{}), int64(took)/2
		go func() {
			defer close(done)
			pause, steps := func() { time.Sleep(time.Duration(random.Int64N(half + 1))) }, 1+random.IntN(4)
			if random.IntN(2) == 0 { // while it reads
				pause, steps = func() {}, 20
			}
			for range steps {
				pause()
				if random.IntN(3) == 0 {
					r.disturb(random, pause)
				} else {
					r.next()
					known = append(known, slices.Clone(r.versions))
				}
			}
		}()
		var site map[string]string
		for {
			start := time.Now()
			var wrong bool
			var err error
			site, wrong, err = r.site()
			took = time.Since(start)
			switch {
			case errors.Is(err, source.ErrChanged), errors.Is(err, output.ErrChanged):
				changed++
				continue
			case err != nil:
				t.Fatalf("after %v: %v", known, err)
			case wrong:
				refused++
			default:
				good++
			}
			break
		}
		<-done
		if site == nil {
			continue
		}
		shown := r.shown(site)
		if !slices.ContainsFunc(known, func(versions []int) bool { return slices.Equal(versions, shown) }) {
			t.Fatalf("the site shows %v, and the moments were %v", shown, known)
		}
		clean, wrong, err := newRestless(t, shown).site()
		if wrong || err != nil {
			t.Fatalf("%v: errors: %v, %v", shown, wrong, err)
		}
		if !maps.Equal(site, clean) {
			t.Fatalf("the site of %v is another than a clean build's", shown)
		}
	}
	t.Logf("%d sites, %d with errors, %d begun anew", good, refused, changed)
	if good < *moments/4 {
		t.Errorf("only %d sites of %d builds", good, *moments)
	}
}

// shown gives the versions of the files that a site shows.
func (r *restless) shown(site map[string]string) []int {
	find := func(name, word string) int {
		found := regexp.MustCompile(word + `(\d+)`).FindStringSubmatch(site[name])
		if found == nil {
			return -1
		}
		version, _ := strconv.Atoi(found[1])
		return version
	}
	starting := func(prefix string) string {
		for name := range site {
			if strings.HasPrefix(name, prefix) {
				return name
			}
		}
		return ""
	}
	photo := 0
	for site[starting("assets/foto.")] != string(r.text("foto.png", photo)) && photo <= slices.Max(r.versions) {
		photo++
	}
	return []int{
		find("nieuwsbrieven/brief/mail.txt", "Brief"), find("sheets/blad/index.html", "Blad"), photo,
		find(starting("assets/rapport."), "rapport"), find("plaat/index.html", "Thema"), find("plaat/index.html", "Plaat"),
	}
}

// at is a progress that does something once, when a stage begins.
type at struct {
	stage build.Stage
	do    func()
}

func (a *at) Begin(stage build.Stage, _ int) {
	if stage == a.stage && a.do != nil {
		a.do()
		a.do = nil
	}
}
func (a *at) Step() {}

func TestAChangeWhileTheFolderIsReadBeginsTheBuildAnew(t *testing.T) {
	for i := range restlessFiles {
		r := newRestless(t, make([]int, len(restlessFiles)))
		if _, err := build.New(r.options(), &at{build.Assemble, func() { r.versions[i]++; r.put(i) }}).Build(context.Background()); !errors.Is(err, source.ErrChanged) {
			t.Errorf("%s changed: %v", restlessFiles[i], err)
		}
		if i > 0 {
			continue
		}
		ignored := func() { write(t, filepath.Join(r.dir, "content/newsletters/.brief.md.swp"), nil) }
		if _, err := build.New(r.options(), &at{build.Assemble, ignored}).Build(context.Background()); err != nil {
			t.Errorf("an editor's own file came: %v", err)
		}
	}
}

func TestPagesMayBeShownBeforeTheCopiesOfTheirPictures(t *testing.T) {
	r := newRestless(t, make([]int, len(restlessFiles)))
	noise := image.NewGray(image.Rect(0, 0, 900, 60))
	random := rand.New(rand.NewPCG(1, 2))
	for i := range noise.Pix {
		noise.Pix[i] = byte(random.Uint32())
	}
	var picture bytes.Buffer
	if err := png.Encode(&picture, noise); err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(r.dir, "content/media/ander.png"), picture.Bytes())
	page := filepath.Join(r.dir, "content/pages/beeld.md")
	write(t, page, []byte("---\ntitle: Beeld\n---\n\n![Ander](../media/ander.png)\n"))
	options := r.options()
	options.Once, options.Cache = false, t.TempDir()
	clean := buildState(t, build.New(options, nil))
	options.Later, options.Cache = true, t.TempDir()
	b := build.New(options, nil)
	first := buildState(t, b)
	if diff := differences(first.files, clean.files); diff == nil || bytes.Contains(first.files["beeld/index.html"], []byte("srcset")) {
		t.Errorf("the copies were made at once: %v", diff)
	}
	made := first.result.MakePictures(t.Context())
	if !slices.Equal(made, []string{"media/ander.png"}) || first.result.MakePictures(t.Context()) != nil {
		t.Errorf("copies were made of %q", made)
	}
	again := buildState(t, b, filepath.Join(r.dir, "content", made[0]))
	if diff := differences(again.files, clean.files); diff != nil {
		t.Errorf("with the copies these differ: %v", diff)
	}
}

func TestABuildStopsWhileItReadsAFilm(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "content/site.yaml"), []byte("title: T\nurl: https://example.org/\n"))
	write(t, filepath.Join(dir, "content/index.md"), []byte("---\ntitle: T\n---\n\n[Film](media/film.mp4)\n"))
	film := filepath.Join(dir, "content/media/film.mp4")
	write(t, film, nil)
	if err := os.Truncate(film, 30<<30); err != nil {
		t.Skip(err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 100*time.Millisecond)
	defer cancel()
	start := time.Now()
	if _, err := build.New(build.Options{Content: filepath.Join(dir, "content"), Now: "2021-06-01"}, nil).Build(ctx); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("Build gave %v", err)
	}
	if took := time.Since(start); took > 5*time.Second {
		t.Errorf("Build went on for %v", took)
	}
}
