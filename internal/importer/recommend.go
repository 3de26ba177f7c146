package importer

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// recommendation is an item that becomes a text of its own: its first sentence is the title.
type recommendation struct {
	title string
	rest  []Block
}

var recommending = regexp.MustCompile(`(?i)\b(?:aanbeveling|recommendation|advie[sz])`)

// promised gives the places of lists that stand below a heading that promises recommendations, the first below each, with that heading's.
func promised(blocks []Block) (lists, headings []int) {
	heading := -1
	for i, b := range blocks {
		switch b := b.(type) {
		case *Heading:
			if heading = -1; recommending.MatchString(plain(b.Text)) {
				heading = i
			}
		case *List:
			if heading >= 0 {
				lists, headings = append(lists, i), append(headings, heading)
			}
			heading = -1
		}
	}
	return lists, headings
}

// takeRecommendations takes such lists out of a text, and a heading below which nothing else stood. A list of which an item cannot be
// a text of its own stays.
func (t *Text) takeRecommendations(blocks []Block) []Block {
	lists, headings := promised(blocks)
	for n := len(lists) - 1; n >= 0; n-- {
		at, above := lists[n], headings[n]
		taken := recommendationsOf(blocks[at].(*List))
		if taken == nil {
			continue
		}
		t.recommendations = append(taken, t.recommendations...)
		after := at + 1
		alone := after == len(blocks)
		if !alone {
			next, is := blocks[after].(*Heading)
			alone = is && next.Level <= blocks[above].(*Heading).Level
		}
		if alone && above == at-1 {
			t.Remarks = append(t.Remarks, Remark{"heading-left-out", []any{plain(blocks[above].(*Heading).Text)}})
			at = above
		}
		blocks = append(blocks[:at:at], blocks[after:]...)
	}
	return blocks
}

// recommendationsOf gives the items of a list as recommendations; nil if they cannot all be that: a finding stays where it is, and a title
// has no links, notes or pictures.
func recommendationsOf(l *List) (out []recommendation) {
	for _, item := range l.Items {
		p, ok := at(item.Blocks, 0).(*Paragraph)
		if !ok || item.finding != "" {
			return nil
		}
		head, rest := firstSentence(p.Text)
		title := strings.TrimSpace(plain(head))
		for _, i := range head {
			if i.Link != "" {
				return nil
			}
		}
		noted := false
		eachText(item.Blocks, func(text []Inline) []Inline {
			noted = noted || hasMark(text)
			return text
		})
		if noted || title == "" {
			return nil
		}
		blocks := item.Blocks[1:]
		if says(rest) {
			blocks = append([]Block{&Paragraph{Text: rest}}, blocks...)
		}
		out = append(out, recommendation{strings.TrimRight(title, ".: "), blocks})
	}
	return out
}

// sentenceEnd is where a sentence ends and another one begins.
var sentenceEnd = regexp.MustCompile(`[.!?:;][”"’)]*\s+`)

// firstSentence parts a text after its first sentence, what is bold at its beginning, or its first line.
func firstSentence(text []Inline) (head, rest []Inline) {
	for n, t := range text {
		if t.Break || n > 0 && text[0].Style&Strong != 0 && t.Style&Strong == 0 && strings.TrimSpace(t.Text) != "" {
			return text[:n], text[n+b2i(t.Break):]
		}
		for _, m := range sentenceEnd.FindAllStringIndex(t.Text, -1) {
			next, _ := utf8.DecodeRuneInString(t.Text[m[1]:])
			if !unicode.IsUpper(next) && m[1] < len(t.Text) || strings.ContainsAny(t.Text[m[0]:m[0]+1], ":;") {
				continue
			}
			before, after := t, t
			before.Text, after.Text = t.Text[:m[1]], t.Text[m[1]:]
			return append(text[:n:n], before), append([]Inline{after}, text[n+1:]...)
		}
	}
	return text, nil
}

// Recommendations gives the texts of the recommendations that were taken out of a text, which has this reference.
func (t *Text) Recommendations(reference string) (out []*Text) {
	line := ""
	switch kind, _, _ := strings.Cut(reference, "/"); kind {
	case "sheets":
		line = "\nsheet: " + reference
	case "stories", "documents":
		line = fmt.Sprintf("\nevidence: [%s]", reference)
	}
	for i, r := range t.recommendations {
		one := &Text{Title: r.title, Slug: slug(r.title)}
		if one.Slug == "" {
			one.Slug = "import"
		}
		one.Markdown, one.Remarks = write(&Document{Blocks: r.rest}, front{title: r.title, date: t.date, more: fmt.Sprintf("order: %d", i+1) + line}, nil)
		out = append(out, one)
	}
	return out
}
