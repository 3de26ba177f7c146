package frontmatter

import (
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"
)

// chunk is an item of a block list with its lines: those of its value, and the comments directly above.
type chunk struct {
	dash, after int // where its dash is, and what is behind it
	start, end  int
}

// chunks gives the items of a block list; own is false if the first stands in a line with something else.
func (e *editor) chunks(n *yaml.Node) (out []chunk, own bool) {
	at := e.content(n)
	least := e.lineStart(at)
	for i, item := range n.Content {
		c := chunk{dash: e.skip(at)}
		if c.dash >= len(e.block.text) || e.block.text[c.dash] != '-' {
			e.fail()
			return nil, false
		}
		c.after = c.dash + 1
		at = c.after
		if !unwritten(item) {
			at = e.end(item)
		}
		line := e.lineStart(c.dash)
		if i == 0 {
			own = e.isBlank(line, c.dash)
			for least > 0 && strings.HasPrefix(strings.TrimLeft(string(e.block.text[e.lineStart(least-1):least]), " "), "#") { // above the first item, below the key
				least = e.lineStart(least - 1)
			}
		}
		c.start, c.end = e.above(line, least), e.nextLine(at)
		least = c.end
		out = append(out, c)
	}
	return out, own
}

// most is how many pairs of old and new items are compared at most.
const most = 1_000_000

// same pairs items that stay as they are: in order gives, for each new item, the old one that stays at its place, or -1; moved the one that
// comes from elsewhere, or -1.
func same(old []*yaml.Node, now []want) (in, moved []int) {
	in, moved = make([]int, len(now)), make([]int, len(now))
	for j := range now {
		in[j], moved[j] = -1, -1
	}
	from, oldEnd, nowEnd := 0, len(old), len(now)
	for from < min(oldEnd, nowEnd) && matches(old[from], now[from]) {
		in[from] = from
		from++
	}
	for oldEnd > from && nowEnd > from && matches(old[oldEnd-1], now[nowEnd-1]) {
		oldEnd, nowEnd = oldEnd-1, nowEnd-1
		in[nowEnd] = oldEnd
	}
	rows, columns := oldEnd-from, nowEnd-from
	if rows*columns > most {
		return in, moved
	}
	equal := make([]bool, rows*columns)
	longest := make([]int, (rows+1)*(columns+1)) // of items in order, from a pair on
	for i := rows - 1; i >= 0; i-- {
		for j := columns - 1; j >= 0; j-- {
			here := i*(columns+1) + j
			longest[here] = max(longest[here+1], longest[here+columns+1])
			if equal[i*columns+j] = matches(old[from+i], now[from+j]); equal[i*columns+j] {
				longest[here] = longest[here+columns+2] + 1
			}
		}
	}
	used := make([]bool, rows)
	for i, j := 0, 0; i < rows && j < columns; {
		here := i*(columns+1) + j
		switch {
		case equal[i*columns+j]:
			in[from+j], used[i] = from+i, true
			i, j = i+1, j+1
		case longest[here+columns+1] >= longest[here+1]:
			i++
		default:
			j++
		}
	}
	for j := range columns {
		for i := 0; i < rows && in[from+j] < 0; i++ {
			if !used[i] && equal[i*columns+j] {
				moved[from+j], used[i] = from+i, true
				break
			}
		}
	}
	return in, moved
}

// changed pairs the items of now that are new with old ones in their place, which become them; in has what stays and moved what moves, as same
// gives them. gone are the old items that nothing becomes.
func changed(old int, in, moved []int) (becomes []int, gone []int) {
	taken := make([]bool, old)
	for j := range in {
		for _, i := range []int{in[j], moved[j]} {
			if i >= 0 {
				taken[i] = true
			}
		}
	}
	becomes = make([]int, len(in))
	next := 0
	for j := range in {
		becomes[j] = -1
		if in[j] >= 0 {
			next = in[j] + 1
			continue
		}
		if moved[j] >= 0 {
			continue
		}
		until := old // the next item that stays
		if k := slices.IndexFunc(in[j:], func(i int) bool { return i >= 0 }); k >= 0 {
			until = in[j+k]
		}
		for ; next < until; next++ {
			if !taken[next] {
				becomes[j], taken[next] = next, true
				next++
				break
			}
		}
	}
	for i := range old {
		if !taken[i] {
			gone = append(gone, i)
		}
	}
	return becomes, gone
}

// items makes the block list n what w says.
func (e *editor) items(n *yaml.Node, w want) {
	chunks, own := e.chunks(n)
	if e.failed {
		return
	}
	in, moved := same(n.Content, w.list)
	becomes, gone := changed(len(chunks), in, moved)
	drop := func(i int) {
		if i == 0 && !own {
			e.fail()
		}
		e.cut(chunks[i].start, chunks[i].end, "")
	}
	for _, i := range gone {
		drop(i)
	}
	at := chunks[0].start
	last := chunks[len(chunks)-1]
	column := last.dash - e.lineStart(last.dash)
	gap := " "
	if v := e.start(n.Content[len(n.Content)-1]); v > last.after && e.isBlank(last.after, v) && !strings.Contains(string(e.block.text[last.after:v]), "\n") {
		gap = string(e.block.text[last.after:v])
	}
	for j, item := range w.list {
		if i := max(in[j], becomes[j]); i >= 0 {
			e.value(n.Content[i], item, place{chunks[i].after, chunks[i].dash - e.lineStart(chunks[i].dash)})
			at = chunks[i].end
			continue
		}
		if at == chunks[0].start && !own {
			e.fail()
		}
		if i := moved[j]; i >= 0 {
			text := string(e.block.text[chunks[i].start:chunks[i].end])
			e.insert(at, strings.TrimSuffix(text, "\n")+"\n")
			drop(i)
			continue
		}
		e.insert(at, strings.Repeat(" ", column)+e.item(item, column, gap, n.Content[len(n.Content)-1]))
	}
}
