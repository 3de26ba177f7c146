package source

import (
	"regexp"
	"strings"
)

// secret is where a line of settings says a password, or an address with one in it. The submatches are what nobody may see.
var secret = regexp.MustCompile(`(?i)(?:^|[\s{,"'_-])(?:pass|pasw|wachtw|secret|geheim|token)[\w-]*["']?\s*[:=]\s*(\S.*)|://[^\s/@]*:([^\s/@]+@.*)`)

// shown gives where a line of a file, data[from:to], ends as far as it may be shown: messages about settings must not tell a password that
// should not stand there.
func shown(path string, data []byte, from, to int) int {
	if !strings.HasSuffix(path, ".yaml") {
		return to
	}
	if m := secret.FindSubmatchIndex(data[from:to]); m != nil {
		return from + max(m[2], m[4])
	}
	return to
}
