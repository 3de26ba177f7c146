package importer

import (
	"archive/zip"
	"bytes"
	"errors"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"leerblad/internal/bounds"
	"leerblad/internal/diag"
	"leerblad/internal/document"
	"leerblad/internal/frontmatter"
	"leerblad/internal/markdown"
	"leerblad/internal/media"
	"leerblad/internal/source"
)

// parcelFile is how a contribution is called: browsers and systems add to the name what tells one from another.
var parcelFile = regexp.MustCompile(`(?i)\.leerblad\b[^.]*\.zip$`)

// IsContribution reports whether a file is a practice story as the form of a publication makes it, by its name or by what is in it.
func IsContribution(name string, data []byte) bool {
	if parcelFile.MatchString(name) {
		return true
	}
	if !strings.EqualFold(path.Ext(name), ".zip") || len(data) > maxParcel {
		return false
	}
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	return err == nil && len(z.File) <= maxParcelFiles && slices.ContainsFunc(z.File, func(f *zip.File) bool { return path.Base(f.Name) == storyFile })
}

// Contribution makes the draft of a practice story of a file that anybody may have made. Of its front matter it takes what a story has to say
// and nothing that says where it goes; the rest is text without findings, pictures, cards or links into the publication; its files are what
// their bytes say, and pictures have lost where and when they were taken. What cannot be taken over so is refused, with an *Error. What the
// sender tells the editors alone is a remark.
func Contribution(data []byte, o Options) (*Text, error) {
	files, names, err := unpack(data)
	if err != nil {
		return nil, err
	}
	story, ok := files[storyFile]
	if !ok {
		return nil, &Error{Code: "parcel-story"}
	}
	c := &contribution{files: files, text: &Text{}, parser: markdown.New(), scaler: media.New(""), used: map[string]string{}}
	doc, err := c.read(source.NewFile(storyFile, story))
	if err != nil {
		return nil, err
	}
	lines, err := c.front(doc, o)
	if err != nil {
		return nil, err
	}
	body := strings.TrimLeft(decode(story[doc.BodyStart:]), "\n")
	c.text.Markdown = []byte(strings.Join(lines, "\n") + "\n" + strings.TrimRight(body, " \t\n") + "\n")
	for _, name := range names {
		if name != storyFile && name != senderFile && c.used[name] == "" {
			c.remark("parcel-unused", name)
		}
	}
	c.sender()
	return c.text, nil
}

// contribution is one that is read.
type contribution struct {
	files  map[string][]byte
	text   *Text
	parser *markdown.Parser
	scaler *media.Scaler
	used   map[string]string // what files of the story are called, by their names in the archive
}

func (c *contribution) remark(code string, args ...any) {
	c.text.Remarks = append(c.text.Remarks, Remark{code, args})
}

// read reads the story, which has no mistakes and nothing beside text.
func (c *contribution) read(f *source.File) (*document.Document, error) {
	if len(f.Data) > bounds.Text {
		return nil, tooMuchText()
	}
	doc, problems := document.Parse(c.parser, f, document.Place{Kind: document.Stories, Slug: "story"})
	if err := mistaken(problems); err != nil {
		return nil, err
	}
	if err := plainBody(doc.Body); err != nil {
		return nil, err
	}
	for _, link := range doc.Body.Links {
		c.remark("parcel-address", short(link.Dest))
	}
	return doc, nil
}

// mistaken gives the first of the mistakes as an error.
func mistaken(problems diag.List) error {
	for _, p := range problems.Sorted() {
		if p.Severity() == diag.Error {
			line, _ := p.Span.Position()
			return &Error{Code: "parcel-mistake", Args: []any{line, p}}
		}
	}
	return nil
}

// plainBody says what a body has that is more than text, if anything is.
func plainBody(b *markdown.Body) error {
	more := func(span source.Span) error {
		line, _ := span.Position()
		return &Error{Code: "parcel-more", Args: []any{line, short(span.Text())}}
	}
	for _, f := range b.Findings {
		return more(f.Span)
	}
	for _, m := range b.Moved {
		return more(m.Item)
	}
	for _, p := range b.Pictures {
		return more(p.Span)
	}
	for _, l := range slices.Concat(b.Cards, b.Links, b.Definitions) {
		if u, err := url.Parse(l.Dest); err != nil || !slices.Contains([]string{"https", "http", "mailto"}, strings.ToLower(u.Scheme)) {
			return more(l.Span)
		}
	}
	return nil
}

// front gives the front matter of the draft, with an empty line after it, and puts its files beside the text.
func (c *contribution) front(doc *document.Document, o Options) ([]string, error) {
	m := &doc.Meta
	title, date := first(o.Title, m.Title.Value), first(o.Date, string(m.Date.Day))
	if c.text.Title, c.text.Slug = title, slug(title); c.text.Slug == "" {
		c.text.Slug = "story"
	}
	lines := []string{"---", "title: " + frontText(title), "date: " + date, "draft: true", "# " + Remark{Code: "parcel-comment"}.Text(o.Language)}
	var regions []string
	for _, r := range m.Regions {
		if slices.Contains(o.Regions, r.Value) {
			regions = append(regions, r.Value)
		} else {
			c.remark("parcel-region", short(r.Value))
		}
	}
	if regions != nil {
		lines = append(lines, "regions: ["+strings.Join(regions, ", ")+"]")
	}
	if m.Outcome.Value != "" {
		lines = append(lines, "outcome: "+m.Outcome.Value)
	}
	if m.Lessons != nil {
		lines = append(lines, "lessons:")
	}
	for _, l := range m.Lessons {
		lines = append(lines, "  - "+frontText(l.Value))
	}
	if m.Media != nil {
		lines = append(lines, "media:")
	}
	for _, item := range m.Media {
		more, err := c.item(item)
		if err != nil {
			return nil, err
		}
		lines = append(lines, more...)
	}
	c.tellOthers(doc)
	return append(lines, "---", ""), nil
}

// tellOthers tells of the keys that an editor decides on.
func (c *contribution) tellOthers(doc *document.Document) {
	block, _, _, _ := frontmatter.Split(doc.File)
	fields, _ := frontmatter.Read(block)
	for _, f := range fields {
		if !slices.Contains([]string{"title", "date", "draft", "regions", "outcome", "lessons", "media"}, f.Key) {
			c.remark("parcel-key", f.Key)
		}
	}
}

// item gives a media item as front matter has it.
func (c *contribution) item(item document.MediaItem) ([]string, error) {
	lines := []string{"  - type: " + item.Type}
	add := func(key, value string) {
		if value != "" {
			lines = append(lines, "    "+key+": "+frontText(value))
		}
	}
	for _, f := range []struct {
		key, name string
		take      func(name string, data []byte) (string, []byte, error)
	}{{"src", item.Src.Value, c.taker(item.Type)}, {"poster", item.Poster.Value, c.picture}, {"captions", item.Captions.Value, captions}} {
		name, err := c.file(f.name, f.take)
		if err != nil {
			return nil, err
		}
		add(f.key, name)
	}
	add("link", item.Link.Value)
	add("alt", item.Alt.Value)
	add("caption", item.Caption.Value)
	add("credit", item.Credit.Value)
	add("quote", item.Quote.Value)
	add("person", item.Person.Value)
	if text := item.Transcript.Value; text != "" {
		body, problems := document.Transcript(c.parser, source.NewFile(storyFile, []byte(text)), "transcript_")
		if err := errors.Join(mistaken(problems), plainBody(body)); err != nil {
			return nil, err
		}
		if namesFile.MatchString(text) { // it is text, whatever there is of that name; comments are not shown
			text += " <!-- text -->"
		}
		add("transcript", text)
	}
	return lines, nil
}

// namesFile is a transcript that would be taken for the path of a file.
var namesFile = regexp.MustCompile(`^.*\.\w+$`)

// taker gives what checks a file of a type of media.
func (c *contribution) taker(kind string) func(name string, data []byte) (string, []byte, error) {
	if kind == "video" || kind == "audio" {
		return c.recording
	}
	return c.picture
}

// file puts a file of the archive beside the text, once, and gives its name there.
func (c *contribution) file(name string, take func(name string, data []byte) (string, []byte, error)) (string, error) {
	if name == "" || c.used[name] != "" {
		return c.used[name], nil
	}
	data, ok := c.files[name]
	if !ok || name == storyFile || name == senderFile {
		return "", &Error{Code: "parcel-missing", Args: []any{short(name)}}
	}
	called, data, err := take(name, data)
	if err != nil {
		return "", err
	}
	ext := path.Ext(called)
	base := strings.TrimSuffix(called, ext)
	for slices.ContainsFunc(c.text.Files, func(f File) bool { return f.Name == called }) { // it had the ending of another type
		base += "-2"
		called = base + ext
	}
	c.used[name] = called
	c.text.Files = append(c.text.Files, File{called, data})
	return called, nil
}

// maxPixels is how many pixels a contributed picture may have: telephones make some of 50 million.
const maxPixels = 64_000_000

// picture checks that all of a picture can be read, and takes out what it says beside what it shows.
func (c *contribution) picture(name string, data []byte) (string, []byte, error) {
	info, err := media.Inspect(name, data)
	var large *media.TooLargeError
	switch {
	case errors.As(err, &large), err == nil && info.Width > maxPixels/info.Height:
		return "", nil, &Error{Code: "parcel-pixels", Args: []any{name, maxPixels / 1_000_000}}
	case errors.Is(err, media.ErrDamaged):
		return "", nil, &Error{Code: "parcel-damaged", Args: []any{name}}
	case err != nil || !slices.Contains([]string{"jpeg", "png", "webp"}, info.Format):
		return "", nil, &Error{Code: "parcel-picture", Args: []any{name}}
	}
	p := c.scaler.Open(data, info)
	defer p.Close()
	clean, err := c.scaler.Clean(data, info)
	if err == nil {
		err = p.Check()
	}
	if err != nil {
		return "", nil, &Error{Code: "parcel-damaged", Args: []any{name}}
	}
	return info.Named(name), clean, nil
}

// recording checks that a film or recording is one, by how files of its type begin.
func (c *contribution) recording(name string, data []byte) (string, []byte, error) {
	has := func(at int, starts ...string) bool {
		return slices.ContainsFunc(starts, func(s string) bool { return len(data) > at && bytes.HasPrefix(data[at:], []byte(s)) })
	}
	ok := false
	switch path.Ext(name) {
	case ".mp4", ".m4a":
		ok = has(4, "ftyp") && !has(8, "avif", "avis", "heic", "heix", "mif1", "msf1")
	case ".webm":
		ok = has(0, "\x1a\x45\xdf\xa3")
	case ".mp3":
		ok = has(0, "ID3", "\xff\xfb", "\xff\xfa", "\xff\xf3", "\xff\xf2")
	}
	if !ok {
		return "", nil, &Error{Code: "parcel-recording", Args: []any{name}}
	}
	c.remark("parcel-places", name)
	return name, data, nil
}

// captions checks that a file has captions.
func captions(name string, data []byte) (string, []byte, error) {
	text, _ := strings.CutPrefix(string(data), "\ufeff")
	if !strings.HasPrefix(text, "WEBVTT") || !utf8.ValidString(text) || len(text) > bounds.Text || strings.ContainsRune(text, 0) {
		return "", nil, &Error{Code: "parcel-captions", Args: []any{name}}
	}
	return name, data, nil
}

// sender tells what is for the editors alone.
func (c *contribution) sender() {
	data := c.files[senderFile]
	text := strings.TrimSpace(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\n' || unicode.Is(unicode.Bidi_Control, r) {
			return -1
		}
		return r
	}, strings.ToValidUTF8(string(data[:min(len(data), maxSender)]), "?")))
	if text == "" {
		c.remark("parcel-no-sender")
		return
	}
	c.remark("parcel-sender", "  "+strings.ReplaceAll(text, "\n", "\n  "))
}
