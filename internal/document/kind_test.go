package document_test

import (
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"leerblad/internal/document"
	"leerblad/internal/testpub"
)

// A forgotten name in a row, or one that nothing has, is silent: this is where it is heard.
func TestRowsNameWhatThereIs(t *testing.T) {
	keys, used, names := map[string]*document.Key{}, map[string]bool{}, map[string]document.Kind{}
	for i := range document.Keys {
		keys[document.Keys[i].Name] = &document.Keys[i]
	}
	for i := range document.Kinds {
		row := &document.Kinds[i]
		if row.One.NL == "" || row.One.EN == "" || row.Layout == "" || row.Schema == "" {
			t.Errorf("%s: its row has an empty field", row.Kind)
		}
		if known := row.Kind.Keys(); len(known) <= len(row.Keys) || !slices.Contains(known, "title") {
			t.Errorf("%s knows the keys %v", row.Kind, known)
		}
		for _, key := range row.Keys {
			used[key] = true
			if keys[key] == nil || !row.Kind.Knows(key) {
				t.Errorf("%s: there is no key %s", row.Kind, key)
			}
		}
		if row.Dated != slices.Contains(row.Keys, "date") && row.Kind != document.Pages {
			t.Errorf("%s: dated is %v", row.Kind, row.Dated)
		}
		for _, key := range slices.Concat(row.Named, row.Found) {
			if !row.Kind.Knows(key) || keys[key].Texts == nil {
				t.Errorf("%s: %s has no texts to find", row.Kind, key)
			}
		}
		for _, under := range row.Under {
			if !row.Kind.Knows(string(under)) {
				t.Errorf("%s: its entries do not name %s", row.Kind, under)
			}
		}
		for _, name := range append(row.Names, string(row.Kind)) {
			if other, taken := names[name]; taken {
				t.Errorf("%s and %s are both called %s", row.Kind, other, name)
			}
			names[name] = row.Kind
			if k, ok := document.Called(strings.ToUpper(name)); !ok || k != row.Kind {
				t.Errorf("%s is not called %s", row.Kind, name)
			}
		}
	}
	for name := range keys {
		if !used[name] && !document.Home.Knows(name) {
			t.Errorf("no kind knows %s", name)
		}
	}
	if _, ok := document.Called("iets"); ok {
		t.Error("a kind is called iets")
	}
}

// No two keys of one form have the same name.
func TestKeysHaveWords(t *testing.T) {
	testpub.HaveWords(t, document.Keys)
	seen := map[string]string{} // labels that a form of one kind has
	for _, row := range document.Kinds {
		clear(seen)
		for _, name := range row.Kind.Keys() {
			label := document.KeyOf(name).Label
			for _, l := range []string{"nl " + label.NL, "en " + label.EN} {
				if seen[l] != "" {
					t.Errorf("%s: %s and %s are both called %s", row.Kind, seen[l], name, l)
				}
				seen[l] = name
			}
		}
	}
}

// The content contract has a row a key: which kinds know it and need it, the values that it may have, and the keys in them.
func TestContractHasEachKey(t *testing.T) {
	text, err := os.ReadFile("../../content/README.md")
	if err != nil {
		t.Fatal(err)
	}
	kinds, values := map[string]string{}, map[string]string{}
	for _, m := range regexp.MustCompile("(?m)^\\| (`.*?) \\| (.*?) \\| (.*) \\|$").FindAllStringSubmatch(string(text), -1) {
		for _, name := range regexp.MustCompile("`(.*?)`").FindAllStringSubmatch(m[1], -1) {
			kinds[name[1]], values[name[1]] = m[2], m[3]
		}
	}
	for _, k := range document.Keys {
		list, ok := kinds[k.Name]
		if !ok {
			t.Errorf("content/README.md does not have %s", k.Name)
			continue
		}
		for _, row := range document.Kinds {
			told := strings.HasPrefix(list, "all") || regexp.MustCompile(`\b`+string(row.Kind)+`\b`).MatchString(list)
			if told != row.Kind.Knows(k.Name) {
				t.Errorf("content/README.md says %q of %s; that %s know it is %v", list, k.Name, row.Kind, row.Kind.Knows(k.Name))
			}
		}
		for _, row := range document.Kinds {
			for part := range strings.SplitSeq(list, ";") {
				if strings.HasPrefix(part, "all") || strings.Contains(part, string(row.Kind)) {
					if told := strings.Contains(part, "required"); told != k.Needed(row.Kind) {
						t.Errorf("content/README.md says %q of %s; that %s need it is %v", list, k.Name, row.Kind, k.Needed(row.Kind))
					}
				}
			}
		}
		for _, choice := range k.Choices {
			if !strings.Contains(values[k.Name], "`"+choice+"`") {
				t.Errorf("content/README.md does not have %s: %s", k.Name, choice)
			}
		}
		within := values[k.Name]
		if k.Name == "media" { // whose items have a paragraph of their own
			_, within, _ = strings.Cut(string(text), "\nA media item is ")
			within, _, _ = strings.Cut(within, "}")
		}
		for _, field := range k.Fields {
			if !regexp.MustCompile(`[{ ]` + field.Name + `\b`).MatchString(within) {
				t.Errorf("content/README.md does not have %s in %s", field.Name, k.Name)
			}
		}
		for _, length := range []int{k.Min, k.Max} {
			if length > 0 && !strings.Contains(values[k.Name], strconv.Itoa(length)) {
				t.Errorf("content/README.md does not say %d of %s", length, k.Name)
			}
		}
	}
	for _, row := range document.Kinds {
		if !strings.Contains(string(text), "\n      "+string(row.Kind)+"/") {
			t.Errorf("content/README.md does not have the folder %s/", row.Kind)
		}
	}
}
