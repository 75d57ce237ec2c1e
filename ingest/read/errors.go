package read

import (
	"errors"
	"fmt"
	"strings"
)

// ErrEmpty says that a document has no text.
var ErrEmpty = errors.New("no text in it")

// ErrProtected says that a document is encrypted and that none of the
// passwords given opens it.
var ErrProtected = errors.New("password protected")

// ErrScanned says that all pages of a document are pictures, and that there
// is no OCR to read them with.
var ErrScanned = errors.New("scanned, no text")

// MemberError says that one document of an archive or mailbox failed; the
// others are read all the same.
type MemberError struct {
	// Member is the path within the file, as in Document.Member.
	Member string
	Err    error
}

func (e *MemberError) Error() string { return fmt.Sprintf("%s: %v", e.Member, e.Err) }

// Unwrap returns the reason.
func (e *MemberError) Unwrap() error { return e.Err }

// LineError says that one line of a file of records failed; the other lines
// are read all the same.
type LineError struct {
	// Line is counted from 1.
	Line int
	Err  error
}

func (e *LineError) Error() string { return fmt.Sprintf("line %d: %v", e.Line, e.Err) }

// Unwrap returns the reason.
func (e *LineError) Unwrap() error { return e.Err }

// UnsupportedError says that no format fits a file.
type UnsupportedError struct {
	// Found is what the file was recognised as ("PDF"), "" when not at all.
	Found string
	// Read lists the formats that are read, with their extensions.
	Read []string
}

func (e *UnsupportedError) Error() string {
	found := e.Found
	if found == "" {
		found = "a file of unknown kind without text"
	}
	return fmt.Sprintf("cannot read %s; formats read: %s", found, strings.Join(e.Read, ", "))
}

// LimitError says that a document is larger than a limit.
type LimitError struct {
	// Size is in bytes, or 0 where it was not measured to the end.
	Size int64
	// Limit is in bytes.
	Limit int64
}

func (e *LimitError) Error() string {
	if e.Size == 0 {
		return fmt.Sprintf("larger than the limit of %s for one document", Mebibytes(e.Limit))
	}
	return fmt.Sprintf("%s is larger than the limit of %s for one document", Mebibytes(e.Size), Mebibytes(e.Limit))
}

// Mebibytes is a number of bytes as people read it.
func Mebibytes(n int64) string {
	if n < 1<<20 {
		return fmt.Sprintf("%d bytes", n)
	}
	return fmt.Sprintf("%.4g MiB", float64(n)/(1<<20))
}

// StruckWarning says how many runs were left out for being struck through.
func StruckWarning(n int) []string {
	if n == 0 {
		return nil
	}
	return []string{Count(n, "struck-through run") + " left out"}
}

// Count is a number of things as people read it.
func Count(n int, thing string) string {
	if n != 1 {
		thing += "s"
	}
	return fmt.Sprintf("%d %s", n, thing)
}

// MaxNested is how many archives may stand around a document.
const MaxNested = 2

// newMemberError says where in an archive within the archive a failure lies.
func newMemberError(name string, err error) error {
	var inner *MemberError
	if errors.As(err, &inner) {
		return &MemberError{Member: name + "/" + inner.Member, Err: inner.Err}
	}
	return &MemberError{Member: name, Err: err}
}
