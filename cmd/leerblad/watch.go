package main

import "github.com/spf13/cobra"

func watchCommand(words words) *cobra.Command {
	return &cobra.Command{Use: "watch", Short: words.get("watch"), Hidden: true}
}
