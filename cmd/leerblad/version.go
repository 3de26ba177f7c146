package main

import (
	"encoding/json"
	"fmt"
	"runtime/debug"

	"github.com/spf13/cobra"
)

// version is what is known of the program itself. What a build did not record is empty.
type version struct {
	Version string `json:"version"`
	Commit  string `json:"commit,omitempty"`
	Date    string `json:"date,omitempty"` // of the commit
	Changed bool   `json:"changed"`        // built from other sources than the commit's
	Go      string `json:"go"`
}

func versionCommand(words words) *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use: "version", Short: words.get("version"), Long: words.get("version.long"), Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			info, ok := debug.ReadBuildInfo()
			if !ok {
				info = &debug.BuildInfo{}
			}
			v := versionOf(info)
			if asJSON {
				return json.NewEncoder(cmd.OutOrStdout()).Encode(v)
			}
			_, err := fmt.Fprint(cmd.OutOrStdout(), v.text(words))
			return err
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, words.get("flag.version-json"))
	return cmd
}

// versionOf reads what Go records in a program that is built in a clone.
func versionOf(info *debug.BuildInfo) version {
	v := version{Version: info.Main.Version, Go: info.GoVersion}
	if v.Version == "" {
		v.Version = "(devel)"
	}
	for _, s := range info.Settings {
		switch s.Key {
		case "vcs.revision":
			v.Commit = s.Value
		case "vcs.time":
			v.Date = s.Value
		case "vcs.modified":
			v.Changed = s.Value == "true"
		}
	}
	return v
}

// text gives one line for each thing that is known.
func (v version) text(words words) string {
	text := "leerblad " + v.Version + "\n"
	if v.Commit != "" {
		text += words.get("version.commit", v.Commit, v.Date)
		if v.Changed {
			text += words.get("version.changed")
		}
		text += "\n"
	}
	return text + v.Go + "\n"
}
