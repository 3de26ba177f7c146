package main

import (
	"errors"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"leerblad/internal/build"
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
			if err := o.complete(words); err != nil {
				return err
			}
			o.Once, o.NoHints = true, true
			p := newProgress(cmd.ErrOrStderr(), words, o.json)
			result, err := build.New(o.Options, p).Build(cmd.Context())
			if err != nil {
				return err
			}
			report, err := o.write(result, dir, p)
			if err != nil && !errors.Is(err, errContent) {
				return err
			}
			if err := o.print(cmd, words, result, result.Problems); err != nil {
				if errors.Is(err, errContent) {
					p.summary(words.problems(result.Problems) + "; " + words.get("unpublished"))
				}
				return err
			}
			p.summary(words.get("summary", result.Entries, result.Pages, report.Written+report.Unchanged, dir, report.Written, report.Removed) + words.leftOut(result.LeftOut))
			return nil
		}}
	o.addFlags(cmd, words)
	cmd.Flags().StringVar(&dir, "output", "public", words.get("flag.output"))
	cmd.Flags().BoolVar(&o.json, "json", false, words.get("flag.json"))
	_ = cmd.MarkFlagDirname("output")
	return cmd
}

// write makes the pages and writes the site. The mistakes in templates that come to light are added to the result's problems.
func (o *options) write(result *build.Result, dir string, p *progress) (output.Report, error) {
	if result.Problems.HasErrors() {
		return output.Report{}, errContent
	}
	set, err := result.Set()
	if err != nil {
		return output.Report{}, err
	}
	p.Begin(build.Write, result.Pages)
	report, err := output.Sync(set, dir)
	result.Problems = append(result.Problems, result.Slow()...).Sorted()
	if mistakes, ok := build.Mistakes(err); ok {
		result.Problems = append(result.Problems, mistakes...).Sorted()
		return report, errContent
	}
	return report, err
}

func checkCommand(words words) *cobra.Command {
	var o options
	cmd := &cobra.Command{Use: "check", Short: words.get("check"), Long: words.get("check.long"), Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := o.complete(words); err != nil {
				return err
			}
			o.Once = true
			p := newProgress(cmd.ErrOrStderr(), words, o.json)
			builder := build.New(o.Options, p)
			result, err := builder.Build(cmd.Context())
			if err != nil {
				return err
			}
			mistakes, _, err := builder.Check(cmd.Context(), result)
			if err != nil {
				return err
			}
			result.Problems = append(result.Problems, mistakes...).Sorted()
			err = o.print(cmd, words, result, append(result.Problems, result.Hints()...).Sorted())
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
