package importer

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"leerblad/internal/diag"
)

// Question is what the editor must say, for nothing of it is guessed.
type Question struct {
	Kind    string   // sign, date, title, numbers, recommendations or topic
	Code    string   // a key of the table of texts
	Args    []any    // fill it
	Items   []string // what it is about
	Flag    string   // that answers it; "" where none does
	Choices []string // the answers that there are
	Line    int      // in the text that was written, of the first item
}

// Text says it in words.
func (q Question) Text(l diag.Language) string { return say(l, q.Code, q.Args) }

// JSON gives a question as an object.
func (q Question) JSON(l diag.Language) ([]byte, error) {
	var sign, value string
	switch q.Kind {
	case "sign":
		sign = q.Args[0].(string)
	case "title", "date":
		value = q.Args[0].(string)
	}
	return json.Marshal(struct {
		Question string   `json:"question"`
		Text     string   `json:"text"`
		Line     int      `json:"line,omitempty"`
		Items    []string `json:"items,omitempty"`
		Flag     string   `json:"flag,omitempty"`
		Choices  []string `json:"choices,omitempty"`
		Sign     string   `json:"sign,omitempty"`  // that is asked about
		Value    string   `json:"value,omitempty"` // that it has now
	}{q.Kind, q.Text(l), q.Line, q.Items, q.Flag, q.Choices, sign, value})
}

// questions asks what each sign means that no answer was given for.
func (u *understander) questions(o Options) (out []Question) {
	for _, sign := range u.order {
		use := u.signs[sign]
		if o.Signs[sign] != "" {
			continue
		}
		out = append(out, Question{Kind: "sign", Code: "ask-sign", Args: []any{sign, len(use.items)}, Items: use.items,
			Flag: "--signs '" + sign + "=…'", Choices: Valences})
	}
	return out
}

// recommended asks about lists below a heading that promises recommendations.
func recommended(blocks []Block) (out []Question) {
	lists, headings := promised(blocks)
	for n, i := range lists {
		l := blocks[i].(*List)
		var items []string
		for _, item := range l.Items {
			if p, ok := at(item.Blocks, 0).(*Paragraph); ok {
				items = append(items, short(plain(p.Text)))
			}
		}
		args := []any{plain(blocks[headings[n]].(*Heading).Text), len(items)}
		q := Question{Kind: "recommendations", Code: "ask-recommendations", Args: args, Items: items, Flag: "--recommendations"}
		if recommendationsOf(l) == nil {
			q = Question{Kind: "recommendations", Code: "ask-recommendations-hand", Args: args, Items: items}
		}
		out = append(out, q)
	}
	return out
}

// topical asks which topic headings above findings mean, where that is not known by a topic's name.
func topical(blocks []Block, o Options) (out []Question) {
	var items []string
	heading := ""
	for _, b := range blocks {
		switch b := b.(type) {
		case *Heading:
			if heading = plain(b.Text); b.topic != "" || topicOf(o.Topics, heading) != "" {
				heading = ""
			}
		case *List:
			if heading != "" && signed(b) {
				items = append(items, heading)
			}
			heading = ""
		}
	}
	if items == nil {
		return nil
	}
	return []Question{{Kind: "topic", Code: "ask-topic", Args: []any{strings.Join(items, ", ")}, Items: items, Choices: slices.Sorted(maps.Keys(o.Topics))}}
}

// signed reports whether an item of a list is a finding, or begins with a sign.
func signed(l *List) bool {
	for _, item := range l.Items {
		if item.finding != "" {
			return true
		}
		if p, ok := at(item.Blocks, 0).(*Paragraph); ok {
			if m, marked := markOf(p.Text); marked && isSign(m.sign) {
				return true
			}
		}
	}
	return false
}

// topicOf gives the slug of the topic that has a name, or "".
func topicOf(topics map[string]string, heading string) string {
	for name, slug := range topics {
		if strings.EqualFold(strings.Join(strings.Fields(name), " "), heading) {
			return slug
		}
	}
	return ""
}

// locate finds the lines of the text that questions are about.
func locate(ask []Question, text string) {
	lines := strings.Split(text, "\n")
	headings := map[string]int{}
	for i, l := range lines {
		if heading := strings.TrimLeft(l, "# "); heading != l && l[0] == '#' && headings[heading] == 0 {
			headings[heading] = i + 1
		}
	}
	find := func(is func(line string) bool) int {
		for i, l := range lines {
			if is(l) {
				return i + 1
			}
		}
		return 0
	}
	for i, q := range ask {
		switch q.Kind {
		case "sign":
			sign := q.Args[0].(string)
			for _, name := range []string{"rood", "groen", "geel", "oranje", "blauw", "paars", "grijs"} {
				sign = strings.TrimSuffix(sign, name)
			}
			ask[i].Line = find(func(l string) bool {
				_, item, found := strings.Cut(strings.ReplaceAll(l, `\`, ""), " ")
				return found && strings.HasPrefix(strings.TrimLeft(item, " *-0123456789.)"), sign)
			})
		case "title", "date":
			ask[i].Line = find(func(l string) bool { return strings.HasPrefix(l, q.Kind+":") })
		default:
			heading := ""
			if len(q.Items) > 0 {
				heading = q.Items[0]
			}
			if q.Kind == "recommendations" {
				heading = q.Args[0].(string)
			}
			ask[i].Line = headings[heading]
		}
	}
}
