package output

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"
)

// manifestName is the file in the output folder that says which of its files the generator wrote.
const manifestName = ".leerblad.json"

// manifest holds the path of each file that is the generator's own. A file is settled if it is part of a complete
// site; one that is not may be left by a killed build, and no page that can be reached needs it.
type manifest map[string]bool

// The words for the two in the file. Older manifests have a digest in place of the first.
const (
	settled   = "settled"
	unsettled = "unsettled"
)

type manifestFile struct {
	Files map[string]string `json:"files"`
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
	m := make(manifest, len(stored.Files))
	for name, word := range stored.Files {
		if !validPath(name) {
			return manifest{}, nil
		}
		m[name] = word != unsettled
	}
	return m, nil
}

// with owns more files, unsettled where they are new.
func (m manifest) with(names []string) manifest {
	more := maps.Clone(m)
	for _, name := range names {
		more[name] = m[name]
	}
	return more
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

// encode puts each path on a line of its own, in byte order, because sites are kept in git.
func (m manifest) encode() ([]byte, error) {
	var out bytes.Buffer
	out.WriteString("{\n  \"files\": {")
	separator := "\n    "
	for _, name := range slices.Sorted(maps.Keys(m)) {
		quoted, err := json.Marshal(name)
		if err != nil {
			return nil, err
		}
		word := unsettled
		if m[name] {
			word = settled
		}
		fmt.Fprintf(&out, "%s%s: %q", separator, quoted, word)
		separator = ",\n    "
	}
	out.WriteString("\n  }\n}\n")
	return out.Bytes(), nil
}
