package plain

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"docent/ingest/read"
)

// jsonValues are simple values at one path of JSON.
type jsonValues struct {
	path   string
	values []string
	// row is the number of the object in an array that is a row with them, 0 for
	// none, and array the size of the path of that array.
	row, array int
}

// What JSON is flattened: more is read as text.
const (
	mostJSONValues = 400_000
	mostJSONDepth  = 200
)

var errLargeJSON = errors.New("too many values, or nested too deep")

// jsonFlattener lists the values of JSON in the order of the file.
type jsonFlattener struct {
	decoder *json.Decoder
	all     []jsonValues
	// count is the number of values, rows that of objects in arrays.
	count, rows int
}

// longestJSONRow is the size up to which an object in an array is one row.
const longestJSONRow = 2000

// value lists a value at a path, in an array whose values begin at that place
// in the list, or -1.
func (f *jsonFlattener) value(path string, array, depth int) error {
	t, err := f.decoder.Token()
	if err != nil {
		return err
	}
	if f.count++; f.count > mostJSONValues || depth > mostJSONDepth {
		return errLargeJSON
	}
	start := len(f.all)
	switch t {
	case json.Delim('['):
		return f.members(path, start, depth)
	case json.Delim('{'):
		if err = f.members(path, -1, depth); array >= 0 {
			f.row(f.all[start:], len(path))
		}
		return err
	case nil, "":
		return nil
	}
	if last := start - 1; array < 0 || last < array || f.all[last].path != path || f.all[last].row > 0 {
		f.all = append(f.all, jsonValues{path: path})
	}
	last := &f.all[len(f.all)-1]
	last.values = append(last.values, fmt.Sprint(t))
	return nil
}

// members lists what an array or object holds.
func (f *jsonFlattener) members(path string, array, depth int) error {
	for f.decoder.More() {
		member := path
		if array < 0 {
			t, err := f.decoder.Token()
			if err != nil {
				return err
			}
			key, _ := t.(string)
			member = strings.TrimPrefix(path+"."+key, ".")
		}
		if err := f.value(member, array, depth+1); err != nil {
			return err
		}
	}
	_, err := f.decoder.Token()
	return err
}

// row makes one row of the values of an object, unless they are too many. The
// rows within it are no rows then.
func (f *jsonFlattener) row(all []jsonValues, array int) {
	size := 0
	for _, v := range all {
		if size += len(v.cell(array)); size > longestJSONRow {
			return
		}
	}
	f.rows++
	for i := range all {
		all[i].row, all[i].array = f.rows, array
	}
}

// cell is "path: value, value", the path from that byte on.
func (v jsonValues) cell(from int) string {
	return strings.TrimPrefix(strings.TrimPrefix(v.path[from:], ".")+": "+strings.Join(v.values, ", "), ": ")
}

// write adds a field for the values of each path, and a row for each object in
// an array, as in a table whose cells name their columns. Rows are counted in
// an array that is all that there is.
func (f *jsonFlattener) write(c *read.Builder) {
	counted := 0
	for all := f.all; len(all) > 0; {
		first, n := all[0], 1
		for first.row > 0 && n < len(all) && all[n].row == first.row {
			n++
		}
		var cells []string
		if c.Row = 0; first.array > 0 {
			cells = append(cells, first.path[:first.array])
		} else if first.row > 0 {
			counted++
			c.Row = counted
		}
		for _, v := range all[:n] {
			cells = append(cells, v.cell(v.array))
		}
		switch {
		case first.row > 0:
			c.AddRow(cells)
		case first.path == "":
			c.Add(read.Paragraph, 0, cells[0])
		case strings.Contains(cells[0], "\n"):
			c.Add(read.ListItem, 0, cells[0])
		default:
			c.AddField(first.path, strings.Join(first.values, ", "))
		}
		all = all[n:]
	}
	c.Row = 0
}
