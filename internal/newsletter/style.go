package newsletter

import (
	"regexp"
	"strconv"
	"strings"

	"leerblad/internal/diag"
	"leerblad/internal/markdown"
	"leerblad/internal/newsletter/lint"
	"leerblad/internal/theme"
)

// Style is how a mail looks: the theme's tokens as values that mail programs know.
type Style struct {
	paper, sheet, sunk, ink, soft, line, accent, onAccent colour
	valences                                              map[markdown.Valence]colour
	serif, sans                                           string // lists of fonts, for an attribute's value
	text, foot, lead, h1, h2, h3                          int    // pixels
	linter                                                *lint.Linter
}

// colour is #rrggbb, by day and in the dark.
type colour struct{ light, dark string }

// The least that a reader should be given, in pixels.
const (
	leastText   = 16
	leastFooter = 14
)

// NewStyle makes a style from the theme's tokens. One with a value that mail programs do not know is a diagnostic.
func NewStyle(tokens theme.Tokens) (*Style, diag.List) {
	r := tokenReader{tokens: tokens}
	s := &Style{
		paper: r.colour("paper", "#ffffff"), sheet: r.colour("sheet", "#ffffff"), sunk: r.colour("sunk", "#ffffff"), ink: r.colour("ink", "#000000"),
		soft: r.colour("soft", "#000000"), line: r.colour("line", "#808080"), accent: r.colour("accent", "#000000"), onAccent: r.colour("on-accent", "#ffffff"),
		serif: r.fonts("mail-serif", "serif"), sans: r.fonts("mail-sans", "sans-serif"),
		text: r.size("text", leastText), foot: r.size("text-tiny", leastFooter), lead: r.size("text-large", leastText), h1: r.size("text-h1", leastText), h2: r.size("text-h2", leastText), h3: r.size("text-h3", leastText),
		valences: map[markdown.Valence]colour{}, linter: lint.New(),
	}
	for _, v := range markdown.Valences {
		s.valences[v] = r.colour(string(v), "#000000")
	}
	return s, r.diags
}

type tokenReader struct {
	tokens theme.Tokens
	diags  diag.List
}

var (
	length   = regexp.MustCompile(`^([0-9.]+)(px|rem)$`)
	fontList = regexp.MustCompile(`^[\p{L}\p{N} ,'-]+$`)
)

func (r *tokenReader) unknown(name string) {
	if t, ok := r.tokens[name]; ok {
		r.diags.Add("mail-token", t.Span, name)
	}
}

func (r *tokenReader) colour(name, fallback string) colour {
	c := colour{r.tokens.Colour(name, false), r.tokens.Colour(name, true)}
	if c.light == "" || c.dark == "" {
		r.unknown(name)
		return colour{fallback, fallback}
	}
	return c
}

// size gives a length in pixels; of clamp() the least, as on a phone.
func (r *tokenReader) size(name string, least int) int {
	value := r.tokens.Resolve(name, false)
	if inner, is := strings.CutPrefix(value, "clamp("); is {
		value, _, _ = strings.Cut(inner, ",")
	}
	m := length.FindStringSubmatch(strings.TrimSpace(value))
	if m == nil {
		r.unknown(name)
		return least
	}
	n, err := strconv.ParseFloat(m[1], 64)
	if err != nil || n > 1000 {
		r.unknown(name)
		return least
	}
	if m[2] == "rem" {
		n *= 16
	}
	return max(least, int(n+0.5))
}

func (r *tokenReader) fonts(name, fallback string) string {
	value := strings.ReplaceAll(r.tokens.Resolve(name, false), `"`, "'")
	if !fontList.MatchString(value) {
		r.unknown(name)
		return fallback
	}
	return strings.ReplaceAll(value, ", ", ",")
}
