package desk

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"path"
	"regexp"
	"strings"
	"testing"
)

// wordsOf reads the words of the page, of which none may stand twice: the last would win, unseen.
func wordsOf(t *testing.T, language string) map[string]string {
	t.Helper()
	data, err := client.ReadFile("client/words." + language + ".json")
	if err != nil {
		t.Fatal(err)
	}
	dec := json.NewDecoder(bytes.NewReader(data))
	if _, err := dec.Token(); err != nil {
		t.Fatal(err)
	}
	words := map[string]string{}
	for dec.More() {
		var pair [2]string
		for i := range pair {
			token, err := dec.Token()
			text, ok := token.(string)
			if err != nil || !ok || text == "" {
				t.Fatalf("%s: %v (%v) is no text", language, token, err)
			}
			pair[i] = text
		}
		if _, twice := words[pair[0]]; twice {
			t.Errorf("%s: %q stands twice", language, pair[0])
		}
		words[pair[0]] = pair[1]
	}
	return words
}

var placeholder = regexp.MustCompile(`\{\d\}`)

func TestWordsOfThePageAreThereInBothLanguages(t *testing.T) {
	nl, en := wordsOf(t, "nl"), wordsOf(t, "en")
	for key, text := range nl {
		other, ok := en[key]
		if !ok {
			t.Errorf("%q is not there in English", key)
		} else if a, b := len(placeholder.FindAllString(text, -1)), len(placeholder.FindAllString(other, -1)); a != b {
			t.Errorf("%q has %d places in Dutch, %d in English", key, a, b)
		}
	}
	for key := range en {
		if _, ok := nl[key]; !ok {
			t.Errorf("%q is not there in Dutch", key)
		}
	}
}

func TestPageUsesItsWords(t *testing.T) {
	var all strings.Builder
	err := fs.WalkDir(client, "client", func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || path.Base(name) == "codemirror.js" || path.Ext(name) != ".js" && path.Ext(name) != ".html" {
			return err
		}
		data, err := client.ReadFile(name)
		all.Write(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	words, code := wordsOf(t, "nl"), all.String()
	for _, use := range regexp.MustCompile(`\b(say|count)\('([\w.]+)'|\$w\.(\w+)`).FindAllStringSubmatch(code, -1) {
		key := use[2] + use[3]
		if words[key] == "" || use[1] == "count" && words[key+".one"] == "" {
			t.Errorf("there are no words for %q", key)
		}
	}
	// Signs, states and severities come from the server.
	made := map[string]bool{"published": true, "draft": true, "scheduled": true, "expired": true, "info": true, "hint": true}
	for key := range words {
		name := strings.TrimSuffix(strings.TrimSuffix(key, ".one"), ".short")
		if !made[key] && !strings.Contains(code, "'"+name+"'") && !strings.Contains(code, "$w."+name+"}") {
			t.Errorf("nothing says %q", key)
		}
	}
}
