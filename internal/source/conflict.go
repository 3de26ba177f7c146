package source

import "bytes"

// Conflict is a place where a version control system wrote two versions of the same lines below each other, between markers, or
// a marker that such a place left behind. First and Second are the ranges of the two versions, and Whole that of all of it; of a marker
// that stands alone Whole is its line, and the versions are empty.
type Conflict struct{ Marker, First, Second, Whole Range }

// Range is a range of bytes [Start, End) in a text.
type Range struct{ Start, End int }

// Alone reports whether the conflict is no more than a marker.
func (c Conflict) Alone() bool { return c.First == c.Second }

// Conflicts gives the conflicts in data, and data as it is with the first versions alone: the rest is blank, so that what stays is at its place.
func Conflicts(data []byte) (kept []byte, list []Conflict) {
	if !bytes.Contains(data, []byte("<<<<<<<")) && !bytes.Contains(data, []byte(">>>>>>>")) {
		return data, nil
	}
	var open *Conflict     // the conflict that has begun
	var separator Range    // the line of = that was met last
	ended, second := 0, -1 // where the first version ends, once it does, and where the second begins
	alone := func(line Range) { list = append(list, Conflict{Marker: line, Whole: line}) }
	giveUp := func() {
		if open != nil {
			alone(open.Marker)
			if second >= 0 {
				alone(separator)
			}
		}
		open = nil
	}
	for at := 0; at < len(data); {
		line := Range{at, len(data)}
		if i := bytes.IndexByte(data[at:], '\n'); i >= 0 {
			line.End = at + i + 1
		}
		at = line.End
		switch marker(data[line.Start:line.End]) {
		case '<':
			giveUp()
			open, ended, second = &Conflict{Marker: line, Whole: Range{line.Start, line.Start}}, -1, -1
		case '|':
			if open != nil && ended < 0 {
				ended = line.Start
			}
		case '=':
			separator = line
			if open != nil && second < 0 {
				second = line.End
				if ended < 0 {
					ended = line.Start
				}
			}
		case '>':
			if open == nil || second < 0 {
				giveUp()
				if separator.End > separator.Start {
					alone(separator)
				}
				alone(line)
				separator = Range{}
				continue
			}
			open.First, open.Second = Range{open.Marker.End, ended}, Range{second, line.Start}
			open.Whole.End = line.End
			list = append(list, *open)
			open, separator = nil, Range{}
		}
	}
	giveUp()
	if list == nil {
		return data, nil
	}
	kept = bytes.Clone(data)
	for _, c := range list {
		for i := c.Whole.Start; i < c.Whole.End; i++ {
			if (i < c.First.Start || i >= c.First.End) && kept[i] != '\n' && kept[i] != '\r' {
				kept[i] = ' '
			}
		}
	}
	return kept, list
}

// marker gives the sign of a line that is a marker of a conflict, or 0.
func marker(line []byte) byte {
	const length = 7
	line = bytes.TrimRight(line, "\r\n")
	if len(line) < length || bytes.IndexByte([]byte("<|=>"), line[0]) < 0 || bytes.Count(line[:length], line[:1]) != length {
		return 0
	}
	if len(line) > length && (line[0] == '=' || line[length] != ' ') {
		return 0
	}
	return line[0]
}
