package ingest

import (
	"fmt"
	"time"

	"docent/rag"
)

// Report says what a run did. Its first four counts are documents.
type Report struct {
	// Added documents are new to the library, Changed ones were replaced,
	// Removed ones are gone from their file or with it, and Unchanged ones
	// were found as they were.
	Added, Changed, Removed, Unchanged int
	// Held lists the sources that would have lost so much that nothing of them
	// was removed, in the order of the paths of the run.
	Held []rag.Held
	// Skipped counts the files met in folders that hold nothing to read:
	// pictures, archives, empty files of no known format.
	Skipped int
	// Links counts the symlinks that lead out of the folders of the run, and
	// Ignored the files and folders that are not to be read: by a .gitignore or
	// .docentignore, by Options.Exclude, or as what programs keep for themselves.
	Links, Ignored int
	// Failed lists what could not be read, in the order of the paths.
	Failed []Failure
	// Passages counts those of the documents added and changed.
	Passages int
	Elapsed  time.Duration
}

// Quiet reports whether a run neither changed nor failed nor held anything.
func (r Report) Quiet() bool {
	return r.Added+r.Changed+r.Removed+len(r.Held)+len(r.Failed) == 0
}

// Failure is a path, or one line of a file of records, that was not read.
type Failure struct {
	// URI is the path as it was given.
	URI string
	// Line is that of a record, from 1; 0 for a whole file or folder.
	Line int
	Err  error
}

func (f Failure) Error() string {
	if f.Line > 0 {
		return fmt.Sprintf("%s:%d: %v", f.URI, f.Line, f.Err)
	}
	return fmt.Sprintf("%s: %v", f.URI, f.Err)
}

// Unwrap returns the reason.
func (f Failure) Unwrap() error { return f.Err }
