package search

import (
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"os"
	"reflect"
	"slices"
	"testing"
)

// vector is a shard as testdata/shard.json has it.
type vector struct {
	Entries  int          `json:"entries"`
	Findings int          `json:"findings"`
	Data     string       `json:"data"`
	Forms    []vectorForm `json:"forms"`
}

type vectorForm struct {
	Form  string   `json:"form"`
	Class int      `json:"class"`
	Own   [][2]int `json:"own"`
	Extra [][2]int `json:"extra"`
}

func postings(pairs [][2]int) []posting {
	var out []posting
	for _, p := range pairs {
		out = append(out, newPosting(uint32(p[0]), uint8(p[1])))
	}
	return out
}

// bytesReader reads what shards are made of. After a mistake it gives zeros.
type bytesReader struct {
	data []byte
	bad  bool
}

func (r *bytesReader) number() int {
	v, n := binary.Uvarint(r.data)
	if n <= 0 || v > 1<<35 {
		r.bad = true
		return 0
	}
	r.data = r.data[n:]
	return int(v)
}

func (r *bytesReader) take(n int) []byte {
	if n > len(r.data) {
		r.bad = true
		return nil
	}
	out := r.data[:n]
	r.data = r.data[n:]
	return out
}

// decodeTerms reads a shard, and the rest of its long lists unless that is nil, as FORMAT.md says and as another program would.
func decodeTerms(data, rest []byte, entries, findings int) (forms []vectorForm, name string, err error) {
	here, there := &bytesReader{data: data}, &bytesReader{data: rest}
	name = string(here.take(here.number()))
	previous := ""
	for n := here.number(); n > 0 && !here.bad; n-- {
		shared := here.number()
		if shared > len(previous) {
			return nil, "", errors.New("damaged text")
		}
		previous = previous[:shared] + string(here.take(here.number()))
		forms = append(forms, vectorForm{Form: previous})
	}
	type part struct {
		from        *bytesReader
		first, n    int
		limit, list int
	}
	var parts []part
	var lists []*[][2]int
	list := func(l *[][2]int) {
		*l = [][2]int{}
		all := [2]int{here.number(), here.number()}
		kept := all
		if all[0]+all[1] > longList {
			kept = [2]int{here.number(), here.number()}
		}
		add := func(from *bytesReader, n [2]int) {
			parts = append(parts, part{from, 0, n[0], entries, len(lists)}, part{from, entries, n[1], entries + findings, len(lists)})
		}
		add(here, kept)
		if rest != nil && all != kept {
			add(there, [2]int{all[0] - kept[0], all[1] - kept[1]})
		}
		lists = append(lists, l)
	}
	from := make([]int, len(forms))
	for i := range forms {
		back := here.number()
		if here.bad || back > i {
			return nil, "", errors.New("damaged class")
		}
		from[i] = i
		list(&forms[i].Own)
		if back > 0 {
			from[i] = from[i-back]
		} else {
			list(&forms[i].Extra)
		}
		forms[i].Class = from[i]
	}
	for _, p := range parts {
		next := p.first
		for range p.n {
			next += p.from.number()
			if p.from.bad || next >= p.limit {
				return nil, "", errors.New("damaged list")
			}
			*lists[p.list] = append(*lists[p.list], [2]int{next, 0})
			next++
		}
	}
	at := make([]int, len(lists))
	for _, p := range parts {
		for range p.n {
			if b := p.from.take(1); b != nil {
				(*lists[p.list])[at[p.list]][1] = int(b[0])
				at[p.list]++
			}
		}
	}
	for i := range forms {
		forms[i].Extra = forms[from[i]].Extra
	}
	if here.bad || there.bad || len(here.data)+len(there.data) > 0 {
		return nil, "", errors.New("damaged shard")
	}
	return forms, name, nil
}

// noRest is for shards without long lists.
func noRest(...[]byte) string { panic("a long list") }

func TestShardIsWrittenAsTheVectorSays(t *testing.T) {
	data, err := os.ReadFile("testdata/shard.json")
	if err != nil {
		t.Fatal(err)
	}
	var v vector
	if err := json.Unmarshal(data, &v); err != nil {
		t.Fatal(err)
	}
	var entries []entry
	for _, f := range v.Forms {
		entries = append(entries, entry{f.Form, f.Class, postings(f.Own), postings(f.Extra)})
	}
	got := slices.Concat(encodeTerms(entries, uint32(v.Entries), noRest)...)
	if hex.EncodeToString(got) != v.Data {
		t.Errorf("got %x\nwant %s", got, v.Data)
	}
	forms, _, err := decodeTerms(got, nil, v.Entries, v.Findings)
	if err != nil || !reflect.DeepEqual(forms, v.Forms) {
		t.Errorf("decoded %v, %v", forms, err)
	}
}

func TestLongListIsInTwoParts(t *testing.T) {
	var want [][2]int
	for i := range longList + 1 {
		want = append(want, [2]int{2 * i, 1 + (7*i)%levels})
	}
	var rest []byte
	data := slices.Concat(encodeTerms([]entry{{"a", 0, postings(want), nil}, {"b", 1, postings(want[:longList]), nil}}, 2*longList-500,
		func(others ...[]byte) string {
			rest = slices.Concat(others...)
			return "name"
		})...)
	forms, name, err := decodeTerms(data, nil, 2*longList-500, 1000)
	if err != nil || name != "name" || len(forms[0].Own) != firstPart || len(forms[1].Own) != longList {
		t.Fatalf("%v: %q, %d and %d units", err, name, len(forms[0].Own), len(forms[1].Own))
	}
	least := levels
	for _, p := range forms[0].Own {
		least = min(least, p[1])
	}
	first := len(forms[0].Own)
	forms, _, err = decodeTerms(data, rest, 2*longList-500, 1000)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range forms[0].Own[first:] {
		if p[1] > least {
			t.Fatalf("impact %d is not in the first part, %d is", p[1], least)
		}
	}
	slices.SortFunc(forms[0].Own, func(a, b [2]int) int { return a[0] - b[0] })
	if !reflect.DeepEqual(forms[0].Own, want) {
		t.Errorf("the parts together have %d units, want %d", len(forms[0].Own), len(want))
	}
}

func TestShardsHoldTogetherWhatBeginsAlike(t *testing.T) {
	texts := []string{"a", "aa", "aab", "b", "ba", "bab", "bac", "c"}
	sizes := []int{1, 1, 1, 5, 5, 5, 5, 1}
	if got, want := partition(texts, sizes, 12), []int{0, 3, 4, 6, 7}; !slices.Equal(got, want) {
		t.Errorf("shards begin at %v, want %v", got, want)
	}
	sizes[2] = 2
	if got, want := partition(texts, sizes, 12), []int{0, 3, 4, 6, 7}; !slices.Equal(got, want) {
		t.Errorf("after a small change shards begin at %v, want %v", got, want)
	}
}

func FuzzDecodeTerms(f *testing.F) {
	f.Add(slices.Concat(encodeTerms([]entry{{"ab", 0, postings([][2]int{{0, 3}, {5, 9}}), nil}, {"abc", 0, postings([][2]int{{1, 1}}), nil}}, 4, noRest)...))
	f.Fuzz(func(t *testing.T, data []byte) {
		forms, _, err := decodeTerms(data, nil, 4, 3)
		if err != nil {
			return
		}
		for _, form := range forms {
			for _, p := range slices.Concat(form.Own, form.Extra) {
				if p[0] >= 7 {
					t.Fatalf("unit %d of 7", p[0])
				}
			}
		}
	})
}
