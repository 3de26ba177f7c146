package markdown

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// singleQuote tells the opening quotation mark before a word from the closing one and the apostrophe, which look
// alike. goldmark's typographer does so by English words ('tis, 'em) and takes many a Dutch quotation ('een plan') for
// one; it still does all other signs.
type singleQuote struct{}

// clitic matches the Dutch words that begin with an apostrophe ('s avonds, 't, 's-Gravenhage) and years ('21).
var clitic = regexp.MustCompile(`^'(?:[stnkmr](?:[\s,.;:!?)-]|$)|\d\d(?:\D|$))`)

func (singleQuote) Trigger() []byte { return []byte{'\''} }

func (singleQuote) Parse(_ ast.Node, block text.Reader, _ parser.Context) ast.Node {
	before := block.PrecendingCharacter()
	line, _ := block.PeekLine()
	opens := unicode.IsSpace(before) || strings.ContainsRune("([{“\"–—-/*_~", before)
	next, _ := utf8.DecodeRune(line[1:])
	sign := "’"
	switch {
	case opens && !unicode.IsLetter(next) && !unicode.IsDigit(next):
		return nil // alone: a sign of minutes, perhaps
	case opens && !clitic.Match(line):
		sign = "‘"
	}
	node := ast.NewString([]byte(sign))
	node.SetCode(true)
	block.Advance(1)
	return node
}
