package theme

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"path"
	"regexp"
	"strings"

	"github.com/tdewolff/minify/v2"
	"github.com/tdewolff/minify/v2/css"
	"github.com/tdewolff/minify/v2/js"
	"github.com/tdewolff/minify/v2/svg"

	"leerblad/internal/markdown"
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

// inner matches a reference to another asset: an import of a module, or a url() of a style sheet.
var inner = regexp.MustCompile(`(from\s*|import\s*\(?\s*)(["'])\./([^"']+)["']|url\((["']?)(?:\./)?([^"':)]+)["']?\)`)

// minified reports whether assets with an extension are text, which gets smaller.
func minified(ext string) bool { return ext == ".css" || ext == ".js" || ext == ".svg" }

// readAssets minifies and fingerprints the assets, those that others refer to first.
func (t *Theme) readAssets(raw map[string][]byte) error {
	m := minify.New()
	m.AddFunc(".css", css.Minify)
	m.AddFunc(".js", js.Minify)
	m.AddFunc(".svg", svg.Minify)
	busy := map[string]bool{}
	var read func(name string) error
	read = func(name string) error {
		if t.assets[name] != "" {
			return nil
		}
		if busy[name] {
			return fmt.Errorf("theme asset %q refers to itself", name)
		}
		busy[name] = true
		data := raw[name]
		ext := path.Ext(name)
		if ext == ".css" || ext == ".js" {
			for _, match := range inner.FindAllSubmatch(data, -1) {
				ref := path.Join(path.Dir(name), string(match[3])+string(match[5]))
				if _, ok := raw[ref]; ok {
					if err := read(ref); err != nil {
						return err
					}
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
			small, err := m.Bytes(ext, data)
			if err != nil {
				return fmt.Errorf("theme asset %q: %w", name, err)
			}
			data = small
		}
		t.assets[name] = Fingerprint(name, sha256.Sum256(data))
		t.Assets = append(t.Assets, Asset{Name: name, File: t.assets[name], Data: data})
		return nil
	}
	for _, name := range sorted(raw) {
		if err := read(name); err != nil {
			return err
		}
	}
	return nil
}
