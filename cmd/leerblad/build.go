package main

import (
	"errors"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"leerblad/internal/build"
	"leerblad/internal/diag"
	"leerblad/internal/output"
)

func buildCommand(words words) *cobra.Command {
	var o options
	var dir string
	cmd := &cobra.Command{Use: "build", Short: words.get("build"), Long: words.get("build.long"), Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := apart(o.Content, dir, words); err != nil {
				return err
			}
			result, p, err := o.run(cmd, words)
			if err != nil {
				return err
			}
			if err := o.print(cmd, words, result, result.Problems.Without(diag.Hint)); err != nil {
				if errors.Is(err, errContent) {
					p.summary(words.problems(result.Problems) + "; " + words.get("unpublished"))
				}
				return err
			}
			p.Begin(build.Write, 1)
			report, err := output.Sync(result.Site, dir)
			if err != nil {
				return err
			}
			p.summary(words.get("summary", result.Entries, result.Pages, result.Site.Len(), dir, report.Written, report.Removed) + words.leftOut(result.LeftOut))
			return nil
		}}
	o.addFlags(cmd, words)
	cmd.Flags().StringVar(&dir, "output", "public", words.get("flag.output"))
	cmd.Flags().BoolVar(&o.json, "json", false, words.get("flag.json"))
	_ = cmd.MarkFlagDirname("output")
	return cmd
}

func checkCommand(words words) *cobra.Command {
	var o options
	cmd := &cobra.Command{Use: "check", Short: words.get("check"), Long: words.get("check.long"), Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			result, p, err := o.run(cmd, words)
			if err != nil {
				return err
			}
			err = o.print(cmd, words, result, result.Problems)
			switch {
			case err == nil:
				p.summary(words.get("clean", result.Entries) + words.leftOut(result.LeftOut))
			case errors.Is(err, errContent):
				p.summary(words.problems(result.Problems))
			}
			return err
		}}
	o.addFlags(cmd, words)
	cmd.Flags().BoolVar(&o.json, "json", false, words.get("flag.json"))
	return cmd
}

// run builds the site in memory.
func (o *options) run(cmd *cobra.Command, words words) (*build.Result, *progress, error) {
	if err := o.complete(words); err != nil {
		return nil, nil, err
	}
	p := newProgress(cmd.ErrOrStderr(), words, o.json)
	result, err := build.New(o.Options, p).Build(cmd.Context())
	return result, p, err
}

// apart reports an output folder that is the texts' own or holds it: the site would get mixed with the texts.
func apart(content, output string, words words) error {
	a, err := filepath.Abs(content)
	if err != nil {
		return err
	}
	b, err := filepath.Abs(output)
	if err != nil {
		return err
	}
	if rel, err := filepath.Rel(b, a); err == nil && rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator)) {
		return errors.New(words.get("mixed", output, content))
	}
	return nil
}
