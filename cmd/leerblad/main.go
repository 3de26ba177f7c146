// Command leerblad compiles a learning-evaluation publication into a website.
//
// Exit status: 0 done, 1 the content has errors, 2 the call or the machine failed. Standard output carries
// results, standard error diagnostics and progress.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"github.com/spf13/cobra"

	"leerblad/internal/lsp"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop) // who asks a second time does not want to wait
	os.Exit(run(ctx, os.Args[1:], os.Stdout, os.Stderr))
}

// errContent says that the content has errors, which were printed.
var errContent = errors.New("the content has errors")

// errFailed says that the call or the machine failed at something, which was told.
var errFailed = errors.New("something failed")

// run runs one command and gives the exit status.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) (status int) {
	words := words(languageOf(args))
	defer func() {
		if bug := recover(); bug != nil {
			fmt.Fprintf(stderr, "leerblad: %s\n", words.get("bug", bug))
			status = 2
		}
	}()
	root := rootCommand(words)
	root.SetArgs(args)
	root.SetOut(stdout)
	root.SetErr(stderr)
	err := root.ExecuteContext(ctx)
	switch {
	case err == nil:
		return 0
	case errors.Is(err, errContent), errors.Is(err, lsp.ErrNoShutdown): // the protocol asks for this status
		return 1
	case errors.Is(err, errFailed):
		return 2
	}
	fmt.Fprintf(stderr, "leerblad: %s\n", describe(err, words))
	return 2
}

func rootCommand(words words) *cobra.Command {
	cobra.MousetrapHelpText = "" // a double click opens the desk
	root := &cobra.Command{
		Use: "leerblad", Short: words.get("leerblad"), Long: words.get("leerblad.long"),
		SilenceUsage: true, SilenceErrors: true, Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return open(cmd, words) },
	}
	root.PersistentFlags().String("lang", "", words.get("flag.lang"))
	root.PersistentFlags().BoolP("help", "h", false, words.get("flag.help"))
	root.AddCommand(buildCommand(words), checkCommand(words), deployCommand(words), watchCommand(words), newsletterCommand(words), newCommand(words), importCommand(words), moveCommand(words), removeCommand(words),
		initCommand(words), lspCommand(words), versionCommand(words), manCommand(words))
	root.SetUsageTemplate(words.get("usage"))
	root.SetHelpCommand(&cobra.Command{Use: "help [command]", Short: words.get("help"), RunE: func(cmd *cobra.Command, args []string) error {
		target, _, err := cmd.Root().Find(args)
		if err != nil {
			return err
		}
		return target.Help()
	}})
	root.InitDefaultCompletionCmd()
	for _, c := range root.Commands() {
		if c.Name() == "completion" {
			c.Short = words.get("completion")
		}
	}
	return root
}
