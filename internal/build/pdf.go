package build

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"net/url"
	"runtime"
	"slices"
	"strings"
	"sync"

	"golang.org/x/sync/errgroup"

	"leerblad/internal/cache"
	"leerblad/internal/filetype"
	"leerblad/internal/pdf"
	"leerblad/internal/site"
	"leerblad/internal/source"
)

// PDFError says that the PDF of the sheet in a file of the publication folder could not be made.
type PDFError struct {
	File string
	Err  error
}

func (e *PDFError) Error() string { return fmt.Sprintf("make the PDF of %s: %v", e.File, e.Err) }

// Unwrap gives what went wrong.
func (e *PDFError) Unwrap() error { return e.Err }

// pdfs are the PDFs of a site's sheets. Until they are made they are there, of unknown sizes.
type pdfs struct {
	mu      sync.Mutex
	leftOut bool
	files   map[string]madePDF // by file of the site
}

// madePDF is a PDF that was made. data is nil where the cache has it.
type madePDF struct {
	key  cache.Key
	size int64
	data []byte
}

// Size is the PDF of site.Input.
func (p *pdfs) Size(file string) (size int64, ok bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.files[file].size, !p.leftOut
}

// pdfVersion changes whenever the same page would give other bytes in the same browser.
const pdfVersion = 1

// MakePDFs makes the PDFs of the sheets that are to have one. It is called before Set, and before a page is wanted, which tells the size of its
// PDF. Without a browser sheets have none, with a warning, or an error that wraps pdf.ErrNone where they must. Another error is a *PDFError, a
// *Mistake or the machine's.
func (r *Result) MakePDFs(ctx context.Context, must bool) error {
	if len(r.plan.Prints) == 0 {
		return nil
	}
	browser, err := pdf.Find()
	switch {
	case errors.Is(err, pdf.ErrNone) && !must:
		r.Problems.Add("no-browser", r.pub.Settings.PDFSpan)
		r.Problems = r.Problems.Sorted()
		return nil
	case err != nil:
		return err
	}
	r.begin(Print, len(r.plan.Prints))
	press := &press{Result: r, browser: browser, ctx: ctx}
	defer press.close()
	made := make([]madePDF, len(r.plan.Prints))
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(runtime.GOMAXPROCS(0))
	for i, p := range r.plan.Prints {
		group.Go(func() error {
			data, key, err := press.print(ctx, p)
			made[i] = madePDF{key, int64(len(data)), data}
			if r.cache != "" {
				made[i].data = nil
			}
			r.step()
			return err
		})
	}
	if err := group.Wait(); err != nil {
		return err
	}
	r.pdfs.mu.Lock()
	defer r.pdfs.mu.Unlock()
	r.pdfs.files = make(map[string]madePDF, len(made))
	for i, p := range r.plan.Prints {
		r.pdfs.files[p.PDF] = made[i]
	}
	return nil
}

// HasPDFs reports whether sheets are to have PDFs.
func (r *Result) HasPDFs() bool { return len(r.plan.Prints) > 0 }

// addPDFs adds the PDFs to the files of the site. Where they were not made, its sheets have none.
func (r *Result) addPDFs(add func(name string, make func(dst []byte) ([]byte, error)) error) error {
	r.pdfs.mu.Lock()
	defer r.pdfs.mu.Unlock()
	r.pdfs.leftOut = r.pdfs.files == nil
	for name, made := range r.pdfs.files {
		err := add(name, func(dst []byte) ([]byte, error) {
			if made.data != nil {
				return append(dst, made.data...), nil
			}
			data, err := r.cache.Get(made.key, func() ([]byte, error) { return nil, fmt.Errorf("read %s: %w", name, source.ErrChanged) })
			return append(dst, data...), err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// previewPDF makes the PDF in a file of the site; ok is false where there is none.
func (r *Result) previewPDF(name string) (data []byte, ok bool, err error) {
	i := slices.IndexFunc(r.plan.Prints, func(p site.Print) bool { return p.PDF == name })
	if i < 0 {
		return nil, false, nil
	}
	browser, err := pdf.Find()
	if err != nil {
		return nil, true, err
	}
	ctx := context.Background() // pdf.Printer says how long it may take
	press := &press{Result: r, browser: browser, ctx: ctx}
	defer press.close()
	data, _, err = press.print(ctx, r.plan.Prints[i])
	return data, true, err
}

// press prints pages with a browser, which it starts for the first that is not in the cache.
type press struct {
	*Result
	browser pdf.Browser
	ctx     context.Context // in which it runs

	once    sync.Once
	printer *pdf.Printer
	err     error // why there is none
}

func (p *press) start() (*pdf.Printer, error) {
	p.once.Do(func() { p.printer, p.err = p.browser.Start(p.ctx) })
	return p.printer, p.err
}

func (p *press) close() {
	if p.printer != nil {
		p.printer.Close()
	}
}

// print gives the PDF of a page. A page names its styles and pictures by their digests, so its bytes say what the PDF is made from.
func (p *press) print(ctx context.Context, page site.Print) (data []byte, key cache.Key, err error) {
	html, problems := p.appendPage(nil, page.Page)
	if len(problems) > 0 {
		return nil, key, &Mistake{problems}
	}
	info := pdf.Info{Title: page.Title, Author: page.Author, Date: string(page.Modified)}
	sum := sha256.New()
	fmt.Fprintf(sum, "pdf %d %s %q %q %q\n", pdfVersion, runtime.Version(), p.browser.Version, page.Address, info)
	sum.Write(html)
	key = cache.Key(sum.Sum(nil))
	data, err = p.cache.Get(key, func() ([]byte, error) {
		printer, err := p.start()
		if err != nil {
			return nil, err
		}
		return printer.Print(ctx, pdf.Page{Address: page.Address, HTML: html, Info: info, File: p.asset})
	})
	if err != nil && ctx.Err() == nil {
		err = &PDFError{page.Source.File.Path, err}
	}
	return data, key, err
}

// asset gives a file of the site that a page shows, by its complete address.
func (r *Result) asset(address string) (data []byte, contentType string, ok bool) {
	u, err := url.Parse(address)
	if err != nil {
		return nil, "", false
	}
	name, inside := strings.CutPrefix(u.Path, r.Base)
	f := r.files[name]
	if !inside || f.make == nil || r.pub.Settings.Complete(u.EscapedPath()) != address {
		return nil, "", false
	}
	data, err = f.make(nil)
	return data, filetype.Of(name).Header(), err == nil
}
