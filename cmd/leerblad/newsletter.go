package main

import (
	"errors"
	"strings"

	"github.com/spf13/cobra"

	"leerblad/internal/build"
	"leerblad/internal/diag"
	"leerblad/internal/newsletter"
)

// formats are those in which an issue can be had as mail.
var formats = []string{"html", "text", "eml"}

func newsletterCommand(words words) *cobra.Command {
	var o options
	var format, profile string
	var test bool
	cmd := &cobra.Command{Use: "newsletter SLUG", Short: words.get("newsletter"), Long: words.get("newsletter.long"), Args: func(cmd *cobra.Command, args []string) error {
		if test {
			return cobra.MinimumNArgs(1)(cmd, args)
		}
		return cobra.ExactArgs(1)(cmd, args)
	},
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := o.complete(words); err != nil {
				return err
			}
			if err := choice(words, "format", format, formats); err != nil {
				return err
			}
			if profile != "" {
				if err := choice(words, "profile", profile, newsletter.Profiles()); err != nil {
					return err
				}
			}
			o.Once, o.NoHints = true, true
			if test {
				o.Drafts, o.Future = true, true
			}
			builder := build.New(o.Options, newProgress(cmd.ErrOrStderr(), words, o.json))
			var result *build.Result
			err := build.Steadily(func() (err error) {
				result, err = builder.Build(cmd.Context())
				return err
			})
			if err != nil {
				return err
			}
			if test {
				return o.test(cmd, words.of(cmd, result), result, profile, args)
			}
			if err := o.print(cmd, words, result, result.Problems); err != nil {
				return err
			}
			mail, err := result.Mail(args[0], profile)
			if err != nil {
				return err
			}
			if mail == nil {
				return unknownIssue(words, result, args[0])
			}
			data := map[string][]byte{"html": mail.HTML, "text": mail.Text, "eml": mail.Message}[format]
			_, err = cmd.OutOrStdout().Write(data)
			return err
		}}
	o.addFlags(cmd, words)
	cmd.Flags().StringVar(&format, "format", "html", words.get("flag.format", strings.Join(formats, ", ")))
	cmd.Flags().StringVar(&profile, "profile", "", words.get("flag.profile", strings.Join(newsletter.Profiles(), ", ")))
	cmd.Flags().BoolVar(&test, "send-test", false, words.get("flag.send-test"))
	cmd.Flags().BoolVar(&o.json, "json", false, words.get("flag.json"))
	_ = cmd.RegisterFlagCompletionFunc("format", cobra.FixedCompletions(formats, cobra.ShellCompDirectiveNoFileComp))
	_ = cmd.RegisterFlagCompletionFunc("profile", cobra.FixedCompletions(newsletter.Profiles(), cobra.ShellCompDirectiveNoFileComp))
	return cmd
}

// choice reports a flag's value that is none of values.
func choice(words words, flag, value string, values []string) error {
	for _, v := range values {
		if v == value {
			return nil
		}
	}
	return errors.New(words.get("bad-choice", flag, value, strings.Join(values, ", ")) + words.meant(diag.Nearest(value, values)))
}

// unknownIssue says which issues there are.
func unknownIssue(words words, result *build.Result, slug string) error {
	var slugs []string
	for _, i := range result.Issues() {
		slugs = append(slugs, i.Slug)
	}
	if len(slugs) == 0 {
		return errors.New(words.get("no-issues"))
	}
	return errors.New(words.get("bad-issue", slug, strings.Join(slugs, ", ")) + words.meant(diag.Nearest(slug, slugs)))
}
