package publication_test

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"leerblad/internal/document"
	"leerblad/internal/newsletter"
	"leerblad/internal/publication"
	"leerblad/internal/testpub"
)

// The content contract has the keys of site.yaml, and no others.
func TestContractHasEachSetting(t *testing.T) {
	testpub.HaveWords(t, publication.SettingsKeys)
	text, err := os.ReadFile("../../content/README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, section, _ := strings.Cut(string(text), "\n## site.yaml\n\n")
	example, told, _ := strings.Cut(section, "\n\n")
	var names []string
	for _, m := range regexp.MustCompile(`(?m)^    ([a-z]+):`).FindAllStringSubmatch(example, -1) {
		names = append(names, m[1])
	}
	if keys := document.Names(publication.SettingsKeys); !slices.Equal(names, keys) {
		t.Errorf("content/README.md has the keys %v, and there are %v", names, keys)
	}
	var within func(keys []document.Key)
	within = func(keys []document.Key) {
		for _, k := range keys {
			if !regexp.MustCompile(`[{ \x60]` + k.Name + `\b`).MatchString(example + told) {
				t.Errorf("content/README.md does not have %s", k.Name)
			}
			within(k.Fields)
		}
	}
	within(publication.SettingsKeys)
}

func TestSettingsKnowAllProfiles(t *testing.T) {
	if all := newsletter.Profiles(); !slices.Equal(publication.Profiles, all) {
		t.Errorf("the settings have %v, and there are %v", publication.Profiles, all)
	}
}
