package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"leerblad/internal/build"
	"leerblad/internal/diag"
	"leerblad/internal/edit"
	"leerblad/internal/refactor"
)

func moveCommand(words words) *cobra.Command {
	var o refactoring
	cmd := &cobra.Command{Use: "move FROM TO", Short: words.get("move"), Long: words.get("move.long"), Args: cobra.ExactArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			return o.run(cmd, words, func(t *refactor.Texts) (*refactor.Plan, error) {
				return t.Move(o.reference(args[0]), o.reference(args[1]), !o.noAlias)
			})
		}}
	o.addFlags(cmd, words)
	return cmd
}

func removeCommand(words words) *cobra.Command {
	var o refactoring
	var to string
	cmd := &cobra.Command{Use: "remove REFERENCE", Short: words.get("remove"), Long: words.get("remove.long"), Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return o.run(cmd, words, func(t *refactor.Texts) (*refactor.Plan, error) {
				return t.Remove(o.reference(args[0]), o.reference(to), !o.noAlias, o.force)
			})
		}}
	o.addFlags(cmd, words)
	cmd.Flags().StringVar(&to, "to", "", words.get("flag.to"))
	cmd.Flags().BoolVar(&o.force, "force", false, words.get("flag.force"))
	return cmd
}

// refactoring are the flags of move and remove.
type refactoring struct {
	options
	noAlias, force, dry bool
}

func (o *refactoring) addFlags(cmd *cobra.Command, words words) {
	f := cmd.Flags()
	f.StringVar(&o.Content, "content", "content", words.get("flag.content"))
	f.StringVar(&o.Theme, "theme", "", words.get("flag.theme"))
	f.StringVar(&o.now, "now", "", words.get("flag.today"))
	f.BoolVar(&o.noAlias, "no-alias", false, words.get("flag.no-alias"))
	f.BoolVar(&o.dry, "dry-run", false, words.get("flag.dry"))
	f.BoolVar(&o.json, "json", false, words.get("flag.json-change"))
	_ = cmd.MarkFlagDirname("content")
}

// reference gives a reference that may be written as the path of a file, as shells complete it.
func (o *refactoring) reference(arg string) string {
	return strings.TrimPrefix(strings.TrimPrefix(filepath.ToSlash(arg), "./"), filepath.ToSlash(filepath.Clean(o.Content))+"/")
}

// run plans a change, writes it unless it makes matters worse, and prints it.
func (o *refactoring) run(cmd *cobra.Command, called words, plan func(*refactor.Texts) (*refactor.Plan, error)) error {
	if err := o.complete(called); err != nil {
		return err
	}
	return build.Steadily(func() error {
		builder := build.New(o.Options, nil)
		p, err := builder.Plan(cmd.Context(), o.force, plan)
		var refusal *refactor.Refusal
		if err != nil && !errors.As(err, &refusal) {
			return err
		}
		lang, err := language(cmd, called, builder.Language())
		if err != nil {
			return err
		}
		words := words(lang)
		if refusal != nil {
			return o.refuse(cmd, words, refusal)
		}
		if !o.dry {
			root, err := os.OpenRoot(o.Content)
			if err != nil {
				return err
			}
			defer root.Close()
			if err := p.Set.Write(root); err != nil {
				return err
			}
		}
		if o.json {
			enc := json.NewEncoder(cmd.OutOrStdout())
			enc.SetEscapeHTML(false)
			return enc.Encode(p.Record(func(name string) string { return filepath.ToSlash(o.file(name)) }, o.dry))
		}
		o.printPlan(cmd.OutOrStdout(), words, p)
		return nil
	})
}

// refuse says why nothing is done. Problems in the texts are an error of these, else it is one of the call.
func (o *refactoring) refuse(cmd *cobra.Command, words words, r *refactor.Refusal) error {
	message := r.Text(diag.Language(words)) + words.meant(r.Suggest)
	if r.Why == refactor.Referred {
		message += words.get("referred.flags")
	}
	if r.Problems == nil {
		return errors.New(message)
	}
	printer := diag.Printer{Root: o.Content, Language: diag.Language(words), Colour: terminal(cmd.ErrOrStderr()) && os.Getenv("NO_COLOR") == ""}
	if o.json {
		if err := printer.JSON(cmd.ErrOrStderr(), r.Problems, false); err != nil {
			return err
		}
		return errContent
	}
	if err := printer.Text(cmd.ErrOrStderr(), r.Problems); err != nil {
		return err
	}
	fmt.Fprintf(cmd.ErrOrStderr(), "leerblad: %s\n", message)
	return errContent
}

// file gives the path of a file of the publication as the user knows it.
func (o *refactoring) file(name string) string {
	return filepath.Join(o.Content, filepath.FromSlash(name))
}

func (o *refactoring) printPlan(w io.Writer, words words, p *refactor.Plan) {
	for _, m := range p.Set.Moves {
		fmt.Fprintf(w, "%s → %s\n", o.file(m.File.Path), o.file(m.To))
	}
	for _, f := range p.Set.Removed {
		fmt.Fprintf(w, "%s: %s\n", o.file(f.Path), words.get("removed"))
	}
	for _, c := range p.Changes() {
		line, column := c.Span.Position()
		fmt.Fprintf(w, "%s:%d:%d: %s\n", o.file(c.Span.File.Path), line, column, shown(c))
	}
	key, names := "move.done", []any{p.From, p.To}
	if p.Removal {
		key, names = "remove.done", names[:1]
	}
	if o.dry {
		key += ".dry"
	}
	text := words.get(key, names...)
	if n := len(p.Rewritten); n > 0 {
		text += "; " + words.count("rewritten", n)
	}
	if len(p.Leads) > 0 {
		text += "; " + words.get("leads", words.some(p.Leads))
	}
	fmt.Fprintln(w, text)
}

// shown gives a change on one line.
func shown(c edit.Change) string {
	before, after := brief(c.Span.Text()), brief(c.Text)
	switch {
	case before == "":
		return "+ " + after
	case after == "":
		return "- " + before
	}
	return before + " → " + after
}

// brief gives the first words of a text, on one line.
func brief(s string) string {
	const most = 80
	s = strings.Join(strings.Fields(s), " ")
	if runes := []rune(s); len(runes) > most {
		return string(runes[:most-1]) + "…"
	}
	return s
}
