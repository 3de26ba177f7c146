package assist

import (
	"cmp"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"leerblad/internal/diag"
	"leerblad/internal/document"
	"leerblad/internal/frontmatter"
)

// field completes a key or a value of front matter or settings.
func (c *completer) field(f field) {
	c.span = f.span
	if f.key {
		c.keys(f)
		return
	}
	k := c.b.keyAt(f.path)
	if k == nil || listed(k) && !f.item { // or on the line of the key
		return
	}
	write := func(s string) string { return f.before + f.scalar(s) }
	c.choices(f, k, write)
	switch {
	case k.Type == document.TypeSlugs:
		c.slugs(k.Kinds[0], f.present, write)
		return
	case k.Kinds != nil:
		c.references(k.Kinds, f.present, write)
		return
	}
	switch k.Type {
	case document.TypeBool:
		for _, v := range []string{"true", "false"} {
			c.add(Completion{Label: v, Detail: words[v].In(c.l), Kind: CompleteValue, Text: write(v)})
		}
	case document.TypeDate:
		c.days(f, write)
	case document.TypeNumber:
		c.number(k, write)
	case document.TypePicture:
		c.files(strings.TrimSpace(c.typed()), isPicture, write)
	case document.TypeFile:
		c.files(strings.TrimSpace(c.typed()), c.fileFor(k.Name), write)
	case document.TypeBlock:
		if k.Name == "transcript" {
			c.files(strings.TrimSpace(c.typed()), c.transcript, write)
		}
	case document.TypeLines:
		c.used(k, f, write)
	}
}

// choices completes one of few values, or of few words that may stand among references.
func (c *completer) choices(f field, k *document.Key, write func(string) string) {
	typed := c.typed()
	for _, v := range k.Choices {
		if !slices.Contains(f.present, v) && (k.Kinds == nil || strings.HasPrefix(v, typed)) {
			x := Completion{Label: v, Kind: CompleteValue, Text: write(v)}
			if x.Detail = c.choiceLabel(f.path, k, v, c.l); x.Detail == v {
				x.Detail = ""
			}
			c.add(x)
		}
	}
}

// keys completes a key.
func (c *completer) keys(f field) {
	keys := c.b.keys()
	if len(f.path) > 0 {
		k := c.b.keyAt(f.path)
		if k == nil {
			return
		}
		keys = k.Fields
	}
	var kind document.Kind
	if c.b.Doc != nil {
		kind = c.b.Doc.Kind
	}
	for i := range keys {
		k := &keys[i]
		if slices.Contains(f.present, k.Name) {
			continue
		}
		detail := k.Label.In(c.l)
		if k.Needed(kind) {
			detail += " · " + words["needed"].In(c.l)
		}
		c.add(Completion{Label: k.Name, Detail: detail, Kind: CompleteKey, Text: f.before + c.begun(f, k), Doc: c.b.explain(k, c.l)})
	}
}

// begun gives a key with all that comes before its value.
func (c *completer) begun(f field, k *document.Key) string {
	below := "\n" + strings.Repeat(" ", f.indent+len(f.before)+2)
	switch {
	case f.colon:
		return k.Name
	case f.flow:
		return k.Name + ": "
	case k.Type == document.TypeMapping && k.Kinds == nil:
		return c.lines(k.Name + ":" + below + k.Fields[0].Name + ": ")
	case k.Type == document.TypeMappings:
		return c.lines(k.Name + ":" + below + "- " + k.Fields[0].Name + ": ")
	case k.Type == document.TypeNumbers:
		return k.Name + ": ["
	case listed(k):
		return c.lines(k.Name + ":" + below + "- ")
	}
	return k.Name + ": "
}

// choiceWord gives what a value of few is called.
func (p *Publication) choiceWord(at []string, k *document.Key, value string, l diag.Language) string {
	if !slices.Contains(k.Choices, value) {
		return ""
	}
	name := k.Name
	if len(at) > 1 {
		name = at[0] // the type of media
	}
	return p.word(name+"."+value, l)
}

// days completes a date.
func (c *completer) days(f field, write func(string) string) {
	add := func(day frontmatter.Day, why string) {
		if day != "" && !slices.ContainsFunc(c.list, func(x Completion) bool { return x.Label == string(day) }) {
			c.add(Completion{Label: string(day), Detail: why, Kind: CompleteValue, Text: write(string(day)), Doc: dayText(day, c.l)})
		}
	}
	now := c.in.Options.Now
	add(now, words["today"].In(c.l))
	if d := c.b.Doc; d != nil && f.path[0] != "date" {
		add(d.Meta.Date.Day, words["own-date"].In(c.l))
	}
	if t, err := time.Parse(time.DateOnly, string(now)); err == nil {
		later := func(t time.Time) frontmatter.Day { return frontmatter.Day(t.Format(time.DateOnly)) }
		add(later(t.AddDate(0, 0, 1)), words["tomorrow"].In(c.l))
		add(later(t.AddDate(0, 0, 1+(7-int(t.Weekday()))%7)), words["monday"].In(c.l))
		add(later(time.Date(t.Year(), t.Month()+1, 1, 0, 0, 0, 0, time.UTC)), words["month"].In(c.l))
	}
	if c.b.Doc == nil {
		return
	}
	for _, d := range c.newest(c.b.Doc.Kind) {
		add(d.Meta.Date.Day, title(d))
	}
}

// newest gives the last texts of a kind that have a date.
func (p *Publication) newest(k document.Kind) (out []*document.Document) {
	const some = 3
	for _, d := range p.in.Documents {
		if d.Kind == k && d.Meta.Date.Day != "" && (len(out) < some || d.Meta.Date.Day > out[some-1].Meta.Date.Day) {
			out = append(out, d)
			slices.SortStableFunc(out, func(a, b *document.Document) int { return -cmp.Compare(a.Meta.Date.Day, b.Meta.Date.Day) })
			out = out[:min(len(out), some)]
		}
	}
	return out
}

// number completes a number that each text of a kind has for itself.
func (c *completer) number(k *document.Key, write func(string) string) {
	if k.Name != "number" || c.b.Doc == nil {
		return
	}
	last := 0
	for _, d := range c.in.Documents {
		if d.Kind == c.b.Doc.Kind && d.File.Path != c.b.File.Path {
			last = max(last, d.Meta.Number.Value)
		}
	}
	next := strconv.Itoa(last + 1)
	c.add(Completion{Label: next, Detail: words["next"].In(c.l), Kind: CompleteValue, Text: write(next)})
}

// used completes a text that others have too: the most used first.
func (c *completer) used(k *document.Key, f field, write func(string) string) {
	if k.Texts == nil || k.Name == "aliases" || k.Name == "lessons" || k.Name == "names" {
		return // which say something of their own in each text
	}
	count := map[string]int{}
	var all []string
	for _, d := range c.in.Documents {
		if d.File.Path == c.b.File.Path || !d.Kind.Knows(k.Name) {
			continue
		}
		for _, s := range k.Texts(&d.Meta) {
			if count[s]++; count[s] == 1 && !slices.Contains(f.present, s) {
				all = append(all, s)
			}
		}
	}
	slices.SortStableFunc(all, func(a, b string) int { return count[b] - count[a] })
	for _, s := range all {
		detail := words["used-once"].In(c.l)
		if count[s] > 1 {
			detail = say(c.l, "used", count[s])
		}
		c.add(Completion{Label: s, Detail: detail, Kind: CompleteValue, Text: write(s)})
	}
}

var pictureEnds = []string{".jpg", ".jpeg", ".png", ".gif", ".webp", ".svg"}

func isPicture(p string) bool { return slices.Contains(pictureEnds, strings.ToLower(path.Ext(p))) }

// fileFor gives which files the key of a path is for.
func (c *completer) fileFor(key string) func(string) bool {
	if key == "captions" {
		return func(p string) bool { return strings.EqualFold(path.Ext(p), ".vtt") }
	}
	return isFile
}

// transcript reports whether a file may be a transcript: it is a text, and no entry.
func (c *completer) transcript(p string) bool {
	return strings.EqualFold(path.Ext(p), ".md") && path.Base(p) != "README.md" && c.byPath(p) == nil
}

// isFile reports whether a file is one that readers get as it is.
func isFile(p string) bool {
	switch strings.ToLower(path.Ext(p)) {
	case ".md", ".yaml", ".yml", ".vtt", ".html", ".htm", ".js", ".css", "":
		return false
	}
	return true
}

// plain matches values that need no quotation marks, wherever they stand.
var plain = regexp.MustCompile(`^[\p{L}./][\p{L}\p{N}./’'()_-]*(?: [\p{L}\p{N}./’'()_-]+)*(?:#[\p{L}\p{N}_-]+)?$|^\d{4}-\d\d-\d\d$|^\d+$`)

// notText matches plain values that YAML does not take for text.
var notText = regexp.MustCompile(`^(?i:true|false|yes|no|on|off|y|n|null|~|[.]inf|[.]nan)$`)

// scalar gives a value as it is written in the field: within its quotation marks, or with some if it needs them.
func (f field) scalar(s string) string {
	switch {
	case f.quote == '"':
		return strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(s)
	case f.quote == '\'':
		return strings.ReplaceAll(s, "'", "''")
	case s == "true" || s == "false", plain.MatchString(s) && !notText.MatchString(s):
		return s
	}
	return frontmatter.Quote(s)
}
