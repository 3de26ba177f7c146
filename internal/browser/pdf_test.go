package browser_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/net/html"

	"leerblad/internal/build"
	"leerblad/internal/frontmatter"
	"leerblad/internal/pdf"
)

const sheet = "sheets/tussenevaluatie/"

// sheetPDF gives the site's files of a sheet and writes its PDF into a folder.
func sheetPDF(t *testing.T) (page, data []byte, file string) {
	t.Helper()
	_, site := sample(t, "")
	page, _, _ = site.Get(sheet + "index.html")
	data, ok, err := site.Get(sheet + "tussenevaluatie.pdf")
	if !ok || err != nil {
		t.Fatalf("there is no PDF: %v", err)
	}
	file = filepath.Join(t.TempDir(), "sheet.pdf")
	if err := os.WriteFile(file, data, 0o666); err != nil {
		t.Fatal(err)
	}
	return page, data, file
}

func TestPDFSaysWhatItIs(t *testing.T) {
	page, data, file := sheetPDF(t)
	info := string(tool(t, "pdfinfo", file))
	for _, want := range []string{
		`Title: +Tussenevaluatie: wat de eerste periode leert\n`, `Author: +Lerende evaluatie\n`, `Tagged: +yes`, `JavaScript: +no`, `Pages: +2\n`, `Page size: +59\d.* \(A4\)`,
		`CreationDate: +Thu Apr  8 .* 2021`,
	} {
		if !regexp.MustCompile(want).MatchString(info) {
			t.Errorf("pdfinfo does not say %s:\n%s", want, info)
		}
	}
	if out := string(tool(t, "qpdf", "--check", file)); !strings.Contains(out, "No syntax or stream encoding errors") {
		t.Errorf("qpdf: %s", out)
	}
	var said struct {
		Outlines []struct {
			Title string
			Kids  []struct{ Title string }
		}
		QPDF []map[string]json.RawMessage
	}
	if err := json.Unmarshal(tool(t, "qpdf", "--json", "--json-key=outlines", "--json-key=qpdf", file), &said); err != nil {
		t.Fatal(err)
	}
	language := ""
	for _, o := range said.QPDF[1] {
		var catalog struct {
			Value struct {
				Type string `json:"/Type"`
				Lang string `json:"/Lang"`
			}
		}
		if json.Unmarshal(o, &catalog) == nil && catalog.Value.Type == "/Catalog" {
			language = catalog.Value.Lang
		}
	}
	if language != "u:nl" {
		t.Errorf("the language is %q", language)
	}
	if len(said.Outlines) != 1 || len(said.Outlines[0].Kids) < 3 || said.Outlines[0].Kids[0].Title != "Doe-agenda" {
		t.Errorf("the outline is %v", said.Outlines)
	}
	text := string(tool(t, "pdftotext", "-raw", file, "-"))
	if !strings.Contains("\n"+text, "\n1 van 2\n") || strings.Contains(text, "Download") {
		t.Error("the pages have no numbers, or a PDF offers itself")
	}
	button := regexp.MustCompile(`<a class="?button"? href="?/` + sheet + `tussenevaluatie.pdf"? download>Download <span [^>]*>\(PDF, (\d+) kB\)</span></a>`).FindSubmatch(page)
	if button == nil {
		t.Fatal("the page does not offer its PDF")
	}
	if size, _ := strconv.Atoi(string(button[1])); size != (len(data)+500)/1000 {
		t.Errorf("the page says %s kB, and the PDF has %d bytes", button[1], len(data))
	}
}

// Twice the page's text, with the styles that make a page of it: this sheet has no pictures.
func TestPDFIsSmall(t *testing.T) {
	_, site := sample(t, "")
	page, _, _ := site.Get(sheet + "index.html")
	data, _, _ := site.Get(sheet + "tussenevaluatie.pdf")
	styles := 0
	for _, m := range regexp.MustCompile(`assets/[a-z]+\.[0-9a-f]+\.css`).FindAllString(string(page), -1) {
		style, _, _ := site.Get(m)
		styles += len(style)
	}
	if most := 2 * (len(page) + styles); len(data) > most {
		t.Errorf("%d bytes, more than %d", len(data), most)
	}
}

// What is printed of a page's main is read in its order, by the tags and as it stands on the paper.
func TestPDFIsReadInThePagesOrder(t *testing.T) {
	page, _, file := sheetPDF(t)
	doc, err := html.Parse(bytes.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	var blocks []string
	columns := 0 // the first block in columns, which Poppler reads across
	var walk func(n *html.Node, main bool)
	walk = func(n *html.Node, main bool) {
		main = main || n.Data == "main"
		if attribute(n, "class") == "margin" {
			columns = len(blocks)
		}
		switch n.Data {
		case "nav", "button": // are not printed
			return
		case "h1", "h2", "h3", "p":
			if text := squeeze(textOf(n)); main && text != "" && !strings.Contains(text, "Download") && !strings.Contains(attribute(n, "class"), "titles-summary") {
				blocks = append(blocks, text)
			}
			return
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c, main)
		}
	}
	walk(doc, false)
	if len(blocks) < 20 {
		t.Fatalf("the page has %d blocks", len(blocks))
	}
	var tags strings.Builder
	for _, m := range regexp.MustCompile(`(?m)^\s*"(.*)"$`).FindAllStringSubmatch(string(tool(t, "pdfinfo", "-struct-text", file)), -1) {
		tags.WriteString(m[1])
	}
	for _, c := range []struct {
		name, text string
		blocks     []string
	}{{"tags", tags.String(), blocks}, {"paper", string(tool(t, "pdftotext", file, "-")), blocks[:columns]}} {
		text := squeeze(c.text)
		for _, b := range c.blocks {
			at := strings.Index(text, b)
			if at < 0 {
				t.Errorf("%s: %q is not there, or before what precedes it", c.name, b)
				break
			}
			text = text[at+len(b):]
		}
	}
}

// squeeze takes out blanks, which end lines, and quotation marks, which pdfinfo writes in its own way.
func squeeze(s string) string {
	return strings.NewReplacer("\u00ad", "", "·", "", "\"", "", "\\", "").Replace(strings.Join(strings.Fields(s), ""))
}

func textOf(n *html.Node) string {
	if n.Type == html.TextNode {
		return n.Data
	}
	var out strings.Builder
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		out.WriteString(textOf(c))
	}
	return out.String()
}

func attribute(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

// Two builds without a cache, each with its pages side by side, and one after them from the cache, which starts no browser.
func TestPDFsAreTheSameEachTime(t *testing.T) {
	content := t.TempDir()
	if err := os.Mkdir(filepath.Join(content, "sheets"), 0o777); err != nil {
		t.Fatal(err)
	}
	write := func(name, text string) {
		if err := os.WriteFile(filepath.Join(content, name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	write("site.yaml", "title: Proef\nurl: https://example.org/le/\npdf: true\n")
	for i := range 4 {
		write(fmt.Sprintf("sheets/s%d.md", i), fmt.Sprintf("---\ntitle: Sheet %d\ndate: 2021-01-0%[1]d\n---\n\n## Kop\n\n- [+] Bevinding %[1]d.\n", i+1))
	}
	pdfs := func(cache string) map[string]string {
		result, err := build.New(build.Options{Content: content, Now: frontmatter.Day("2021-07-01"), Cache: cache}, nil).Build(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		if err := result.MakePDFs(context.Background(), true); err != nil {
			t.Fatal(err)
		}
		set, err := result.Set()
		if err != nil {
			t.Fatal(err)
		}
		out := map[string]string{}
		for _, p := range set.Paths() {
			if filepath.Ext(p) == ".pdf" && strings.HasPrefix(p, "sheets/") {
				data, _, _ := set.Get(p)
				out[p] = string(data)
			}
		}
		return out
	}
	cache := t.TempDir()
	first, second := pdfs(cache), pdfs(t.TempDir())
	if len(first) < 4 {
		t.Fatalf("%d PDFs", len(first))
	}
	for name, data := range first {
		if data != second[name] {
			t.Errorf("%s is different", name)
		}
	}
	browser, err := pdf.Find()
	if err != nil {
		t.Fatal(err)
	}
	only := script(t, fmt.Sprintf("[ \"$1\" = --version ] && { echo '%s'; exit; }\nexit 1", browser.Version))
	t.Setenv(pdf.PathVariable, only)
	for name, data := range pdfs(cache) {
		if data != first[name] {
			t.Errorf("%s from the cache is different", name)
		}
	}
}

// script writes a shell script that stands in for a browser.
func script(t *testing.T, lines string) string {
	file := filepath.Join(t.TempDir(), "browser")
	if err := os.WriteFile(file, []byte("#!/bin/sh\n"+lines+"\n"), 0o777); err != nil {
		t.Fatal(err)
	}
	return file
}

// A page gets what it asks its site for, and nothing of the network or the disk; its scripts do not run.
func TestPDFHoldsNothingFromElsewhere(t *testing.T) {
	browser, err := pdf.Find()
	if err != nil {
		t.Fatal(err)
	}
	printer, err := browser.Start(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	defer printer.Close()
	secret := filepath.Join(t.TempDir(), "secret.html")
	if err := os.WriteFile(secret, []byte("GEHEIM"), 0o666); err != nil {
		t.Fatal(err)
	}
	page := `<!doctype html><html lang=nl><title>x</title><link rel=preconnect href=https://pre.example><link rel=dns-prefetch href=https://dns.example>
		<link rel=stylesheet href=/a.css><img src=https://elsewhere.example/a.png><img src=//127.0.0.1:9/a.png><iframe src="file://` + secret + `"></iframe>
		<object data="file://` + secret + `"></object><meta http-equiv=refresh content="1;url=file://` + secret + `"><p id=p>Tekst<script>document.getElementById('p').textContent = 'SCRIPT'</script>` + strings.Repeat("<p>Meer", 300) + `<img loading=lazy src=/late.png alt=>`
	var mu sync.Mutex
	var asked []string
	data, err := printer.Print(context.Background(), pdf.Page{
		Address: "https://example.org/le/x/", HTML: []byte(page), Info: pdf.Info{Title: "x"},
		File: func(address string) ([]byte, string, bool) {
			mu.Lock()
			defer mu.Unlock()
			asked = append(asked, address)
			return []byte("p::after { content: 'STIJL' }"), "text/css", strings.HasSuffix(address, "/a.css")
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "x.pdf")
	if err := os.WriteFile(file, data, 0o666); err != nil {
		t.Fatal(err)
	}
	if text := string(tool(t, "pdftotext", file, "-")); !strings.Contains(text, "TekstSTIJL") || strings.Contains(text, "GEHEIM") || strings.Contains(text, "SCRIPT") {
		t.Errorf("it says %q", text)
	}
	slices.Sort(asked)
	if asked = slices.Compact(asked); !slices.Equal(asked, []string{"https://example.org/a.css", "https://example.org/late.png"}) { // the policy stops the others before they are asked for
		t.Errorf("it asked for %v", asked)
	}
}

// signal sends a signal to a process, by a program: Windows has none, and this file is read there too.
func signal(pid int, name string) { _ = exec.Command("kill", "-"+name, strconv.Itoa(pid)).Run() }

// A browser that hangs, ends or is no longer wanted gives an error, and leaves no process and no file.
func TestPrintEndsBrowsersThatFail(t *testing.T) {
	found, err := pdf.Find()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name string
		do   func(pid int, cancel func())
		want error
	}{
		{"hangs", func(pid int, _ func()) { signal(pid, "STOP") }, pdf.ErrSlow},
		{"ends", func(pid int, _ func()) { signal(pid, "KILL") }, pdf.ErrEnded},
		{"is not wanted", func(_ int, cancel func()) { cancel() }, context.Canceled},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := t.TempDir()
			t.Setenv("TMPDIR", dir)
			pidFile := filepath.Join(t.TempDir(), "pid")
			browser := pdf.Browser{Path: script(t, "echo $$ >"+pidFile+"\nexec "+found.Path+" \"$@\""), Patience: 3 * time.Second}
			ctx, cancel := context.WithCancel(context.Background())
			defer cancel()
			printer, err := browser.Start(ctx)
			if err != nil {
				t.Fatal(err)
			}
			data, err := os.ReadFile(pidFile)
			if err != nil {
				t.Fatal(err)
			}
			pid, _ := strconv.Atoi(strings.TrimSpace(string(data)))
			if child, err := exec.Command("pgrep", "-P", strconv.Itoa(pid), "-x", "chrom.*").Output(); err == nil { // Debian's is a script that calls it
				pid, _ = strconv.Atoi(strings.Fields(string(child))[0])
			}
			_, err = printer.Print(ctx, pdf.Page{
				Address: "https://example.org/", HTML: []byte("<link rel=stylesheet href=/a.css>"),
				File: func(string) ([]byte, string, bool) {
					c.do(pid, cancel)
					time.Sleep(100 * time.Millisecond)
					return nil, "text/css", true
				},
			})
			if !errors.Is(err, c.want) {
				t.Errorf("the error is %v", err)
			}
			printer.Close()
			if out, err := exec.Command("pgrep", "-f", "--", "--user-data-dir="+dir).Output(); err == nil {
				t.Errorf("processes are left: %s", out)
			}
			if left, _ := os.ReadDir(dir); len(left) > 0 {
				t.Errorf("files are left: %v", left)
			}
		})
	}
	t.Run("does not begin", func(t *testing.T) {
		browser := pdf.Browser{Path: script(t, "exec sleep 60"), Patience: time.Second}
		if _, err := browser.Start(context.Background()); !errors.Is(err, pdf.ErrSlow) {
			t.Errorf("the error is %v", err)
		}
	})
}
