package devserver

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"html/template"
	"io/fs"
	"sync"
)

//go:embed client
var client embed.FS

//go:embed pages
var pageFiles embed.FS

var pages = template.Must(template.ParseFS(pageFiles, "pages/*.html"))

// clientFile gives a file of the client, or nil.
func clientFile(name string) []byte {
	data, err := client.ReadFile("client/" + name)
	if err != nil {
		return nil
	}
	return data
}

// clientSum changes with the client, so that tabs of another version of leerblad load it anew.
var clientSum = sync.OnceValue(func() string {
	sum := sha256.New()
	_ = fs.WalkDir(client, ".", func(name string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			data, _ := client.ReadFile(name) // embedded files can be read
			sum.Write(data)
		}
		return err
	})
	return hex.EncodeToString(sum.Sum(nil)[:8])
})
