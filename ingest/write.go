package ingest

import (
	"context"
	"fmt"
	"os"

	"docent/rag"
)

// writer takes what the workers find, decides what of it changes the library,
// and is alone in writing to it.
type writer struct {
	*run
	gone []string
	// claims says which file, and line, has each id in this run.
	claims map[rag.DocumentID]claim
	// states of the files of this run.
	states map[string]fileState
	// deferred holds, by file, ids that another file still held when they
	// came, and that may be free once that file is read.
	deferred map[string]map[rag.DocumentID]bool
	// records wait to be put; shrunk are those of files that lost documents,
	// and wait for these to be deleted.
	records, shrunk []rag.File
	lost            []rag.DocumentID
	// devices is what renumbered found.
	devices map[[2]uint64]bool
	// arrived has the hashes of files that are new.
	arrived map[string]bool
}

type claim struct {
	path, uri string
	line      int
}

// fileState says how far a file of the run is.
type fileState int

const (
	// absent files are not in the run.
	absent fileState = iota
	// waiting files are yet to be processed.
	waiting
	// kept files are unchanged, or could not be read: their documents stay.
	kept
	// processed files are read: they hold what they claimed.
	processed
	// vanished files are no longer there.
	vanished
)

func newWriter(r *run, gone []string) writer {
	w := writer{
		run: r, gone: gone,
		claims: make(map[rag.DocumentID]claim), states: make(map[string]fileState),
		deferred: make(map[string]map[rag.DocumentID]bool), arrived: make(map[string]bool),
	}
	for _, path := range gone {
		w.states[path] = vanished
	}
	return w
}

// unchanged counts a file that was not opened.
func (w *writer) unchanged(f sourceFile) {
	w.states[f.path] = kept
	w.report.Unchanged += len(w.manifest.owned[f.path])
}

func (w *writer) await(jobs []job) {
	for _, j := range jobs {
		w.states[j.file.path] = waiting
	}
}

// deferredJobs are the files that must be looked at again for ids that have
// become free since.
func (w *writer) deferredJobs() []job {
	var jobs []job
	for _, f := range w.tree.files {
		if ids := w.deferred[f.path]; len(ids) > 0 {
			jobs = append(jobs, job{file: f, only: ids})
			delete(w.deferred, f.path)
		}
	}
	w.total += len(jobs)
	return jobs
}

// job writes all that comes out of one file.
func (w *writer) job(ctx context.Context, j job) error {
	complete := true
	for {
		var f result
		select {
		case f = <-j.out:
		case <-ctx.Done():
			return ctx.Err()
		}
		switch {
		case f == (result{}): // there was the last
			return nil
		case f.failure != nil:
			w.report.Failed = append(w.report.Failed, *f.failure)
		case f.doc != nil:
			ok, err := w.document(ctx, j.file, f.doc)
			if err != nil {
				return err
			}
			complete = complete && ok
		case f.file != nil:
			w.done++
			if err := w.commit(ctx, j, *f.file, complete); err != nil {
				return err
			}
		}
		if w.options.Progress != nil {
			w.options.Progress(w.done, w.total)
		}
	}
}

// document puts a document unless the library has it or its id is taken; ok
// is false if it is taken.
func (w *writer) document(ctx context.Context, f sourceFile, d *prepared) (ok bool, err error) {
	if other, taken := w.claims[d.ID]; taken {
		w.refuse(f, d, other)
		return false, nil
	}
	old, isKnown := w.manifest.docs[d.ID]
	if isKnown && old.File != f.path {
		switch w.holder(old.File) {
		case waiting:
			w.postpone(f.path, d.ID)
			return true, nil
		case kept:
			w.refuse(f, d, claim{path: old.File, uri: old.File})
			return false, nil
		}
	}
	w.claims[d.ID] = claim{path: f.path, uri: f.uri, line: d.line}
	switch {
	case d.same:
		w.report.Unchanged++
		return true, nil
	case isKnown:
		w.report.Changed++
	default:
		w.report.Added++
	}
	w.report.Passages += len(d.passages)
	if w.options.DryRun {
		return true, nil
	}
	if err := w.store.Put(ctx, d.Document, d.passages); err != nil {
		return false, fmt.Errorf("put %s: %w", d.ID, err)
	}
	return true, nil
}

// holder says how it stands with the file that a known document came from. One
// outside of this run holds what it has for as long as it exists.
func (w *writer) holder(path string) fileState {
	if s := w.states[path]; s != absent {
		return s
	}
	if _, err := os.Lstat(path); missing(err) {
		return vanished
	}
	return kept
}

func (w *writer) postpone(path string, id rag.DocumentID) {
	if w.deferred[path] == nil {
		w.deferred[path] = make(map[rag.DocumentID]bool)
	}
	w.deferred[path][id] = true
}

func (w *writer) refuse(f sourceFile, d *prepared, other claim) {
	err := fmt.Errorf("the id %s is already that of a document in %s", d.ID, other.uri)
	if other.path == f.path {
		err = fmt.Errorf("the id %s is already that of line %d", d.ID, other.line)
	}
	w.report.Failed = append(w.report.Failed, Failure{URI: f.uri, Line: d.line, Err: err})
}
