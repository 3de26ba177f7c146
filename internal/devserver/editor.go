package devserver

import (
	"errors"
	"net/url"
	"slices"
	"strings"
)

// Editor is a link that opens a place in an editor, such as vscode://file/{file}:{line}; "" copies the place.
type Editor string

// ParseEditor checks a link in which {file} stands for a file's absolute path and {line} for a line; it refuses
// other placeholders and links that would run a script or open a page.
func ParseEditor(link string) (Editor, error) {
	rest := strings.NewReplacer("{file}", "f", "{line}", "1").Replace(link)
	address, err := url.Parse(rest)
	refused := []string{"", "javascript", "data", "vbscript", "blob", "about", "http", "https"}
	switch {
	case err != nil:
		return "", err
	case !strings.Contains(link, "{file}"):
		return "", errors.New("no {file}")
	case strings.ContainsAny(rest, "{}"):
		return "", errors.New("unknown placeholder")
	case slices.Contains(refused, address.Scheme):
		return "", errors.New("no link to an editor")
	}
	return Editor(link), nil
}
