package publication

import (
	"encoding/json"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"leerblad/internal/chart"
	"leerblad/internal/diag"
	"leerblad/internal/document"
	"leerblad/internal/frontmatter"
	"leerblad/internal/markdown"
	"leerblad/internal/source"
)

// written is a path or an address as its editor wrote it: in a text, or as a value of front matter.
type written struct {
	value string
	span  source.Span
	from  string // the file that it stands in
	after string // what follows the path: a fragment
	body  bool
	fence bool // it is an option of a chart
	vague bool // its place is not told exactly
}

// wanted says what a path should lead to.
type wanted int

const (
	aTextOrFile wanted = iota
	aFile
	aPicture
	aTranscript
	aTable
)

// pictures are the endings of pictures.
var pictures = map[string]bool{".jpg": true, ".jpeg": true, ".png": true, ".gif": true, ".webp": true, ".svg": true, ".heic": true, ".heif": true}

// fits reports whether the file at p may be what is wanted.
func (w wanted) fits(p string) bool {
	ext := strings.ToLower(path.Ext(p))
	switch w {
	case aPicture:
		return pictures[ext]
	case aTranscript:
		return ext == ".md"
	case aTable:
		return ext == ".csv"
	}
	return !unsafe[ext] || w == aTextOrFile && ext == ".md"
}

// fits reports whether the file at p may be what is wanted, which for a text is an entry.
func (a *assembler) fits(p string, want wanted) bool {
	return want.fits(p) && (want != aTextOrFile || path.Ext(p) != ".md" || a.byPath[p] != nil)
}

// lookup is what is searched for what was meant. It is made when the first thing is not where it was said to be.
type lookup struct {
	paths  map[string][]string             // of files, in folded letters
	names  map[string][]string             // of files, by their names in folded letters
	texts  map[string][]string             // paths of texts, by these without what a text's file ends in, in folded letters
	slugs  map[string][]*document.Document // texts by their slugs
	strays map[string]bool                 // slugs of texts of which something else was reported: they are in a wrong place, or cannot be read
	old    map[string]*document.Document   // texts by the addresses that they once had
	fit    map[wanted][]string             // names of files that are so
}

// alike makes names alike that differ in capitals, or in the form of their letters.
func alike(name string) string { return strings.ToLower(norm.NFC.String(name)) }

func (a *assembler) lookup() *lookup {
	if a.found != nil {
		return a.found
	}
	l := &lookup{paths: map[string][]string{}, names: map[string][]string{}, texts: map[string][]string{}, slugs: map[string][]*document.Document{},
		strays: map[string]bool{}, old: map[string]*document.Document{}, fit: map[wanted][]string{}}
	a.found = l
	for _, d := range a.Documents {
		p := d.File.Path
		l.slugs[d.Slug] = append(l.slugs[d.Slug], d)
		l.texts[alike(stem(p))] = append(l.texts[alike(stem(p))], p)
		for _, alias := range d.Meta.Aliases {
			l.old[strings.Trim(alias.Value, "/")] = d
		}
	}
	for _, p := range a.Tree.Paths() {
		if p == SettingsFile {
			continue
		}
		l.paths[alike(p)] = append(l.paths[alike(p)], p)
		name := alike(path.Base(p))
		l.names[name] = append(l.names[name], p)
		for want := aTextOrFile; want <= aTable; want++ {
			if want.fits(p) {
				l.fit[want] = append(l.fit[want], name)
			}
		}
		if path.Ext(p) == ".md" && a.byPath[p] == nil && a.stray(p) {
			l.strays[markdown.Slug(path.Base(stem(p)))] = true
			l.strays[markdown.Slug(path.Base(path.Dir(p)))] = true // a folder that has no index.md
		}
	}
	delete(l.strays, "")
	for want, names := range l.fit {
		slices.Sort(names)
		l.fit[want] = slices.Compact(names)
	}
	for _, o := range a.Tree.Odd() {
		if o.Why == source.Unreadable {
			l.strays[markdown.Slug(path.Base(stem(o.Path)))] = true
		}
	}
	return l
}

// stray reports whether a file was reported as a text in a wrong place.
func (a *assembler) stray(p string) bool {
	_, _, problems := document.Locate(a.Tree.File(p), func(p string) bool { return a.Tree.File(p) != nil })
	return problems != nil
}

// ends are what a link to a text may end in where its file ends in .md.
var ends = regexp.MustCompile(`(?i)(?:/index)?(?:\.md|\.markdown|\.html?)?/?$`)

// stem gives the path of a text without its file's ending, whether it is a folder or not.
func stem(p string) string { return p[:ends.FindStringIndex(p)[0]] }

// propose gives the files that were probably meant by a path that leads nowhere; sure says that the only one was. p is the path in the
// publication folder, as far as it is in there.
func (a *assembler) propose(p, from string, want wanted) (found []string, sure bool) {
	if a.diags.Long() {
		return nil, false
	}
	l := a.lookup()
	fitting := func(list []string) []string {
		return slices.DeleteFunc(slices.Clone(list), func(p string) bool { return !a.fits(p, want) })
	}
	name := alike(path.Base(p))
	tries := [][]string{l.paths[alike(p)], l.names[name]}
	if want == aTextOrFile {
		var named []string
		if slug := markdown.Slug(path.Base(stem(p))); textLike(p) && (slug != "" || p == ".") {
			for _, d := range l.slugs[slug] {
				named = append(named, d.File.Path)
			}
		}
		tries = [][]string{l.paths[alike(p)], l.texts[alike(stem(p))], nil, named}
		if name != "index.md" {
			tries[2] = l.names[name]
		}
	}
	for _, list := range tries {
		if list = fitting(list); list != nil {
			nearestFirst(list, from)
			return list[:min(len(list), mostChoices)], len(list) == 1
		}
	}
	if near := a.nearestFile(p, want); near != "" {
		return []string{near}, false
	}
	return nil, false
}

// nearestFile gives the file that is wanted whose name is nearest to that of p, or "".
func (a *assembler) nearestFile(p string, want wanted) string {
	l, name := a.lookup(), alike(path.Base(p))
	near := slices.DeleteFunc(slices.Clone(l.names[diag.Nearest(name, l.fit[want])]), func(p string) bool { return !a.fits(p, want) })
	switch best := diag.Nearest(p, near); {
	case best != "":
		return best
	case len(near) == 1 && name != "index.md": // a name that says nothing
		return near[0]
	}
	return ""
}

// mostChoices is how many files are proposed.
const mostChoices = 5

// textLike reports whether a path may be meant as that of a text.
func textLike(p string) bool {
	ext := strings.ToLower(path.Ext(p))
	return ext == "" || ext == "." || ext == ".md" || texts[ext]
}

// nearestFirst sorts files: those in the folder of from, then those in media/, then the others.
func nearestFirst(list []string, from string) {
	rank := func(p string) int {
		switch {
		case path.Dir(p) == path.Dir(from):
			return 0
		case strings.HasPrefix(p, "media/"):
			return 1
		}
		return 2
	}
	slices.SortStableFunc(list, func(x, y string) int { return rank(x) - rank(y) })
}

// offer reports what is wrong with a path, and the files in the publication folder that were probably meant.
func (a *assembler) offer(code diag.Code, w written, found []string, sure bool, args ...any) {
	var values []string
	for _, p := range found {
		p = relative(w.from, p)
		if w.body {
			p = inAddress.Replace(p)
		}
		values = append(values, p+w.after)
	}
	a.offerValues(code, w, values, sure, args...)
}

// inAddress writes a path as an address, in which some signs mean something else.
var inAddress = strings.NewReplacer("%", "%25", "?", "%3F", "#", "%23", "&", "%26", "|", "%7C")

// offerValues is offer for what may be written instead.
func (a *assembler) offerValues(code diag.Code, w written, values []string, sure bool, args ...any) {
	d := diag.Diagnostic{Code: code, Span: w.span, Args: args}
	if len(values) == 1 {
		d.Suggest = values[0]
	}
	for _, value := range values {
		text := value
		switch n := w.span.End - w.span.Start; {
		case w.vague:
			continue
		case w.body:
			text = markdown.Written(value)
		case w.fence:
			text = chart.Written(value)
		case n == len(w.value) || n == len(w.value)+len(`""`):
			text = scalar(value)
		default: // on several lines, or with signs that stand for others
			continue
		}
		fix := diag.Replace(w.span, text)
		fix.Args, fix.Choose = []any{w.value + w.after, value}, !sure
		d.Fixes = append(d.Fixes, fix)
	}
	a.diags = append(a.diags, d)
}

var plainScalar = regexp.MustCompile(`^[A-Za-z./][A-Za-z0-9./_-]*(?: [A-Za-z0-9./_-]+)*(?:#[A-Za-z0-9_-]+)?$`)

// scalar gives a path or reference as it stands in YAML.
func scalar(value string) string {
	if plainScalar.MatchString(value) {
		return value
	}
	var out strings.Builder
	enc := json.NewEncoder(&out) // a JSON string is a YAML string
	enc.SetEscapeHTML(false)
	_ = enc.Encode(value)
	return strings.TrimSpace(out.String())
}

// place says where what is missing belongs: {2} and {3} of a message.
func (a *assembler) place(p string, want wanted) (what diag.Term, where string) {
	dir := path.Dir(p)
	if a.odd(p, source.NoFile) {
		return "put-instead", strings.TrimPrefix(dir+"/", "./")
	}
	if kind := document.Kind(dir); want == aTextOrFile && path.Ext(p) == ".md" && kind.Row().Layout != "" && kind != document.Home {
		return "make-text", makes(kind, strings.TrimSuffix(path.Base(p), ".md"))
	}
	return "put-file", strings.TrimPrefix(dir+"/", "./")
}

// odd reports whether what is at p is not read, and why.
func (a *assembler) odd(p string, why source.Reason) bool {
	return slices.Contains(a.Tree.Odd(), source.Odd{Path: p, Why: why})
}

// makes gives the command that makes a text of a kind and with a slug.
func makes(kind document.Kind, slug string) string {
	title := strings.ReplaceAll(slug, "-", " ")
	if title != "" && title[0] >= 'a' && title[0] <= 'z' {
		title = strings.ToUpper(title[:1]) + title[1:]
	}
	return "leerblad new " + string(kind) + ` "` + title + `"`
}

// elsewhere matches paths that begin at a disk, a server or another program's folder.
var elsewhere = regexp.MustCompile(`^(?i:/|\\|[a-z]:[\\/]|file:)`)

// misplaced reports a path that does not begin at the folder of its text.
func (a *assembler) misplaced(w written, want wanted) bool {
	if !elsewhere.MatchString(w.value) {
		return false
	}
	p := slashes(w.value)
	if u, err := url.Parse(p); err == nil && strings.EqualFold(u.Scheme, "file") {
		p = u.Path
	}
	root := path.Clean(strings.TrimLeft(p, "/"))
	found, sure := []string(nil), false
	if p, ok := a.Tree.Name(root); ok && want.fits(p) {
		found, sure = []string{p}, true
	} else {
		found, sure = a.propose(root, w.from, want)
	}
	a.offer("absolute-path", w, found, sure, w.value)
	return true
}

// slashes gives a path without the signs that Windows has between folders.
func slashes(p string) string { return strings.ReplaceAll(p, `\`, "/") }

var (
	mailAddress = regexp.MustCompile(`^[^\s@/:?#]+@[^\s@/?#]+\.[^\s@/?#.]+(?:\?\S*)?$`)
	phone       = regexp.MustCompile(`^(?:\+|0)[0-9() -]{8,20}$`)
	notDigits   = regexp.MustCompile(`[^0-9]`)
	// webAddress matches a host and perhaps a path; the last word of the host is the submatch.
	webAddress = regexp.MustCompile(`^(?i)(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+([a-z]{2,18})(?::\d+)?(/.*)?$`)
)

// domains are those in which addresses without https:// most often are.
var domains = strings.Fields("nl com org net eu be de fr uk info edu gov int frl amsterdam nu io")

// complete gives the address that a link that leads to no file was probably meant as, and what that is.
func complete(dest string) (address string, what diag.Term, sure bool) {
	if mailAddress.MatchString(dest) {
		return "mailto:" + dest, "a-mail-address", true
	}
	if digits := notDigits.ReplaceAllString(dest, ""); phone.MatchString(dest) && len(digits) >= 9 && len(digits) <= 15 {
		if dest[0] == '+' {
			digits = "+" + digits
		}
		return "tel:" + digits, "a-phone-number", true
	}
	host, _, _ := strings.Cut(dest, "?")
	if m := webAddress.FindStringSubmatch(host); m != nil {
		common := slices.Contains(domains, strings.ToLower(m[1]))
		if common || m[2] != "" && !unsafe["."+m[1]] {
			return "https://" + dest, "a-web-address", common
		}
	}
	return "", "", false
}

// own resolves the path of an address on the publication's own site: to a text, or to a list of a kind.
func (a *assembler) own(p string) (d *document.Document, list string) {
	p = strings.Trim(strings.TrimSuffix(p, "index.html"), "/")
	if p == "" {
		if r := a.records["index"]; r != nil {
			return r.doc, ""
		}
		return nil, ""
	}
	first, slug, deeper := strings.Cut(p, "/")
	if !deeper {
		for _, name := range Lists() {
			if a.word(name) == p {
				return nil, name
			}
		}
		first, slug = "", p
	}
	for _, kind := range document.Folders() {
		if deeper && a.word(kind) == first || !deeper && kind == string(document.Pages) {
			if r := a.records[kind+"/"+slug]; r != nil {
				return r.doc, ""
			}
		}
	}
	return a.lookup().old[p], ""
}

// word gives the word in addresses for a kind's folder, "findings" or "search".
func (a *assembler) word(name string) string {
	if a.Word == nil {
		return name
	}
	return a.Word(name)
}

// byAddress gives the texts that an address on some site was probably meant as.
func (a *assembler) byAddress(address string) (found []string, sure bool) {
	u, err := url.Parse(address)
	if err != nil || a.diags.Long() {
		return nil, false
	}
	p := u.Path
	if base := a.Settings.URL.Path; strings.HasPrefix(p, base) {
		p = p[len(base):]
	}
	if d, _ := a.own(p); d != nil {
		return []string{d.File.Path}, true
	}
	slug := path.Base(stem(strings.Trim(p, "/")))
	for _, d := range a.lookup().slugs[slug] {
		if slug != "" && slug != "." {
			found = append(found, d.File.Path)
		}
	}
	return found, len(found) == 1
}

// meant gives the references that were probably meant by one that leads nowhere, to entries of the kinds.
func (a *assembler) meant(value string, kinds []document.Kind) (found []string, sure bool) {
	if a.diags.Long() {
		return nil, false
	}
	p, after, _ := strings.Cut(value, "#")
	if after != "" {
		after = "#" + after
	}
	fits := func(d *document.Document, id string) bool {
		return id == "" && slices.Contains(kinds, d.Kind) || id != "" && slices.Contains(kinds, document.Finding)
	}
	if u, err := url.Parse(p); err == nil && u.Host != "" {
		if files, _ := a.byAddress(p); len(files) == 1 {
			p = files[0]
		}
	}
	p = stem(strings.Trim(strings.TrimLeft(strings.ReplaceAll(p, `\`, "/"), "./"), "/"))
	slug := markdown.Slug(path.Base(p))
	if kind, ok := document.Called(path.Base(path.Dir(p))); ok {
		if r := a.records[string(kind)+"/"+slug]; r != nil && fits(r.doc, after) {
			return []string{r.doc.Reference() + after}, true
		}
	}
	for _, d := range a.lookup().slugs[slug] {
		if fits(d, after) && slug != "" {
			found = append(found, d.Reference()+after)
		}
	}
	if found != nil {
		return found[:min(len(found), mostChoices)], len(found) == 1
	}
	if near := a.nearestEntry(path.Dir(p), slug, kinds); near != "" {
		return []string{near + after}, false
	}
	return nil, false
}

// entitled gives the slugs of entries of a kind that are called so: by title or another name, or else by a slug that is much alike.
func (a *assembler) entitled(t frontmatter.Text, kind document.Kind) (found []string, sure bool) {
	if a.diags.Long() {
		return nil, false
	}
	slug := markdown.Slug(stem(t.Value))
	for _, e := range a.pub.of[kind] {
		names := append([]frontmatter.Text{{Value: e.Slug}, {Value: e.Title}}, e.Meta.Names...)
		if slug != "" && slices.ContainsFunc(names, func(n frontmatter.Text) bool { return markdown.Slug(n.Value) == slug }) {
			found = append(found, e.Slug)
		}
	}
	if found != nil {
		return found[:min(len(found), mostChoices)], len(found) == 1
	}
	var slugs []string
	for _, r := range a.references([]document.Kind{kind}) {
		slugs = append(slugs, path.Base(r))
	}
	if near := diag.Nearest(t.Value, slugs); near != "" {
		return []string{near}, false
	}
	return nil, false
}
