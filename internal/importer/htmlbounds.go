package importer

import (
	"bytes"
	"strings"

	"golang.org/x/net/html"
)

const (
	// maxTags is how many tags a page may have, those counted that the parser opens again after a block.
	maxTags = 500_000
	// maxPage is the size of a page without the pictures in it, and maxText that of the text on it.
	maxPage = 30 << 20
	maxText = 4 << 20
)

// formatting are the elements that the parser opens again in the next block if they were not closed in the last.
var formatting = map[string]bool{"a": true, "b": true, "big": true, "code": true, "em": true, "font": true, "i": true, "nobr": true, "s": true, "small": true,
	"strike": true, "strong": true, "tt": true, "u": true}

// boundHTML makes sure that a page does not become much larger than it is when it is parsed: each tag may open all elements again
// that are still open. End tags within a table do not close what was opened outside of it.
func boundHTML(text string) error {
	type scope struct {
		tag  string
		open map[string]int
		sum  int
	}
	scopes := []scope{{open: map[string]int{}}}
	z := html.NewTokenizer(strings.NewReader(text))
	tags, size, words, all := 0, 0, 0, 0
	raw := false // within a style sheet or script
	for {
		kind := z.Next()
		switch kind {
		case html.ErrorToken:
			return nil
		case html.TextToken:
			if size += len(z.Raw()); !raw {
				words += len(z.Raw())
			}
			tags += all
		case html.StartTagToken, html.SelfClosingTagToken, html.EndTagToken:
			if whole := z.Raw(); !bytes.Contains(whole, []byte("data:")) {
				size += len(whole)
			}
			name, _ := z.TagName()
			tag := string(name)
			raw = kind == html.StartTagToken && (tag == "style" || tag == "script")
			top := &scopes[len(scopes)-1]
			switch {
			case formatting[tag] && kind != html.EndTagToken:
				top.open[tag]++
				top.sum++
				all++
			case formatting[tag] && top.open[tag] > 0:
				top.open[tag]--
				top.sum--
				all--
			case tag == "table" || tag == "td" || tag == "th" || tag == "caption" || tag == "object" || tag == "template" || tag == "svg" || tag == "math":
				cell := func(tag string) bool { return tag == "td" || tag == "th" || tag == "caption" }
				if kind == html.EndTagToken || cell(tag) { // a cell ends the one before it
					for len(scopes) > 1 {
						top := scopes[len(scopes)-1]
						if top.tag != tag && !(cell(top.tag) && (tag == "table" || cell(tag))) {
							break
						}
						scopes = scopes[:len(scopes)-1]
						outer := &scopes[len(scopes)-1]
						outer.sum += top.sum
						for tag, n := range top.open {
							outer.open[tag] += n
						}
						if top.tag == tag {
							break
						}
					}
				}
				if kind == html.StartTagToken {
					scopes = append(scopes, scope{tag: tag, open: map[string]int{}})
				}
			}
			tags += 1 + all
		}
		switch {
		case words > maxText:
			return tooMuchText()
		case tags > maxTags || size > maxPage:
			return &Error{Code: "page-too-large"}
		}
	}
}
