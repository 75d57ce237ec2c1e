package library

import (
	"context"
	"fmt"
	"os"

	"docent/rag"
)

// Stats describes a library as a whole.
type Stats struct {
	Documents, Passages int
	// TextBytes is the size of all texts, FileBytes that of the library's file
	// and its log.
	TextBytes, FileBytes int64
	// Spaces and Languages count documents.
	Spaces, Languages map[string]int
	// Outdated counts, by their files, the documents that an earlier program cut
	// and that are worth reading again.
	Outdated    map[string]int
	Fingerprint rag.Fingerprint
	// Rebuilding is what an unfinished rebuild is for, "" where there is none,
	// and Rebuilt the number of documents that it has done.
	Rebuilding string
	Rebuilt    int
}

// Stats counts what the library holds, for its operator.
func (l *Library) Stats(ctx context.Context) (Stats, error) {
	st := Stats{Spaces: make(map[string]int), Languages: make(map[string]int), Outdated: make(map[string]int)}
	s, err := readState(ctx, l.read)
	if err != nil {
		return st, fmt.Errorf("read the library's state: %w", translate(err))
	}
	st.Fingerprint, st.Rebuilding = s.fingerprint, s.rebuilding
	if err := l.read.QueryRowContext(ctx, `SELECT count(*) FROM entries WHERE generation = ?`, s.generation+1).Scan(&st.Rebuilt); err != nil {
		return st, fmt.Errorf("look for an unfinished rebuild: %w", translate(err))
	}
	for info, err := range l.Documents(ctx, rag.Operator()) {
		if err != nil {
			return st, err
		}
		st.Documents++
		st.Passages += info.Passages
		st.TextBytes += int64(info.Bytes)
		st.Spaces[info.Space]++
		st.Languages[info.Language]++
		if info.Structure < rag.StructureVersion {
			st.Outdated[info.File]++
		}
	}
	for _, beside := range []string{"", "-wal"} { // beside a writer, much is in its log
		info, err := os.Stat(l.path + beside)
		if err != nil && beside == "" {
			return st, fmt.Errorf("measure the library: %w", err)
		}
		if err == nil {
			st.FileBytes += info.Size()
		}
	}
	return st, nil
}
