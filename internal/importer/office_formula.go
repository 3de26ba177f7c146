package importer

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// formula gives an equation of Word as text on one line.
func formula(n *xmlNode) []Inline {
	text := strings.TrimSpace(tidyLines.Replace(formulaText(n)))
	if text == "" {
		return nil
	}
	return []Inline{{Text: text}}
}

// formulaText writes an equation of Word (m:) or MathML (math:) on one line, with no symbol lost.
func formulaText(n *xmlNode) string {
	part := func(name string) string { return formulaText(n.child(name).orEmpty()) }
	property := func(pr, name, usual string) string {
		if v, said := n.child(pr, name).lookup("m:val"); said {
			return v
		}
		return usual
	}
	var kids []*xmlNode // elements
	for _, k := range n.kids {
		if k.name != "" {
			kids = append(kids, k)
		}
	}
	kid := func(i int) string {
		if i < len(kids) {
			return formulaText(kids[i])
		}
		return ""
	}
	switch n.name {
	case "m:t", "w:t", "math:mi", "math:mn", "math:mo", "math:mtext", "math:ms":
		return strings.ReplaceAll(n.words(), "\u2061", "")
	case "math:mspace":
		return " "
	case "w:tab", "w:br":
		return " "
	case "w:rPr", "m:rPr", "m:ctrlPr", "math:annotation", "math:annotation-xml":
		return ""
	case "w:sym":
		return ""
	case "m:f":
		return formulaFraction(part("m:num"), part("m:den"))
	case "m:sSup":
		return part("m:e") + formulaRaised(part("m:sup"))
	case "m:sSub":
		return part("m:e") + formulaLowered(part("m:sub"))
	case "m:sSubSup":
		return part("m:e") + formulaLowered(part("m:sub")) + formulaRaised(part("m:sup"))
	case "m:sPre":
		return formulaLowered(part("m:sub")) + formulaRaised(part("m:sup")) + part("m:e")
	case "m:limLow":
		return part("m:e") + formulaLowered(part("m:lim"))
	case "m:limUpp":
		return part("m:e") + formulaRaised(part("m:lim"))
	case "m:rad":
		return formulaRoot(part("m:deg"), part("m:e"))
	case "m:nary":
		return property("m:naryPr", "m:chr", "∫") + formulaLowered(part("m:sub")) + formulaRaised(part("m:sup")) + " " + part("m:e")
	case "m:func":
		return part("m:fName") + " " + part("m:e")
	case "m:acc":
		return part("m:e") + property("m:accPr", "m:chr", "\u0302")
	case "m:bar":
		return part("m:e") + "\u0305"
	case "m:d":
		return property("m:dPr", "m:begChr", "(") + formulaList(n.children("m:e"), property("m:dPr", "m:sepChr", "|")) + property("m:dPr", "m:endChr", ")")
	case "m:eqArr":
		return formulaList(n.children("m:e"), "; ")
	case "m:m":
		return "[" + formulaList(n.children("m:mr"), "; ") + "]"
	case "m:mr":
		return formulaList(n.children("m:e"), ", ")
	case "math:mfrac":
		return formulaFraction(kid(0), kid(1))
	case "math:msup", "math:mover":
		return kid(0) + formulaRaised(kid(1))
	case "math:msub", "math:munder":
		return kid(0) + formulaLowered(kid(1))
	case "math:msubsup", "math:munderover":
		return kid(0) + formulaLowered(kid(1)) + formulaRaised(kid(2))
	case "math:mroot":
		return formulaRoot(kid(1), kid(0))
	case "math:msqrt":
		return formulaRoot("", formulaList(kids, ""))
	case "math:mfenced":
		opens, said := n.lookup("open")
		if !said {
			opens = "("
		}
		closes, said := n.lookup("close")
		if !said {
			closes = ")"
		}
		return opens + formulaList(kids, ", ") + closes
	case "math:mtable":
		return "[" + formulaList(kids, "; ") + "]"
	case "math:mtr":
		return formulaList(kids, ", ")
	}
	return formulaList(kids, "")
}

func formulaList(list []*xmlNode, by string) string {
	texts := make([]string, len(list))
	for i, n := range list {
		texts[i] = formulaText(n)
	}
	return strings.Join(texts, by)
}

// formulaGroup puts brackets around what is more than a number or letter.
func formulaGroup(text string) string {
	if utf8.RuneCountInString(text) < 2 || !strings.ContainsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '.' && r != ',' }) {
		return text
	}
	return "(" + text + ")"
}

func formulaFraction(above, below string) string {
	return formulaGroup(above) + "/" + formulaGroup(below)
}

func formulaRoot(degree, of string) string {
	if degree = strings.TrimSpace(degree); degree != "" {
		degree = strings.TrimPrefix(formulaRaised(degree), "^")
	}
	return degree + "√" + formulaGroup(of)
}

func formulaRaised(text string) string { return formulaShifted(text, Super, "^") }

func formulaLowered(text string) string { return formulaShifted(text, Sub, "_") }

func formulaShifted(text string, style Style, sign string) string {
	text = strings.TrimSpace(text)
	if text == "" {
		return ""
	}
	simple := strings.ReplaceAll(text, "−", "-")
	if s := shrink(simple, style); s != simple {
		return s
	}
	return sign + formulaGroup(text)
}

var equationSwitch = regexp.MustCompile(`\\[a-zA-Z]+(?:\\[a-zA-Z]+\d*|[ \d])*`)

// equationField gives the text of an equation in the form that old versions of Word had.
func equationField(instruction string) string {
	text := strings.TrimSpace(instruction)
	if len(text) >= 2 && strings.EqualFold(text[:2], "EQ") {
		text = text[2:]
	}
	text = equationSwitch.ReplaceAllStringFunc(text, func(s string) string {
		if strings.HasPrefix(strings.ToLower(s), `\r`) {
			return "√"
		}
		return ""
	})
	return strings.TrimSpace(text)
}
