package library

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"docent/rag"
)

// Lost is a document that a repair had to remove.
type Lost struct {
	ID rag.DocumentID
	// File is where it may be read again, "" where that is not known either.
	File string
}

// Repair mends what Check found, a document at a time: a text by its passages, a
// passage by the text, where their checksums prove that they are what was
// stored; and the index by its passages. A document that cannot be mended is
// removed, and its file forgotten, so that the next ingest reads it again.
//
// Where the file itself is damaged, all that can be read is put into a new one,
// which takes its place: the library is closed then and must be opened anew, and
// nobody else may have it open (ErrInUse). The options must be those of Rebuild.
func (l *Library) Repair(ctx context.Context, indexer Indexer, faults []Fault) ([]Lost, error) {
	lost, err := l.repair(ctx, indexer, faults)
	return lost, annotate(err, "repair")
}

func (l *Library) repair(ctx context.Context, indexer Indexer, faults []Fault) (lost []Lost, err error) {
	if slices.ContainsFunc(faults, func(f Fault) bool { return f.inFile }) {
		return l.salvage(ctx, indexer)
	}
	seen := make(map[rag.DocumentID]bool)
	for _, f := range faults {
		if f.Document == "" || seen[f.Document] {
			continue
		}
		seen[f.Document] = true
		gone, err := l.mend(ctx, f.Document)
		if err != nil {
			return lost, err
		}
		if gone != nil {
			lost = append(lost, *gone)
		} else if err := l.reenter(ctx, indexer, f.Document); err != nil {
			return lost, err
		}
	}
	return lost, l.change(ctx, func(ctx context.Context, w *writer) error {
		return errors.Join(w.exec(ctx, `DELETE `+strayPassages), w.exec(ctx, `DELETE `+strayEntries))
	})
}

// mend mends the text and the passages of a document, or removes it.
func (l *Library) mend(ctx context.Context, id rag.DocumentID) (lost *Lost, err error) {
	err = l.changeDocuments(ctx, func(ctx context.Context, w *writer, s state) error {
		c := checking{tx: w.conn, state: s}
		var d checked
		err := w.conn.QueryRowContext(ctx, checkedQuery+` WHERE d.id = ?`, s.generation, string(id)).Scan(d.fields()...)
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		passages, err := c.slices(ctx, d.row)
		if err != nil {
			return err
		}
		mended, err := w.mendText(ctx, &d, passages)
		if err == nil && mended {
			mended, err = w.mendPassages(ctx, d, passages)
		}
		if err != nil || mended {
			return err
		}
		lost = &Lost{ID: id, File: d.file}
		if err := w.exec(ctx, `DELETE FROM files WHERE path = ?`, d.file); err != nil {
			return err
		}
		return w.remove(ctx, id, s)
	})
	return lost, err
}

// mendText is false where the text is lost.
func (w *writer) mendText(ctx context.Context, d *checked, passages []slice) (bool, error) {
	if !d.known || len(passages) != d.passages {
		return false, nil
	}
	if d.whole {
		return true, nil
	}
	text := []byte(d.text)
	for _, p := range passages {
		if p.intact && 0 <= p.start && p.start+len(p.text) == p.end && p.end <= len(text) {
			copy(text[p.start:], p.text)
		}
	}
	d.text = string(text)
	if sum, _ := sumValues(nil, []driver.Value{d.text}); sum != d.sum {
		return false, nil
	}
	return true, w.exec(ctx, `UPDATE documents SET text = ? WHERE row = ?`, d.text, d.row)
}

// mendPassages is false where one is lost.
func (w *writer) mendPassages(ctx context.Context, d checked, passages []slice) (bool, error) {
	for i, p := range passages {
		if p.n != i+1 {
			return false, nil
		}
		if p.intact && isSlice(d.text, p) {
			continue
		}
		if p.start < 0 || p.start > p.end || p.end > len(d.text) {
			return false, nil
		}
		if err := w.exec(ctx, `UPDATE passages SET text = ? WHERE document = ? AND n = ?`, d.text[p.start:p.end], d.row, p.n); err != nil {
			return false, err
		}
		var mended bool
		if err := w.get(ctx, `SELECT `+intactPassage+` FROM passages p WHERE document = ? AND n = ?`, []any{d.row, p.n}, &mended); err != nil || !mended {
			return false, err
		}
	}
	return true, nil
}

// reenter makes the entry of a document anew.
func (l *Library) reenter(ctx context.Context, indexer Indexer, id rag.DocumentID) error {
	s := stored{info: rag.DocumentInfo{ID: id}}
	if err := l.read.QueryRowContext(ctx, `SELECT d.row, `+infoColumns+` FROM documents d WHERE d.id = ?`, string(id)).
		Scan(append([]any{&s.row}, infoFields(&s.info)...)...); err != nil {
		return err
	}
	var err error
	if s.passages, err = passagesOf(ctx, l.read, s); err != nil {
		return err
	}
	if err := indexer.Index(ctx, s.info, s.passages); err != nil {
		return err
	}
	return l.changeDocuments(ctx, func(ctx context.Context, w *writer, now state) error {
		if now.fingerprint != indexer.Fingerprint() {
			return &rag.MismatchError{Library: now.fingerprint, Program: indexer.Fingerprint()}
		}
		var exists bool
		if err := w.get(ctx, `SELECT EXISTS (SELECT 1 FROM documents WHERE row = ?)`, []any{s.row}, &exists); err != nil || !exists {
			return err
		}
		return w.addEntry(ctx, s.row, now.generation, s.passages)
	})
}

// salvage puts all documents that can be read into a new file.
func (l *Library) salvage(ctx context.Context, indexer Indexer) (lost []Lost, err error) {
	dir, err := workBeside(l.path)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	path := filepath.Join(dir, UnpackedLibrary)
	to, err := Open(ctx, path, Options{Create: true, Fingerprint: indexer.Fingerprint(), Log: l.log})
	if err != nil {
		return nil, err
	}
	lost, err = l.pour(ctx, indexer, to)
	if err = errors.Join(err, to.Close()); err != nil {
		return lost, err
	}
	// What is damaged is not brought up to date in its file.
	l.checkpointOnClose = nil
	if err := l.Close(); err != nil {
		return lost, err
	}
	return lost, replace(ctx, path, l.path)
}

// pour looks at every row there ever was: a damaged page may hide others from a
// scan. The files are not copied, so that the next ingest looks at all of them.
func (l *Library) pour(ctx context.Context, indexer Indexer, to *Library) (lost []Lost, err error) {
	var last int64
	if err := l.read.QueryRowContext(ctx, `SELECT seq FROM sqlite_sequence WHERE name = 'documents'`).Scan(&last); err != nil {
		return nil, err
	}
	for row := int64(1); row <= last; row++ {
		r, err := readWhole(ctx, l.read, `d.row = ?`, row)
		switch {
		case errors.Is(err, sql.ErrNoRows):
			continue
		case isDamage(err):
			gone := Lost{ID: rag.DocumentID(fmt.Sprint("in row ", row))}
			// As far as it can be read.
			_ = l.read.QueryRowContext(ctx, `SELECT id, file FROM documents WHERE row = ?`, row).Scan(&gone.ID, &gone.File)
			lost = append(lost, gone)
			continue
		case err != nil:
			return lost, err
		}
		if err := indexer.Index(ctx, r.Document.DocumentInfo, r.Passages); err != nil {
			return lost, err
		}
		if err := to.Put(ctx, r.Document, r.Passages); err != nil {
			return lost, err
		}
	}
	return lost, nil
}
