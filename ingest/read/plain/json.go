package plain

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"strings"

	"docent/ingest/read"
)

// JSON is the format of JSON files.
func JSON(l read.Limits) read.Format {
	return read.Format{
		Name: "JSON", Extensions: []string{".json"},
		Reader: jsonReader{l},
	}
}

// jsonReader reads JSON. An array of records like those of JSON Lines is a
// document each; anything else is one document, with the path of each value
// before it. What is no JSON after all, as files of settings with comments
// are, is read as code.
type jsonReader struct{ limits read.Limits }

func (r jsonReader) Read(ctx context.Context, in read.Input) iter.Seq2[read.Document, error] {
	text, err := in.Text(r.limits)
	if err != nil {
		return func(yield func(read.Document, error) bool) { yield(read.Document{}, err) }
	}
	data := []byte(strings.TrimPrefix(text, "\ufeff"))
	if listsRecords(data) {
		return r.list(ctx, data)
	}
	return read.Func(func(ctx context.Context, _ read.Input) (read.Document, error) {
		doc, err := parseJSON(ctx, data)
		if err != nil {
			if ctx.Err() != nil {
				return read.Document{}, ctx.Err()
			}
			doc = parseCode(string(data))
			doc.Warnings = []string{err.Error() + "; read as text"}
		}
		return doc, nil
	}).Read(ctx, in)
}

// listsRecords reports whether data is an array whose first element is a
// record, or several records in a row.
func listsRecords(data []byte) bool {
	d := json.NewDecoder(bytes.NewReader(data))
	if t, err := d.Token(); err != nil || t != json.Delim('[') || !d.More() {
		return false
	}
	var first json.RawMessage
	if d.Decode(&first) != nil {
		return false
	}
	_, err := parseRecord(first)
	return err == nil
}

// list yields the records of an array. One that is none fails alone.
func (r jsonReader) list(ctx context.Context, data []byte) iter.Seq2[read.Document, error] {
	return func(yield func(read.Document, error) bool) {
		d := json.NewDecoder(bytes.NewReader(data))
		_, err := d.Token()
		line, at := 1, 0
		for err == nil && d.More() {
			var raw json.RawMessage
			if err = cmp.Or(ctx.Err(), d.Decode(&raw)); err != nil {
				break
			}
			start := int(d.InputOffset()) - len(raw)
			line += bytes.Count(data[at:start], []byte("\n"))
			at = start
			doc, failed := record(line, raw, nil)
			if !yield(doc, failed) {
				return
			}
		}
		if err != nil {
			yield(read.Document{}, fmt.Errorf("damaged JSON: %w", err))
		}
	}
}

// parseJSON flattens any JSON, also several values one after the other.
func parseJSON(ctx context.Context, data []byte) (read.Document, error) {
	f := jsonFlattener{decoder: json.NewDecoder(bytes.NewReader(data))}
	f.decoder.UseNumber()
	for {
		if err := ctx.Err(); err != nil {
			return read.Document{}, err
		}
		err := f.value("", -1, 0)
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return read.Document{}, fmt.Errorf("not valid JSON: %w", err)
		}
	}
	var c read.Builder
	f.write(&c)
	return read.Document{Text: c.Text.String(), Blocks: c.Blocks}, nil
}
