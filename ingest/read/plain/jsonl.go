package plain

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/transform"

	"docent/ingest/read"
	"docent/ingest/read/charset"
	"docent/rag/lang"
)

// JSONLines is the format of JSON Lines files.
func JSONLines(l read.Limits) read.Format {
	return read.Format{
		Name: "JSON Lines", Extensions: []string{".jsonl", ".ndjson"},
		Reader: recordReader{l},
	}
}

// recordReader reads JSON Lines, one document a line: an object with "_id" or
// "id", "text", and as it likes "title", "lang", "url" and "date". One without
// a title is called by the words that it begins with. Empty lines are passed
// over; a line that is no such object fails alone.
type recordReader struct{ limits read.Limits }

func (r recordReader) Read(ctx context.Context, in read.Input) iter.Seq2[read.Document, error] {
	return func(yield func(read.Document, error) bool) {
		lines, err := r.lines(in)
		if err != nil {
			yield(read.Document{}, err)
			return
		}
		var found bool
		for n := 1; ; n++ {
			line, err := lines.next()
			if errors.Is(err, io.EOF) {
				break
			}
			doc, err := record(n, line, cmp.Or(ctx.Err(), err))
			if err == nil && doc.Line == 0 {
				continue
			}
			found = true
			if !yield(doc, err) || !isLineError(err) {
				return
			}
		}
		if !found {
			yield(read.Document{}, read.ErrEmpty)
		}
	}
}

// isLineError reports whether reading may go on after err.
func isLineError(err error) bool {
	var line *read.LineError
	return err == nil || errors.As(err, &line)
}

// record makes a document of line n. An empty line gives the zero document.
func record(n int, line []byte, err error) (read.Document, error) {
	var tooLong *read.LimitError
	if errors.As(err, &tooLong) {
		return read.Document{}, &read.LineError{Line: n, Err: err}
	}
	if err != nil {
		return read.Document{}, err
	}
	line = bytes.TrimSpace(line)
	if len(line) == 0 {
		return read.Document{}, nil
	}
	doc, err := parseRecord(line)
	if err != nil {
		return read.Document{}, &read.LineError{Line: n, Err: err}
	}
	doc.Line = n
	return doc, nil
}

func parseRecord(line []byte) (read.Document, error) {
	if !utf8.Valid(line) {
		line = []byte(charset.DecodeDamaged(line))
	}
	var fields struct {
		UnderscoreID name   `json:"_id"`
		ID           name   `json:"id"`
		Title        string `json:"title"`
		Text         string `json:"text"`
		Lang         string `json:"lang"`
		URL          string `json:"url"`
		Date         name   `json:"date"`
	}
	if err := json.Unmarshal(line, &fields); err != nil {
		return read.Document{}, recordError(err)
	}
	key := string(cmp.Or(fields.UnderscoreID, fields.ID))
	if key == "" {
		return read.Document{}, errors.New(`the record has no "_id" or "id"`)
	}
	doc := Parse(fields.Text)
	if doc.Text == "" {
		return read.Document{}, fmt.Errorf("record %q: %w", key, read.ErrEmpty)
	}
	doc.Key = key
	doc.URI = lang.OneLine(read.Clean(fields.URL))
	doc.Title = cmp.Or(lang.OneLine(read.Clean(fields.Title)), doc.Title, opening(doc.Text), key)
	doc.Language = read.BaseLanguage(fields.Lang)
	doc.Date = read.ISODate(string(fields.Date))
	return doc, nil
}

// mostOpening is how many words of a text stand for its title.
const mostOpening = 15

// opening is the first line of a text, cut to some words, without the point
// at its end.
func opening(text string) string {
	line, _, _ := strings.Cut(text, "\n")
	words, cut := strings.Fields(line), ""
	if len(words) > mostOpening {
		words, cut = words[:mostOpening], "…"
	}
	return strings.TrimRight(strings.Join(words, " "), ".,;:") + cut
}

// recordError says in the words of JSON what is wrong with a record.
func recordError(err error) error {
	var wrong *json.UnmarshalTypeError
	switch {
	case !errors.As(err, &wrong):
		return fmt.Errorf("parse the record: %w", err)
	case wrong.Field == "":
		return fmt.Errorf("the record is a JSON %s, not an object", wrong.Value)
	}
	return fmt.Errorf("%q of the record is a JSON %s", wrong.Field, wrong.Value)
}

// name is a JSON string, or a number as it is written.
type name string

func (n *name) UnmarshalJSON(data []byte) error {
	if data[0] == '"' {
		return json.Unmarshal(data, (*string)(n))
	}
	var number *json.Number
	if err := json.Unmarshal(data, &number); err != nil {
		return fmt.Errorf("neither a string nor a number: %s", data)
	}
	if number != nil {
		*n = name(number.String())
	}
	return nil
}

// lineScanner reads lines of any length up to a limit; a longer one is passed
// over without being held.
type lineScanner struct {
	r     *bufio.Reader
	limit int64
	line  []byte
}

func (r recordReader) lines(in read.Input) (*lineScanner, error) {
	head, err := in.Head()
	if err != nil {
		return nil, err
	}
	source := in.NewReader()
	if wide, ok := charset.Wide(head); ok {
		source = transform.NewReader(source, wide.NewDecoder())
	}
	s := &lineScanner{r: bufio.NewReaderSize(source, 64<<10), limit: r.limits.MaxDocument()}
	if mark, _ := s.r.Peek(3); bytes.Equal(mark, []byte("\ufeff")) {
		_, _ = s.r.Discard(3)
	}
	return s, nil
}

// next returns the next line, valid until the next call; a *LimitError for
// one that is too long, and io.EOF at the end.
func (s *lineScanner) next() ([]byte, error) {
	s.line = s.line[:0]
	var size int64
	for {
		part, err := s.r.ReadSlice('\n')
		size += int64(len(part))
		if size <= s.limit {
			s.line = append(s.line, part...)
		}
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
			continue
		case err != nil && (!errors.Is(err, io.EOF) || size == 0):
			return nil, err
		case size > s.limit:
			return nil, &read.LimitError{Size: size, Limit: s.limit}
		}
		return s.line, nil
	}
}
