package frontmatter

import (
	"slices"
	"strings"
)

// secrets are what editors call a password, in lower case and without signs.
var secrets = []string{"password", "pasword", "passwd", "pass", "pwd", "wachtwoord", "secret", "geheim", "token", "smtppassword", "leerbladsmtppassword"}

// isSecret reports whether a key is meant for a secret, which belongs in no file.
func isSecret(key string) bool {
	return slices.Contains(secrets, strings.ToLower(strings.NewReplacer("-", "", "_", "", " ", "").Replace(key)))
}
