package newsletter

import (
	"bytes"

	"leerblad/internal/diag"
)

// What a mail may be: Gmail cuts off a message above 102 kB, and tools make each link longer to count who follows it; a
// line of a message has at most 998 bytes (RFC 5322, section 2.1.1).
const (
	clippedSize  = 102_000
	largeSize    = 70_000
	trackingSize = 150 // bytes a link
	longestLine  = 998
)

// check says what is wrong with the HTML as a whole.
func (m *Mail) check(diags *diag.List) {
	size := len(m.HTML) + trackingSize*bytes.Count(m.HTML, []byte("<a "))
	switch kilo := (size + 999) / 1000; {
	case size > clippedSize:
		diags.Add("clipped-mail", m.top, kilo, clippedSize/1000)
	case size > largeSize:
		diags.Add("long-mail", m.top, kilo, clippedSize/1000)
	}
	start := 0
	for l := range bytes.Lines(m.HTML) {
		if len(l) > longestLine {
			diags.Add("long-address", m.Place(start+len(l)), len(l))
		}
		start += len(l)
	}
}
