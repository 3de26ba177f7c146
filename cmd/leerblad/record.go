package main

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"leerblad/internal/build"
	"leerblad/internal/diag"
	"leerblad/internal/pdf"
)

// record is what is kept of a build without errors: what it was made of, and what was told of it.
type record struct {
	build.Record
	Language diag.Language `json:"language"` // of what was told
	Entries  int           `json:"entries"`
	Pages    int           `json:"pages"`
	Files    int           `json:"files"`
	Warnings string        `json:"warnings"` // as they were shown
	Ahead    string        `json:"ahead"`    // what lies ahead, as it was told
	Browser  string        `json:"browser"`  // that was found for PDFs, "" where none was wanted
}

// recordFile gives the file in the user's cache that keeps the record of builds of one folder into another.
func (o *options) recordFile(output string) string {
	cache, err := os.UserCacheDir()
	if err != nil {
		return ""
	}
	content, err := filepath.Abs(o.Content)
	if err != nil {
		return ""
	}
	if output, err = filepath.Abs(output); err != nil {
		return ""
	}
	return filepath.Join(cache, "leerblad", "builds", fmt.Sprintf("%x.json", sha256.Sum256([]byte(content+"\x00"+output)))[:24+len(".json")])
}

// known gives the record of the last build, or nil. One that cannot be read is as none.
func known(file string) *record {
	data, err := os.ReadFile(file)
	if err != nil {
		return nil
	}
	r := new(record)
	if json.Unmarshal(data, r) != nil || r.Site == "" || r.Browser != "" && r.Browser != browser() {
		return nil
	}
	return r
}

// browser says which browser makes PDFs, or that there is none.
func browser() string { return fmt.Sprint(pdf.Find()) }

// keep writes the record whole or not at all. Without it the next build does more, so that no failure matters.
func (r *record) keep(file string) {
	data, err := json.Marshal(r)
	if err != nil || os.MkdirAll(filepath.Dir(file), 0o700) != nil {
		return
	}
	f, err := os.CreateTemp(filepath.Dir(file), "*.tmp")
	if err != nil {
		return
	}
	_, err = f.Write(data)
	if closed := f.Close(); err == nil && closed == nil {
		err = os.Rename(f.Name(), file)
	}
	if err != nil {
		os.Remove(f.Name())
	}
}

// tell says of a build that had nothing to do what the one before said.
func (r *record) tell(cmd *cobra.Command, p *progress, dir string) error {
	words := words(r.Language)
	if _, err := io.WriteString(cmd.ErrOrStderr(), r.Warnings); err != nil {
		return err
	}
	p.summary(words.get("summary", r.Entries, r.Pages, r.Files, dir, 0, 0))
	_, err := io.WriteString(cmd.ErrOrStderr(), r.Ahead)
	return err
}

// caller gives what else decides what a build gives and says: the program, byte for byte, and how messages are shown; "" where that
// cannot be told.
func (o *options) caller(cmd *cobra.Command) string {
	name, err := os.Executable()
	if err != nil {
		return ""
	}
	f, err := os.Open(name)
	if err != nil {
		return ""
	}
	defer f.Close()
	sum := sha256.New()
	if _, err := io.Copy(sum, f); err != nil {
		return ""
	}
	lang, _ := cmd.Flags().GetString("lang")
	asked, _ := cmd.Flags().GetBool("pdf")
	return fmt.Sprintf("%x %q %t %t %t %t", sum.Sum(nil), lang, o.json, coloured(cmd), o.PDF != nil, asked)
}
