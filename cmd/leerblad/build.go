package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
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
			if err := o.complete(words); err != nil {
				return err
			}
			o.Once, o.NoHints = true, true
			o.choosePDF(cmd)
			return o.build(cmd, words, dir)
		}}
	o.addFlags(cmd, words)
	o.addPDFFlag(cmd, words)
	cmd.Flags().StringVar(&dir, "output", "public", words.get("flag.output"))
	cmd.Flags().BoolVar(&o.json, "json", false, words.get("flag.json"))
	_ = cmd.MarkFlagDirname("output")
	return cmd
}

// build builds the site into dir, unless it stands there already.
func (o *options) build(cmd *cobra.Command, words words, dir string) error {
	p := newProgress(cmd.ErrOrStderr(), words, o.json)
	file := o.recordFile(dir)
	o.Caller = o.caller(cmd)
	before := known(file)
	if before != nil {
		o.Known = &before.Record
	}
	var builder *build.Builder
	var result *build.Result
	var report output.Report
	err := build.Steadily(func() (err error) {
		builder = build.New(o.Options, p)
		if result, err = builder.Build(cmd.Context()); errors.Is(err, build.ErrUnchanged) && !output.Holds(cmd.Context(), before.Site, dir) {
			o.Known = nil
			builder = build.New(o.Options, p)
			result, err = builder.Build(cmd.Context())
		}
		if err != nil {
			return err
		}
		report, err = o.write(cmd.Context(), result, dir, p)
		return err
	})
	if errors.Is(err, build.ErrUnchanged) {
		return before.tell(cmd, p, dir)
	}
	if err != nil && !errors.Is(err, errContent) {
		return err
	}
	words = words.of(cmd, result)
	var said, ahead bytes.Buffer
	err = o.printTo(&said, cmd, words, result, result.Problems)
	if _, failed := cmd.ErrOrStderr().Write(said.Bytes()); failed != nil {
		return failed
	}
	if err != nil {
		if errors.Is(err, errContent) {
			p.summary(words.problems(result.Problems) + "; " + words.get("unpublished"))
		}
		return err
	}
	o.ahead(&ahead, words, result)
	if len(report.Kept) > 0 {
		fmt.Fprintf(cmd.ErrOrStderr(), "leerblad: %s\n", words.get("kept", dir, words.some(report.Kept)))
	}
	files := report.Written + report.Unchanged
	p.summary(words.get("summary", result.Entries, result.Pages, files, dir, report.Written, report.Removed))
	_, err = cmd.ErrOrStderr().Write(ahead.Bytes())
	if r := builder.Record(); r != nil && report.Site != "" {
		r.Site = report.Site
		kept := &record{*r, diag.Language(words), result.Entries, result.Pages, files, said.String(), ahead.String(), ""}
		if result.HasPDFs() {
			kept.Browser = browser()
		}
		kept.keep(file)
	}
	return err
}

// write makes the pages and writes the site. The mistakes in templates that come to light are added to the result's problems.
func (o *options) write(ctx context.Context, result *build.Result, dir string, p *progress) (output.Report, error) {
	if result.Problems.HasErrors() {
		_ = output.Clean(dir) // what stands in its way stands in that of the next build, which tells
		return output.Report{}, errContent
	}
	var report output.Report
	set, err := o.set(ctx, result)
	if err == nil {
		p.Begin(build.Write, result.Pages)
		report, err = output.Sync(ctx, set, dir)
	}
	result.Problems = append(result.Problems, result.Slow()...).Sorted()
	if mistakes, ok := build.Mistakes(err); ok {
		result.Problems = append(result.Problems, mistakes...).Sorted()
		return report, errContent
	}
	return report, err
}

// set gives the files of the site, PDFs included.
func (o *options) set(ctx context.Context, result *build.Result) (*output.Set, error) {
	if err := result.MakePDFs(ctx, o.PDF != nil && *o.PDF); err != nil {
		return nil, err
	}
	return result.Set()
}

func checkCommand(words words) *cobra.Command {
	var o options
	var published, due, fix, dry bool
	cmd := &cobra.Command{Use: "check", Short: words.get("check"), Long: words.get("check.long"), Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := o.complete(words); err != nil {
				return err
			}
			fix = fix || dry
			o.Once = !fix // which builds more often
			if due {
				return o.due(cmd, words)
			}
			o.All = !published
			p := newProgress(cmd.ErrOrStderr(), words, o.json)
			var builder *build.Builder
			var result *build.Result
			var fixed diag.List
			err := build.Steadily(func() (err error) {
				builder = build.New(o.Options, p)
				if fix {
					result, fixed, err = o.mend(cmd.Context(), builder, dry)
				} else {
					result, err = builder.Build(cmd.Context())
				}
				return err
			})
			if err != nil {
				return err
			}
			mistakes, _, err := builder.Check(cmd.Context(), result)
			if err != nil {
				return err
			}
			if err := o.printFixed(cmd, words, result, fixed, dry); err != nil {
				return err
			}
			result.Problems = append(result.Problems, mistakes...).Sorted()
			words := words.of(cmd, result)
			err = o.print(cmd, words, result, append(result.Problems, result.Hints()...).Sorted())
			switch {
			case err == nil:
				p.summary(words.get("clean", result.Entries))
			case errors.Is(err, errContent):
				p.summary(words.problems(result.Problems))
			default:
				return err
			}
			o.ahead(cmd.ErrOrStderr(), words, result)
			return err
		}}
	o.addFlags(cmd, words)
	cmd.Flags().BoolVar(&o.json, "json", false, words.get("flag.json"))
	cmd.Flags().BoolVar(&published, "published", false, words.get("flag.published"))
	cmd.Flags().BoolVar(&due, "due", false, words.get("flag.due"))
	cmd.Flags().BoolVar(&fix, "fix", false, words.get("flag.fix"))
	cmd.Flags().BoolVar(&dry, "dry-run", false, words.get("flag.dry-run"))
	return cmd
}

// ahead says which texts are left out and until when, and when the site changes by itself.
func (o *options) ahead(w io.Writer, words words, result *build.Result) {
	for _, line := range []string{words.leftOut(result.LeftOut), words.due(result.Due())} {
		if line != "" && !o.json {
			fmt.Fprintln(w, line)
		}
	}
}

// due prints the next day on which the site changes by itself, if there is one.
func (o *options) due(cmd *cobra.Command, words words) error {
	o.NoHints = true
	var due build.Due
	err := build.Steadily(func() (err error) {
		due, err = build.New(o.Options, nil).Due(cmd.Context())
		return err
	})
	if err == nil && due.Day != "" {
		fmt.Fprintln(cmd.OutOrStdout(), due.Day)
	}
	return err
}

// mend applies the fixes that need no choice, and writes the texts unless this is only to show what it would do.
func (o *options) mend(ctx context.Context, builder *build.Builder, dry bool) (*build.Result, diag.List, error) {
	mended, err := builder.Mend(ctx)
	if err != nil {
		return nil, nil, err
	}
	if dry {
		return mended.Result, mended.Fixed, nil
	}
	root, err := os.OpenRoot(o.Content)
	if err != nil {
		return nil, nil, err
	}
	defer root.Close()
	return mended.Result, mended.Fixed, mended.Set.Write(root)
}

// printFixed says what was mended, or would be.
func (o *options) printFixed(cmd *cobra.Command, words words, result *build.Result, fixed diag.List, dry bool) error {
	p, err := o.printer(cmd, words, result)
	if err != nil {
		return err
	}
	if o.json {
		return p.JSON(cmd.ErrOrStderr(), fixed, true)
	}
	return p.Fixed(cmd.ErrOrStderr(), fixed, dry)
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
