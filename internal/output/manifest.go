package output

import (
	"encoding/json"
	"errors"
	"io/fs"
	"maps"
)

// manifestName is the file in the output folder that says which of its files the generator wrote.
const manifestName = ".leerblad.json"

// manifest maps the path of each file that is the generator's own to its digest.
type manifest map[string]string

type manifestFile struct {
	Files manifest `json:"files"`
}

// readManifest gives an empty manifest when there is none or it is damaged: nothing is then the
// generator's own, so nothing can be lost.
func readManifest(d *disk) (manifest, error) {
	data, err := d.root.ReadFile(manifestName)
	if errors.Is(err, fs.ErrNotExist) {
		return manifest{}, nil
	}
	if err != nil {
		return nil, d.failed("read", manifestName, err)
	}
	var stored manifestFile
	if json.Unmarshal(data, &stored) != nil || stored.Files == nil {
		return manifest{}, nil
	}
	for name := range stored.Files {
		if !validPath(name) {
			return manifest{}, nil
		}
	}
	return stored.Files, nil
}

func newManifest(set *Set) manifest {
	m := make(manifest, len(set.files))
	for name, f := range set.files {
		m[name] = f.sum()
	}
	return m
}

// with owns what either manifest owns; where both do, other's digest stands.
func (m manifest) with(other manifest) manifest {
	both := maps.Clone(m)
	maps.Copy(both, other)
	return both
}

// folders returns every folder above a file of the manifest.
func (m manifest) folders() map[string]bool {
	all := map[string]bool{}
	for name := range m {
		for dir := range parents(name) {
			all[dir] = true
		}
	}
	return all
}

// encode relies on encoding/json to sort the keys of a map.
func (m manifest) encode() []byte {
	data, err := json.MarshalIndent(manifestFile{Files: m}, "", "  ")
	if err != nil {
		panic(err) // strings always encode
	}
	return append(data, '\n')
}
