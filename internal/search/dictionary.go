package search

import (
	"bytes"
	"compress/gzip"
	_ "embed"
	"fmt"
	"io"
	"strings"
)

// wordList is Dutch words of four to ten letters that are not compounds of others; README.md says where they are from.
//
//go:embed words.gz
var wordList []byte

// dictionary gives Dutch words that can be parts of compounds.
func dictionary() ([]string, error) {
	r, err := gzip.NewReader(bytes.NewReader(wordList))
	if err != nil {
		return nil, fmt.Errorf("read word list: %w", err)
	}
	text, err := io.ReadAll(r)
	if err != nil {
		return nil, fmt.Errorf("read word list: %w", err)
	}
	return strings.Fields(string(text)), nil
}
