package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"path/filepath"

	"github.com/spf13/cobra"

	"leerblad/internal/build"
	"leerblad/internal/deploy"
)

// keepDays is how long assets that are no longer needed stay for readers who have an old page open.
const keepDays = 7

// sending is the stage after those of a build.
const sending build.Stage = "send"

func deployCommand(words words) *cobra.Command {
	var o options
	var to string
	var dry bool
	cmd := &cobra.Command{Use: "deploy", Short: words.get("deploy"), Long: words.get("deploy.long"), Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			dir, err := targetFolder(to, words)
			if err != nil {
				return err
			}
			if err := apart(o.Content, dir, words); err != nil {
				return err
			}
			if err := o.complete(words); err != nil {
				return err
			}
			target, err := deploy.Folder(dir)
			if err != nil {
				return err
			}
			defer target.Close()
			o.Once, o.NoHints = true, true
			return o.deploy(cmd, words, target, dry)
		}}
	o.addFlags(cmd, words)
	cmd.Flags().StringVar(&to, "to", "", words.get("flag.deploy-to"))
	cmd.Flags().BoolVar(&dry, "dry-run", false, words.get("flag.dry"))
	cmd.Flags().BoolVar(&o.json, "json", false, words.get("flag.json-change"))
	return cmd
}

// targetFolder gives the folder that a target's address names. The address is not repeated: there may be a password in it.
func targetFolder(to string, words words) (string, error) {
	u, err := url.Parse(to)
	if to == "" || err != nil || u.Scheme != "file" || u.User != nil || u.Host != "" || u.Path == "" {
		return "", errors.New(words.get("bad-target"))
	}
	return filepath.FromSlash(u.Path), nil
}

// deploy builds the site and sends it, unless there are errors or this is only to show what it would do.
func (o *options) deploy(cmd *cobra.Command, words words, target deploy.Target, dry bool) error {
	p := newProgress(cmd.ErrOrStderr(), words, o.json)
	var result *build.Result
	var plan *deploy.Plan
	err := build.Steadily(func() (err error) {
		if result, err = build.New(o.Options, p).Build(cmd.Context()); err == nil {
			plan, err = o.plan(cmd.Context(), result, target, p)
		}
		return err
	})
	if err != nil && !errors.Is(err, errContent) {
		return err
	}
	words = words.of(cmd, result)
	if err := o.print(cmd, words, result, result.Problems); err != nil {
		return err
	}
	report := deploy.Report{Sent: len(plan.Send), Removed: len(plan.Remove), Kept: len(plan.Kept)}
	if !dry {
		p.Begin(sending, len(plan.Send)+len(plan.Remove))
		if report, err = plan.Run(cmd.Context()); err != nil {
			return err
		}
	}
	p.summary("")
	if err := o.told(cmd, words, plan, report, result.Address(), dry); err != nil {
		return err
	}
	o.ahead(cmd, words, result)
	return nil
}

// plan compares the site with the target. The mistakes in templates that come to light are added to the result's problems.
func (o *options) plan(ctx context.Context, result *build.Result, target deploy.Target, p *progress) (*deploy.Plan, error) {
	if result.Problems.HasErrors() {
		return nil, errContent
	}
	set, err := result.Set()
	if err != nil {
		return nil, err
	}
	p.Begin(build.Render, result.Pages)
	plan, err := deploy.NewPlan(ctx, set, target, deploy.Options{Day: string(o.Now), Keep: keepDays, Step: p.Step})
	if mistakes, ok := build.Mistakes(err); ok && err != nil {
		result.Problems = append(result.Problems, mistakes...).Sorted()
		return nil, errContent
	}
	return plan, err
}

// told prints what was done, or would be.
func (o *options) told(cmd *cobra.Command, words words, plan *deploy.Plan, report deploy.Report, address string, dry bool) error {
	out := cmd.OutOrStdout()
	if o.json {
		return json.NewEncoder(out).Encode(struct {
			Send    []string `json:"send"`
			Remove  []string `json:"remove"`
			Kept    []string `json:"kept"`
			New     []string `json:"new"`
			Changed []string `json:"changed"`
			Gone    []string `json:"gone"`
			Bytes   int64    `json:"bytes"`
			Address string   `json:"address"`
			Done    bool     `json:"done"`
		}{plan.Send, plan.Remove, plan.Kept, plan.New, plan.Changed, plan.Gone, report.Bytes, address, !dry})
	}
	if dry {
		for _, name := range plan.Send {
			fmt.Fprintf(out, "+ %s\n", name)
		}
		for _, name := range plan.Remove {
			fmt.Fprintf(out, "- %s\n", name)
		}
		fmt.Fprintln(out, words.get("deploy.dry", report.Sent, report.Removed, report.Kept))
		return nil
	}
	fmt.Fprintln(out, words.get("deploy.done", report.Sent, float64(report.Bytes)/1e6, report.Removed, report.Kept, address))
	return nil
}
