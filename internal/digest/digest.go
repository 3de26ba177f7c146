// Package digest makes digests of plain data by one generic walk over it: what counts is told by the types alone.
//
// All exported fields count, in their order, through pointers, slices and arrays. A field with the tag `digest:"-"` does not count, and of
// one with `digest:"set"` only whether it is zero. A type with a method Walk says itself what counts. Maps, functions and channels are no
// plain data: there is a panic the first time that a type with one is met.
package digest

import (
	"encoding/binary"
	"hash/maphash"
	"math"
	"reflect"
	"sync"
	"sync/atomic"
)

// Sum is a digest. Sums can be compared within one process and for one seed; equal data has equal ones.
type Sum uint64

var rooms sync.Pool // of *[]byte, to walk in

// Of gives the digest of values, which are pointers or simple.
func Of(seed maphash.Seed, values ...any) Sum {
	room, ok := rooms.Get().(*[]byte)
	if !ok {
		room = new([]byte)
	}
	w := Walker{seed: seed, buffer: (*room)[:0]}
	for _, v := range values {
		w.Value(v)
	}
	sum := Sum(maphash.Bytes(seed, w.buffer))
	*room = w.buffer
	rooms.Put(room)
	return sum
}

// Has reports whether one of words is a whole text in values, wherever.
func Has(words map[string]bool, values ...any) bool {
	w := Walker{words: words}
	for _, v := range values {
		w.Value(v)
	}
	return w.has
}

// Kept is embedded in what is made once and shown in many places: its digest is made once too, for the first seed. What embeds it must
// not be changed or copied once it was shown.
type Kept struct{ sum uint64 }

// Once puts in what walk does, whose digest is made once and kept at k.
func (w *Walker) Once(k *Kept, walk func()) {
	if w.words != nil {
		walk()
		return
	}
	w.number(w.keep(&k.sum, func(*Walker, reflect.Value) { walk() }, reflect.Value{}))
}

// Walker walks over data for Of or Has.
type Walker struct {
	seed   maphash.Seed
	buffer []byte
	words  map[string]bool // what Has looks for; nil for Of
	has    bool
}

// Text puts in a text.
func (w *Walker) Text(s string) {
	if w.words != nil {
		w.has = w.has || w.words[s]
		return
	}
	const long = 128 // bytes; hashing a longer text at once costs less than a copy of it
	w.Number(len(s))
	if len(s) > long {
		w.number(maphash.String(w.seed, s))
		return
	}
	w.buffer = append(w.buffer, s...)
}

// Number puts in a number.
func (w *Walker) Number(n int) { w.number(uint64(n)) }

func (w *Walker) number(n uint64) {
	if w.words == nil {
		w.buffer = binary.LittleEndian.AppendUint64(w.buffer, n)
	}
}

// Value puts in a pointer to a struct or slice, or a simple value.
func (w *Walker) Value(v any) {
	if v == nil {
		w.number(0)
		return
	}
	value := reflect.ValueOf(v)
	stepOf(value.Type())(w, value)
}

// step puts in a value of one type.
type step func(w *Walker, v reflect.Value)

var steps sync.Map // of step, by reflect.Type

func stepOf(t reflect.Type) step {
	if known, ok := steps.Load(t); ok {
		return known.(step)
	}
	made := makeStep(t)
	steps.Store(t, made)
	return made
}

var walks = reflect.TypeFor[interface{ Walk(*Walker) }]()

func makeStep(t reflect.Type) step {
	if t.Kind() == reflect.Struct && reflect.PointerTo(t).Implements(walks) {
		return func(w *Walker, v reflect.Value) { v.Addr().Interface().(interface{ Walk(*Walker) }).Walk(w) }
	}
	switch t.Kind() {
	case reflect.String:
		return func(w *Walker, v reflect.Value) { w.Text(v.String()) }
	case reflect.Bool:
		return func(w *Walker, v reflect.Value) {
			if v.Bool() {
				w.number(1)
			} else {
				w.number(0)
			}
		}
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return func(w *Walker, v reflect.Value) { w.number(uint64(v.Int())) }
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		return func(w *Walker, v reflect.Value) { w.number(v.Uint()) }
	case reflect.Float64:
		return func(w *Walker, v reflect.Value) { w.number(math.Float64bits(v.Float())) }
	case reflect.Slice, reflect.Array:
		return list(t.Elem())
	case reflect.Pointer:
		return pointer(t)
	case reflect.Struct:
		return fields(t)
	}
	panic("digest: " + t.String() + " is no plain data")
}

func list(elem reflect.Type) step {
	each := lazy(elem)
	return func(w *Walker, v reflect.Value) {
		w.Number(v.Len())
		for i := range v.Len() {
			each()(w, v.Index(i))
		}
	}
}

// lazy gives the step of a type when it is wanted, as a type may be part of itself.
func lazy(t reflect.Type) func() step {
	return sync.OnceValue(func() step { return stepOf(t) })
}

func pointer(t reflect.Type) step {
	to, keeps := lazy(t.Elem()), keptIn(t.Elem())
	return func(w *Walker, v reflect.Value) {
		switch {
		case v.IsNil():
			w.number(0)
		case keeps >= 0 && w.words == nil:
			w.number(w.keep(&v.Elem().Field(keeps).Addr().Interface().(*Kept).sum, to(), v.Elem()))
		default:
			w.number(1)
			to()(w, v.Elem())
		}
	}
}

// keptIn gives the index of the Kept that a type embeds itself, -1 for none.
func keptIn(t reflect.Type) int {
	if t.Kind() == reflect.Struct {
		for i := range t.NumField() {
			if f := t.Field(i); f.Anonymous && f.Type == reflect.TypeFor[Kept]() {
				return i
			}
		}
	}
	return -1
}

// keep gives the digest of v that stands at known, or makes it.
func (w *Walker) keep(known *uint64, walk step, v reflect.Value) uint64 {
	sum := atomic.LoadUint64(known)
	if sum == 0 {
		start := len(w.buffer)
		walk(w, v)
		sum = maphash.Bytes(w.seed, w.buffer[start:]) | 1
		w.buffer = w.buffer[:start]
		atomic.StoreUint64(known, sum)
	}
	return sum
}

func fields(t reflect.Type) step {
	type member struct {
		index int
		put   func() step
		set   bool
	}
	var members []member
	for i := range t.NumField() {
		f := t.Field(i)
		tag := f.Tag.Get("digest")
		if !f.IsExported() || tag == "-" || f.Type == reflect.TypeFor[Kept]() {
			continue
		}
		if tag == "set" {
			members = append(members, member{i, nil, true})
			continue
		}
		members = append(members, member{i, lazy(f.Type), false})
	}
	return func(w *Walker, v reflect.Value) {
		for _, m := range members {
			switch field := v.Field(m.index); {
			case !m.set:
				m.put()(w, field)
			case field.IsZero():
				w.number(0)
			default:
				w.number(1)
			}
		}
	}
}
