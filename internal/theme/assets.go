package theme

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"path"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/tdewolff/minify/v2"
	"github.com/tdewolff/minify/v2/css"
	"github.com/tdewolff/minify/v2/js"
	"github.com/tdewolff/minify/v2/svg"
	"github.com/tdewolff/parse/v2"

	"leerblad/internal/diag"
	"leerblad/internal/markdown"
	"leerblad/internal/source"
)

// Fingerprint gives the path under which the site serves a file of this name and of bytes with this SHA-256:
// assets/<name>.<first ten hex digits of it>.<ext>.
func Fingerprint(name string, sum [sha256.Size]byte) string {
	ext := "." + markdown.Slug(path.Ext(name))
	if ext == "." || len(ext) > 12 {
		ext = ".bin"
	}
	base := markdown.Slug(strings.TrimSuffix(path.Base(name), path.Ext(name)))
	base = strings.Trim(base[:min(len(base), 80)], "-")
	if base == "" {
		base = "file"
	}
	return "assets/" + base + "." + hex.EncodeToString(sum[:5]) + ext
}

// favicon is the asset that browsers ask for by this name, at the root of a site, for what has no icon of its own: mails, feeds, pictures.
const favicon = "favicon.ico"

// inner matches a reference to another asset: an import of a module, or a url() of a style sheet.
var inner = regexp.MustCompile(`(from\s*|import\s*\(?\s*)(["'])\./([^"']+)["']|url\((["']?)(?:\./)?([^"':)]+)["']?\)`)

// minified reports whether assets with an extension are text, which gets smaller.
func minified(ext string) bool { return ext == ".css" || ext == ".js" || ext == ".svg" }

// readAssets minifies and fingerprints the assets, those that others refer to first.
func (t *Theme) readAssets(files map[string]*source.File, diags *diag.List) {
	m := minify.New()
	m.AddFunc(".css", css.Minify)
	m.AddFunc(".js", js.Minify)
	m.AddFunc(".svg", svg.Minify)
	busy := map[string]bool{}
	var read func(name string)
	read = func(name string) {
		if t.assets[name] != "" {
			return
		}
		busy[name] = true
		f := files[name]
		data := f.Data
		ext := path.Ext(name)
		if ext == ".css" || ext == ".js" {
			for _, match := range inner.FindAllSubmatchIndex(data, -1) {
				start, end := max(match[6], match[10]), max(match[7], match[11]) // of the one that is there
				switch ref := path.Join(path.Dir(name), string(data[start:end])); {
				case files[ref] == nil:
				case busy[ref] && t.assets[ref] == "":
					diags.Add("asset-circle", source.At(f, start, end), ref)
				default:
					read(ref)
				}
			}
			data = inner.ReplaceAllFunc(data, func(whole []byte) []byte {
				match := inner.FindSubmatch(whole)
				ref := string(match[3]) + string(match[5])
				file := t.assets[path.Join(path.Dir(name), ref)]
				if file == "" {
					return whole
				}
				return bytes.Replace(whole, []byte(ref), []byte(path.Base(file)), 1)
			})
		}
		if minified(ext) {
			if small, err := m.Bytes(ext, data); err == nil {
				data = small
			} else {
				if _, own := m.Bytes(ext, f.Data); own != nil { // with places in the file as it was written
					err = own
				}
				assetError(f, err, diags)
			}
		}
		t.assets[name] = Fingerprint(name, sha256.Sum256(data))
		if name == favicon {
			t.assets[name] = name
		}
		t.Assets = append(t.Assets, Asset{Name: name, File: t.assets[name], Data: data})
	}
	for _, name := range sorted(files) {
		read(name)
	}
}

// assetError reports what a minifier says of a file.
func assetError(f *source.File, err error, diags *diag.List) {
	message, at := err.Error(), 0
	var of *parse.Error
	if errors.As(err, &of) {
		message = of.Message
		lines := bytes.SplitAfter(f.Data, []byte("\n"))
		of.Line = max(1, min(of.Line, len(lines)))
		for _, line := range lines[:of.Line-1] {
			at += len(line)
		}
		for range of.Column - 1 {
			_, size := utf8.DecodeRune(f.Data[at:])
			at += size
		}
	}
	diags.Add("asset-error", source.At(f, at, min(at+1, len(f.Data))), message)
}
