package theme

import (
	"regexp"
	"strings"

	"github.com/tdewolff/parse/v2"
	"github.com/tdewolff/parse/v2/css"

	"leerblad/internal/source"
)

// tokensFile is the style sheet in which a theme makes its choices.
const tokensFile = "assets/tokens.css"

// Token is a value of the theme's design, such as a colour: a custom property of :root in assets/tokens.css. Dark is what
// it is where the reader prefers dark colours, "" where it is the same.
type Token struct {
	Value, Dark string
	Span        source.Span
}

// Tokens are the tokens of a theme by their names.
type Tokens map[string]Token

// Resolve gives a token's value, light or dark, and that of another token where it is var(--name).
func (t Tokens) Resolve(name string, dark bool) string {
	for range 8 {
		token := t[name]
		value := token.Value
		if dark && token.Dark != "" {
			value = token.Dark
		}
		other, is := strings.CutPrefix(value, "var(--")
		if !is {
			return value
		}
		name = strings.TrimSuffix(other, ")")
	}
	return ""
}

var (
	longColour  = regexp.MustCompile(`^#[0-9A-Fa-f]{6}$`)
	shortColour = regexp.MustCompile(`^#([0-9A-Fa-f])([0-9A-Fa-f])([0-9A-Fa-f])$`)
)

// Colour gives a colour as #rrggbb, "" for a value that is not written as one.
func (t Tokens) Colour(name string, dark bool) string {
	value := shortColour.ReplaceAllString(t.Resolve(name, dark), "#$1$1$2$2$3$3")
	if !longColour.MatchString(value) {
		return ""
	}
	return value
}

// readTokens reads the tokens of a layer. One that the layer does not set stays as it is.
func (t *Theme) readTokens(f *source.File) {
	p := css.NewParser(parse.NewInputBytes(append([]byte(nil), f.Data...)), false)
	var selector, condition string
	for {
		grammar, _, data := p.Next()
		switch grammar {
		case css.ErrorGrammar:
			if p.HasParseError() {
				continue
			}
			return
		case css.BeginAtRuleGrammar:
			condition = words(p.Values())
		case css.EndAtRuleGrammar:
			condition = ""
		case css.BeginRulesetGrammar:
			selector = words(p.Values())
		case css.CustomPropertyGrammar:
			if selector != ":root" {
				continue
			}
			name, value := strings.TrimPrefix(string(data), "--"), strings.TrimSpace(words(p.Values()))
			token := t.Tokens[name]
			switch {
			case condition == "":
				end := p.Offset() - len(";")
				token = Token{Value: value, Span: source.At(f, end-len(value), end)}
			case strings.Contains(condition, "prefers-color-scheme:dark"):
				token.Dark = value
			}
			t.Tokens[name] = token
		}
	}
}

func words(list []css.Token) string {
	var out strings.Builder
	for _, t := range list {
		out.Write(t.Data)
	}
	return out.String()
}
