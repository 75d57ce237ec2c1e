package library

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"

	"docent/rag"
)

// Fault is something that is wrong with a library. It is an error.
type Fault struct {
	// Document is the one that is concerned, "" for the file as a whole.
	Document rag.DocumentID
	// Problem says what is wrong.
	Problem string
	// inFile faults are of the file, not of what is stored in it.
	inFile bool
}

func (f Fault) Error() string {
	if f.Document == "" {
		return f.Problem
	}
	return fmt.Sprintf("document %s: %s", f.Document, f.Problem)
}

// mostFaults bounds what SQLite tells of a file.
const mostFaults = 100

// Check holds all that is stored against itself: SQLite's own check, the checksums
// of texts, passages and index entries, passages against the text that they are
// slices of, and the index against the record. Damage is no error.
func (l *Library) Check(ctx context.Context) ([]Fault, error) {
	tx, err := l.read.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return nil, annotate(err, "check")
	}
	defer func() { _ = tx.Rollback() }()
	c := checking{tx: tx, terms: make(map[int64]bool)}
	if err := c.all(ctx); err != nil {
		if err = translate(err); !isDamage(err) {
			return nil, annotate(err, "check")
		}
		c.faults = append(c.faults, Fault{Problem: err.Error(), inFile: true})
	}
	return c.faults, nil
}

// CheckFile is SQLite's own check of a database.
func CheckFile(ctx context.Context, path string) ([]Fault, error) {
	db := database(path, "mode=ro")
	defer db.Close()
	c := checking{tx: db}
	err := c.file(ctx)
	if isDamage(translate(err)) {
		c.faults, err = append(c.faults, Fault{Problem: err.Error(), inFile: true}), nil
	}
	return c.faults, annotate(err, "check %s", path)
}

// checking is a check of one state of a library.
type checking struct {
	tx     querier
	state  state
	terms  map[int64]bool // their numbers
	faults []Fault
}

func (c *checking) found(id rag.DocumentID, format string, args ...any) {
	c.faults = append(c.faults, Fault{Document: id, Problem: fmt.Sprintf(format, args...)})
}

func (c *checking) all(ctx context.Context) (err error) {
	if err := c.file(ctx); err != nil || len(c.faults) > 0 {
		return err // what a damaged page leads to says nothing of the rest
	}
	if c.state, err = readState(ctx, c.tx); err != nil {
		return err
	}
	for id, err := range each(ctx, c.tx, "list the terms", func(id *int64) []any { return []any{id} }, `SELECT id FROM terms`) {
		if err != nil {
			return err
		}
		c.terms[id] = true
	}
	for d, err := range each(ctx, c.tx, "read the documents", func(d *checked) []any { return d.fields() }, checkedQuery+` ORDER BY d.row`, c.state.generation) {
		if err != nil {
			return err
		}
		if err := c.document(ctx, d); err != nil {
			return err
		}
	}
	return c.strays(ctx)
}

// file is SQLite's check of pages, of the order of rows and of its own indexes.
func (c *checking) file(ctx context.Context) error {
	for line, err := range each(ctx, c.tx, "check the file", func(s *string) []any { return []any{s} }, fmt.Sprintf(`PRAGMA integrity_check(%d)`, mostFaults)) {
		if err != nil {
			return err
		}
		if line != "ok" {
			c.faults = append(c.faults, Fault{Problem: line, inFile: true})
		}
	}
	return nil
}

// checked is a document with what its checksums say.
type checked struct {
	row          int64
	id           rag.DocumentID
	file         string
	passages     int
	known, whole bool
	text         string
	sum          int64 // of the text, as it was stored
	entry        []byte
}

const checkedQuery = `SELECT d.row, d.id, d.file, d.passages, ` + intactDocument + `, ` + intactText + `, d.text, d.textsum, e.data
	FROM documents d LEFT JOIN entries e ON e.generation = ? AND e.document = d.row`

func (d *checked) fields() []any {
	return []any{&d.row, &d.id, &d.file, &d.passages, &d.known, &d.whole, &d.text, &d.sum, &d.entry}
}

// slice is a passage with what its checksum says.
type slice struct {
	n, start, end int
	intact        bool
	text          []byte
}

func (c *checking) slices(ctx context.Context, row int64) (list []slice, err error) {
	for s, err := range each(ctx, c.tx, "read passages", func(s *slice) []any { return []any{&s.n, &s.start, &s.end, &s.intact, &s.text} },
		`SELECT p.n, p.start, p.end, `+intactPassage+`, p.text FROM passages p WHERE p.document = ? ORDER BY p.n`, row) {
		if err != nil {
			return nil, err
		}
		list = append(list, s)
	}
	return list, nil
}

func (c *checking) document(ctx context.Context, d checked) error {
	if !d.known {
		c.found(d.id, "what is known of it is not what was stored")
	}
	if !d.whole {
		c.found(d.id, "its text is not what was stored")
	}
	passages, err := c.slices(ctx, d.row)
	if err != nil {
		return err
	}
	if len(passages) != d.passages {
		c.found(d.id, "it has %d passages, not %d", len(passages), d.passages)
	}
	for i, p := range passages {
		switch {
		case !p.intact:
			c.found(d.id, "passage %d is not what was stored", p.n)
		case p.n != i+1:
			c.found(d.id, "passage %d is missing", i+1)
		case d.whole && !isSlice(d.text, p):
			c.found(d.id, "passage %d is not bytes %d to %d of the text", p.n, p.start, p.end)
		}
	}
	c.index(d)
	return nil
}

func isSlice(text string, p slice) bool {
	return 0 <= p.start && p.start <= p.end && p.end <= len(text) && bytes.Equal(p.text, []byte(text[p.start:p.end]))
}

// index holds the entry of a document against it.
func (c *checking) index(d checked) {
	if d.entry == nil {
		c.found(d.id, "it is not in the index")
		return
	}
	unknown := 0
	n, err := readEntry(d.entry, c.state.fingerprint.Dimension, func(id int64) {
		if !c.terms[id] {
			unknown++
		}
	})
	switch {
	case err != nil:
		c.found(d.id, "its entry in the index is not what was stored")
	case n != d.passages:
		c.found(d.id, "its entry in the index has %d passages, not %d", n, d.passages)
	case unknown > 0:
		c.found(d.id, "its entry in the index has %d terms that nobody knows", unknown)
	}
}

// strays are rows without a document.
func (c *checking) strays(ctx context.Context) error {
	for table, stray := range map[string]string{"passages": strayPassages, "entries": strayEntries} {
		var n int
		if err := c.tx.QueryRowContext(ctx, `SELECT count(*) `+stray).Scan(&n); err != nil {
			return err
		}
		if n > 0 {
			c.found("", "%d %s are of no document", n, table)
		}
	}
	return nil
}

const (
	strayPassages = `FROM passages WHERE document NOT IN (SELECT row FROM documents)`
	strayEntries  = `FROM entries WHERE document NOT IN (SELECT row FROM documents)`
)
