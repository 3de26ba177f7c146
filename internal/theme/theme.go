// Package theme reads a theme: the sources of its templates, its interface texts and its assets.
//
// A theme is a folder laid over the default theme, file by file: a file of the same name replaces the
// default's, but texts replace those with the same key, and design tokens (assets/tokens.css) those with the same name. Assets
// come out minified, under a name with a digest of their bytes.
package theme

import (
	"crypto/sha256"
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"sort"
	"strconv"
	"strings"

	"leerblad/internal/diag"
	"leerblad/internal/frontmatter"
	"leerblad/internal/source"
)

// Theme is a theme in one language. It is not changed after Load.
type Theme struct {
	Layouts  []*source.File // layouts/*.html, by name
	Partials []*source.File // partials/*.html, by name
	Assets   []Asset        // by name
	Tokens   Tokens
	Digest   string // of all that the theme is made from
	texts    map[string]string
	assets   map[string]string // file by name
}

// Asset is a file of the theme as the site serves it.
type Asset struct {
	Name string // its path in the theme's assets/
	File string // its path on the site, with the digest
	Data []byte
}

// Layer is one folder of a theme, with its path as the user knows it.
type Layer struct {
	FS   fs.FS
	Path string
}

// Load reads the layers, the later ones over the earlier. Mistakes in texts, styles and scripts are diagnostics, as are files that cannot be
// used, which are passed over; the error is the machine's.
func Load(language diag.Language, layers ...Layer) (*Theme, diag.List, error) {
	t := &Theme{texts: map[string]string{}, assets: map[string]string{}, Tokens: map[string]Token{}}
	files := map[string]*source.File{}
	var diags diag.List
	for _, layer := range layers {
		err := fs.WalkDir(layer.FS, ".", func(p string, d fs.DirEntry, err error) error {
			switch {
			case err != nil && p == ".":
				return err
			case p != "." && source.Ignored(d.Name()):
				if err == nil && d.IsDir() {
					return fs.SkipDir
				}
				return nil
			case err == nil && (d.IsDir() || d.Type().IsRegular() && roleOf(p, language) == unused):
				return nil
			}
			f := read(layer, p, roleOf(p, language), &diags)
			if f == nil {
				return nil
			}
			below := files[p]
			files[p] = f
			switch p {
			case stringsFile(language):
				t.readTexts(f, &diags)
			case tokensFile:
				t.readTokens(f)
				if below != nil { // of equal rules CSS takes the last
					files[p] = source.NewFile(f.Path, slices.Concat(below.Data, []byte("\n"), f.Data))
					files[p].Outside = true
				}
			}
			return nil
		})
		if err != nil {
			return nil, nil, fmt.Errorf("read theme: %w", err)
		}
	}
	assets := map[string]*source.File{}
	digest := sha256.New()
	for _, p := range sorted(files) {
		f := files[p]
		fmt.Fprintf(digest, "%s %x\n", p, f.Digest)
		switch roleOf(p, language) {
		case layout:
			t.Layouts = append(t.Layouts, f)
		case partial:
			t.Partials = append(t.Partials, f)
		case textAsset, asset:
			assets[strings.TrimPrefix(p, "assets/")] = f
		}
	}
	t.Digest = string(digest.Sum(nil))
	t.readAssets(assets, &diags)
	return t, diags, nil
}

func sorted[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	return keys
}

func (t *Theme) readTexts(f *source.File, diags *diag.List) {
	fields, problems := frontmatter.Read(source.At(f, 0, len(f.Data)))
	*diags = append(*diags, problems...)
	d := frontmatter.NewDecoder(fields, diags)
	for _, field := range fields {
		text := d.Text(field.Key)
		if strings.HasPrefix(field.Key, "url.") && !urlWord.MatchString(text.Value) {
			diags.Add("bad-form", field.KeySpan, text.Value, field.Key, "sheets")
			continue
		}
		t.texts[field.Key] = text.Value
	}
}

// urlWord is what a word in addresses must match, as slugs do.
var urlWord = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

// Words gives the interface text of a key, with args for {1}, {2} …. Where the first argument is a number and
// the key has the forms key.one and key.other, the right one is taken. An unknown key gives itself.
func (t *Theme) Words(key string, args ...any) string {
	s, ok := t.Text(key, args...)
	if !ok {
		return key
	}
	return s
}

// Text is like Words, and reports whether the key is known.
func (t *Theme) Text(key string, args ...any) (string, bool) {
	text, ok := t.texts[key]
	if len(args) > 0 {
		if n, isInt := args[0].(int); isInt {
			form := key + ".other"
			if n == 1 {
				form = key + ".one"
			}
			if plural, found := t.texts[form]; found {
				text, ok = plural, true
			}
		}
	}
	if len(args) == 0 {
		return text, ok
	}
	return t.fill(text, args), ok
}

// fill puts args in the places {1}, {2} … of a text, in one pass: an argument may hold such signs itself.
func (t *Theme) fill(text string, args []any) string {
	var b strings.Builder
	for {
		before, rest, found := strings.Cut(text, "{")
		b.WriteString(before)
		if !found {
			return b.String()
		}
		if len(rest) < 2 || rest[1] != '}' || rest[0] < '1' || int(rest[0]-'1') >= len(args) {
			b.WriteByte('{')
			text = rest
			continue
		}
		switch a := args[rest[0]-'1'].(type) {
		case string:
			b.WriteString(a)
		case int:
			b.WriteString(t.Number(a))
		default:
			fmt.Fprint(&b, a)
		}
		text = rest[2:]
	}
}

// Number writes a whole number with the language's separator of thousands.
func (t *Theme) Number(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = s[:i] + t.texts["thousands"] + s[i:]
	}
	return s
}

// Size writes a number of bytes in kB or MB (powers of ten).
func (t *Theme) Size(n int64) string {
	if n < 1e6 {
		return t.Number(int(max(1, (n+500)/1000))) + " kB"
	}
	return strings.Replace(strconv.FormatFloat(float64(n)/1e6, 'f', 1, 64), ".", t.texts["decimal"], 1) + " MB"
}

// Asset gives the path on the site of an asset, or "".
func (t *Theme) Asset(name string) string { return t.assets[name] }
