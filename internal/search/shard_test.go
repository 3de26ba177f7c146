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
		out = append(out, posting{uint32(p[0]), uint8(p[1])})
	}
	return out
}

// decodeTerms reads a shard as FORMAT.md says, as another program would.
func decodeTerms(data []byte, entries, findings int) ([]vectorForm, error) {
	bad := false
	number := func() int {
		v, n := binary.Uvarint(data)
		if n <= 0 || v > 1<<35 {
			bad = true
			return 0
		}
		data = data[n:]
		return int(v)
	}
	take := func(n int) []byte {
		if n > len(data) {
			bad = true
			return nil
		}
		out := data[:n]
		data = data[n:]
		return out
	}
	var forms []vectorForm
	previous := ""
	for n := number(); n > 0 && !bad; n-- {
		shared := number()
		if shared > len(previous) {
			return nil, errors.New("damaged text")
		}
		previous = previous[:shared] + string(take(number()))
		forms = append(forms, vectorForm{Form: previous})
	}
	var lengths []int
	var lists []*[][2]int
	list := func(l *[][2]int) {
		*l = [][2]int{}
		lengths, lists = append(lengths, number(), number()), append(lists, l, l)
	}
	from := make([]int, len(forms))
	for i := range forms {
		back := number()
		if bad || back > i {
			return nil, errors.New("damaged class")
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
	for part, l := range lists {
		next, limit := 0, entries
		if part%2 == 1 {
			next, limit = entries, entries+findings
		}
		for range lengths[part] {
			next += number()
			if bad || next >= limit {
				return nil, errors.New("damaged list")
			}
			*l = append(*l, [2]int{next, 0})
			next++
		}
	}
	for part := 0; part < len(lists); part += 2 {
		for i := range *lists[part] {
			if b := take(1); b != nil {
				(*lists[part])[i][1] = int(b[0])
			}
		}
	}
	for i := range forms {
		forms[i].Extra = forms[from[i]].Extra
	}
	if bad || len(data) > 0 {
		return nil, errors.New("damaged shard")
	}
	return forms, nil
}

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
	got := encodeTerms(entries, uint32(v.Entries))
	if hex.EncodeToString(got) != v.Data {
		t.Errorf("got %x\nwant %s", got, v.Data)
	}
	forms, err := decodeTerms(got, v.Entries, v.Findings)
	if err != nil || !reflect.DeepEqual(forms, v.Forms) {
		t.Errorf("decoded %v, %v", forms, err)
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
	f.Add(encodeTerms([]entry{{"ab", 0, []posting{{0, 3}, {5, 9}}, nil}, {"abc", 0, []posting{{1, 1}}, nil}}, 4))
	f.Fuzz(func(t *testing.T, data []byte) {
		forms, err := decodeTerms(data, 4, 3)
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
