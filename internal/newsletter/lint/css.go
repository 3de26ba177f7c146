package lint

import (
	"slices"
	"strings"

	"github.com/tdewolff/parse/v2"
	"github.com/tdewolff/parse/v2/css"
)

// A declaration is a property and its value, without !important.
type declaration struct {
	property, value string
	important       bool
	tokens          []css.Token // of the value
}

// A rule is a style rule with selectors, or an at-rule: then at is its name. prelude is what stands before its braces.
type rule struct {
	at           string
	selectors    []selector
	prelude      []css.Token
	declarations []declaration
	offset       int
	within       []*rule // from the outside in
}

// text gives tokens as they were written, with single spaces.
func text(tokens []css.Token) string {
	var b strings.Builder
	for _, t := range tokens {
		if t.TokenType == css.WhitespaceToken {
			b.WriteByte(' ')
		} else if t.TokenType != css.CommentToken {
			b.Write(t.Data)
		}
	}
	return strings.TrimSpace(b.String())
}

// declarations reads a style attribute.
func declarations(style string) []declaration {
	var out []declaration
	r := newSheet(style)
	for !r.done() {
		statement, _ := r.statement()
		if d, ok := declare(statement); ok {
			out = append(out, d)
		}
		r.next() // what ended it
	}
	return out
}

// declare makes a declaration of tokens; it is false for what is none.
func declare(tokens []css.Token) (declaration, bool) {
	colon := slices.IndexFunc(tokens, func(t css.Token) bool { return t.TokenType == css.ColonToken })
	if colon < 0 {
		return declaration{}, false
	}
	d := declaration{property: strings.ToLower(text(tokens[:colon])), tokens: tokens[colon+1:]}
	d.value = strings.ToLower(text(d.tokens))
	if value, priority, found := strings.Cut(d.value, "!"); found && strings.TrimSpace(priority) == "important" {
		d.value, d.important = strings.TrimSpace(value), true
	}
	return d, d.property != "" && d.value != ""
}

// A sheet is CSS that is being read, token by token.
type sheet struct {
	tokens   []css.Token
	at       int // of the next token
	offset   int // of the next token, in bytes
	rules    []*rule
	comments []int // offsets
}

func newSheet(source string) *sheet {
	s := &sheet{}
	for lexer := css.NewLexer(parse.NewInputString(source)); ; {
		kind, data := lexer.Next()
		if kind == css.ErrorToken {
			return s
		}
		s.tokens = append(s.tokens, css.Token{TokenType: kind, Data: data})
	}
}

// readSheet reads a style block; offsets count from its start.
func readSheet(source string) *sheet {
	s := newSheet(source)
	for !s.done() {
		s.block(nil)
		s.next() // a brace without a partner
	}
	return s
}

func (s *sheet) done() bool { return s.at >= len(s.tokens) }

func (s *sheet) next() {
	if !s.done() {
		if s.tokens[s.at].TokenType == css.CommentToken {
			s.comments = append(s.comments, s.offset)
		}
		s.offset += len(s.tokens[s.at].Data)
		s.at++
	}
}

// statement reads up to the semicolon or brace that ends a declaration or opens a block, and gives what that is.
func (s *sheet) statement() (tokens []css.Token, end css.TokenType) {
	start := s.at
	for depth := 0; !s.done(); s.next() {
		switch kind := s.tokens[s.at].TokenType; kind {
		case css.LeftParenthesisToken, css.LeftBracketToken, css.FunctionToken:
			depth++
		case css.RightParenthesisToken, css.RightBracketToken:
			depth = max(depth-1, 0)
		case css.SemicolonToken, css.LeftBraceToken, css.RightBraceToken:
			if depth == 0 || kind != css.SemicolonToken {
				return s.tokens[start:s.at], kind
			}
		}
	}
	return s.tokens[start:], css.ErrorToken
}

// block reads what stands in a block, up to its closing brace or the end.
func (s *sheet) block(within []*rule) {
	for !s.done() && s.tokens[s.at].TokenType != css.RightBraceToken {
		if t := s.tokens[s.at].TokenType; t == css.WhitespaceToken || t == css.CommentToken || t == css.SemicolonToken {
			s.next()
			continue
		}
		offset := s.offset
		tokens, end := s.statement()
		if len(tokens) > 0 && tokens[0].TokenType != css.AtKeywordToken && end != css.LeftBraceToken {
			if d, ok := declare(tokens); ok && len(within) > 0 {
				r := within[len(within)-1]
				r.declarations = append(r.declarations, d)
			}
			continue
		}
		r := &rule{prelude: tokens, offset: offset, within: within}
		if len(tokens) > 0 && tokens[0].TokenType == css.AtKeywordToken {
			r.at, r.prelude = strings.ToLower(string(tokens[0].Data[1:])), tokens[1:]
		} else {
			r.selectors = selectors(tokens)
		}
		s.rules = append(s.rules, r)
		if end == css.LeftBraceToken {
			s.next()
			s.block(append(slices.Clip(within), r))
			s.next()
		}
	}
}
