package main

import (
	"cmp"
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"sync"

	"github.com/spf13/cobra"

	"leerblad/internal/diag"
	"leerblad/internal/lsp"
	"leerblad/internal/session"
	"leerblad/internal/start"
)

// languageServer is one run of lsp. Standard output carries the protocol alone.
type languageServer struct {
	options
	cmd     *cobra.Command
	words   words
	poll    bool
	running sync.WaitGroup // of the session
}

func lspCommand(words words) *cobra.Command {
	s := &languageServer{words: words}
	cmd := &cobra.Command{Use: "lsp", Short: words.get("lsp"), Long: words.get("lsp.long"), Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if _, err := language(cmd, words, ""); err != nil {
				return err
			}
			if err := s.complete(words); err != nil {
				return err
			}
			s.cmd = cmd
			ctx, stop := context.WithCancel(cmd.Context())
			defer s.running.Wait()
			defer stop()
			return lsp.ServeFolders(ctx, lsp.Stream(cmd.InOrStdin(), cmd.OutOrStdout()), s.open)
		}}
	f := cmd.Flags()
	f.StringVar(&s.Content, "content", "", words.get("flag.lsp-content"))
	f.StringVar(&s.Theme, "theme", "", words.get("flag.theme"))
	f.BoolVar(&s.poll, "poll", false, words.get("flag.poll"))
	_ = cmd.MarkFlagDirname("content")
	_ = cmd.MarkFlagDirname("theme")
	return cmd
}

// open opens the publication in the one folder that the editor works in, or where it was started. What is wrong with drafts is told too.
func (s *languageServer) open(ctx context.Context, folders []string) (*session.Session, lsp.Options, error) {
	content, err := s.folder(folders)
	if err != nil {
		return nil, lsp.Options{}, err
	}
	o := session.Options{Options: s.Options, Poll: s.poll, Observer: session.Observer{Failed: func(err error) { s.log("%s", describe(err, s.words)) }}}
	o.Content, o.All = content, true
	opened, err := session.Start(ctx, o)
	if err != nil {
		return nil, lsp.Options{}, lsp.Refuse(describe(err, s.words))
	}
	s.running.Go(func() { opened.Run(ctx) })
	lang, _ := language(s.cmd, s.words, "")
	served := lsp.Options{Language: diag.Language(lang), Writes: true, Log: s.log}
	served.URI, served.Path = lsp.Files(content)
	return opened, served, nil
}

// folder gives the publication folder: that of the call, or the one in the folder of the editor, or that this is in.
func (s *languageServer) folder(folders []string) (string, error) {
	if len(folders) > 1 {
		return "", lsp.Refuse(s.words.get("several-folders"))
	}
	dir, err := filepath.Abs(s.Content)
	if err != nil {
		return "", lsp.Refuse(describe(err, s.words))
	}
	if s.Content != "" {
		return dir, nil
	}
	ok := true
	if len(folders) == 1 {
		dir, ok = lsp.FilePath(folders[0])
	}
	for at := dir; ok; at = filepath.Dir(at) {
		if content := start.Content(at); content != "" {
			return content, nil
		}
		ok = at != filepath.Dir(at)
	}
	return "", lsp.Refuse(s.words.get("no-publication-in", cmp.Or(dir, strings.Join(folders, ""))))
}

// log writes a line to standard error, where editors keep what servers say.
func (s *languageServer) log(format string, args ...any) {
	fmt.Fprintf(s.cmd.ErrOrStderr(), "leerblad lsp: "+format+"\n", args...)
}
