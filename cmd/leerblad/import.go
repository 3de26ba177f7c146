package main

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"leerblad/internal/build"
	"leerblad/internal/diag"
	"leerblad/internal/document"
	"leerblad/internal/draft"
	"leerblad/internal/frontmatter"
	"leerblad/internal/importer"
	"leerblad/internal/publication"
	"leerblad/internal/source"
)

// importing is one call of import.
type importing struct {
	options
	kind, to, title, date string
	signs                 string
	unnumber, dryRun      bool
	apart                 bool

	folder   string // where texts go, unless --to says so
	words    words
	language diag.Language
	given    importer.Options // what goes for all files
}

// imported is what became of a file.
type imported struct {
	from, file string // file is "" where nothing was written
	text       *importer.Text
	problems   diag.List
	err        error

	recommendations []recommended
}

// recommended is a recommendation that was taken out of a text.
type recommended struct {
	file string
	text *importer.Text
}

func importCommand(words words) *cobra.Command {
	c := importing{words: words}
	cmd := &cobra.Command{Use: "import FILE…", Short: words.get("import"), Long: words.get("import.long"), Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := c.prepare(cmd, args); err != nil {
				return err
			}
			var all []*imported
			failed := false
			for _, name := range args {
				i := c.file(name)
				all, failed = append(all, i), failed || i.err != nil
			}
			if err := c.check(cmd, all); err != nil {
				return err
			}
			for _, i := range all {
				if err := c.tell(cmd, i); err != nil {
					return err
				}
			}
			if failed {
				return errFailed
			}
			return nil
		}}
	f := cmd.Flags()
	f.StringVar(&c.Content, "content", "content", words.get("flag.content"))
	f.StringVar(&c.kind, "kind", "", words.get("flag.kind", strings.Join(document.Folders(), ", ")))
	f.StringVar(&c.to, "to", "", words.get("flag.import-to"))
	f.StringVar(&c.signs, "signs", "", words.get("flag.signs"))
	f.StringVar(&c.date, "date", "", words.get("flag.date"))
	f.StringVar(&c.title, "title", "", words.get("flag.title"))
	f.StringVar(&c.now, "now", "", words.get("flag.today"))
	f.BoolVar(&c.unnumber, "unnumber", false, words.get("flag.unnumber"))
	f.BoolVar(&c.apart, "recommendations", false, words.get("flag.recommendations"))
	f.BoolVar(&c.dryRun, "dry-run", false, words.get("flag.import-dry-run"))
	f.BoolVar(&c.json, "json", false, words.get("flag.import-json"))
	_ = cmd.MarkFlagDirname("content")
	_ = cmd.RegisterFlagCompletionFunc("kind", cobra.FixedCompletions(document.Folders(), cobra.ShellCompDirectiveNoFileComp))
	return cmd
}

// prepare reads the flags and what the publication knows.
func (c *importing) prepare(cmd *cobra.Command, args []string) error {
	words := c.words
	if err := c.complete(words); err != nil {
		return err
	}
	settings := filepath.Join(c.Content, publication.SettingsFile)
	data, err := os.ReadFile(settings)
	if err != nil {
		return errors.New(words.get("no-publication", settings))
	}
	read, _ := publication.ReadSettings(source.NewFile(publication.SettingsFile, data), "")
	if c.language, err = language(cmd, words, read.Language); err != nil {
		return err
	}
	if len(args) > 1 && (c.title != "" || strings.HasSuffix(c.to, ".md")) {
		return errors.New(words.get("several-files"))
	}
	if c.date != "" {
		if _, err := frontmatter.ParseDay(c.date); err != nil {
			return errors.New(words.get("bad-date", c.date))
		}
	}
	kind := document.Sheets
	if inside := c.inside(c.to); c.kind == "" && inside != "" {
		first, _, _ := strings.Cut(inside, "/")
		if k, ok := document.Called(first); ok {
			kind = k
		}
	}
	if c.kind != "" {
		var ok bool
		if kind, ok = document.Called(c.kind); !ok {
			return errors.New(words.get("bad-kind", c.kind, strings.Join(document.Folders(), ", ")))
		}
	}
	c.folder = filepath.Join(c.Content, string(kind))
	c.given = importer.Options{
		Title: c.title, Date: c.date, Today: string(c.Now), Dated: kind.Row().Dated, Undated: !kind.Knows("date"),
		Topics: draft.Topics(os.DirFS(c.Content)), Unnumber: c.unnumber, Apart: c.apart, Language: read.Language,
	}
	c.given.Signs, err = c.readSigns()
	return err
}

// readSigns reads what --signs says: ⊕=+ ☺=!
func (c *importing) readSigns() (map[string]string, error) {
	signs := map[string]string{}
	for _, word := range strings.FieldsFunc(c.signs, func(r rune) bool { return r == ' ' || r == ',' }) {
		i := strings.LastIndexByte(strings.TrimSuffix(word, "="), '=')
		if i < 1 || len(word[i+1:]) != 1 || !slices.Contains(importer.Valences, word[i+1:]) {
			return nil, errors.New(c.words.get("bad-signs", word))
		}
		signs[strings.TrimRight(word[:i], "\ufe0f\ufe0e")] = word[i+1:]
	}
	return signs, nil
}

// inside gives a path within the content folder, with slashes, or "" for one that is elsewhere.
func (c *importing) inside(p string) string {
	if p == "" {
		return ""
	}
	content, err := filepath.Abs(c.Content)
	if err != nil {
		return ""
	}
	if p, err = filepath.Abs(p); err != nil {
		return ""
	}
	rel, err := filepath.Rel(content, p)
	if err != nil || !filepath.IsLocal(rel) {
		return ""
	}
	return filepath.ToSlash(rel)
}

// file imports one file, and writes what it becomes.
func (c *importing) file(name string) *imported {
	out := &imported{from: name}
	data, err := readBounded(name)
	if err != nil {
		out.err = err
		return out
	}
	folder, o := c.folder, c.given
	o.Name = name
	var text *importer.Text
	contributed := importer.IsContribution(name, data)
	if contributed {
		folder = filepath.Join(c.Content, string(document.Stories))
		text, err = c.contribution(data, o)
	} else {
		var doc *importer.Document
		if doc, err = importer.Read(name, data, o.Language); err == nil {
			beside(doc, filepath.Dir(name))
			text = importer.Import(doc, o)
		}
	}
	if err != nil {
		out.err = err
		return out
	}
	out.text = text
	file, err := c.place(text, folder, contributed)
	if err != nil {
		out.err = err
		return out
	}
	out.recommendations = c.apartFrom(text, file)
	if !c.dryRun {
		if out.err = c.writeAll(file, text, out.recommendations); out.err != nil {
			return out
		}
	}
	out.file = file
	return out
}

// contribution reads a practice story that a reader has sent.
func (c *importing) contribution(data []byte, o importer.Options) (*importer.Text, error) {
	if kind, _ := document.Called(c.kind); c.kind != "" && kind != document.Stories {
		return nil, errors.New(c.words.get("import.contributed"))
	}
	o.Regions = draft.Slugs(os.DirFS(c.Content), document.Regions)
	return importer.Contribution(data, o)
}

// apartFrom gives the recommendations of a text that becomes a file, and the files that they become: the first names that are free.
func (c *importing) apartFrom(text *importer.Text, file string) (out []recommended) {
	reference, _, _ := strings.Cut(strings.TrimSuffix(c.inside(file), "/index.md"), ".md")
	taken := map[string]bool{}
	for _, r := range text.Recommendations(reference) {
		base := filepath.Join(c.Content, string(document.Recommendations), r.Slug)
		name := base
		for n := 2; taken[name] || exists(name+".md") || exists(name); n++ {
			name = fmt.Sprintf("%s-%d", base, n)
		}
		taken[name] = true
		out = append(out, recommended{name + ".md", r})
	}
	return out
}

func exists(name string) bool {
	_, err := os.Lstat(name)
	return err == nil
}

// writeAll writes a text and its recommendations: all, or nothing.
func (c *importing) writeAll(file string, text *importer.Text, more []recommended) error {
	if err := write(file, text); err != nil {
		return err
	}
	for i, r := range more {
		if err := write(r.file, r.text); err != nil {
			for _, done := range more[:i] {
				_ = os.Remove(done.file)
			}
			unwrite(file, text)
			return err
		}
	}
	return nil
}

// unwrite removes a text that was written, and its pictures.
func unwrite(file string, text *importer.Text) {
	_ = os.Remove(file)
	for _, p := range text.Files {
		_ = os.Remove(filepath.Join(filepath.Dir(file), p.Name))
	}
	if len(text.Files) > 0 {
		_ = os.Remove(filepath.Dir(file)) // if nothing else is in it
	}
}

// largest is the size of a file that is imported; of pictures beside it, together.
const largest = 200 << 20

func readBounded(name string) ([]byte, error) {
	f, err := source.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var data bytes.Buffer
	if info, err := f.Stat(); err == nil {
		data.Grow(bytes.MinRead + int(min(info.Size(), largest)))
	}
	_, err = data.ReadFrom(io.LimitReader(f, largest+1))
	if data.Len() > largest {
		return nil, &importer.Error{Code: "too-large", Args: []any{largest >> 20}}
	}
	return data.Bytes(), err
}

// beside reads the pictures that a saved page has in the folder that it stands in, and nothing outside of that.
func beside(doc *importer.Document, dir string) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return
	}
	defer root.Close()
	left := int64(largest)
	for i := range doc.Pictures {
		p := &doc.Pictures[i]
		name, err := url.PathUnescape(p.Hint)
		if len(p.Data) > 0 || err != nil || !filepath.IsLocal(filepath.FromSlash(name)) {
			continue
		}
		f, err := source.OpenIn(root, filepath.FromSlash(name))
		if err != nil {
			continue
		}
		if data, err := io.ReadAll(io.LimitReader(f, left+1)); err == nil && int64(len(data)) <= left {
			p.Data = data
			left -= int64(len(data))
			if p.Name == "" {
				p.Name = path.Base(name)
			}
		}
		f.Close()
	}
}

// place says which file a text becomes: one in a folder of its own if it has pictures. The error says that it is taken; a contribution, whose
// title others chose, gets the first name that is free.
func (c *importing) place(text *importer.Text, in string, contributed bool) (string, error) {
	base, named := strings.CutSuffix(c.to, ".md")
	if !named {
		base = filepath.Join(cmp.Or(c.to, in), text.Slug)
	}
	for n := 2; contributed && !named && (exists(base+".md") || exists(base)); n++ {
		base = filepath.Join(filepath.Dir(base), fmt.Sprintf("%s-%d", text.Slug, n))
	}
	base, folder := strings.CutSuffix(base, string(filepath.Separator)+"index")
	for _, taken := range []string{base + ".md", base} {
		if _, err := os.Lstat(taken); err == nil {
			return "", errors.New(c.words.get("import.taken", taken, base+"-2.md"))
		}
	}
	if folder || len(text.Files) > 0 {
		return filepath.Join(base, "index.md"), nil
	}
	return base + ".md", nil
}

// write writes a text and its pictures where nothing is yet: all of it, or nothing.
func write(file string, text *importer.Text) (err error) {
	dir := filepath.Dir(file)
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	var made []string
	defer func() {
		if err != nil {
			for _, name := range made {
				_ = os.Remove(name)
			}
			if len(text.Files) > 0 {
				_ = os.Remove(dir) // if nothing else is in it
			}
		}
	}()
	create := func(name string, data []byte) error {
		f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
		if err != nil {
			return err
		}
		made = append(made, name)
		_, err = f.Write(data)
		return errors.Join(err, f.Close())
	}
	for _, p := range text.Files {
		if err := create(filepath.Join(dir, p.Name), p.Data); err != nil {
			return err
		}
	}
	return create(file, text.Markdown)
}

// check finds what the editor has to mend in the texts that were written.
func (c *importing) check(cmd *cobra.Command, all []*imported) error {
	byPath := map[string]*imported{}
	for _, i := range all {
		if p := c.inside(i.file); p != "" && !c.dryRun {
			byPath[p] = i
		}
		for _, r := range i.recommendations {
			if p := c.inside(r.file); !c.dryRun && i.err == nil {
				byPath[p] = i
			}
		}
	}
	if len(byPath) == 0 {
		return nil
	}
	c.Drafts, c.Future, c.Once, c.NoHints = true, true, true, true
	builder := build.New(c.Options, nil)
	var result *build.Result
	if err := build.Steadily(func() (err error) {
		result, err = builder.Build(cmd.Context())
		return err
	}); err != nil {
		return err
	}
	for _, d := range result.Problems {
		if d.Span.File == nil || d.Code == "loose-sign" { // what signs mean is asked
			continue
		}
		if i := byPath[d.Span.File.Path]; i != nil {
			i.problems = append(i.problems, d)
		}
	}
	return nil
}

// tell prints what became of a file: the text that was written, what the editor must say, and what there is to mend.
func (c *importing) tell(cmd *cobra.Command, i *imported) error {
	out, log := cmd.OutOrStdout(), cmd.ErrOrStderr()
	printer := diag.Printer{Root: c.Content, Language: c.language}
	w := words(c.language)
	if c.json {
		return c.tellJSON(out, printer, i)
	}
	if i.err != nil {
		_, err := fmt.Fprintf(log, "%s: %s\n", i.from, c.failure(i.err))
		return err
	}
	if c.dryRun {
		if _, err := out.Write(i.text.Markdown); err != nil {
			return err
		}
	} else {
		fmt.Fprintln(out, i.file)
	}
	for _, r := range i.recommendations {
		if c.dryRun {
			fmt.Fprintf(out, "\n%s", r.text.Markdown)
		} else {
			fmt.Fprintln(out, r.file)
		}
	}
	var signs []string
	for _, q := range i.text.Questions {
		fmt.Fprintf(log, "%s:%d: %s %s\n", i.file, q.Line, w.get("question"), q.Text(c.language))
		for _, item := range q.Items[:min(len(q.Items), 3)] {
			fmt.Fprintln(log, "    –", item)
		}
		if more := len(q.Items) - 3; more > 0 {
			fmt.Fprintln(log, "   "+w.get("and-more", more))
		}
		switch {
		case q.Kind == "sign":
			signs = append(signs, q.Args[0].(string)+"=…")
		case q.Flag != "":
			fmt.Fprintln(log, "  "+w.get("answer", q.Flag))
		}
	}
	if signs != nil {
		fmt.Fprintln(log, w.get("answer-signs", strings.Join(signs, " ")))
	}
	for _, r := range i.text.Remarks {
		fmt.Fprintf(log, "%s: %s\n", i.from, r.Text(c.language))
	}
	return printer.Text(log, i.problems)
}

// failure says why a file was not imported.
func (c *importing) failure(err error) string {
	var unread *importer.Error
	if errors.As(err, &unread) {
		return unread.Text(c.language)
	}
	return describe(err, c.words)
}

// tellJSON prints what became of a file as an object on a line.
func (c *importing) tellJSON(out io.Writer, printer diag.Printer, i *imported) error {
	record := struct {
		From      string            `json:"from"`
		File      string            `json:"file,omitempty"`
		Error     string            `json:"error,omitempty"`
		Markdown  string            `json:"markdown,omitempty"`
		Pictures  []string          `json:"pictures,omitempty"`
		Apart     []string          `json:"recommendations,omitempty"`
		Questions []json.RawMessage `json:"questions,omitempty"`
		Remarks   []string          `json:"remarks,omitempty"`
		Problems  []diag.Record     `json:"problems,omitempty"`
	}{From: i.from, File: i.file}
	if i.err != nil {
		record.Error = c.failure(i.err)
	} else {
		if c.dryRun {
			record.Markdown = string(i.text.Markdown)
		}
		for _, r := range i.recommendations {
			record.Apart = append(record.Apart, r.file)
		}
		for _, f := range i.text.Files {
			record.Pictures = append(record.Pictures, f.Name)
		}
		for _, q := range i.text.Questions {
			data, err := q.JSON(c.language)
			if err != nil {
				return err
			}
			record.Questions = append(record.Questions, data)
		}
		for _, r := range i.text.Remarks {
			record.Remarks = append(record.Remarks, r.Text(c.language))
		}
		for _, d := range i.problems {
			record.Problems = append(record.Problems, printer.Record(d))
		}
	}
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	return enc.Encode(record)
}
