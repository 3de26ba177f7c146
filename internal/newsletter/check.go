package newsletter

import (
	"fmt"
	"slices"
	"strings"

	"leerblad/internal/diag"
	"leerblad/internal/newsletter/lint"
)

// told are the rules of the lint that package markdown tells of, at the same places of the text.
var told = []lint.Code{lint.HeadingOrder, lint.LinkText, lint.LinkEmpty}

// Check says what is wrong with the mail: what was found while it was made, and what the lint finds in its HTML, at the place of the text
// that it comes from. What comes from the theme, or from leerblad itself, stands at the beginning.
func (m *Mail) Check() diag.List {
	out := slices.Clone(m.diags)
	for _, p := range m.linter.Check(m.HTML) {
		switch {
		case slices.Contains(told, p.Code):
		case p.Code == lint.Large, p.Code == lint.TooLarge, p.Code == lint.LongLine, p.Code == lint.PictureFrom:
			out.Add(diag.Code(p.Code), m.Place(p.Offset), p.Args...)
		case p.Code == lint.Contrast:
			mode := diag.Term("mail-mode-" + p.Args[5].(string))
			out.Add(diag.Code(p.Code), m.top, append(slices.Clone(p.Args[:5]), mode)...)
		default:
			out.Add("mail-fault", m.top, string(p.Code), strings.Trim(fmt.Sprint(p.Args), "[]"))
		}
	}
	return out
}
