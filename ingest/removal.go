package ingest

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"time"

	"docent/rag"
)

// A run removes what its files no longer hold. A folder that is suddenly
// empty, though, is more often a disk that is not mounted or a sync gone wrong
// than a wish, so that a source that would lose too much at once, or anything while
// its disk is another one, loses nothing until somebody says so
// (Options.AnyRemoval) or the time for that is over (Options.Grace).
const (
	// removable is the number of documents that a source may always lose.
	removable = 20
	// removablePercent is the share of a source's documents that may go with
	// more of them.
	removablePercent = 30
)

// removal is what a run would take from one source, which is one of its roots.
type removal struct {
	source    root
	documents []rag.DocumentID
	// gone are the files that are no longer there, and shrunk the records of
	// those that are, without some of their documents.
	gone   []string
	shrunk []rag.File
	// had is how many documents the source had, and claimed how many were found
	// in the run. Of those lost, moved are of files that are there under another
	// name.
	had, claimed, moved int
}

// removals sorts what is lost by source.
func (w *writer) removals() []removal {
	removals := make([]removal, len(w.roots))
	for i, r := range w.roots {
		removals[i].source = r
	}
	if len(w.lost)+len(w.gone)+len(w.shrunk) == 0 {
		return removals
	}
	roots := make(map[string]int, len(removals))
	for i, r := range slices.Backward(removals) {
		roots[r.source.path] = i
	}
	// The roots may be as many as the documents: what is above a path is looked up.
	of := func(path string) *removal {
		for {
			if i, ok := roots[path]; ok {
				return &removals[i]
			}
			above := filepath.Dir(path)
			if above == path {
				return &removal{}
			}
			path = above
		}
	}
	for path, ids := range w.manifest.owned {
		of(path).had += len(ids)
	}
	for _, c := range w.claims {
		of(c.path).claimed++
	}
	for _, id := range w.lost {
		if _, claimed := w.claims[id]; !claimed {
			r := of(w.manifest.docs[id].File)
			r.documents = append(r.documents, id)
		}
	}
	for _, f := range w.shrunk {
		r := of(f.Path)
		r.shrunk = append(r.shrunk, f)
	}
	for _, path := range w.gone {
		r, lost := of(path), w.lostBy(path)
		r.gone = append(r.gone, path)
		r.documents = append(r.documents, lost...)
		if hash := w.manifest.files[path].Hash; hash != "" && w.arrived[hash] {
			r.moved += len(lost)
		}
	}
	return removals
}

// excessive reports whether a removal looks like an accident, together with
// what the source lost lately.
func (r removal) excessive(lately int) bool {
	lost := len(r.documents) - r.moved
	switch {
	case lost == 0:
		return false
	case r.source.dir && len(r.documents) == r.had && r.claimed == 0: // nothing is left
		return true
	}
	return lost+lately > max(removable, (r.had+lately)*removablePercent/100)
}

// admit sorts out the removals that are held, and returns the others as one.
func (w *writer) admit(removals []removal, known map[string]rag.Held) (admitted removal, held []removal) {
	for i, r := range removals {
		away := slices.ContainsFunc(r.gone, w.isAway)
		if !w.options.AnyRemoval && len(r.documents) > 0 && (away || r.excessive(w.lately[i])) {
			h := rag.Held{Path: r.source.path, URI: r.source.uri, Lost: len(r.documents), Of: r.had, Away: away, Since: time.Now()}
			if before, ok := known[h.Path]; ok {
				h.Since = before.Since
			}
			if w.options.Grace == 0 || time.Since(h.Since) < w.options.Grace {
				w.report.Held = append(w.report.Held, h)
				held = append(held, r)
				continue
			}
		}
		w.removed[i] = len(r.documents) - r.moved
		admitted.documents = append(admitted.documents, r.documents...)
		admitted.gone = append(admitted.gone, r.gone...)
		admitted.shrunk = append(admitted.shrunk, r.shrunk...)
	}
	return admitted, held
}

// held are the sources that were held before, by path.
func (w *writer) held(ctx context.Context) (map[string]rag.Held, error) {
	known := make(map[string]rag.Held)
	if h, ok := w.store.(Holder); ok {
		for s, err := range h.Held(ctx) {
			if err != nil {
				return nil, fmt.Errorf("list what is held: %w", err)
			}
			known[s.Path] = s
		}
	}
	return known, nil
}

// hold records what is held now. Of a source of which only a part was looked at,
// what was known stays.
func (w *writer) hold(ctx context.Context, known map[string]rag.Held) error {
	h, ok := w.store.(Holder)
	if !ok || len(known)+len(w.report.Held) == 0 {
		return nil
	}
	var over []string
	for path := range known {
		if slices.ContainsFunc(w.targets, func(t root) bool { return t.path == path }) {
			over = append(over, path)
		}
	}
	now := slices.DeleteFunc(slices.Clone(w.report.Held), func(h rag.Held) bool {
		_, before := known[h.Path]
		return before && !slices.Contains(over, h.Path)
	})
	if err := h.PutHeld(ctx, over, now...); err != nil {
		return fmt.Errorf("record what is held: %w", err)
	}
	return nil
}
