package main

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"leerblad/internal/diag"
	"leerblad/internal/document"
	"leerblad/internal/draft"
	"leerblad/internal/markdown"
	"leerblad/internal/publication"
	"leerblad/internal/source"
)

func newCommand(words words) *cobra.Command {
	var o options
	kinds := strings.Join(document.Folders(), ", ")
	cmd := &cobra.Command{Use: "new KIND TITLE", Short: words.get("new"), Long: words.get("new.long", kinds), Args: cobra.ExactArgs(2),
		ValidArgsFunction: func(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
			if len(args) == 0 {
				return document.Folders(), cobra.ShellCompDirectiveNoFileComp
			}
			return nil, cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := o.complete(words); err != nil {
				return err
			}
			kind, ok := document.Called(args[0])
			if !ok {
				return errors.New(words.get("bad-kind", args[0], kinds))
			}
			settings := filepath.Join(o.Content, publication.SettingsFile)
			if _, err := os.Stat(settings); err != nil {
				return errors.New(words.get("no-publication", settings))
			}
			slug := markdown.Slug(args[1])
			if slug == "" {
				return errors.New(words.get("bad-title", args[1]))
			}
			content := os.DirFS(o.Content)
			if taken := draft.Taken(content, kind, slug); taken != "" {
				return errors.New(words.get("exists", filepath.Join(o.Content, filepath.FromSlash(taken))))
			}
			lang, err := o.publication(cmd, words)
			if err != nil {
				return err
			}
			text, err := draft.New(content, kind, args[1], o.Now, lang)
			if err != nil {
				return err
			}
			file := filepath.Join(o.Content, string(kind), slug+".md")
			if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
				return err
			}
			if err := os.WriteFile(file, text, 0o644); err != nil {
				return err
			}
			fmt.Fprintln(cmd.OutOrStdout(), file)
			return nil
		}}
	cmd.Flags().StringVar(&o.Content, "content", "content", words.get("flag.content"))
	cmd.Flags().StringVar(&o.now, "now", "", words.get("flag.today"))
	return cmd
}

// publication gives the language of messages about a publication that is not read otherwise.
func (o *options) publication(cmd *cobra.Command, words words) (diag.Language, error) {
	settings := publication.Settings{Language: diag.Dutch}
	if data, err := os.ReadFile(filepath.Join(o.Content, publication.SettingsFile)); err == nil {
		settings, _ = publication.ReadSettings(source.NewFile(publication.SettingsFile, data), "")
	}
	return language(cmd, words, settings.Language)
}

//go:embed all:starter
var starters embed.FS

func initCommand(words words) *cobra.Command {
	return &cobra.Command{Use: "init DIR", Short: words.get("init"), Long: words.get("init") + ".", Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			dir := args[0]
			lang, err := language(cmd, words, diag.Language(words))
			if err != nil {
				return err
			}
			if err := initialise(dir, lang, words); err != nil {
				return err
			}
			fmt.Fprintln(cmd.OutOrStdout(), words.get("made", dir, dir))
			return nil
		}}
}

// initialise makes a small publication in a folder that is not there yet or empty.
func initialise(dir string, l diag.Language, words words) error {
	if entries, err := os.ReadDir(dir); err == nil && slices.ContainsFunc(entries, func(e fs.DirEntry) bool { return !source.Ignored(e.Name()) }) {
		return errors.New(words.get("not-empty", dir))
	}
	starter, err := fs.Sub(starters, "starter/"+string(l))
	if err != nil {
		return err
	}
	return os.CopyFS(dir, starter)
}
