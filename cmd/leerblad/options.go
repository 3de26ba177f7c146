package main

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"runtime/debug"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"leerblad/internal/build"
	"leerblad/internal/diag"
	"leerblad/internal/document"
	"leerblad/internal/frontmatter"
)

// options are the flags that commands share.
type options struct {
	build.Options
	now  string
	json bool
}

// addFlags adds the flags that say what is built.
func (o *options) addFlags(cmd *cobra.Command, words words) {
	f := cmd.Flags()
	f.StringVar(&o.Content, "content", "content", words.get("flag.content"))
	f.StringVar(&o.Theme, "theme", "", words.get("flag.theme"))
	f.StringVar(&o.BaseURL, "base-url", "", words.get("flag.base-url"))
	f.BoolVar(&o.Drafts, "drafts", false, words.get("flag.drafts"))
	f.BoolVar(&o.Future, "future", false, words.get("flag.future"))
	f.StringVar(&o.now, "now", "", words.get("flag.now"))
	_ = cmd.MarkFlagDirname("content")
	_ = cmd.MarkFlagDirname("theme")
}

// addPDFFlag adds the flag that says whether sheets get PDFs, whatever the settings say.
func (o *options) addPDFFlag(cmd *cobra.Command, words words) {
	cmd.Flags().Bool("pdf", false, words.get("flag.pdf"))
}

// choosePDF reads it.
func (o *options) choosePDF(cmd *cobra.Command) {
	if pdf, err := cmd.Flags().GetBool("pdf"); err == nil && cmd.Flags().Changed("pdf") {
		o.PDF = &pdf
	}
}

// gcPercent keeps the memory of a build of ten thousand entries below 300 MB; Go's own 100 takes a third more, and saves little time.
const gcPercent = 45

// complete fills in what depends on the day and the machine.
func (o *options) complete(words words) error {
	if o.now == "" {
		o.now = time.Now().Format(time.DateOnly)
	}
	day, err := frontmatter.ParseDay(o.now)
	if err != nil {
		return errors.New(words.get("bad-day", o.now))
	}
	o.Now = day
	if o.BaseURL != "" && !document.IsAddress(o.BaseURL) {
		return errors.New(words.get("bad-url", o.BaseURL))
	}
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(gcPercent)
	}
	if dir, err := os.UserCacheDir(); err == nil {
		o.Cache = filepath.Join(dir, "leerblad", "pictures")
	}
	return nil
}

// language gives the language of messages: what --lang says, or else the publication's.
func language(cmd *cobra.Command, words words, publication diag.Language) (diag.Language, error) {
	switch lang, _ := cmd.Flags().GetString("lang"); lang {
	case "":
		return publication, nil
	case "nl", "en":
		return diag.Language(lang), nil
	default:
		return "", errors.New(words.get("bad-lang", lang))
	}
}

// of gives the words in the language of messages about a publication.
func (w words) of(cmd *cobra.Command, result *build.Result) words {
	if lang, err := language(cmd, w, result.Language); err == nil {
		return words(lang)
	}
	return w // print tells of the error
}

// terminal reports whether w is one.
func terminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

// printer gives what writes diagnostics to standard error.
func (o *options) printer(cmd *cobra.Command, words words, result *build.Result) (diag.Printer, error) {
	lang, err := language(cmd, words, result.Language)
	return diag.Printer{Root: o.Content, Language: lang, Colour: coloured(cmd)}, err
}

// coloured reports whether messages have colours.
func coloured(cmd *cobra.Command) bool {
	return terminal(cmd.ErrOrStderr()) && os.Getenv("NO_COLOR") == ""
}

// print writes diagnostics to standard error, and says whether there are errors.
func (o *options) print(cmd *cobra.Command, words words, result *build.Result, problems diag.List) error {
	return o.printTo(cmd.ErrOrStderr(), cmd, words, result, problems)
}

// printTo is print to another writer.
func (o *options) printTo(w io.Writer, cmd *cobra.Command, words words, result *build.Result, problems diag.List) error {
	p, err := o.printer(cmd, words, result)
	if err != nil {
		return err
	}
	if o.json {
		err = p.JSON(w, problems, false)
	} else {
		err = p.Text(w, problems)
	}
	if err != nil {
		return err
	}
	if problems.HasErrors() {
		return errContent
	}
	return nil
}
