package refactor

import (
	"bytes"
	"regexp"
	"strings"

	"leerblad/internal/document"
	"leerblad/internal/edit"
	"leerblad/internal/frontmatter"
	"leerblad/internal/source"
)

// alias gives the changes that put an old address into the aliases of an entry, in the form in which these are written. The address that the
// entry has from now on, or "", is taken out. ok is false where they are written in a way that cannot be added to.
func alias(d *document.Document, old, now string) (changes edit.Changes, ok bool) {
	var free *frontmatter.Text
	for i, a := range d.Meta.Aliases {
		switch {
		case sameAddress(a.Value, old):
			old = ""
		case now != "" && sameAddress(a.Value, now):
			free = &d.Meta.Aliases[i]
		}
	}
	switch {
	case free != nil && old != "":
		span, ok := free.Within(0, len(free.Value))
		return edit.Changes{{Span: span, Text: old}}, ok
	case free != nil:
		return dropItem(d, *free, "aliases"), true
	case old == "":
		return nil, true
	}
	f := d.File
	if last := len(d.Meta.Aliases) - 1; last >= 0 {
		return addItem(d.Meta.Aliases[last], old), true
	}
	for _, field := range fields(d) {
		if field.Key != "aliases" {
			continue
		}
		end := lineEnd(f.Data, field.KeySpan.End)
		rest := strings.TrimRight(string(f.Data[field.KeySpan.End:end]), "\r")
		m := emptyList.FindStringSubmatchIndex(rest)
		if m == nil {
			return nil, false
		}
		at := source.At(f, field.KeySpan.End+m[2], field.KeySpan.End+m[3])
		return edit.Changes{{Span: at, Text: " [" + old + "]"}}, true
	}
	at := closing(f, d.BodyStart)
	if all := fields(d); at < 0 || len(all) > 0 && f.Data[bytes.LastIndexByte(f.Data[:all[0].KeySpan.Start], '\n')+1] == '{' {
		return nil, false
	}
	return edit.Changes{{Span: source.At(f, at, at), Text: edit.Lines(f, "aliases:\n  - "+old+"\n")}}, true
}

// fields gives the fields of an entry's front matter.
func fields(d *document.Document) []frontmatter.Field {
	block, _, ok, _ := frontmatter.Split(d.File)
	if !ok {
		return nil
	}
	list, _ := frontmatter.Read(block)
	return list
}

// emptyList is what stands behind a key whose list is empty.
var emptyList = regexp.MustCompile(`^:([ \t]*(?:\[[ \t]*\]|null|~)?)[ \t]*(?:#.*)?$`)

// sameAddress reports whether two paths on the site are the same page.
func sameAddress(a, b string) bool { return strings.Trim(a, "/") == strings.Trim(b, "/") }

// closing gives where the line begins that closes the front matter, or -1.
func closing(f *source.File, body int) int {
	head := f.Data[:body]
	at := -1
	for start := 0; start < len(head); {
		end := lineEnd(head, start)
		if start > 0 && string(bytes.TrimSpace(head[start:end])) == "---" {
			at = start
		}
		start = end + 1
	}
	return at
}

func lineEnd(data []byte, from int) int {
	if i := bytes.IndexByte(data[from:], '\n'); i >= 0 {
		return from + i
	}
	return len(data)
}

// bulletAt is what stands before an item of a block list, alone on its lines.
var bulletAt = regexp.MustCompile(`^[ \t]*-[ \t]+$`)

// itemSpan gives the place of a list's item with its quotation marks, and the bullet before it in a block list.
func itemSpan(v frontmatter.Text) (item source.Span, bullet string) {
	f := v.Span.File
	item, _ = v.Within(0, len(v.Value))
	if item.File == nil {
		item = v.Span
	}
	for _, q := range []byte(`"'`) {
		if item.Start > 0 && item.End < len(f.Data) && f.Data[item.Start-1] == q && f.Data[item.End] == q {
			item = source.At(f, item.Start-1, item.End+1)
		}
	}
	start := bytes.LastIndexByte(f.Data[:item.Start], '\n') + 1
	if before := string(f.Data[start:item.Start]); bulletAt.MatchString(before) {
		bullet = before
	}
	return item, bullet
}

// addItem adds an item after the last one of a list.
func addItem(last frontmatter.Text, text string) edit.Changes {
	item, bullet := itemSpan(last)
	f := item.File
	if bullet == "" {
		return edit.Changes{{Span: source.At(f, item.End, item.End), Text: ", " + text}}
	}
	end := lineEnd(f.Data, item.End) // after a comment
	if end < len(f.Data) {
		return edit.Changes{{Span: source.At(f, end+1, end+1), Text: edit.Lines(f, bullet+text+"\n")}}
	}
	return edit.Changes{{Span: source.At(f, end, end), Text: edit.Lines(f, "\n"+bullet+text)}}
}

// dropItem takes an item out of the list that is the value of a key; a list that would be empty goes with its key.
func dropItem(d *document.Document, v frontmatter.Text, key string) edit.Changes {
	item, bullet := itemSpan(v)
	f := item.File
	if n := len(d.Meta.Aliases); key == "aliases" && n == 1 {
		for _, field := range fields(d) {
			if field.Key == key {
				end := min(lineEnd(f.Data, item.End)+1, len(f.Data))
				start := bytes.LastIndexByte(f.Data[:field.KeySpan.Start], '\n') + 1
				return edit.Changes{{Span: source.At(f, start, end)}}
			}
		}
	}
	if bullet != "" {
		return edit.Changes{{Span: source.At(f, item.Start-len(bullet), min(lineEnd(f.Data, item.End)+1, len(f.Data)))}}
	}
	start, end := item.Start, item.End
	for end < len(f.Data) && strings.IndexByte(" \t\r\n", f.Data[end]) >= 0 {
		end++
	}
	if end < len(f.Data) && f.Data[end] == ',' {
		for end++; end < len(f.Data) && f.Data[end] == ' '; end++ {
		}
		return edit.Changes{{Span: source.At(f, start, end)}}
	}
	end = item.End
	for start > 0 && strings.IndexByte(" \t\r\n", f.Data[start-1]) >= 0 {
		start--
	}
	if start > 0 && f.Data[start-1] == ',' {
		start--
	}
	return edit.Changes{{Span: source.At(f, start, end)}}
}
