package main

import (
	"fmt"

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
			result, p, err := o.run(cmd, words)
			if err != nil {
				return err
			}
			if result.Problems.HasErrors() {
				errors, warnings := result.Problems.Count()
				p.summary(words.get("problems", words.count("error", errors), words.count("warning", warnings)) + "; " + words.get("unpublished"))
				return o.print(cmd, words, result, result.Problems.Without(diag.Hint))
			}
			p.Begin(build.Write, 1)
			report, err := output.Sync(result.Site, dir)
			if err != nil {
				return err
			}
			p.summary(words.get("summary", result.Entries, result.Pages, result.Site.Len(), dir, report.Written, report.Removed))
			return o.print(cmd, words, result, result.Problems.Without(diag.Hint))
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
			result, _, err := o.run(cmd, words)
			if err != nil {
				return err
			}
			if err := o.print(cmd, words, result, result.Problems); err != nil {
				return err
			}
			if terminal(cmd.ErrOrStderr()) && !o.json {
				fmt.Fprintln(cmd.ErrOrStderr(), words.get("clean", result.Entries))
			}
			return nil
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
