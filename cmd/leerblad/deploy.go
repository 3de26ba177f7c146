package main

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"leerblad/internal/build"
	"leerblad/internal/deploy"
)

// sending is the stage after those of a build.
const sending build.Stage = "send"

// deployment is what a call of deploy asks for.
type deployment struct {
	to           string
	dry, replace bool
}

func deployCommand(words words) *cobra.Command {
	var o options
	var d deployment
	cmd := &cobra.Command{Use: "deploy", Short: words.get("deploy"), Long: words.get("deploy.long"), Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if d.to != "" {
				if _, err := deploy.ParseAddress(d.to); err != nil {
					return err
				}
			}
			if err := o.complete(words); err != nil {
				return err
			}
			o.Once, o.NoHints = true, true
			return o.deploy(cmd, words, d)
		}}
	o.addFlags(cmd, words)
	cmd.Flags().StringVar(&d.to, "to", "", words.get("flag.deploy-to"))
	cmd.Flags().BoolVar(&d.dry, "dry-run", false, words.get("flag.dry"))
	cmd.Flags().BoolVar(&d.replace, "yes", false, words.get("flag.yes"))
	cmd.Flags().BoolVar(&o.json, "json", false, words.get("flag.json-change"))
	return cmd
}

// deploy builds the site and sends it, unless there are errors or this is only to show what it would do.
func (o *options) deploy(cmd *cobra.Command, words words, d deployment) error {
	p := newProgress(cmd.ErrOrStderr(), words, o.json)
	var result *build.Result
	var plan *deploy.Plan
	var target deploy.Target
	err := build.Steadily(func() (err error) {
		if result, err = build.New(o.Options, p).Build(cmd.Context()); err != nil || result.Problems.HasErrors() {
			return err
		}
		if target == nil {
			if target, err = o.target(cmd.Context(), cmp.Or(d.to, result.Deploy().To.Value), words); err != nil {
				return err
			}
		}
		plan, err = o.plan(cmd, words, result, target, d, p)
		return err
	})
	if target != nil {
		defer target.Close()
	}
	if err != nil && !errors.Is(err, errContent) {
		return err
	}
	words = words.of(cmd, result)
	if err := o.print(cmd, words, result, result.Problems); err != nil {
		return err
	}
	report := deploy.Report{Sent: len(plan.Send), Removed: len(plan.Remove), Kept: len(plan.Kept)}
	if !d.dry {
		p.Begin(sending, len(plan.Send)+len(plan.Remove))
		if report, err = plan.Run(cmd.Context()); err != nil {
			return err
		}
	}
	p.summary("")
	if err := o.told(cmd, words, plan, report, result.Address(), d.dry); err != nil {
		return err
	}
	o.ahead(cmd, words, result)
	return nil
}

// target opens the place that the site goes to.
func (o *options) target(ctx context.Context, to string, words words) (deploy.Target, error) {
	if to == "" {
		return nil, errors.New(words.get("no-target-given"))
	}
	address, err := deploy.ParseAddress(to)
	if err != nil {
		return nil, err
	}
	if dir, ok := address.Folder(); ok {
		if err := apart(o.Content, dir, words); err != nil {
			return nil, err
		}
	}
	return address.Open(ctx)
}

// plan compares the site with the target. The mistakes in templates that come to light are added to the result's problems.
func (o *options) plan(cmd *cobra.Command, words words, result *build.Result, target deploy.Target, d deployment, p *progress) (*deploy.Plan, error) {
	set, err := result.Set()
	if err != nil {
		return nil, err
	}
	p.Begin(build.Render, result.Pages)
	plan, err := deploy.NewPlan(cmd.Context(), set, target, deploy.Options{
		Day: string(o.Now), Keep: result.Deploy().Keep, Replace: d.replace, Moved: result.Moved(), Step: p.Step,
		Waiting: func() { fmt.Fprintln(cmd.ErrOrStderr(), words.get("deploy.waiting")) },
	})
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
