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
			o.choosePDF(cmd)
			return o.deploy(cmd, words, d)
		}}
	o.addFlags(cmd, words)
	o.addPDFFlag(cmd, words)
	cmd.Flags().StringVar(&d.to, "to", "", words.get("flag.deploy-to"))
	cmd.Flags().BoolVar(&d.dry, "dry-run", false, words.get("flag.dry"))
	cmd.Flags().BoolVar(&d.replace, "yes", false, words.get("flag.yes"))
	cmd.Flags().BoolVar(&o.json, "json", false, words.get("flag.json-change"))
	return cmd
}

// compared is a site that was compared with the place it goes to. target is to be closed, if there is one.
type compared struct {
	result *build.Result
	target deploy.Target
	to     deploy.Address
	plan   *deploy.Plan
}

// deploy builds the site and sends it, unless there are errors or this is only to show what it would do.
func (o *options) deploy(cmd *cobra.Command, words words, d deployment) error {
	p := newProgress(cmd.ErrOrStderr(), words, o.json)
	c, err := o.compare(cmd.Context(), words, d, p, func() { fmt.Fprintln(cmd.ErrOrStderr(), words.get("deploy.waiting")) })
	if c.target != nil {
		defer c.target.Close()
	}
	if err != nil && !errors.Is(err, errContent) {
		return err
	}
	words = words.of(cmd, c.result)
	if err := o.print(cmd, words, c.result, c.result.Problems); err != nil {
		return err
	}
	report := deploy.Report{Sent: len(c.plan.Send), Removed: len(c.plan.Remove), Kept: len(c.plan.Kept)}
	if !d.dry {
		p.Begin(sending, len(c.plan.Send)+len(c.plan.Remove))
		if report, err = c.plan.Run(cmd.Context()); err != nil {
			return err
		}
	}
	p.summary("")
	if err := o.told(cmd, words, c.plan, report, c.result.Address(), d.dry); err != nil {
		return err
	}
	o.ahead(cmd.ErrOrStderr(), words, c.result)
	return nil
}

// compare builds the site and compares it with where it goes. What is wrong with the content is among the result's problems.
func (o *options) compare(ctx context.Context, words words, d deployment, p build.Progress, waiting func()) (c compared, err error) {
	err = build.Steadily(func() (err error) {
		if c.result, err = build.New(o.Options, p).Build(ctx); err != nil {
			return err
		}
		if c.result.Problems.HasErrors() {
			return errContent
		}
		if c.target == nil {
			if c.to, c.target, err = o.target(ctx, cmp.Or(d.to, c.result.Deploy().To.Value), words); err != nil {
				return err
			}
		}
		set, err := o.set(ctx, c.result)
		if err == nil {
			p.Begin(build.Render, c.result.Pages)
			c.plan, err = deploy.NewPlan(ctx, set, c.target, deploy.Options{
				Day: string(o.Now), Keep: c.result.Deploy().Keep, Replace: d.replace, Moved: c.result.Moved(), Step: p.Step, Waiting: waiting,
			})
		}
		if mistakes, ok := build.Mistakes(err); ok && err != nil {
			c.result.Problems = append(c.result.Problems, mistakes...).Sorted()
			return errContent
		}
		return err
	})
	return c, err
}

// target opens the place that the site goes to.
func (o *options) target(ctx context.Context, to string, words words) (address deploy.Address, target deploy.Target, err error) {
	if to == "" {
		return address, nil, errNoTarget
	}
	if address, err = deploy.ParseAddress(to); err != nil {
		return address, nil, err
	}
	if dir, ok := address.Folder(); ok {
		if err := apart(o.Content, dir, words); err != nil {
			return address, nil, err
		}
	}
	target, err = address.Open(ctx)
	return address, target, err
}

// errNoTarget says that nothing says where the site goes.
var errNoTarget = errors.New("no target")

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
