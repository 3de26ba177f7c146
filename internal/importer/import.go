package importer

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"net/http"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"leerblad/internal/diag"
	"leerblad/internal/markdown"
)

// Options say what the editor and the publication know of a file.
type Options struct {
	Name     string            // of the file
	Title    string            // "" leaves it to the file
	Date     string            // as YYYY-MM-DD; "" leaves it to the file
	Today    string            // the date where nothing says one
	Dated    bool              // the text must have a date
	Undated  bool              // it may have none
	Signs    map[string]string // what signs before items mean: "⊕" is "+"
	Topics   map[string]string // the slugs of the publication's topics by their titles and other names
	Unnumber bool              // headings lose the numbers that were typed before them
	Regions  []string          // the slugs of the publication's regions, which a contribution may name
	Apart    bool              // lists of recommendations become texts of their own
	Language diag.Language     // of the publication, for names of pictures
}

// Text is what a file becomes.
type Text struct {
	Title     string
	Slug      string // of the title, for a file
	Markdown  []byte
	Files     []File // the pictures in it
	Questions []Question
	Remarks   []Remark

	date            string
	recommendations []recommendation // that were taken out of it
}

// File is a picture of a text, which stands beside it.
type File struct {
	Name string
	Data []byte
}

// Import makes a text of what a reader has read. It changes doc.
func Import(doc *Document, o Options) *Text {
	t := &Text{Remarks: slices.Clone(doc.Remarks)}
	u := newUnderstander(o.Signs)
	blocks := tidyBlocks(doc.Blocks)
	for i := range doc.Notes {
		doc.Notes[i].Blocks = tidyBlocks(doc.Notes[i].Blocks)
	}
	u.count(blocks)
	if !hasStyles(blocks) && doc.Title == nil {
		blocks = u.plainHeadings(blocks)
	}
	blocks = u.headings(blocks)
	blocks = u.lists(blocks)
	var ask []Question
	if typed := typedNumbers(blocks); o.Unnumber {
		for _, h := range typed {
			h.Text = unnumbered(h.Text)
		}
	} else if typed != nil {
		q := Question{Kind: "numbers", Code: "ask-numbers", Args: []any{len(typed)}, Flag: "--unnumber"}
		for _, h := range typed {
			q.Items = append(q.Items, plain(h.Text))
			h.topic = topicOf(o.Topics, plain(unnumbered(h.Text)))
		}
		ask = append(ask, q)
	}
	eachText(blocks, links)
	for _, n := range doc.Notes {
		eachText(n.Blocks, links)
	}
	u.findings(blocks)

	f := front{summary: plain(doc.Subtitle)}
	f.title, blocks = title(doc, blocks, o, &ask)
	if !o.Undated {
		f.date = date(doc, blocks, o, &ask)
	}
	ask = append(ask, u.questions(o)...)
	if t.date = f.date; o.Apart {
		blocks = t.takeRecommendations(blocks)
	}
	ask = append(ask, recommended(blocks)...)
	ask = append(ask, topical(blocks, o)...)

	doc.Blocks = blocks
	files := t.pictures(doc, o)
	var remarks []Remark
	t.Markdown, remarks = write(doc, f, files)
	t.Remarks = append(t.Remarks, remarks...)
	for _, c := range doc.Comments {
		t.Remarks = append(t.Remarks, Remark{"comment", []any{c.By, short(c.Text)}})
	}
	t.Title, t.Slug = f.title, slug(f.title)
	if ending := filepath.Ext(o.Name); tableFile.MatchString(ending) && f.title == fileTitle(o.Name) {
		t.Slug = slug(f.title + ending)
	}
	if t.Slug == "" {
		t.Slug = "import"
	}
	locate(ask, string(t.Markdown))
	t.Questions = ask
	return t
}

// tableFile is how names of files end that hold tables alone. Such a file often is there in several forms, and is called by what the
// publication calls its own lists.
var tableFile = regexp.MustCompile(`(?i)^\.(?:csv|tsv|tab|xlsx|xlsm)$`)

// slug gives the name of a text's file: of a long title its first words.
func slug(title string) string {
	const most = 60
	s := markdown.Slug(title)
	if len(s) > most {
		s = s[:most+1]
		s = s[:max(strings.LastIndexByte(s, '-'), 1)]
	}
	return strings.Trim(s, "-")
}

// hasStyles reports whether a file has headings, lists or bold text.
func hasStyles(blocks []Block) bool {
	for _, b := range blocks {
		switch b := b.(type) {
		case *Heading, *List, *Table:
			return true
		case *Paragraph:
			for _, t := range b.Text {
				if t.Style != 0 || t.Link != "" || t.Note > 0 || t.Picture > 0 || b.Large {
					return true
				}
			}
		}
	}
	return false
}

var generic = regexp.MustCompile(`(?i)^(?:\d|(?:inleiding|introductie|aanleiding|samenvatting|voorwoord|vooraf|leeswijzer|inhoud|inhoudsopgave|introduction|summary|preface|foreword|background|achtergrond|bijlage|contents|abstract|overview)\b)`)

// title gives the title, and the blocks without it.
func title(doc *Document, blocks []Block, o Options, ask *[]Question) (string, []Block) {
	if o.Title != "" {
		if h, ok := at(blocks, 0).(*Heading); ok && doc.Title == nil && plain(h.Text) == o.Title {
			return o.Title, blocks[1:]
		}
		return o.Title, withTitle(doc, blocks, o.Title)
	}
	if text := plain(doc.Title); strings.TrimSpace(text) != "" {
		return text, blocks
	}
	first := 0 // block that is more than a picture
	for ; first < len(blocks); first++ {
		if p, ok := blocks[first].(*Paragraph); !ok || strings.TrimSpace(plain(p.Text)) != "" {
			break
		}
	}
	var choices []string
	if h, ok := at(blocks, first).(*Heading); ok && plain(h.Text) != "" && !hasMark(h.Text) {
		text := plain(h.Text)
		beside := 0
		for _, b := range blocks[first+1:] {
			if other, is := b.(*Heading); is && other.Level <= h.Level {
				beside++
			}
		}
		if beside == 0 || !generic.MatchString(text) {
			if beside > 0 {
				*ask = append(*ask, Question{Kind: "title", Code: "ask-title-first", Args: []any{text}, Flag: "--title"})
			}
			return text, slices.Concat(blocks[:first], blocks[first+1:])
		}
	}
	for _, b := range blocks[:min(len(blocks), 8)] {
		switch b := b.(type) {
		case *Heading:
			choices = append(choices, plain(b.Text))
		case *Paragraph:
			if text := plain(b.Text); text != "" && len(text) <= 80 {
				choices = append(choices, text)
			}
		}
	}
	name := fileTitle(o.Name)
	*ask = append(*ask, Question{Kind: "title", Code: "ask-title-file", Args: []any{name}, Flag: "--title", Choices: choices})
	return name, blocks
}

// withTitle keeps the file's own title in the text if the editor gave another one.
func withTitle(doc *Document, blocks []Block, title string) []Block {
	if text := plain(doc.Title); text != "" && text != title {
		return append([]Block{&Paragraph{Text: doc.Title}}, blocks...)
	}
	return blocks
}

// hasMark reports whether a note or picture stands in a text, which a title cannot hold.
func hasMark(text []Inline) bool {
	return slices.ContainsFunc(text, func(t Inline) bool { return t.Note > 0 || t.Picture > 0 })
}

// fileTitle makes a title of a file's name.
func fileTitle(name string) string {
	base := filepath.Base(name)
	base = strings.TrimSuffix(base, filepath.Ext(base))
	text := strings.Join(strings.FieldsFunc(base, func(r rune) bool { return r == '_' || r == '-' || unicode.IsSpace(r) || unicode.IsControl(r) }), " ")
	if text == "" {
		return "Import"
	}
	r, size := utf8.DecodeRuneInString(text)
	return string(unicode.ToUpper(r)) + text[size:]
}

// pictures names the files of pictures that are there, and tells of those that are not.
func (t *Text) pictures(doc *Document, o Options) map[int]string {
	used := map[int]bool{}
	mark := func(text []Inline) []Inline {
		for _, i := range text {
			used[i.Picture] = true
		}
		return text
	}
	eachText(doc.Blocks, mark)
	for _, n := range doc.Notes {
		eachText(n.Blocks, mark)
	}
	names, taken := map[int]string{}, map[string]bool{"index.md": true}
	known, same := map[*byte]string{}, map[[sha256.Size]byte]string{} // the names by a picture's place in memory, and by its bytes
	for i, p := range doc.Pictures {
		if !used[i+1] {
			continue
		}
		ending := pictureEnding(p.Data)
		switch {
		case len(p.Data) == 0:
			t.Remarks = append(t.Remarks, Remark{"picture-elsewhere", []any{short(first(p.Hint, p.Name))}})
			continue
		case ending == "":
			t.Remarks = append(t.Remarks, Remark{"picture-kind", []any{p.Name}})
			continue
		}
		part := &p.Data[0]
		if known[part] == "" { // a file may name one picture many times
			sum := sha256.Sum256(p.Data)
			if same[sum] == "" {
				same[sum] = pictureName(p.Name, o.Language, len(t.Files)+1, ending, taken)
				t.Files = append(t.Files, File{same[sum], p.Data})
			}
			known[part] = same[sum]
		}
		names[i+1] = known[part]
	}
	return names
}

func first(texts ...string) string {
	for _, s := range texts {
		if s != "" {
			return s
		}
	}
	return ""
}

// pictureEnding tells by a picture's bytes how its file's name ends; "" for one that the publication cannot have.
func pictureEnding(data []byte) string {
	switch http.DetectContentType(data) {
	case "image/png":
		return ".png"
	case "image/jpeg":
		return ".jpg"
	case "image/gif":
		return ".gif"
	case "image/webp":
		return ".webp"
	}
	if head := data[:min(len(data), 1024)]; bytes.Contains(head, []byte("<svg")) {
		return ".svg"
	}
	return ""
}

// namelessPicture is a name that a program gave.
var namelessPicture = regexp.MustCompile(`^(?:(?:image|img|picture|afbeelding|media|pasted-?\w*|clip-?image|word-?image|screenshot|foto|photo)?-?\d+|[0-9a-f]{16,}|\d+[0-9a-f-]*|.*-html?-.*[0-9a-f]{8,}.*|[0-9a-f-]{30,})$`)

func pictureName(name string, l diag.Language, n int, ending string, taken map[string]bool) string {
	base := markdown.Slug(strings.TrimSuffix(path.Base(strings.ReplaceAll(name, `\`, "/")), path.Ext(name)))
	if base == "" || namelessPicture.MatchString(base) || len(base) > 60 {
		base = map[diag.Language]string{diag.English: "picture-"}[l]
		if base == "" {
			base = "afbeelding-"
		}
		base += strconv.Itoa(n)
	}
	out := base + ending
	for i := 2; taken[out]; i++ {
		out = fmt.Sprintf("%s-%d%s", base, i, ending)
	}
	taken[out] = true
	return out
}

var months = map[string]time.Month{}

func init() {
	for i, names := range []string{"januari january jan", "februari february feb", "maart march mrt mar", "april apr", "mei may", "juni june jun",
		"juli july jul", "augustus august aug", "september sept sep", "oktober october okt oct", "november nov", "december dec"} {
		for _, n := range strings.Fields(names) {
			months[n] = time.Month(i + 1)
		}
	}
}

var (
	isoDay   = regexp.MustCompile(`\b((?:19|20)\d\d)-(\d\d)-(\d\d)\b`)
	numbers  = regexp.MustCompile(`\b(\d{1,2})[-/.](\d{1,2})[-/.]((?:19|20)\d\d)\b`)
	dayFirst = regexp.MustCompile(`(?i)\b(\d{1,2})(?:e|ste|de|st|nd|rd|th)?(?: of)? ([a-z]+)\.?,? ((?:19|20)\d\d)\b`)
	dayAfter = regexp.MustCompile(`(?i)\b([a-z]+)\.? (\d{1,2})(?:st|nd|rd|th)?,? ((?:19|20)\d\d)\b`)
	monthly  = regexp.MustCompile(`(?i)\b([a-z]+)\.? ((?:19|20)\d\d)\b`)
	dateLine = regexp.MustCompile(`(?i)^(?:(?:datum|date|versie(?:datum)?|version|gepubliceerd(?: op)?|published(?: on)?|publicatiedatum|laatst (?:bijgewerkt|gewijzigd)(?: op)?)\s*:?\s*)?(?:[\p{L}’' -]{2,30}, )?$`)
)

// dayIn gives the day that a text names, and what stands before and after it. Numbers are a day and a month, as the Dutch and English write them.
func dayIn(text string) (day, before, after string) {
	for _, form := range []struct {
		re      *regexp.Regexp
		y, m, d int
	}{{isoDay, 1, 2, 3}, {numbers, 3, 2, 1}, {dayFirst, 3, 2, 1}, {dayAfter, 3, 1, 2}} {
		at := form.re.FindStringSubmatchIndex(text)
		if at == nil {
			continue
		}
		part := func(g int) string { return strings.ToLower(text[at[2*g]:at[2*g+1]]) }
		month, named := months[part(form.m)]
		if n, err := strconv.Atoi(part(form.m)); err == nil {
			month, named = time.Month(n), n >= 1 && n <= 12
		}
		y, _ := strconv.Atoi(part(form.y))
		d, _ := strconv.Atoi(part(form.d))
		if t := time.Date(y, month, d, 0, 0, 0, 0, time.UTC); named && t.Day() == d && t.Month() == month {
			return t.Format(time.DateOnly), text[:at[0]], text[at[1]:]
		}
	}
	return "", "", ""
}

// date gives the date: what the editor said, what a line among the first says, or today.
func date(doc *Document, blocks []Block, o Options, ask *[]Question) string {
	if o.Date != "" {
		return o.Date
	}
	lines := []string{doc.Date, plain(doc.Title), plain(doc.Subtitle)}
	for i, b := range blocks {
		var text []Inline
		switch b := b.(type) {
		case *Paragraph:
			text = b.Text
		case *Heading:
			text = b.Text
		}
		if i == 6 || len(lines) > 12 {
			break
		}
		for _, p := range parts(&Paragraph{Text: text}) {
			line := []Inline{}
			for _, t := range append(p.Text, Inline{Break: true}) {
				if t.Break {
					lines = append(lines, strings.TrimSpace(plain(line)))
					line = nil
					continue
				}
				line = append(line, t)
			}
		}
	}
	month := ""
	for _, line := range lines {
		if len(line) > 100 {
			continue
		}
		day, before, after := dayIn(line)
		if day != "" && dateLine.MatchString(before) && strings.Trim(after, " .)") == "" {
			return day
		}
		if day != "" && month == "" {
			month = day
		}
		if m := monthly.FindStringSubmatch(line); m != nil && day == "" && month == "" {
			if n, ok := months[strings.ToLower(m[1])]; ok {
				month = fmt.Sprintf("%s-%02d-01", m[2], n)
			}
		}
	}
	switch {
	case month != "":
		*ask = append(*ask, Question{Kind: "date", Code: "ask-date-in-text", Args: []any{month}, Flag: "--date", Choices: []string{month}})
		return month
	case o.Dated:
		*ask = append(*ask, Question{Kind: "date", Code: "ask-date", Args: []any{o.Today}, Flag: "--date"})
		return o.Today
	}
	return ""
}
