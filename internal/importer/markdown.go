package importer

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"regexp"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer/html"
	yamlv4 "go.yaml.in/yaml/v4"

	"leerblad/internal/bounds"
)

// maxBrackets is how many links may begin between two empty lines: the parser looks from each for its end.
const maxBrackets = 3000

// nested is a line within more quotations and lists than a text has.
var nested = regexp.MustCompile(`^(?:[ \t]*(?:>|[-*+][ \t]|\d{1,9}[.)][ \t])){60}`)

// boundMarkdown makes sure that no text costs its parser much more than its size.
func boundMarkdown(text string) error {
	brackets := 0
	for line := range strings.SplitSeq(text, "\n") {
		if brackets += strings.Count(line, "["); strings.TrimSpace(line) == "" {
			brackets = 0
		}
		switch {
		case brackets > maxBrackets:
			return &Error{Code: "page-too-large"}
		case nested.MatchString(line):
			return &Error{Code: "too-deep", Args: []any{60}}
		}
	}
	return nil
}

// readMarkdown reads the Markdown of other generators. What these add to Markdown is written in plain Markdown or HTML first; that is
// read as the page that it becomes.
func readMarkdown(data []byte) (*Document, error) {
	if len(data) > bounds.Text {
		return nil, tooMuchText()
	}
	m := &foreign{}
	text := m.rewrite(m.front(decode(data)))
	if err := boundMarkdown(text); err != nil {
		return nil, err
	}
	md := goldmark.New(goldmark.WithExtensions(extension.GFM, extension.Footnote, extension.DefinitionList),
		goldmark.WithParserOptions(parser.WithAutoHeadingID()), goldmark.WithRendererOptions(html.WithUnsafe()))
	var page bytes.Buffer
	page.WriteString("<!DOCTYPE html><body>")
	if err := md.Convert([]byte(text), &page); err != nil {
		return nil, &Error{Code: "broken-file"}
	}
	doc, err := readHTML(page.Bytes())
	if err != nil {
		return nil, err
	}
	if m.title != "" {
		if h, ok := at(doc.Blocks, 0).(*Heading); ok && plain(h.Text) == m.title { // it stands in the text again
			doc.Blocks = doc.Blocks[1:]
		}
		doc.Title = []Inline{{Text: m.title}}
	}
	if m.summary != "" {
		doc.Subtitle = []Inline{{Text: m.summary}}
	}
	doc.Date = m.date
	doc.Remarks = append(doc.Remarks, m.remarks...)
	return doc, nil
}

// foreign is Markdown of another generator.
type foreign struct {
	title, summary, date string
	remarks              []Remark
}

func (m *foreign) remark(code string, args ...any) {
	const most = 100
	if len(m.remarks) < most {
		m.remarks = append(m.remarks, Remark{code, args})
	}
}

var (
	tomlLine   = regexp.MustCompile(`^\s*([\w-]+)\s*=\s*(.*?)\s*$`)
	pandocHead = regexp.MustCompile(`^(?:%[ \t]*(.*)\n(?:[ \t]+.*\n)*)(?:%[ \t]*(.*)\n)?(?:%[ \t]*(.*)\n)?`)
)

// front takes the front matter off a text: title, summary and date are of use, the rest is told of.
func (m *foreign) front(text string) string {
	values := map[string]any{}
	body := text
	cutAt := func(fence string) (head string, ok bool) {
		if head, body, ok = strings.Cut(text[len(fence)+1:], "\n"+fence+"\n"); !ok {
			head, ok = strings.CutSuffix(strings.TrimRight(text[len(fence)+1:], "\n"), "\n"+fence)
			body = ""
		}
		return head, ok
	}
	switch {
	case strings.HasPrefix(text, "---\n"):
		head, ok := cutAt("---")
		if !ok || yamlv4.Unmarshal([]byte(head), &values) != nil {
			return text
		}
	case strings.HasPrefix(text, "+++\n"):
		head, ok := cutAt("+++")
		if !ok {
			return text
		}
		for _, line := range strings.Split(head, "\n") {
			if f := tomlLine.FindStringSubmatch(line); f != nil {
				values[f[1]] = strings.Trim(f[2], `"'`)
			}
		}
	case strings.HasPrefix(text, "{\n"):
		d := json.NewDecoder(strings.NewReader(text))
		if d.Decode(&values) != nil {
			return text
		}
		body = text[d.InputOffset():]
	case strings.HasPrefix(text, "% "):
		f := pandocHead.FindStringSubmatch(text)
		if f == nil {
			return text
		}
		values["title"], values["author"], values["date"] = f[1], f[2], f[3]
		body = text[len(f[0]):]
	default:
		return text
	}
	for _, key := range []string{"title", "Title", "subtitle", "description", "summary", "excerpt", "lead", "date", "Date", "author", "authors", "tags", "categories", "keywords"} {
		v, ok := values[key]
		s := strings.TrimSpace(said(v))
		if !ok || s == "" {
			continue
		}
		switch to := strings.ToLower(key); {
		case to == "title" && m.title == "":
			m.title = s
		case to == "date" && len(s) >= 4:
			m.date = s
		case (to == "subtitle" || to == "description" || to == "summary" || to == "excerpt" || to == "lead") && m.summary == "":
			m.summary = s
		default:
			m.remark("front-left-out", key, short(s))
		}
	}
	return body
}

// said gives a value of front matter in words.
func said(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case []any:
		var parts []string
		for _, one := range v {
			parts = append(parts, said(one))
		}
		return strings.Join(parts, ", ")
	case map[string]any:
		return said(v["name"])
	case interface{ Format(string) string }:
		return v.Format("2006-01-02")
	}
	return strings.TrimSpace(fmt.Sprint(v))
}

var (
	fenceLine  = regexp.MustCompile("^\\s*(?:>\\s*)*(`{3,}|~{3,})")
	admonition = regexp.MustCompile(`^( *)(?:!!!|\?\?\?\+?)\s+([\w-]+)(?:\s+[\w -]+?)?(?:\s+"(.*)")?\s*$`)
	tab        = regexp.MustCompile(`^( *)===\+?!?\s+"(.*)"\s*$`)
	container  = regexp.MustCompile(`^( *):{3,}\s*(?:\{([^}]*)\}|([\w-]+))?\s*(?:\[(.*)\]|(.*?))\s*:*\s*$`)
	callout    = regexp.MustCompile(`^((?:\s*>)+)\s*\[!([\w -]+)\][-+]?[ \t]*(.*)$`)
	wikiLink   = regexp.MustCompile(`(!?)\[\[([^\[\]|\n]+)(?:\|([^\[\]\n]*))?\]\]`)
	attributes = regexp.MustCompile("([\\])}*_`\"])\\{:?\\s*[#.:\\w][^{}\n]*\\}|[ \\t]*\\{:?[ \\t]*(?:-|[#.][^{}\n]*)\\}[ \\t]*$|^[ \\t]*\\{:[^{}\n]*\\}[ \\t]*$")
	spanned    = regexp.MustCompile(`(^|[^\]!\\])\[([^\[\]\n]+)\]\{[.#][^{}\n]*\}`)
	shortcode  = regexp.MustCompile(`\{\{[<%]\s*(/?)\s*([\w/.-]*)(.*?)/?\s*[>%]\}\}`)
	liquid     = regexp.MustCompile(`\{%-?.*?-?%\}|\{\{-?[^<%{}][^{}\n]*\}\}|\{/\*.*?\*/\}|%%[^%\n]+%%`)
	keyValue   = regexp.MustCompile(`(\w+)\s*=\s*"([^"]*)"`)
	tocLine    = regexp.MustCompile(`^\s*(?:\[\[?_?TOC_?\]\]?|\{:\s*toc\s*\}|[*-] TOC|<!-- toc -->|\\newpage|\\pagebreak|\\tableofcontents)\s*$`)
	mdxLine    = regexp.MustCompile(`^(?:import\s.+\sfrom\s+['"].+['"]|import\s+['"].+['"]|export\s+(?:const|default)\s.*);?\s*$`)
	snippet    = regexp.MustCompile(`^\s*-{1,2}8<-{1,2}`)
	blockID    = regexp.MustCompile(`\s+\^[a-z0-9-]+$`)
	highlight  = regexp.MustCompile(`==([^=\n]+)==`)
	inlineNote = regexp.MustCompile(`\^\[([^\[\]\n]+)\]`)
	raised     = regexp.MustCompile(`\^([\p{L}\p{N}+-]{1,12})\^`)
	lowered    = regexp.MustCompile(`([\p{L}\p{N})])~([\p{L}\p{N}+-]{1,12})~`)
	codeSpan   = regexp.MustCompile("`+[^`\n]*`+")
	picture    = regexp.MustCompile(`(?i)\.(?:png|jpe?g|gif|webp|svg)$`)
)

// rewrite writes what generators add to Markdown in plain Markdown.
func (m *foreign) rewrite(text string) string {
	var out, notes []string
	var boxes []int // how far the admonitions are indented that a line stands in
	fence := ""
	for _, line := range strings.Split(text, "\n") {
		indent := len(line) - len(strings.TrimLeft(line, " "))
		if strings.TrimSpace(line) != "" {
			for len(boxes) > 0 && indent < boxes[len(boxes)-1]+4 && fence == "" {
				boxes = boxes[:len(boxes)-1]
				out = append(out, strings.Repeat("> ", len(boxes)))
			}
		}
		before := ""
		if n := len(boxes); n > 0 {
			before = strings.Repeat("> ", n)
			line = line[min(len(line), min(indent, boxes[n-1]+4)):]
		}
		add := func(l string) { out = append(out, before+l) }
		if f := fenceLine.FindStringSubmatch(line); f != nil {
			switch {
			case fence == "":
				fence = f[1]
			case strings.HasPrefix(f[1], fence):
				fence = ""
			}
			add(line)
			continue
		}
		if fence != "" || strings.HasPrefix(line, "    ") && len(boxes) == 0 && !admonition.MatchString(line) {
			if fence == "" {
				line = m.inline(line, &notes)
			}
			add(line)
			continue
		}
		switch {
		case tocLine.MatchString(line), mdxLine.MatchString(line):
			add("")
			continue
		case snippet.MatchString(line):
			m.remark("shortcode-left-out", short(strings.TrimSpace(line)))
			continue
		}
		if f := admonition.FindStringSubmatch(line); f != nil {
			boxes = append(boxes, indent)
			out = append(out, before, before+"> **"+boxTitle(f[2], f[3])+"**", before+">")
			continue
		}
		if f := tab.FindStringSubmatch(line); f != nil {
			boxes = append(boxes, indent)
			out = append(out, before, before+"> **"+f[2]+"**", before+">")
			continue
		}
		if f := container.FindStringSubmatch(line); f != nil {
			add("")
			if name := f[4] + f[5]; f[3] != "" && !strings.Contains(f[3], "{") || name != "" {
				add("**" + boxTitle(f[3], name) + "**")
				add("")
			}
			continue
		}
		if f := callout.FindStringSubmatch(line); f != nil {
			add(f[1] + " **" + boxTitle(f[2], f[3]) + "**")
			add(f[1])
			continue
		}
		add(m.inline(line, &notes))
	}
	return strings.Join(typedItems(append(out, notes...)), "\n")
}

// typedItems breaks the lines of a paragraph before items that were typed with a bullet or letter that is none to Markdown, which would
// make one line of all.
func typedItems(lines []string) []string {
	type item struct {
		line   int
		family string
	}
	var items []item // of the paragraph
	count := map[string]int{}
	fence := ""
	for i := 0; i <= len(lines); i++ {
		line := ""
		if i < len(lines) {
			line = strings.TrimLeft(lines[i], "> \t")
		}
		if f := fenceLine.FindStringSubmatch(line); f != nil {
			if line = ""; fence == "" {
				fence = f[1]
			} else if strings.HasPrefix(f[1], fence) {
				fence = ""
			}
		}
		if line == "" || fence != "" {
			for _, it := range items {
				if count[it.family] > 1 && it.line > 0 && !strings.HasSuffix(lines[it.line-1], `\`) {
					lines[it.line-1] += "  "
				}
			}
			items = nil
			clear(count)
			continue
		}
		if m, ok := markOf([]Inline{{Text: line}}); ok && !strings.Contains("-+*", cmp.Or(m.sign, "?")) && m.form != "1." && m.form != "1)" {
			items = append(items, item{i, m.family()})
			count[m.family()]++
		}
	}
	return lines
}

// boxTitle is the title of a box: its own, or the name of its kind.
func boxTitle(kind, own string) string {
	if own = strings.TrimSpace(own); own != "" {
		return own
	}
	kind = strings.ToLower(strings.TrimSpace(kind))
	if kind == "" {
		return kind
	}
	return strings.ToUpper(kind[:1]) + kind[1:]
}

// inline rewrites what stands in a line, but for its code.
func (m *foreign) inline(line string, notes *[]string) string {
	var out strings.Builder
	for {
		at := codeSpan.FindStringIndex(line)
		if at == nil {
			break
		}
		out.WriteString(m.words(line[:at[0]], notes))
		out.WriteString(line[at[0]:at[1]])
		line = line[at[1]:]
	}
	out.WriteString(m.words(line, notes))
	return out.String()
}

func (m *foreign) words(s string, notes *[]string) string {
	if !strings.ContainsAny(s, "[{^=%~") {
		return s
	}
	s = shortcode.ReplaceAllStringFunc(s, func(code string) string {
		f := shortcode.FindStringSubmatch(code)
		values := map[string]string{}
		for _, kv := range keyValue.FindAllStringSubmatch(f[3], -1) {
			values[kv[1]] = kv[2]
		}
		if f[2] == "figure" && values["src"] != "" {
			words := strings.TrimSpace(values["title"] + " " + values["caption"])
			if words != "" {
				words = "\n\n" + words
			}
			return "![" + values["alt"] + "](" + strings.ReplaceAll(values["src"], " ", "%20") + ")" + words
		}
		if f[1] == "" {
			m.remark("shortcode-left-out", short(code))
		}
		return ""
	})
	s = liquid.ReplaceAllStringFunc(s, func(code string) string {
		m.remark("shortcode-left-out", short(code))
		return ""
	})
	s = wikiLink.ReplaceAllStringFunc(s, func(link string) string {
		f := wikiLink.FindStringSubmatch(link)
		switch {
		case f[1] != "" && picture.MatchString(f[2]):
			if strings.Trim(f[3], "0123456789x") == "" { // a width
				f[3] = ""
			}
			return "![" + f[3] + "](<" + f[2] + ">)"
		case f[3] != "":
			return f[3]
		}
		return f[2]
	})
	s = inlineNote.ReplaceAllStringFunc(s, func(note string) string {
		name := fmt.Sprintf("[^inline-%d]", len(*notes))
		*notes = append(*notes, "\n"+name+": "+inlineNote.FindStringSubmatch(note)[1])
		return name
	})
	s = spanned.ReplaceAllString(s, "$1$2")
	s = attributes.ReplaceAllString(s, "$1")
	s = highlight.ReplaceAllString(s, "$1")
	s = lowered.ReplaceAllString(s, "$1<sub>$2</sub>")
	s = raised.ReplaceAllString(s, "<sup>$1</sup>")
	return blockID.ReplaceAllString(s, "")
}
