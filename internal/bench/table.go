package main

import (
	"fmt"
	"io"
	"slices"
	"text/tabwriter"
)

func cpu(u usage) float64  { return u.cpu.Seconds() }
func wall(u usage) float64 { return u.wall.Seconds() }
func most(u usage) float64 { return float64(u.peak) / 1e6 }

func sorted(usages []usage, of func(usage) float64) []float64 {
	var out []float64
	for _, u := range usages {
		out = append(out, of(u))
	}
	slices.Sort(out)
	return out
}

func median(usages []usage, of func(usage) float64) float64 {
	return percentile(sorted(usages, of), 50)
}

// percentile gives the value of a sorted list that p percent of them do not exceed (nearest rank).
func percentile(list []float64, p int) float64 { return list[max(0, (len(list)*p+99)/100-1)] }

func printBuilds(out io.Writer, entries string, steps []*step) error {
	fmt.Fprintf(out, "\nBuilds, entries: %s. Medians of %d runs (least–most).\n\n", entries, len(steps[0].usages))
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(w, "step\tCPU s\t\twall s\t\tpeak MB\t\tfiles\tMB\t")
	for _, s := range steps {
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%d\t%.1f\t\n", s.name, spread(s.usages, cpu, "%.2f"), spread(s.usages, wall, "%.2f"),
			spread(s.usages, most, "%.0f"), s.site.files, float64(s.site.bytes)/1e6)
	}
	return w.Flush()
}

// printRatios prints ratios of CPU times, of the medians, and the most memory that a clean build took.
func printRatios(out io.Writer, clean *step, list []ratio) error {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w)
	for _, r := range list {
		fmt.Fprintf(w, "%s\t%.2f\n", r.name, median(r.of.usages, cpu)/median(r.per.usages, cpu))
	}
	fmt.Fprintf(w, "peak memory of a clean build\t%.0f MB\n", percentile(sorted(clean.usages, most), 100))
	return w.Flush()
}

// spread writes the median, and in a cell of its own the least and the most.
func spread(usages []usage, of func(usage) float64, format string) string {
	list := sorted(usages, of)
	return fmt.Sprintf(format+"\t("+format+"–"+format+")", percentile(list, 50), list[0], list[len(list)-1])
}

func printEdits(out io.Writer, entries string, e edits) error {
	fmt.Fprintf(out, "\nEdits, entries: %s. From saved to shown in Chromium, %d edits of a kind; CPU and memory are those of watch.\n\n",
		entries, len(e.Kinds[0].Milliseconds))
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(w, "edit\tp50 ms\tp95 ms\tmost ms\tCPU ms an edit\tMB after\t")
	for _, k := range e.Kinds {
		slices.Sort(k.Milliseconds)
		fmt.Fprintf(w, "%s\t%.1f\t%.1f\t%.1f\t%.0f\t%.0f\t\n", k.Name, percentile(k.Milliseconds, 50), percentile(k.Milliseconds, 95),
			percentile(k.Milliseconds, 100), k.CPU, k.Memory/1e6)
	}
	if err := w.Flush(); err != nil {
		return err
	}
	_, err := fmt.Fprintf(out, "Memory of watch: %.0f MB before the first edit, %.0f MB after the last.\n", e.Memory/1e6, e.Kinds[len(e.Kinds)-1].Memory/1e6)
	return err
}
