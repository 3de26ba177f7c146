package deploy

import (
	"encoding/json"
	"io/fs"
)

// ManifestName is the file at the target that says which files are leerblad's own. Hosts do not show it.
const ManifestName = ".leerblad-deploy.json"

// manifest holds by path what leerblad put at the target.
type manifest map[string]record

// record has the SHA-256 of what is there, of what is about to take its place, and the day since which the site does without it.
type record struct {
	Is   string `json:"is,omitempty"`
	Next string `json:"next,omitempty"`
	Gone string `json:"gone,omitempty"`
}

type manifestFile struct {
	Files manifest `json:"files"`
}

func (m manifest) bytes() []byte {
	data, err := json.Marshal(manifestFile{m})
	if err != nil {
		panic(err) // there is nothing in it but text
	}
	return append(data, '\n')
}

// parseManifest gives an empty manifest, and whole false, where data is none: then nothing is known to be leerblad's own.
func parseManifest(data []byte) (m manifest, whole bool) {
	var f manifestFile
	if json.Unmarshal(data, &f) != nil || f.Files == nil {
		return manifest{}, false
	}
	for name := range f.Files {
		if !fs.ValidPath(name) || name == "." || name == ManifestName {
			return manifest{}, false
		}
	}
	return f.Files, true
}
