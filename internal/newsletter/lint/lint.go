// Package lint finds what is wrong with the HTML of a mail: what e-mail clients do not support, what is hard to read in light or dark
// mode, and what is inaccessible or does not survive being pasted into a mailing tool.
//
// # Two readings
//
// Outlook for Windows shows mail with Word. What stands in <!--[if mso]> … <![endif]--> is read by Word alone, what stands between
// <!--[if !mso]><!--> and <!--<![endif]--> by all others. Every rule therefore runs on both readings; what a reading leaves out is
// blanked and not removed, so that offsets stay those of the HTML.
//
// # Sources
//
// data/README.md tells where the data come from, which clients count, and which features may be missing in some of them.
package lint

import (
	"cmp"
	"fmt"
	"slices"
	"sync"
)

// Problem is one thing that is wrong with a mail. Code names the rule; Args fill the placeholders of its text, a string or an int each, in
// the order that Code's comment tells. Offset is the place in the HTML, in bytes.
type Problem struct {
	Offset int
	Code   Code
	Args   []any
}

// Code names a rule.
type Code string

// The rules. Footers, whose text may be smaller, have role="contentinfo".
const (
	Large        Code = "mail-large"           // size in kB (of 1,000 bytes), counting what mailing tools add: nearly clipped by Gmail
	TooLarge     Code = "mail-too-large"       // size in kB: clipped by Gmail
	LongLine     Code = "mail-long-line"       // length in bytes, at the first that is more than RFC 5322 section 2.1.1 allows
	Unclosed     Code = "mail-unclosed"        // element: without an end tag, or an end tag without an element
	Forbidden    Code = "mail-element"         // element: removed by clients, or a reason to refuse the mail
	Language     Code = "mail-language"        // attribute (lang or dir) that <html> lacks
	Wrapper      Code = "mail-wrapper"         // attribute that the element around the text lacks
	LayoutTable  Code = "mail-layout-table"    // a table without role="presentation" and without header cells
	Support      Code = "mail-support"         // feature, clients without it, address that tells more
	Partial      Code = "mail-partial-support" // feature, clients that have it in part or of which that is unknown, address
	StyleSize    Code = "mail-style-size"      // bytes in style blocks
	NestedRule   Code = "mail-nested-rule"     // rule or at-rule inside another one than a single @media
	Selector     Code = "mail-selector"        // selectors that are more than elements, ids and classes
	NotInline    Code = "mail-not-inline"      // property, text: the property of the text comes from outside its innermost table
	Margin       Code = "mail-margin"          // declaration: a margin that is automatic or negative
	Padding      Code = "mail-padding"         // element that has padding and is no table cell
	TextSize     Code = "mail-text-size"       // size in px, least size in px, text
	Color        Code = "mail-color"           // colour that cannot be read
	Contrast     Code = "mail-contrast"        // text, contrast, contrast needed, its colour, background, Mode
	PictureAlt   Code = "mail-picture-alt"     // address of a picture without an alt attribute
	PictureSize  Code = "mail-picture-size"    // address of a picture without width and height in pixels
	PictureFrom  Code = "mail-picture-address" // address of a picture that is not absolute, or not https
	HeadingOrder Code = "mail-heading-order"   // level of the heading, deepest level that may stand there
	LinkText     Code = "mail-link-text"       // link text that says nothing
	LinkEmpty    Code = "mail-link-empty"      // address of a link without text
)

// A Linter checks mails. It remembers the CSS that it has read, by its source: in the mails of one theme most is the same. Several
// goroutines may use it.
type Linter struct {
	mutex  sync.Mutex
	styles map[string]*style
	sheets map[string]*sheet
}

// New makes a linter.
func New() *Linter { return &Linter{styles: map[string]*style{}, sheets: map[string]*sheet{}} }

// style reads a style attribute, once.
func (l *Linter) style(source string) *style {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	if l.styles[source] == nil {
		l.styles[source] = readStyle(source)
	}
	return l.styles[source]
}

// sheet reads a style block, once.
func (l *Linter) sheet(source string) *sheet {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	if l.sheets[source] == nil {
		l.sheets[source] = readSheet(source)
	}
	return l.sheets[source]
}

// Check gives what is wrong with a mail, by place. It reads any bytes; what is no HTML has problems, too.
func (l *Linter) Check(html []byte) []Problem {
	c := &checker{whole: html}
	c.size()
	if len(html) > lookedInto {
		return c.sorted()
	}
	word, others := l.read(reading(html, true)), l.read(reading(html, false))
	for _, c.mail = range []*mail{word, others} {
		c.structure()
		c.style()
		c.text()
	}
	c.contrast()
	c.support(word.uses(), others.uses())
	return c.sorted()
}

// A checker holds the reading that is being checked, and what was found.
type checker struct {
	whole []byte
	mail  *mail
	found []Problem
}

func (c *checker) add(offset int, code Code, args ...any) {
	c.found = append(c.found, Problem{offset, code, args})
}

// sorted gives the problems by place, those of both readings once.
func (c *checker) sorted() []Problem {
	compare := func(a, b Problem) int {
		return cmp.Or(cmp.Compare(a.Offset, b.Offset), cmp.Compare(a.Code, b.Code), cmp.Compare(fmt.Sprint(a.Args), fmt.Sprint(b.Args)))
	}
	slices.SortStableFunc(c.found, compare)
	return slices.CompactFunc(c.found, func(a, b Problem) bool { return compare(a, b) == 0 })
}
