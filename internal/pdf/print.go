// Package pdf turns pages into tagged PDFs by way of a Chromium, Chrome or Edge on this machine.
//
// A browser sees a page and the files that it asks for as if they were at their own addresses, and nothing else: every request is answered from
// memory or refused, and scripts do not run. It has a profile of its own, which goes with it. What it notes of the moment and of itself is taken
// out, so that the same browser makes the same bytes of the same page (file.go).
package pdf

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/fetch"
	"github.com/chromedp/cdproto/inspector"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

// Page is what a PDF is made from.
type Page struct {
	Address string // complete, of the page
	HTML    []byte
	Info    Info

	// File gives a file that the page asks for, by its complete address. Several goroutines may call it.
	File func(address string) (data []byte, contentType string, ok bool)
}

// Printer is a browser that runs. It is to be closed.
type Printer struct {
	ctx      context.Context
	close    context.CancelFunc
	patience time.Duration
}

// The faults of a browser.
var (
	ErrSlow  = errors.New("the browser does not answer")
	ErrEnded = errors.New("the browser ended")
)

// Start starts a browser, which ends with ctx at the latest.
func (b Browser) Start(ctx context.Context) (*Printer, error) {
	options := append(chromedp.DefaultExecAllocatorOptions[:], // which leave the sandbox out for root, for whom Chromium has none
		chromedp.ExecPath(b.Path), chromedp.NoInheritEnv, chromedp.Env(environment()...), chromedp.DisableGPU,
		chromedp.Flag("host-resolver-rules", "MAP * ~NOTFOUND"), chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-quic", true),
	)
	ctx, endProcess := chromedp.NewExecAllocator(ctx, options...)
	ctx, end := chromedp.NewContext(ctx)
	p := &Printer{ctx, func() { end(); endProcess() }, b.Patience}
	slow := time.AfterFunc(b.Patience, end)
	err := chromedp.Do(ctx)
	if !slow.Stop() {
		err = ErrSlow
	}
	if err != nil {
		p.Close()
		return nil, fmt.Errorf("start %s: %w", b.Path, err)
	}
	return p, nil
}

// Close ends the browser and removes what it left behind.
func (p *Printer) Close() { p.close() }

// Print makes a PDF of a page; several goroutines may call it. An error wraps ErrSlow or ErrEnded where it is the browser's.
func (p *Printer) Print(ctx context.Context, page Page) ([]byte, error) {
	tab, closeTab := chromedp.NewContext(p.ctx, chromedp.WithNewBrowserContext())
	defer closeTab()
	defer context.AfterFunc(ctx, closeTab)()
	slow := time.AfterFunc(p.patience, closeTab)
	data, crashed, err := page.print(tab)
	switch {
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case !slow.Stop():
		return nil, ErrSlow
	case crashed || p.ctx.Err() != nil:
		return nil, ErrEnded
	case err != nil:
		return nil, err
	}
	return rewrite(data, page.Info)
}

// print makes a PDF in a tab, which it closes if its page crashes.
func (page *Page) print(tab context.Context) (data []byte, crashed bool, err error) {
	tab, stop := context.WithCancelCause(tab)
	defer stop(nil)
	err = chromedp.Listen(tab, func(event any) {
		switch e := event.(type) {
		case *fetch.EventRequestPaused:
			go page.answer(tab, e)
		case *inspector.EventTargetCrashed:
			stop(ErrEnded)
		}
	})
	if err == nil {
		err = chromedp.Do(tab, chromedp.Func(func(ctx context.Context, _ *chromedp.Target) error {
			if _, err := chromedp.Call(ctx, fetch.Enable, fetch.EnableParams{}); err != nil {
				return err
			}
			_, err := chromedp.Call(ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
			return err
		}), chromedp.EmulateViewport(width, height, chromedp.EmulateScale(density)), chromedp.Navigate(page.Address))
	}
	if err == nil {
		data, err = chromedp.Run(tab, chromedp.PrintToPDF(chromedp.PDFOutlineAndTagged(), chromedp.PDFPreferCSSPageSize(), chromedp.PDFPrintBackground(), chromedp.PDFStream()))
	}
	return data, context.Cause(tab) == ErrEnded, err
}

// The window in which a page chooses its pictures: as wide as A4, and with as many dots as are seen on paper.
const (
	width, height = 794, 1123
	density       = 2
)

// policy keeps a page from everything that its PDF does not need.
const policy = "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'"

// answer answers a request of the browser, or refuses it.
func (page *Page) answer(ctx context.Context, e *fetch.EventRequestPaused) {
	data, contentType, ok := page.HTML, "text/html; charset=utf-8", true
	if e.Request.URL != page.Address {
		data, contentType, ok = page.File(e.Request.URL)
	}
	if !ok || e.Request.Method != "GET" {
		_, _ = chromedp.Call(ctx, fetch.FailRequest, fetch.FailRequestParams{RequestID: e.RequestID, ErrorReason: network.ErrorReasonBlockedByClient})
		return
	}
	_, _ = chromedp.Call(ctx, fetch.FulfillRequest, fetch.FulfillRequestParams{ // a tab that is gone needs no answer
		RequestID: e.RequestID, ResponseCode: 200, Body: data,
		ResponseHeaders: []*fetch.HeaderEntry{{Name: "Content-Type", Value: contentType}, {Name: "Content-Security-Policy", Value: policy}},
	})
}
