// Package frontmatter turns the YAML block above an entry, or a YAML file, into typed fields that know
// their place in the editor's file.
//
// Splitting is adrg/frontmatter's, reading is the YAML organisation's decoder. Its messages never reach an editor: syntax.go says in plain
// words what is wrong with a block that it refuses. What word processors make of signs is read as it was meant, with a diagnostic that mends it: fence.go and signs.go.
package frontmatter

import (
	"bytes"
	"io"
	"strings"

	"github.com/adrg/frontmatter"

	"leerblad/internal/diag"
	"leerblad/internal/source"
)

// Split finds the front matter of f. It gives the span of the block between the two lines of three dashes
// and the offset at which the body begins; ok is false where there is no usable block, with
// a diagnostic that says why. The body is then everything after what looks like front matter.
func Split(f *source.File) (block source.Span, body int, ok bool, diags diag.List) {
	skip := len(f.Data) - len(bytes.TrimLeft(f.Data, " \ufeff\u200b"))
	kept, _ := source.Conflicts(f.Data)
	text := kept[skip:]
	first, after := firstLine(text)
	fence := source.At(f, skip+first.start, skip+first.end)
	switch line := string(text[first.start:first.end]); line {
	case "":
		diags.Add("empty-file", source.At(f, 0, 0))
		return fence, len(f.Data), false, diags
	case "---":
	case "+++", "---toml", ";;;", "---json", "{":
		format, end := "TOML", line
		if line == ";;;" || line == "---json" || line == "{" {
			format = "JSON"
		}
		if line == "{" {
			end = "}"
		} else if line[0] == '-' {
			end = "---"
		}
		diags.Add("front-matter-format", fence, format)
		return fence, skip + after + endOf(text[after:], end), false, diags
	default:
		switch next, _ := firstLine(text[after:]); {
		case codeFence.MatchString(line):
			if block, body, diags = inCode(f, fence, skip+after); block.File != nil {
				return block, body, true, diags
			}
			diags.Add("missing-front-matter", fence)
			return fence, skip, false, diags
		case looksLikeFence(line) && isKeyLine(text[after:][next.start:next.end]):
			diags = append(diags, wrongFence(fence))
		default:
			if block, body, diags = unopened(f, fence); block.File != nil {
				return block, body, true, diags
			}
			diags.Add("missing-front-matter", fence)
			return fence, skip, false, diags
		}
	}
	start := skip + after
	if end, body, ok, problems := closing(f, start); ok && len(problems) > 0 { // what is only like three dashes
		return source.At(f, start, end), body, true, append(diags, problems...)
	}
	data, rest, ok := split(kept[start:])
	if !ok {
		unclosed := diag.Diagnostic{Code: "unclosed-front-matter", Span: fence, Fixes: shut(f, start)}
		return fence, len(f.Data), false, append(diags, unclosed)
	}
	return source.At(f, start, start+len(data)), len(f.Data) - len(rest), true, diags
}

// split parts what stands below a line of three dashes.
func split(text []byte) (block, rest []byte, ok bool) {
	const fence = "---"
	capture := frontmatter.NewFormat(fence, fence, func(data []byte, _ any) error {
		block, ok = data, true
		return nil
	})
	rest, err := frontmatter.Parse(io.MultiReader(strings.NewReader(fence+"\n"), bytes.NewReader(text)), &struct{}{}, capture)
	return block, rest, ok && err == nil
}

type extent struct{ start, end int }

// firstLine gives the extent of the first line that is not blank, without white space around it, and the offset
// of the line after it.
func firstLine(text []byte) (line extent, after int) {
	for after < len(text) {
		start, end := after, len(text)
		after = end
		if i := bytes.IndexByte(text[start:], '\n'); i >= 0 {
			end, after = start+i, start+i+1
		}
		if trimmed := bytes.TrimSpace(text[start:end]); len(trimmed) > 0 {
			start += bytes.Index(text[start:end], trimmed)
			return extent{start, start + len(trimmed)}, after
		}
	}
	return extent{len(text), len(text)}, len(text)
}

// endOf gives the offset after the first line of text that is fence, or 0 where there is none.
func endOf(text []byte, fence string) int {
	offset := 0
	for line := range bytes.Lines(text) {
		offset += len(line)
		if string(bytes.TrimSpace(line)) == fence {
			return offset
		}
	}
	return 0
}
