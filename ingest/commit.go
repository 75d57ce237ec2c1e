package ingest

import (
	"context"
	"fmt"

	"docent/rag"
)

// recordBatch is the number of file records that are put at once.
const recordBatch = 200

// commit closes a file. What the library holds of it and did not come again is
// lost, provided that all of it could be read.
func (w *writer) commit(ctx context.Context, j job, v fileResult, complete bool) error {
	path := j.file.path
	switch {
	case v.skipped:
		w.report.Skipped++
		w.states[path] = kept
		return nil
	case v.unread:
		w.states[path] = kept
		w.report.Unchanged += len(w.manifest.owned[path])
		return w.record(ctx, *v.record)
	case v.record == nil || !complete:
		w.states[path] = kept
		return w.unrecord(ctx, path)
	case len(w.deferred[path]) > 0:
		w.states[path] = processed
		return nil
	}
	w.states[path] = processed
	if _, ok := w.manifest.files[path]; !ok {
		w.arrived[v.record.Hash] = true
	}
	if lost := w.lostBy(path); len(lost) > 0 {
		w.lost = append(w.lost, lost...)
		w.shrunk = append(w.shrunk, *v.record)
		return nil
	}
	return w.record(ctx, *v.record)
}

// lostBy lists the known documents of a file that nothing claims so far.
func (w *writer) lostBy(path string) []rag.DocumentID {
	if w.options.KeepMissing {
		return nil
	}
	var lost []rag.DocumentID
	for _, id := range w.manifest.owned[path] {
		if _, claimed := w.claims[id]; !claimed {
			lost = append(lost, id)
		}
	}
	return lost
}

// record puts a record on the list, and the list into the library when it is
// long enough.
func (w *writer) record(ctx context.Context, f rag.File) error {
	w.records = append(w.records, f)
	if len(w.records) < recordBatch {
		return nil
	}
	return w.putRecords(ctx)
}

func (w *writer) putRecords(ctx context.Context) error {
	records := w.records
	w.records = w.records[:0]
	if w.options.DryRun || len(records) == 0 {
		return nil
	}
	if err := w.store.PutFiles(ctx, records...); err != nil {
		return fmt.Errorf("record %d files: %w", len(records), err)
	}
	return nil
}

// unrecord makes sure that a file is looked at again.
func (w *writer) unrecord(ctx context.Context, path string) error {
	if _, ok := w.manifest.files[path]; !ok || w.options.DryRun {
		return nil
	}
	if err := w.store.DeleteFiles(ctx, path); err != nil {
		return fmt.Errorf("forget the record of %s: %w", path, err)
	}
	return nil
}

// finish removes what is lost, unless that is held. It comes last, so that
// what moved is found all the while; the records of files that lost something
// come after it, so that a crash in between leaves them to be read again.
func (w *writer) finish(ctx context.Context) error {
	known, err := w.held(ctx)
	if err != nil {
		return err
	}
	lost, held := w.admit(w.removals(), known)
	if w.options.DryRun {
		w.report.Removed = len(lost.documents)
		return nil
	}
	if err := w.hold(ctx, known); err != nil {
		return err
	}
	for _, h := range held {
		for _, f := range h.shrunk {
			if err := w.unrecord(ctx, f.Path); err != nil {
				return err
			}
		}
	}
	if len(lost.documents) > 0 {
		if err := w.store.Delete(ctx, lost.documents...); err != nil {
			return fmt.Errorf("remove %d documents: %w", len(lost.documents), err)
		}
	}
	w.report.Removed = len(lost.documents)
	w.records = append(w.records, lost.shrunk...)
	if err := w.putRecords(ctx); err != nil {
		return err
	}
	if len(lost.gone) == 0 || w.options.KeepMissing {
		return nil
	}
	if err := w.store.DeleteFiles(ctx, lost.gone...); err != nil {
		return fmt.Errorf("forget %d files: %w", len(lost.gone), err)
	}
	return nil
}
