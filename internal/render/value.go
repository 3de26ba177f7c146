package render

import (
	"cmp"
	"html/template"
	"reflect"
	"slices"
	"sync/atomic"

	"leerblad/internal/frontmatter"
	"leerblad/internal/site"
)

var (
	stringType = reflect.TypeFor[string]()
	intType    = reflect.TypeFor[int]()
	int64Type  = reflect.TypeFor[int64]()
	dayType    = reflect.TypeFor[frontmatter.Day]()
	bodyType   = reflect.TypeFor[site.Body]()
	htmlType   = reflect.TypeFor[template.HTML]()
	errorType  = reflect.TypeFor[error]()
)

// member is a field, method or key that a template names at one place. It remembers how the types that it met have it.
type member struct {
	name  string
	known atomic.Pointer[access]
}

// access is how a type has a member.
type access struct {
	of     reflect.Type
	index  []int // of the field; nil without one
	method bool  // the type or a pointer to it has a method of the name
	next   *access
}

// of gives the member of a value. What is no value has no members.
func (m *member) of(v reflect.Value) reflect.Value {
	if !v.IsValid() {
		return v
	}
	v = indirect(v)
	a := m.access(v.Type())
	switch {
	case a.method:
		return m.call(v)
	case len(a.index) == 1:
		return v.Field(a.index[0])
	case a.index != nil:
		field, err := v.FieldByIndexErr(a.index)
		if err != nil {
			panic(unable(err.Error()))
		}
		return field
	case v.Kind() == reflect.Map && stringType.AssignableTo(v.Type().Key()):
		return v.MapIndex(reflect.ValueOf(m.name))
	}
	panic(unable("member " + m.name))
}

func (m *member) access(t reflect.Type) *access {
	first := m.known.Load()
	for a := first; a != nil; a = a.next {
		if a.of == t {
			return a
		}
	}
	a := &access{of: t, next: first}
	_, a.method = reflect.PointerTo(t).MethodByName(m.name)
	if t.Kind() == reflect.Struct {
		if field, ok := t.FieldByName(m.name); ok && field.IsExported() {
			a.index = field.Index
		}
	}
	m.known.CompareAndSwap(first, a)
	return a
}

func (m *member) call(v reflect.Value) reflect.Value {
	if v.CanAddr() {
		v = v.Addr()
	}
	results := v.MethodByName(m.name).Call(nil)
	if len(results) == 2 && results[1].Type() != errorType || len(results) == 2 && !results[1].IsNil() || len(results) > 2 {
		panic(unable("method " + m.name))
	}
	return results[0]
}

// indirect gives what pointers and interfaces lead to. Where that is nothing, html/template knows what to say of it.
func indirect(v reflect.Value) reflect.Value {
	for v.Kind() == reflect.Pointer || v.Kind() == reflect.Interface {
		if v.IsNil() {
			panic(unable("nil"))
		}
		v = v.Elem()
	}
	return v
}

// concrete gives what is in an interface.
func concrete(v reflect.Value) reflect.Value {
	if v.Kind() == reflect.Interface {
		return v.Elem()
	}
	return v
}

// typed gives a value as an argument for a parameter of type t.
func typed(v reflect.Value, t reflect.Type) reflect.Value {
	if v = concrete(v); !v.IsValid() || v.Type() != t {
		panic(unable("argument"))
	}
	return v
}

// truth reports whether a value counts as true: it is not empty, and a struct always is.
func truth(v reflect.Value) bool {
	switch v = concrete(v); v.Kind() {
	case reflect.Invalid:
		return false
	case reflect.Array, reflect.Map, reflect.Slice, reflect.String:
		return v.Len() > 0
	case reflect.Chan, reflect.Func, reflect.Pointer, reflect.UnsafePointer:
		return !v.IsNil()
	case reflect.Struct:
		return true
	case reflect.Float32, reflect.Float64:
		return v.Float() != 0
	case reflect.Complex64, reflect.Complex128:
		return v.Complex() != 0
	}
	return !v.IsZero()
}

// each calls do for what a range goes over, until that gives false. With pairs it is for two variables.
func each(v reflect.Value, pairs bool, do func(index, elem reflect.Value) bool) {
	for v.Kind() == reflect.Pointer || v.Kind() == reflect.Interface {
		v = v.Elem()
	}
	switch kind := v.Kind(); {
	case kind == reflect.Invalid:
	case kind == reflect.Slice || kind == reflect.Array:
		var index reflect.Value
		for i := range v.Len() {
			if pairs {
				index = reflect.ValueOf(i)
			}
			if !do(index, v.Index(i)) {
				return
			}
		}
	case (v.CanInt() || v.CanUint()) && !pairs:
		for i := range v.Seq() {
			if !do(reflect.Value{}, i) {
				return
			}
		}
	case kind == reflect.Map:
		keys := v.MapKeys()
		slices.SortFunc(keys, ordered)
		for _, key := range keys {
			if !do(key, v.MapIndex(key)) {
				return
			}
		}
	default:
		panic(unable("range over " + v.String()))
	}
}

// ordered compares keys of a map.
func ordered(a, b reflect.Value) int {
	switch {
	case a.Kind() == reflect.String:
		return cmp.Compare(a.String(), b.String())
	case a.CanInt():
		return cmp.Compare(a.Int(), b.Int())
	case a.CanUint():
		return cmp.Compare(a.Uint(), b.Uint())
	}
	panic(unable("keys of type " + a.Type().String()))
}

// comparison gives the function of text/template of a name that compares two values.
func comparison(name string) func(a, b reflect.Value) bool {
	return map[string]func(a, b reflect.Value) bool{
		"eq": equal,
		"ne": func(a, b reflect.Value) bool { return !equal(a, b) },
		"lt": less,
		"le": func(a, b reflect.Value) bool { return !less(b, a) },
		"gt": func(a, b reflect.Value) bool { return less(b, a) },
		"ge": func(a, b reflect.Value) bool { return !less(a, b) },
	}[name]
}

func equal(a, b reflect.Value) bool {
	a, b = concrete(a), concrete(b)
	switch {
	case a.Kind() == reflect.String && b.Kind() == reflect.String:
		return a.String() == b.String()
	case a.CanInt() && b.CanInt():
		return a.Int() == b.Int()
	case a.CanUint() && b.CanUint():
		return a.Uint() == b.Uint()
	case a.Kind() == reflect.Bool && b.Kind() == reflect.Bool:
		return a.Bool() == b.Bool()
	case !a.IsValid() || !b.IsValid():
		return null(a) && null(b)
	case a.Kind() == reflect.Pointer && b.Kind() == reflect.Pointer:
		return a.IsNil() && b.IsNil() || !a.IsNil() && !b.IsNil() && a.Interface() == b.Interface()
	}
	panic(unable("comparison"))
}

func null(v reflect.Value) bool {
	switch v.Kind() {
	case reflect.Chan, reflect.Func, reflect.Map, reflect.Pointer, reflect.Slice:
		return v.IsNil()
	}
	return !v.IsValid()
}

func less(a, b reflect.Value) bool {
	a, b = concrete(a), concrete(b)
	switch {
	case a.Kind() == reflect.String && b.Kind() == reflect.String:
		return a.String() < b.String()
	case a.CanInt() && b.CanInt():
		return a.Int() < b.Int()
	case a.CanUint() && b.CanUint():
		return a.Uint() < b.Uint()
	}
	panic(unable("comparison"))
}

// unary gives the function of text/template of a name that takes one value.
func unary(name string) func(v reflect.Value) reflect.Value {
	return map[string]func(v reflect.Value) reflect.Value{
		"not": func(v reflect.Value) reflect.Value { return reflect.ValueOf(!truth(v)) },
		"len": func(v reflect.Value) reflect.Value { return reflect.ValueOf(indirect(v).Len()) },
	}[name]
}

// index gives item[at[0]][at[1]] ….
func index(item reflect.Value, at []reflect.Value) reflect.Value {
	if item = concrete(item); !item.IsValid() {
		panic(unable("index of nil"))
	}
	for _, key := range at {
		if item, key = indirect(item), concrete(key); item.Kind() != reflect.Map {
			item = item.Index(int(key.Int()))
			continue
		}
		found := item.MapIndex(key)
		if !found.IsValid() {
			found = reflect.Zero(item.Type().Elem())
		}
		item = found
	}
	return item
}

// slice gives item[at[0]:at[1]].
func slice(item reflect.Value, at []reflect.Value) reflect.Value {
	item = indirect(concrete(item))
	from, to := 0, item.Len()
	switch len(at) {
	case 0:
	case 1:
		from = int(at[0].Int())
	case 2:
		from, to = int(at[0].Int()), int(at[1].Int())
	default:
		panic(unable("slice"))
	}
	return item.Slice(from, to)
}
