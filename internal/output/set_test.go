package output

import (
	"slices"
	"strings"
	"testing"
)

func TestAddRejectsUnsafePaths(t *testing.T) {
	for _, name := range []string{
		"", ".", "..", "/a", "a/", "a//b", "./a", "../a", "a/../b", `a\b`, "a\x00b", "a\xff",
		".leerblad.json", ".leerblad-tmp-x", "a/.leerblad-tmp-x",
	} {
		if err := NewSet().Add(name, nil); err == nil {
			t.Errorf("Add(%q) was accepted", name)
		}
	}
}

func TestAddRejectsTakenPathsAndNamesThem(t *testing.T) {
	for _, names := range [][]string{{"a/b", "a/b"}, {"a", "a/b"}, {"a/b/c", "a"}} {
		set := NewSet()
		if err := set.Add(names[0], nil); err != nil {
			t.Fatal(err)
		}
		if err := set.Add(names[1], nil); err == nil || !strings.Contains(err.Error(), `"a`) {
			t.Errorf("Add(%q) after %q gave %v", names[1], names[0], err)
		}
	}
}

func TestSetGivesBackWhatWasAdded(t *testing.T) {
	set := setOf(t, map[string]string{"b/index.html": "B", "a.txt": ""})
	if got := set.Paths(); !slices.Equal(got, []string{"a.txt", "b/index.html"}) || set.Len() != 2 {
		t.Errorf("paths %q", got)
	}
	if data, ok := set.Get("b/index.html"); !ok || string(data) != "B" {
		t.Errorf("Get gave %q, %v", data, ok)
	}
	if _, ok := set.Get("c"); ok {
		t.Error("Get found a file that was never added")
	}
	const empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
	if digest, ok := set.Digest("a.txt"); !ok || digest != empty {
		t.Errorf("Digest gave %q, %v", digest, ok)
	}
}

func setOf(t testing.TB, files map[string]string) *Set {
	t.Helper()
	set := NewSet()
	for name, data := range files {
		if err := set.Add(name, []byte(data)); err != nil {
			t.Fatal(err)
		}
	}
	return set
}
