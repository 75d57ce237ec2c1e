package library

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"modernc.org/sqlite" // the driver of database/sql, and its error type
	lib "modernc.org/sqlite/lib"

	"docent/rag"
)

// ErrFull says that there is no room left on the disk; the library is as it
// was before.
var ErrFull = errors.New("the disk is full")

// ErrReadOnly says that the library cannot be written to.
var ErrReadOnly = errors.New("the library is read-only")

// sqliteCode is SQLite's primary result code, 0 for other errors.
func sqliteCode(err error) int {
	var e *sqlite.Error
	if errors.As(err, &e) {
		return e.Code() & 0xff
	}
	return 0
}

// translate gives SQLite's errors the names that callers know.
func translate(err error) error {
	switch sqliteCode(err) {
	case lib.SQLITE_FULL:
		return fmt.Errorf("%w: %w", ErrFull, err)
	case lib.SQLITE_READONLY:
		return fmt.Errorf("%w: %w", ErrReadOnly, err)
	case lib.SQLITE_CORRUPT, lib.SQLITE_NOTADB:
		return fmt.Errorf("%w: the file is damaged: %w", rag.ErrNoLibrary, err)
	}
	// database/sql has no other sign of a column that holds another type than
	// was ever put there.
	if err != nil && strings.Contains(err.Error(), "sql: Scan error") {
		return fmt.Errorf("%w: the file is damaged: %w", rag.ErrNoLibrary, err)
	}
	return err
}

// openError is translate for the errors of opening: whatever does not open is no
// library, but for a full disk and a file that may not be written to.
func openError(err error) error {
	named := translate(err)
	for _, reason := range []error{ErrFull, ErrReadOnly, rag.ErrNoLibrary, context.Canceled, context.DeadlineExceeded} {
		if errors.Is(named, reason) {
			return named
		}
	}
	return fmt.Errorf("%w: %w", rag.ErrNoLibrary, err)
}
