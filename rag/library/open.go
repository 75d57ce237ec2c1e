package library

import (
	"context"
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"sync"

	"modernc.org/sqlite" // the driver of database/sql, and its error type
	lib "modernc.org/sqlite/lib"

	"docent/rag"
)

// ErrFull says that there is no room left on the disk; the library is as it
// was before.
var ErrFull = errors.New("the disk is full")

// ErrReadOnly says that the library cannot be written to.
var ErrReadOnly = errors.New("the library is read-only")

// Options for Open. The zero value opens an existing library of a fingerprint
// without a name, which none has: Fingerprint or AnyFingerprint must be set.
type Options struct {
	// Fingerprint is of the embedder and analysis that the library will be
	// searched with; another one in the file is a *rag.MismatchError.
	Fingerprint rag.Fingerprint
	// AnyFingerprint accepts whatever the file has, to list, remove or Rebuild.
	AnyFingerprint bool
	// Create makes the file, and its directory, when there is none.
	Create bool
	// ReadOnly never writes, and works on media that cannot be written to.
	ReadOnly bool
	// Temporary gives up durability: for a library that its process removes.
	Temporary bool
	// Log is for operators; nil discards.
	Log *slog.Logger
}

// Library implements rag.Library on a SQLite file.
type Library struct {
	path string
	opts Options
	log  *slog.Logger

	read   *sql.DB
	write  *sql.DB // nil when read-only
	writer sync.Mutex
	terms  termCache

	follow follower
}

var _ rag.Library = (*Library)(nil)

// Open opens the library at path. Where there is none, or something else, the
// error is rag.ErrNoLibrary with the reason.
func Open(ctx context.Context, path string, opts Options) (*Library, error) {
	l := &Library{path: path, opts: opts, log: opts.Log, terms: termCache{ids: make(map[string]int64)}}
	if l.log == nil {
		l.log = slog.New(slog.DiscardHandler)
	}
	if err := examine(path, opts.Create && !opts.ReadOnly); err != nil {
		return nil, fmt.Errorf("open library %s: %w", path, err)
	}
	if err := l.connect(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("open library %s: %w", path, noLibrary(err)), l.Close())
	}
	s, err := readState(ctx, l.read)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("open library %s: %w", path, noLibrary(err)), l.Close())
	}
	if !opts.AnyFingerprint && s.fingerprint != opts.Fingerprint {
		return nil, errors.Join(fmt.Errorf("open library %s: %w", path, &rag.MismatchError{Library: s.fingerprint, Program: opts.Fingerprint}), l.Close())
	}
	return l, nil
}

func (l *Library) connect(ctx context.Context) error {
	if !l.opts.ReadOnly {
		return l.connectWriter(ctx)
	}
	l.read = database(l.path, "mode=ro")
	err := check(ctx, l.read)
	if code(err) != lib.SQLITE_CANTOPEN && code(err) != lib.SQLITE_READONLY {
		return err
	}
	// The files that a reader shares with writers cannot be made here, so
	// there is no writer either.
	if err := l.read.Close(); err != nil {
		return err
	}
	l.read = database(l.path, "mode=ro&immutable=1")
	return check(ctx, l.read)
}

func (l *Library) connectWriter(ctx context.Context) error {
	durable := "&_pragma=synchronous(normal)"
	if l.opts.Temporary {
		durable = "&_pragma=synchronous(off)"
	}
	l.write = database(l.path, "_txlock=immediate&_pragma=journal_mode(wal)"+durable)
	l.write.SetMaxOpenConns(1)
	if l.opts.Create {
		if info, err := os.Stat(l.path); err != nil || info.Size() == 0 {
			if err := create(ctx, l.write, l.opts.Fingerprint); err != nil {
				return err
			}
		}
	}
	if err := check(ctx, l.write); err != nil {
		return err
	}
	l.read = database(l.path, "mode=ro")
	return l.read.PingContext(ctx)
}

// database opens no connection yet, so that it cannot fail.
func database(path, query string) *sql.DB {
	dsn := "file:" + (&url.URL{Path: filepath.ToSlash(path)}).EscapedPath() + "?_pragma=busy_timeout(30000)&" + query
	db, err := sql.Open("sqlite", dsn)
	if err != nil {
		panic(fmt.Sprintf("the sqlite driver is compiled in: %v", err))
	}
	db.SetMaxIdleConns(4)
	return db
}

// examine looks at the file before SQLite does: it would make a missing one,
// and notices a cut one only when it comes to the missing part.
func examine(path string, mayCreate bool) error {
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, os.ErrNotExist) && mayCreate:
		return os.MkdirAll(filepath.Dir(path), 0o700)
	case errors.Is(err, os.ErrNotExist):
		return fmt.Errorf("%w: the file does not exist", rag.ErrNoLibrary)
	case err != nil:
		return err
	case info.IsDir():
		return fmt.Errorf("%w: it is a directory", rag.ErrNoLibrary)
	case info.Size() == 0 && mayCreate:
		return nil
	}
	return examineHeader(path, info.Size())
}

// examineHeader reads the fields of the SQLite file format, section 1.3.
func examineHeader(path string, size int64) error {
	f, err := os.Open(path) //nolint:gosec // the path is the operator's choice of library
	if err != nil {
		return err
	}
	defer f.Close()
	var header [100]byte
	if _, err := io.ReadFull(f, header[:]); err != nil || string(header[:16]) != "SQLite format 3\x00" {
		return fmt.Errorf("%w: the file is not a library", rag.ErrNoLibrary)
	}
	page := int64(binary.BigEndian.Uint16(header[16:]))
	if page == 1 {
		page = 65536
	}
	pages := int64(binary.BigEndian.Uint32(header[28:]))
	log, err := os.Stat(path + "-wal")
	if (err != nil || log.Size() == 0) && size < page*pages {
		return fmt.Errorf("%w: the file is cut off after %d of %d bytes", rag.ErrNoLibrary, size, page*pages)
	}
	return nil
}

// Close releases the file. It may be called more than once.
func (l *Library) Close() error {
	errs := []error{l.follow.close()}
	for _, db := range []*sql.DB{l.read, l.write} {
		if db != nil {
			errs = append(errs, db.Close())
		}
	}
	return errors.Join(errs...)
}

// Path is where the library lies.
func (l *Library) Path() string { return l.path }

// code is SQLite's primary result code, 0 for other errors.
func code(err error) int {
	var e *sqlite.Error
	if errors.As(err, &e) {
		return e.Code() & 0xff
	}
	return 0
}

// known gives SQLite's errors the names that callers know.
func known(err error) error {
	switch code(err) {
	case lib.SQLITE_FULL:
		return fmt.Errorf("%w: %w", ErrFull, err)
	case lib.SQLITE_READONLY:
		return fmt.Errorf("%w: %w", ErrReadOnly, err)
	case lib.SQLITE_CORRUPT, lib.SQLITE_NOTADB:
		return fmt.Errorf("%w: the file is damaged: %w", rag.ErrNoLibrary, err)
	}
	return err
}

// noLibrary is known for the errors of opening: whatever does not open is
// none, but for a full disk and a file that may not be written to.
func noLibrary(err error) error {
	named := known(err)
	switch {
	case err == nil, errors.Is(named, ErrFull), errors.Is(named, ErrReadOnly), errors.Is(err, context.Canceled), errors.Is(named, rag.ErrNoLibrary):
		return named
	}
	return fmt.Errorf("%w: %w", rag.ErrNoLibrary, err)
}
