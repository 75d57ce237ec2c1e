package ingest

import (
	"context"
	"fmt"
	"slices"
	"time"

	"docent/rag"
)

// known is what the library holds before a run.
type known struct {
	files map[string]rag.File
	docs  map[rag.DocumentID]rag.DocumentInfo
	// owned lists the documents of each file.
	owned map[string][]rag.DocumentID
}

func load(ctx context.Context, store Store) (known, error) {
	k := known{
		files: make(map[string]rag.File),
		docs:  make(map[rag.DocumentID]rag.DocumentInfo),
		owned: make(map[string][]rag.DocumentID),
	}
	for f, err := range store.Files(ctx) {
		if err != nil {
			return known{}, fmt.Errorf("list the files on record: %w", err)
		}
		k.files[f.Path] = f
	}
	for d, err := range store.Documents(ctx, rag.Operator()) {
		if err != nil {
			return known{}, fmt.Errorf("list the documents of the library: %w", err)
		}
		k.docs[d.ID] = d
		k.owned[d.File] = append(k.owned[d.File], d.ID)
	}
	return k, nil
}

// racy is how close to its reading a file's last modification may lie for a
// further one to leave the same time: the coarsest clock of a file system in
// use (FAT) ticks every two seconds.
const racy = 2 * time.Second

// untouched reports whether a file's size and time prove that it is as it was
// last read into the space.
func (k known) untouched(f found, space string) bool {
	r, ok := k.files[f.path]
	return ok && r.Hash != "" && r.Space == space && r.Size == f.size && r.ModTime.Equal(f.modTime) &&
		r.Read.Sub(r.ModTime) > racy
}

// vanished lists the files under the places that the library holds and the
// walk did not meet, in order.
func (k known) vanished(places []root, t tree) []string {
	met := make(map[string]bool, len(t.files))
	for _, f := range t.files {
		met[f.path] = true
	}
	gone := func(path string) bool {
		return path != "" && !met[path] &&
			slices.ContainsFunc(places, func(p root) bool { return under(path, p.path) }) &&
			!slices.ContainsFunc(t.closed, func(c string) bool { return under(path, c) })
	}
	set := make(map[string]bool)
	for path := range k.files {
		set[path] = gone(path)
	}
	for path := range k.owned {
		set[path] = gone(path)
	}
	var paths []string
	for path, isGone := range set {
		if isGone {
			paths = append(paths, path)
		}
	}
	slices.Sort(paths)
	return paths
}
