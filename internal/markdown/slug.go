package markdown

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"leerblad/internal/fold"
)

// Slug gives s in the form [a-z0-9]+(-[a-z0-9]+)*: folded as readers search for it, every other
// character a hyphen. It is "" for a text without letters or digits of these.
func Slug(s string) string {
	return slug(s, func(c rune) bool { return 'a' <= c && c <= 'z' || '0' <= c && c <= '9' })
}

// Anchor is a slug that keeps letters of all scripts, for what stands behind a # and names no file.
func Anchor(s string) string {
	return norm.NFC.String(slug(s, func(c rune) bool { return unicode.IsLetter(c) || unicode.IsDigit(c) }))
}

// IsID reports whether s can be the id of a heading or finding.
func IsID(s string) bool {
	made := Anchor(s)
	return made != "" && made == norm.NFC.String(s)
}

// FindingID gives the id that a finding with this text has if none is written, unless another has it.
func FindingID(text string) string { return cmp.Or(shorten(Anchor(text)), digested("bevinding", text)) }

// headingID is FindingID of a heading.
func headingID(text string) string { return cmp.Or(Anchor(text), digested("kop", text)) }

// digested makes an id of a text that has no letters, so that no other text changes it.
func digested(kind, s string) string {
	if s == "" {
		return kind
	}
	sum := sha256.Sum256([]byte(s))
	return kind + "-" + hex.EncodeToString(sum[:4])
}

const lower = "abcdefghijklmnopqrstuvwxyz"

// slug gives the folded letters and digits of s that are wanted, and a hyphen for what stands between them.
func slug(s string, wanted func(rune) bool) string {
	var b strings.Builder
	hyphen := false
	for _, r := range s {
		folded := ""
		switch {
		case 'a' <= r && r <= 'z' || '0' <= r && r <= '9': // nearly all
			if hyphen && b.Len() > 0 {
				b.WriteByte('-')
			}
			hyphen = false
			b.WriteByte(byte(r))
			continue
		case r == '‘', unicode.Is(unicode.Cf, r): // an apostrophe that was typed as one; what nobody sees
			continue
		case 'A' <= r && r <= 'Z':
			folded = lower[r-'A' : r-'A'+1]
		case r < utf8.RuneSelf && r != fold.Apostrophe:
			hyphen = true
			continue
		default:
			folded = fold.Rune(r)
		}
		for _, c := range folded {
			switch {
			case c == fold.Apostrophe:
			case c != fold.Separator && c != fold.Hyphen && wanted(c):
				if hyphen && b.Len() > 0 {
					b.WriteByte('-')
				}
				hyphen = false
				b.WriteRune(c)
			default:
				hyphen = true
			}
		}
	}
	return b.String()
}

func ascii(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// shorten gives the first words of a slug, at most six of them and 48 letters, but at least one word.
func shorten(slug string) string {
	words := strings.Split(slug, "-")
	out := words[0]
	for _, w := range words[1:min(len(words), 6)] {
		if len(out)+1+len(w) > 48 {
			break
		}
		out += "-" + w
	}
	if len(out) <= 48 {
		return out
	}
	return strings.ToValidUTF8(out[:48], "")
}

// Written gives a path or an address as it stands between the round brackets of a link.
func Written(s string) string {
	s = strings.NewReplacer(`\`, `\\`, "<", `\<`, ">", `\>`, "\n", " ").Replace(s)
	if strings.ContainsAny(s, " ()\t") || s == "" {
		return "<" + s + ">"
	}
	return s
}
