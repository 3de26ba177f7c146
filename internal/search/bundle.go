package search

import (
	"bytes"
	"embed"
	"fmt"
	"regexp"
	"slices"

	"github.com/tdewolff/minify/v2"
	"github.com/tdewolff/minify/v2/js"
)

// client holds the modules of the client.
//
//go:embed client/*.js
var client embed.FS

// modules are the client's, each after those that it imports.
var modules = []string{"words.js", "query.js", "shard.js", "index.js", "near.js", "search.js", "facets.js", "phrase.js", "why.js", "client.js"}

// module matches what only separate modules need.
var module = regexp.MustCompile(`(?m)^import .*\n|^export `)

// bundle gives the client as one module that knows the directory: a second one would cost a round trip.
func bundle(directory []byte) ([]byte, error) {
	var b bytes.Buffer
	for _, name := range modules {
		source, err := client.ReadFile("client/" + name)
		if err != nil {
			return nil, fmt.Errorf("read search client: %w", err)
		}
		b.Write(module.ReplaceAll(source, nil))
	}
	b.WriteString("export { open };\n")
	m := minify.New()
	m.AddFunc("text/javascript", js.Minify)
	out, err := m.Bytes("text/javascript", b.Bytes())
	if err != nil {
		return nil, fmt.Errorf("minify search client: %w", err)
	}
	return slices.Concat([]byte("const directory="), directory, []byte(";\n"), out), nil
}
