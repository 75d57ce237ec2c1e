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
	// row is the number of the object in an array that they are of, 0 for none.
	// The path of that array is array, and path begins in the object.
	row         int
	array, path string
	values      []string
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

// value lists a value that stands at a place.
func (f *jsonFlattener) value(at jsonValues, inArray bool, depth int) error {
	t, err := f.decoder.Token()
	if err != nil {
		return err
	}
	if f.count++; f.count > mostJSONValues || depth > mostJSONDepth {
		return errLargeJSON
	}
	switch t {
	case json.Delim('['):
		return f.members(at, true, depth)
	case json.Delim('{'):
		if inArray && at.row == 0 {
			f.rows++
			at.row, at.array, at.path = f.rows, at.path, ""
		}
		return f.members(at, false, depth)
	case nil, "":
		return nil
	}
	if n := len(f.all) - 1; !inArray || n < 0 || f.all[n].row != at.row || f.all[n].path != at.path {
		f.all = append(f.all, at)
	}
	last := &f.all[len(f.all)-1]
	last.values = append(last.values, fmt.Sprint(t))
	return nil
}

// members lists what an array or object holds.
func (f *jsonFlattener) members(at jsonValues, array bool, depth int) error {
	path := at.path
	for f.decoder.More() {
		if !array {
			t, err := f.decoder.Token()
			if err != nil {
				return err
			}
			key, _ := t.(string)
			at.path = strings.TrimPrefix(path+"."+key, ".")
		}
		if err := f.value(at, array, depth+1); err != nil {
			return err
		}
	}
	_, err := f.decoder.Token()
	return err
}

// longestJSONRow is the size up to which an object in an array is one row.
const longestJSONRow = 2000

// write adds an item for the values of each path, and a row for each object in
// an array, as in a table whose cells name their columns. Rows are counted in
// an array that is all that there is.
func (f *jsonFlattener) write(c *read.Builder) {
	for all := f.all; len(all) > 0; {
		n, size := 0, 0
		var cells []string
		for ; n < len(all) && all[n].row == all[0].row && (n == 0 || all[0].row > 0); n++ {
			cells = append(cells, strings.TrimPrefix(all[n].path+": "+strings.Join(all[n].values, ", "), ": "))
			size += len(cells[n])
		}
		switch first := all[0]; {
		case first.row > 0 && size <= longestJSONRow && first.array == "":
			c.Row = first.row
			c.AddRow(cells)
		case first.row > 0 && size <= longestJSONRow:
			c.AddRow(append([]string{first.array}, cells...))
		case first.array+first.path == "":
			c.Add(read.Paragraph, 0, cells[0])
		default:
			for _, cell := range cells {
				c.Add(read.ListItem, 0, strings.TrimPrefix(first.array+"."+cell, "."))
			}
		}
		c.Row = 0
		all = all[n:]
	}
}
