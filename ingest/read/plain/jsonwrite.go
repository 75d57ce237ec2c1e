package plain

import (
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"docent/ingest/read"
)

// jsonValue is a value with its members in the order of the file.
type jsonValue struct {
	// scalar is the value where it has no members.
	scalar  string
	array   bool
	members []jsonMember
}

type jsonMember struct {
	key   string
	value jsonValue
}

// What JSON is flattened: more is read as text.
const (
	mostJSONValues = 400_000
	mostJSONDepth  = 200
)

var errLargeJSON = errors.New("too many values, or nested too deep")

// jsonWriter composes the blocks of JSON.
type jsonWriter struct {
	read.Builder
	decoder *json.Decoder
	values  int
}

func (w *jsonWriter) value(depth int) (jsonValue, error) {
	t, err := w.decoder.Token()
	if err != nil {
		return jsonValue{}, err
	}
	if w.values++; w.values > mostJSONValues || depth > mostJSONDepth {
		return jsonValue{}, errLargeJSON
	}
	switch t := t.(type) {
	case json.Delim:
		return w.nested(t == '[', depth)
	case bool:
		return jsonValue{scalar: strconv.FormatBool(t)}, nil
	case nil:
		return jsonValue{}, nil
	}
	return jsonValue{scalar: fmt.Sprint(t)}, nil
}

func (w *jsonWriter) nested(array bool, depth int) (jsonValue, error) {
	v := jsonValue{array: array}
	for w.decoder.More() {
		var m jsonMember
		if !array {
			t, err := w.decoder.Token()
			if err != nil {
				return v, err
			}
			m.key, _ = t.(string)
		}
		var err error
		if m.value, err = w.value(depth + 1); err != nil {
			return v, err
		}
		v.members = append(v.members, m)
	}
	_, err := w.decoder.Token()
	return v, err
}

// longestJSONRow is the size up to which an object in an array is one row.
const longestJSONRow = 2000

// write adds a value that stands at a path: a line for each simple value, and
// a row for each object in an array, as in a table whose cells name their
// columns.
func (w *jsonWriter) write(path string, v jsonValue) {
	switch {
	case v.array && v.simple():
		w.leaf(path, v.flat())
	case v.array:
		for i, m := range v.members {
			w.element(path, i+1, m.value)
		}
	case v.members == nil:
		w.leaf(path, v.scalar)
	default:
		for _, m := range v.members {
			w.write(joinPath(path, m.key), m.value)
		}
	}
}

// element adds the n-th value of an array. Rows are counted in an array that
// is all that there is.
func (w *jsonWriter) element(path string, n int, v jsonValue) {
	if cells := v.cells("", nil); !v.array && v.members != nil && size(cells) <= longestJSONRow {
		if w.Row = n; path != "" {
			w.Row = 0
			cells = append([]string{path}, cells...)
		}
		w.AddRow(cells)
		return
	}
	w.write(path, v)
}

func (w *jsonWriter) leaf(path, value string) {
	switch {
	case value == "":
	case path == "":
		w.Add(read.Paragraph, 0, value)
	default:
		w.Add(read.ListItem, 0, path+": "+value)
	}
}

func joinPath(path, key string) string {
	if path == "" {
		return key
	}
	return path + "." + key
}

// simple reports whether an array holds simple values only.
func (v jsonValue) simple() bool {
	for _, m := range v.members {
		if m.value.array || m.value.members != nil {
			return false
		}
	}
	return true
}

// flat is an array of simple values on one line.
func (v jsonValue) flat() string {
	values := make([]string, 0, len(v.members))
	for _, m := range v.members {
		if m.value.scalar != "" {
			values = append(values, m.value.scalar)
		}
	}
	return strings.Join(values, ", ")
}

// cells appends "path: value" for each simple value, until they are too many
// for a row.
func (v jsonValue) cells(path string, to []string) []string {
	switch {
	case size(to) > longestJSONRow:
	case v.array && v.simple():
		if flat := v.flat(); flat != "" {
			to = append(to, path+": "+flat)
		}
	case v.members == nil:
		if v.scalar != "" {
			to = append(to, path+": "+v.scalar)
		}
	default:
		for _, m := range v.members {
			to = m.value.cells(joinPath(path, m.key), to)
		}
	}
	return to
}

func size(cells []string) int {
	var n int
	for _, c := range cells {
		n += len(c)
	}
	return n
}
