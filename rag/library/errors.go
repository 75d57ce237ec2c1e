package library

import (
	"context"
	"errors"
	"fmt"
	"slices"
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
	if isNamed(err) {
		return err
	}
	switch sqliteCode(err) {
	case lib.SQLITE_FULL:
		return fmt.Errorf("%w: %w", ErrFull, err)
	case lib.SQLITE_READONLY:
		return fmt.Errorf("%w: %w", ErrReadOnly, err)
	case lib.SQLITE_CORRUPT, lib.SQLITE_NOTADB:
		return fmt.Errorf("%w: %w: %w", rag.ErrNoLibrary, ErrDamaged, err)
	}
	if altered := new(alteredError); errors.As(err, &altered) {
		err = altered // without what database/sql says of columns
	}
	if isDamage(err) {
		return fmt.Errorf("%w: %w", rag.ErrNoLibrary, err)
	}
	// database/sql has no other sign of a column that holds another type than
	// was ever put there.
	if err != nil && strings.Contains(err.Error(), "sql: Scan error") {
		return fmt.Errorf("%w: %w: %w", rag.ErrNoLibrary, ErrDamaged, err)
	}
	return err
}

// openError is translate for the errors of opening: whatever does not open is no
// library, but for a full disk and a file that may not be written to.
func openError(err error) error {
	if err = translate(err); isNamed(err) {
		return err
	}
	return fmt.Errorf("%w: %w", rag.ErrNoLibrary, err)
}

// isDamage reports whether an error is of what the file holds.
func isDamage(err error) bool { return errors.Is(err, ErrDamaged) }

// isNamed reports whether callers know the error by a name already.
func isNamed(err error) bool {
	return slices.ContainsFunc([]error{ErrFull, ErrReadOnly, rag.ErrNoLibrary, context.Canceled, context.DeadlineExceeded}, func(name error) bool { return errors.Is(err, name) })
}

// annotate says what failed, if something did, in words that callers know.
func annotate(err error, format string, args ...any) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf(format+": %w", append(args, translate(err))...)
}
