package output

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"maps"
	"slices"
	"strconv"
	"strings"

	"leerblad/internal/source"
)

// manifestName is the file in the output folder that says which of its files the generator wrote.
const manifestName = ".leerblad.json"

// manifest holds by path what the generator wrote.
type manifest map[string]record

// record says of a file which bytes are the generator's own: those with the digest is and, from the moment that they are about to take their
// place, those with the digest next. A file is settled if it is part of a complete site; one that is not may be left by a
// killed build, and no page that can be reached needs it.
type record struct {
	settled  bool
	is, next digest // next may be ""
}

func (r record) owns(d digest) bool { return d != "" && (d == r.is || d == r.next) }

// unsettled goes before the digests of such a file.
const unsettled = "unsettled"

// words is the record in the manifest.
func (r record) words() string {
	words := []string{string(r.is)}
	if !r.settled {
		words = []string{unsettled, string(r.is)}
	}
	if r.next != "" {
		words = append(words, string(r.next))
	}
	return strings.Join(words, " ")
}

// parseRecord reads words. A manifest without digests owns nothing.
func parseRecord(text string) (r record, ok bool) {
	words := strings.Fields(text)
	r.settled = len(words) == 0 || words[0] != unsettled
	if !r.settled {
		words = words[1:]
	}
	switch len(words) {
	case 2:
		r.next = digest(words[1])
		fallthrough
	case 1:
		r.is = digest(words[0])
		return r, true
	}
	return record{}, false
}

// digest is the beginning of a file's SHA-256 in hexadecimal digits. It tells files apart that nobody made alike on purpose: who can do that
// can write the manifest as well.
type digest string

const digestBytes = 6

func digestOf(data []byte) digest { return digestOfSum(sha256.Sum256(data)) }

func digestOfSum(sum [sha256.Size]byte) digest { return digest(hex.EncodeToString(sum[:digestBytes])) }

type manifestFile struct {
	Files map[string]string `json:"files"`
}

// readManifest gives an empty manifest when there is none or it is damaged: nothing is then the
// generator's own, so nothing can be lost.
func readManifest(d *disk) (manifest, error) {
	f, err := source.OpenIn(d.root, manifestName)
	if errors.Is(err, fs.ErrNotExist) {
		return manifest{}, nil
	}
	if err != nil {
		return nil, d.failed("read", manifestName, err)
	}
	defer f.Close()
	data, err := io.ReadAll(f)
	if err != nil {
		return nil, d.failed("read", manifestName, err)
	}
	var stored manifestFile
	if json.Unmarshal(data, &stored) != nil {
		return manifest{}, nil
	}
	m := make(manifest, len(stored.Files))
	for name, text := range stored.Files {
		if !validPath(name) {
			return manifest{}, nil
		}
		if r, ok := parseRecord(text); ok {
			m[name] = r
		}
	}
	return m, nil
}

// with adds records, over those of the same names.
func (m manifest) with(other manifest) manifest {
	more := maps.Clone(m)
	maps.Copy(more, other)
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
		out.WriteString(separator)
		out.Write(quoted)
		out.WriteString(": ")
		out.Write(strconv.AppendQuote(out.AvailableBuffer(), m[name].words()))
		separator = ",\n    "
	}
	out.WriteString("\n  }\n}\n")
	return out.Bytes(), nil
}
