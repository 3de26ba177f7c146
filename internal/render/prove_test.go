package render

import (
	"bytes"
	"html/template"
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"

	"leerblad/internal/site"
)

func TestAllOwnEscapersAreUsed(t *testing.T) {
	own := proven()
	got, want := slices.Sorted(maps.Keys(own.text)), slices.Sorted(maps.Keys(allEscapers().text))
	if !slices.Equal(got, want) || own.json == nil {
		t.Errorf("%q, and JSON %v; want %q", got, own.json != nil, want)
	}
}

// after gives an escaper that changes what another wrote.
func after(e escaper, change func(text []byte) []byte) escaper {
	return func(s *state, start int) {
		e(s, start)
		s.out = append(s.out[:start], change(slices.Clone(s.out[start:]))...)
	}
}

// replacing gives an escaper that writes a text in another way than another.
func replacing(e escaper, old, text string) escaper {
	return after(e, func(b []byte) []byte { return bytes.ReplaceAll(b, []byte(old), []byte(text)) })
}

func TestWrongEscaperIsNotUsed(t *testing.T) {
	right := allEscapers().text
	filter := func(unsafe func(url string) bool) escaper {
		return func(s *state, start int) {
			if unsafe(string(s.out[start:])) {
				s.out = append(s.out[:start], unsafeURL...)
			}
		}
	}
	scheme := func(url string) (string, bool) {
		scheme, _, found := strings.Cut(url, ":")
		return scheme, found && !strings.Contains(scheme, "/")
	}
	wrong := map[string][]escaper{
		"htmlescaper": {
			func(*state, int) {}, func(s *state, start int) { s.out[start]++ }, replacing(right["htmlescaper"], "&#43;", "+"), replacing(right["htmlescaper"], "&#39;", "'"), replacing(right["htmlescaper"], "\uFFFD", "\x00"),
			replacing(right["htmlescaper"], "\u2028", "&#8232;"), replacing(right["htmlescaper"], "\x7f", ""), replacing(right["htmlescaper"], "\xff", "\uFFFD"), replacing(right["htmlescaper"], "&amp;amp;", "&amp;"),
		},
		"attrescaper":   {replacing(right["attrescaper"], "&#34;", "&quot;"), replacing(right["attrescaper"], "`", "&#96;")},
		"rcdataescaper": {replacing(right["rcdataescaper"], "&lt;", "<")},
		"urlnormalizer": {
			replacing(right["urlnormalizer"], "%25", "%"), replacing(right["urlnormalizer"], "%c3%a9", "%C3%A9"), replacing(right["urlnormalizer"], "%27", "'"), replacing(right["urlnormalizer"], "%C3", "%c3"),
			func(s *state, start int) { s.replace(start, &urlTable, false) },
		},
		"urlescaper": {replacing(right["urlescaper"], "%20", "+"), replacing(right["urlescaper"], "%2f", "/"), right["urlnormalizer"]},
		"urlfilter": {
			func(*state, int) {},
			filter(func(url string) bool { return strings.HasPrefix(url, "javascript:") }),
			filter(func(url string) bool {
				s, found := scheme(url)
				return found && !slices.Contains([]string{"http", "https", "mailto"}, s)
			}),
			filter(func(url string) bool {
				s, found := scheme(url)
				return found && !slices.Contains([]string{"http", "https", "mailto"}, strings.ToLower(s))
			}), // "httpſ"
			filter(func(url string) bool {
				s, found := scheme(url)
				return found && !slices.ContainsFunc([]string{"http", "https", "mailto", "tel"}, func(safe string) bool { return strings.EqualFold(s, safe) })
			}),
			filter(func(url string) bool {
				s, found := scheme(url)
				return found && !slices.ContainsFunc([]string{"http", "https", "mailto"}, func(safe string) bool { return strings.EqualFold(strings.TrimSpace(s), safe) })
			}),
			filter(func(url string) bool {
				s, found := scheme(url)
				return found && !slices.ContainsFunc([]string{"http", "https", "mailto"}, func(safe string) bool { return strings.EqualFold(strings.Trim(s, "\x00\x01"), safe) })
			}),
			filter(func(url string) bool { _, found := scheme(url); return found }),
		},
		"srcsetescaper": {right["urlnormalizer"], func(*state, int) {}, replacing(right["srcsetescaper"], unsafeURL, "#"), replacing(right["srcsetescaper"], "\f", " "), replacing(right["srcsetescaper"], " 1x", "")},
	}
	for name, list := range wrong {
		for i, e := range list {
			if used := prove(ownEscapers{text: map[string]escaper{name: e}}); len(used.text) > 0 {
				t.Errorf("%s, wrong in way %d, is used", name, i)
			}
		}
	}
	if len(wrong) != len(right) {
		t.Errorf("%d of %d were tried", len(wrong), len(right))
	}
}

func TestWrongJSONIsNotUsed(t *testing.T) {
	right := allEscapers().json
	for i, change := range []func(s string) string{
		func(s string) string { return strings.ReplaceAll(s, `\u003c`, "<") },
		func(s string) string { return strings.ReplaceAll(s, `\u2028`, "\u2028") },
		func(s string) string { return strings.ReplaceAll(s, `\ufffd`, "\uFFFD") },
		func(s string) string { return strings.ReplaceAll(s, `\u0026`, `\u0026amp;`) },
		func(s string) string { return strings.ReplaceAll(s, `\t`, "\t") },
		func(s string) string { return strings.ReplaceAll(s, ":", ": ") },
	} {
		own := ownEscapers{json: func(s *state, value any) bool {
			start := len(s.out)
			ok := right(s, value)
			s.out = append(s.out[:start], change(string(s.out[start:]))...)
			return ok
		}}
		if prove(own).json != nil {
			t.Errorf("JSON, wrong in way %d, is used", i)
		}
	}
	own := ownEscapers{json: func(s *state, value any) bool { return right(s, value) || len(s.out) == 0 }}
	if prove(own).json != nil {
		t.Error("JSON that leaves out what it cannot do is used")
	}
}

// A page is right without any escaper of our own.
func TestPagesAreRightWithoutOwnEscapers(t *testing.T) {
	own := allEscapers()
	for name := range own.text {
		own.text[name] = func(s *state, start int) { s.out = append(s.out[:start], "wrong"...) }
	}
	own.json = func(s *state, _ any) bool { s.out = append(s.out, "wrong"...); return true }
	r, _ := newRenderer(themeOf(t, compiledCases...), "/root/", prove(own))
	for i, text := range compiledCases {
		p := site.Page{Template: strconv.Itoa(i), View: hostilePage()}
		want, err := r.reference(p)
		if err != nil {
			t.Fatal(err)
		}
		got, stopped, _ := r.execute(nil, r.layouts[p.Template].compiled, p.View(), "")
		if place := difference(got, want); place != "" || stopped != nil {
			t.Errorf("%s: %v\n%s", text, stopped, place)
		}
	}
}

// What is put into bodies is escaped as the documented function does.
func TestAttributesOfBodiesAreEscapedAsTemplatesDo(t *testing.T) {
	for _, value := range trials("urlfilter") {
		text, ok := valueOf(value).(string)
		if !ok {
			continue
		}
		var s state
		s.attribute(text)
		if want := template.HTMLEscapeString(text); string(s.out) != want {
			t.Errorf("%q gives %q, want %q", text, s.out, want)
		}
	}
}

func BenchmarkProve(b *testing.B) {
	for b.Loop() {
		prove(allEscapers())
	}
}
