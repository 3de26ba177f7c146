package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// manCommand prints the manual page, for packages. What cobra can make is a page for each command, in English alone.
func manCommand(words words) *cobra.Command {
	return &cobra.Command{
		Use: "man", Short: words.get("man"), Args: cobra.NoArgs, Hidden: true,
		RunE: func(cmd *cobra.Command, _ []string) error {
			_, err := fmt.Fprint(cmd.OutOrStdout(), manual(cmd.Root(), words))
			return err
		},
	}
}

// manual gives leerblad(1) with all commands, in the man macros of roff.
func manual(root *cobra.Command, words words) string {
	var b strings.Builder
	fmt.Fprintf(&b, ".TH LEERBLAD 1\n.SH %s\nleerblad \\- %s\n", words.get("man.name"), roff(root.Short))
	fmt.Fprintf(&b, ".SH %s\n.B leerblad\n[%s]\n", words.get("man.synopsis"), words.get("man.call"))
	fmt.Fprintf(&b, ".SH %s\n%s\n", words.get("man.description"), roff(root.Long))
	fmt.Fprintf(&b, ".SH %s\n", words.get("man.flags"))
	manualFlags(&b, root.PersistentFlags())
	fmt.Fprintf(&b, ".SH %s\n", words.get("man.commands"))
	for _, c := range root.Commands() {
		if c.Hidden || c.Name() == "help" {
			continue
		}
		text := c.Long
		if text == "" || c.Name() == "completion" { // whose long text is cobra's, in English
			text = c.Short
		}
		fmt.Fprintf(&b, ".SS %s\n%s\n", roff(strings.TrimSuffix(c.UseLine(), " [flags]")), roff(text))
		manualFlags(&b, c.NonInheritedFlags())
	}
	return b.String()
}

func manualFlags(b *strings.Builder, flags *pflag.FlagSet) {
	flags.VisitAll(func(f *pflag.Flag) {
		if f.Hidden {
			return
		}
		kind, usage := pflag.UnquoteUsage(f)
		name := "--" + f.Name
		if f.Shorthand != "" {
			name = "-" + f.Shorthand + ", " + name
		}
		fmt.Fprintf(b, ".TP\n\\fB%s\\fR", roff(name))
		if kind != "" {
			fmt.Fprintf(b, " \\fI%s\\fR", roff(kind))
		}
		fmt.Fprintf(b, "\n%s\n", roff(usage))
	})
}

// roff escapes text, so that no line of it is a request and each stays a line.
func roff(text string) string {
	text = strings.NewReplacer(`\`, `\e`, "-", `\-`, "'", `\(aq`).Replace(text)
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		if strings.HasPrefix(line, ".") {
			lines[i] = `\&` + line
		}
	}
	return strings.Join(lines, "\n.br\n")
}
