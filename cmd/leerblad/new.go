package main

import (
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"leerblad/internal/diag"
	"leerblad/internal/document"
	"leerblad/internal/markdown"
	"leerblad/internal/publication"
	"leerblad/internal/source"
)

//go:embed templates
var templates embed.FS

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
			file := filepath.Join(o.Content, string(kind), slug+".md")
			for _, taken := range []string{file, filepath.Join(o.Content, string(kind), slug)} {
				if _, err := os.Stat(taken); err == nil {
					return errors.New(words.get("exists", taken))
				}
			}
			text, err := newText(cmd, words, &o, kind, args[1])
			if err != nil {
				return err
			}
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

// newText fills in the template of a kind: in the language of the messages, with the title, the day and the next number.
func newText(cmd *cobra.Command, words words, o *options, kind document.Kind, title string) ([]byte, error) {
	settings := publication.Settings{Language: diag.Dutch}
	if data, err := os.ReadFile(filepath.Join(o.Content, publication.SettingsFile)); err == nil {
		settings, _ = publication.ReadSettings(source.NewFile(publication.SettingsFile, data), "")
	}
	lang, err := language(cmd, words, settings.Language)
	if err != nil {
		return nil, err
	}
	text, err := templates.ReadFile("templates/" + string(lang) + "/" + string(kind) + ".md")
	if err != nil {
		return nil, err
	}
	var quoted strings.Builder
	enc := json.NewEncoder(&quoted)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(title); err != nil { // a JSON string is a YAML string
		return nil, err
	}
	return []byte(strings.NewReplacer("TITLE", strings.TrimSpace(quoted.String()), "DATE", string(o.Now),
		"NUMBER", strconv.Itoa(nextNumber(filepath.Join(o.Content, string(kind))))).Replace(string(text))), nil
}

var numberLine = regexp.MustCompile(`(?m)^number:\s*(\d+)`)

// nextNumber gives the number after the highest one among the entries in dir.
func nextNumber(dir string) int {
	highest := 0
	_ = filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(p) != ".md" {
			return nil
		}
		data, err := os.ReadFile(p)
		if err != nil {
			return nil
		}
		if m := numberLine.FindSubmatch(data); m != nil {
			n, _ := strconv.Atoi(string(m[1]))
			highest = max(highest, n)
		}
		return nil
	})
	return highest + 1
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
