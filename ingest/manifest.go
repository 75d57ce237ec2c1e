package ingest

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"docent/rag"
)

// manifest is what the library holds before a run.
type manifest struct {
	files map[string]rag.File
	docs  map[rag.DocumentID]rag.DocumentInfo
	// owned lists the documents of each file.
	owned map[string][]rag.DocumentID
	// outdated are the files with a document that an earlier program cut, in a
	// way that is worth reading them again.
	outdated map[string]bool
}

func loadManifest(ctx context.Context, store Store) (manifest, error) {
	m := manifest{
		files: make(map[string]rag.File),
		docs:  make(map[rag.DocumentID]rag.DocumentInfo),
		owned: make(map[string][]rag.DocumentID), outdated: make(map[string]bool),
	}
	for f, err := range store.Files(ctx) {
		if err != nil {
			return manifest{}, fmt.Errorf("list the files on record: %w", err)
		}
		m.files[f.Path] = f
	}
	for d, err := range store.Documents(ctx, rag.Operator()) {
		if err != nil {
			return manifest{}, fmt.Errorf("list the documents of the library: %w", err)
		}
		m.docs[d.ID] = d
		m.owned[d.File] = append(m.owned[d.File], d.ID)
		if d.Structure < rag.StructureVersion {
			m.outdated[d.File] = true
		}
	}
	return m, nil
}

// spaceOf is the space that a file's documents are in, "" where there are none.
func (m manifest) spaceOf(path string) string {
	for _, id := range m.owned[path] {
		return m.docs[id].Space
	}
	return m.files[path].Space
}

// racy is how close to its reading a file's last modification may lie for a
// further one to leave the same time: the coarsest clock of a file system in
// use (FAT) ticks every two seconds.
const racy = 2 * time.Second

// unchanged reports whether a file's size, times and inode prove that it is as it was
// last read into the space, and there is no more to be read in it.
func (m manifest) unchanged(f sourceFile, space string) bool {
	r, ok := m.files[f.path]
	return ok && !m.outdated[f.path] && r.Hash != "" && r.Space == space && r.Size == f.size && r.ModTime.Equal(f.modTime) && f.of(r) &&
		r.Read.Sub(r.ModTime) > racy
}

// vanished lists the files under the targets that the library holds and the
// walk did not meet, in order.
func (m manifest) vanished(targets []root, t tree) []string {
	met := make(map[string]bool, len(t.files))
	for _, f := range t.files {
		met[f.path] = true
	}
	gone := func(path string) bool {
		return path != "" && !met[path] &&
			slices.ContainsFunc(targets, func(p root) bool { return IsUnder(path, p.path) }) &&
			!slices.ContainsFunc(t.unreadable, func(c string) bool { return IsUnder(path, c) })
	}
	paths := slices.AppendSeq(slices.Collect(maps.Keys(m.files)), maps.Keys(m.owned))
	paths = slices.DeleteFunc(paths, func(path string) bool { return !gone(path) })
	slices.Sort(paths)
	return slices.Compact(paths)
}
