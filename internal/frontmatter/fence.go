package frontmatter

import (
	"bytes"
	"regexp"
	"strings"
	"unicode/utf8"

	"leerblad/internal/diag"
	"leerblad/internal/edit"
	"leerblad/internal/source"
)

var (
	// likeFence is a line that somebody, or the word processor, made of three dashes.
	likeFence = regexp.MustCompile(`^[-\x{2010}-\x{2015}\x{2212}\x{2500}\x{2E3A}\x{2E3B}\x{FE58}\x{FE63}\x{FF0D}*_=~\s\p{Zs}]+$`)
	// codeFence is a line before code that may be front matter.
	codeFence = regexp.MustCompile("^(?:`{3,}|~{3,})[ \t]*(?i:ya?ml|markdown|md|front-?matter)?$")
	// likeKey is a line of a block: a name with a sign after it that stands for a colon.
	likeKey = regexp.MustCompile(`^["'“”„‘’‚«»]?[\p{L}\d_-]+["'“”„‘’‚«»]?[\s\p{Zs}]*[:：﹕∶꞉=]`)
	// likeItem is an item of a list, a comment, or what is within something else.
	likeItem = regexp.MustCompile(`^(?:$|#|[\s\p{Zs}]|[-–—•·*‣◦●▪][\s\p{Zs}])`)
)

// looksLikeFence reports whether a line is no row of three dashes, but meant for one.
func looksLikeFence(line string) bool {
	signs := strings.Join(strings.Fields(line), "")
	return line != "---" && likeFence.MatchString(line) && (utf8.RuneCountInString(signs) > 1 || signs == "—" || signs == "–")
}

func isKeyLine(line []byte) bool { return likeKey.Match(line) }

// wrongFence reports a line that should be three dashes.
func wrongFence(line source.Span) diag.Diagnostic {
	return diag.Diagnostic{Code: "wrong-fence", Span: line, Args: []any{line.Text()}, Fixes: []diag.Fix{diag.Replace(line, "---")}}
}

// closing finds the line that ends the block which begins at start, and what is wrong with it: end is its offset, and body the one after it. A
// line that is only like three dashes ends the block if all before it may stand in one.
func closing(f *source.File, start int) (end, body int, ok bool, diags diag.List) {
	inside := true // until a line like three dashes stands below what cannot be in a block
	for at := start; at < len(f.Data); at = body {
		end, body = at, len(f.Data)
		if i := bytes.IndexByte(f.Data[at:], '\n'); i >= 0 {
			body = at + i + 1
		}
		line := bytes.TrimRight(f.Data[at:body], " \t\r\n")
		switch {
		case string(bytes.TrimSpace(line)) == "---":
			return end, body, true, nil
		case inside && len(line) > 0 && !('a' <= line[0] && line[0] <= 'z') && line[0] != ' ' && line[0] != '\t' && looksLikeFence(string(line)):
			if inside = isBlock(f.Data[start:at]); inside {
				return end, body, true, diag.List{wrongFence(source.At(f, at, at+len(line)))}
			}
		}
	}
	return start, start, false, nil
}

// isBlock reports whether all lines of a text may stand in a block.
func isBlock(text []byte) bool {
	for line := range bytes.Lines(text) {
		if line = bytes.TrimRight(line, " \t\r\n"); !likeItem.Match(line) && !isKeyLine(line) {
			return false
		}
	}
	return true
}

// unopened finds a block that begins with the line first, without three dashes above it.
func unopened(f *source.File, first source.Span) (block source.Span, body int, diags diag.List) {
	end, body, ok, problems := closing(f, first.Start)
	if !ok || !isBlock(f.Data[first.Start:end]) || !isKeyLine([]byte(first.Text())) {
		return source.Span{}, 0, nil
	}
	insert := diag.Fix{Title: "insert", Args: []any{"---"}, Changes: edit.Changes{{Span: source.At(f, first.Start, first.Start), Text: edit.Lines(f, "---\n")}}}
	missing := diag.Diagnostic{Code: "missing-front-matter", Span: first, Fixes: []diag.Fix{insert}}
	return source.At(f, first.Start, end), body, append(diag.List{missing}, problems...)
}

// inCode finds front matter that stands in a block of code, whose first line is fence: with its own lines of three dashes, or with those of the
// code instead. A block without a file says that there is none.
func inCode(f *source.File, fence source.Span, start int) (block source.Span, body int, diags diag.List) {
	text := f.Data[start:]
	first, after := firstLine(text)
	line := string(text[first.start:first.end])
	end := fence.Text()
	end = strings.Repeat(end[:1], len(end)-len(strings.TrimLeft(end, end[:1])))
	report := func(fix diag.Fix) diag.List {
		return diag.List{{Code: "front-matter-in-code", Span: fence, Args: []any{fence.Text()}, Fixes: []diag.Fix{fix}}}
	}
	switch {
	case line == "---" || looksLikeFence(line):
		from, body, ok, diags := closing(f, start+after)
		if !ok {
			return source.Span{}, start, nil
		}
		changes := edit.Changes{{Span: source.At(f, fence.Start, start)}}
		if next, _ := firstLine(f.Data[body:]); string(f.Data[body+next.start:body+next.end]) == end { // else all of the text is in the code
			_, after := firstLine(f.Data[body:])
			changes = append(changes, edit.Change{Span: source.At(f, body+next.start, body+after)})
			body += after
		} else if last := bytes.TrimRight(f.Data, " \t\r\n"); bytes.HasSuffix(last, []byte("\n"+end)) && len(last)-len(end) >= body {
			changes = append(changes, edit.Change{Span: source.At(f, len(last)-len(end), len(f.Data))})
		}
		if line != "---" {
			diags = append(diags, wrongFence(source.At(f, start+first.start, start+first.end)))
		}
		fix := diag.Fix{Title: "remove", Args: []any{fence.Text()}, Changes: changes}
		return source.At(f, start+after, from), body, append(report(fix), diags...)
	case isKeyLine([]byte(line)):
		fix := diag.Replace(fence, "---")
		n := endOf(text, end)
		if to, body, ok, diags := closing(f, start); ok && isBlock(f.Data[start:to]) && (n == 0 || body <= start+n) {
			return source.At(f, start, to), body, append(report(fix), diags...)
		}
		if n == 0 {
			return source.Span{}, start, nil
		}
		from := start + bytes.LastIndex(text[:n], []byte(end))
		fix.Changes = append(fix.Changes, edit.Change{Span: source.At(f, from, from+len(end)), Text: "---"})
		return source.At(f, start, from), start + n, report(fix)
	}
	return source.Span{}, start, nil
}
