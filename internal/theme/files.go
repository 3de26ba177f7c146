package theme

import (
	"io"
	"path"
	"strconv"
	"strings"

	"leerblad/internal/diag"
	"leerblad/internal/source"
)

// role is what a file of a theme is for.
type role int

const (
	unused role = iota
	layout
	partial
	interfaceTexts // the interface texts in the theme's language
	textAsset
	asset
)

func stringsFile(language diag.Language) string { return "strings/" + string(language) + ".yaml" }

// roleOf gives the role of a file at a path in a theme's folder.
func roleOf(p string, language diag.Language) role {
	dir, _, _ := strings.Cut(p, "/")
	ext := path.Ext(p)
	switch {
	case dir == "layouts" && ext == ".html":
		return layout
	case dir == "partials" && ext == ".html":
		return partial
	case p == stringsFile(language):
		return interfaceTexts
	case dir == "assets" && minified(ext):
		return textAsset
	case dir == "assets":
		return asset
	}
	return unused
}

// largestAsset is how many bytes an asset may have that is no text. Assets are held in memory.
const largestAsset = 20 << 20

// read reads a file of a layer. It gives nil for one that cannot be used, which is a diagnostic, and for one that is not.
func read(layer Layer, p string, as role, diags *diag.List) *source.File {
	limit := int64(source.MaxText)
	if as == asset {
		limit = largestAsset
	}
	start := source.Span{File: &source.File{Path: path.Join(layer.Path, p), Outside: true}}
	opened, err := layer.FS.Open(p)
	if err != nil {
		diags.Add("unreadable-file", start)
		return nil
	}
	defer opened.Close()
	if as == unused {
		return nil
	}
	info, err := opened.Stat()
	var data []byte
	if err == nil && info.Size() <= limit {
		data, err = io.ReadAll(io.LimitReader(opened, limit+1)) // it may have grown
	}
	if err != nil {
		diags.Add("unreadable-file", start)
		return nil
	}
	if size := max(info.Size(), int64(len(data))); size > limit {
		diags.Add("theme-file-too-large", start, strconv.FormatFloat(float64(size)/(1<<20), 'f', 1, 64), strconv.FormatInt(limit>>20, 10))
		return nil
	}
	f := source.NewFile(start.File.Path, data)
	f.Outside = true
	if at := source.InvalidUTF8(data); as != asset && at >= 0 {
		diags.Add("not-utf8", source.At(f, at, at+1))
		return nil
	}
	return f
}
