package library

import (
	"context"
	"errors"
	"fmt"

	"docent/rag"
)

// ErrRebuilt says that the library was rebuilt for another embedder while this
// program searched or filled it with the old one. It comes with a
// *rag.MismatchError.
var ErrRebuilt = errors.New("the library was rebuilt for another embedder meanwhile, and must be opened anew with that")

// ErrRebuilding says that somebody began to rebuild the library for yet
// another embedder, so that this rebuild is off.
var ErrRebuilding = errors.New("another rebuild has been begun, for another embedder")

// Indexer gives passages the terms and vectors that they are found by;
// retrieve.Indexer is one.
type Indexer interface {
	// Index sets Terms and Vector of the passages of one document.
	Index(ctx context.Context, doc rag.DocumentInfo, passages []rag.Passage) error
	// Fingerprint says whose terms and vectors those are.
	Fingerprint() rag.Fingerprint
}

// Rebuild indexes every stored passage anew, as the indexer does it now. The
// new entries are written beside the old, some documents at a time, so that
// searching and ingesting go on and an interrupted rebuild is taken up where
// it stopped, to the document, if it is for the same embedder; one for another
// is thrown away. Then one transaction switches. Processes that search with
// the old embedder get ErrRebuilt from then on, others follow.
//
// progress tells how many documents have been indexed, first how many there
// were already; it may be nil. The library must have been opened with
// Options.Fingerprint of the indexer, and AnyFingerprint.
func (l *Library) Rebuild(ctx context.Context, indexer Indexer, progress func(done, total int)) error {
	return annotate(l.rebuild(ctx, indexer, progress), "rebuild")
}

func (l *Library) rebuild(ctx context.Context, indexer Indexer, progress func(done, total int)) error {
	if got := indexer.Fingerprint(); got != l.opts.Fingerprint {
		return fmt.Errorf("the library was opened for %s, not for %s", l.opts.Fingerprint, got)
	}
	next, err := l.nextGeneration(ctx)
	if err != nil {
		return err
	}
	// Documents that come in meanwhile have no entry yet: go over them until
	// the switch finds none.
	for switched := false; !switched; {
		if err := l.reindexAll(ctx, indexer, next, progress); err != nil {
			return err
		}
		if switched, err = l.switchTo(ctx, next); err != nil {
			return err
		}
	}
	return l.dropOldGenerations(ctx)
}

// nextGeneration returns the generation that is being rebuilt, if its
// fingerprint is still the one wanted, or a new one.
func (l *Library) nextGeneration(ctx context.Context) (int64, error) {
	var next int64
	err := l.change(ctx, func(ctx context.Context, w *writer) error {
		s, err := w.state(ctx)
		next = s.generation + 1
		wanted := l.opts.Fingerprint.String()
		if err != nil || s.rebuilding == wanted {
			return err
		}
		if err := w.exec(ctx, `DELETE FROM entries WHERE generation > ?`, s.generation); err != nil {
			return err
		}
		return w.exec(ctx, `INSERT OR REPLACE INTO meta VALUES ('rebuilding', ?)`, wanted)
	})
	return next, err
}

// rebuilding checks, in the transaction that writes, that the generation is
// still being rebuilt for the fingerprint wanted. done is set where another
// process has switched to it already.
func (l *Library) rebuilding(ctx context.Context, w *writer, generation int64) (done bool, err error) {
	s, err := w.state(ctx)
	switch {
	case err != nil:
		return false, err
	case s.generation == generation && s.fingerprint == l.opts.Fingerprint:
		return true, nil
	case s.generation+1 != generation || s.rebuilding != l.opts.Fingerprint.String():
		return false, ErrRebuilding
	}
	return false, nil
}

// switchTo makes the generation the one that is searched, unless a document
// is still without an entry of it.
func (l *Library) switchTo(ctx context.Context, generation int64) (switched bool, err error) {
	err = l.change(ctx, func(ctx context.Context, w *writer) error {
		if switched, err = l.rebuilding(ctx, w, generation); err != nil || switched {
			return err
		}
		var missing bool
		if err := w.get(ctx, `SELECT EXISTS (SELECT 1 FROM documents d WHERE `+pending+`)`, []any{generation}, &missing); err != nil || missing {
			return err
		}
		if err := w.putFingerprint(ctx, l.opts.Fingerprint, generation); err != nil {
			return err
		}
		switched = true
		return w.exec(ctx, `DELETE FROM meta WHERE key = 'rebuilding'`)
	})
	if err != nil || !switched {
		return false, err
	}
	// The index in memory is of the old generation; nobody may make do with it.
	l.refresher.now.Store(nil)
	return true, nil
}
