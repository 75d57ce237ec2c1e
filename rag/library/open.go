package library

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"time"

	lib "modernc.org/sqlite/lib"

	"docent/rag"
)

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
	// ReadOnly writes nothing but what brings an older library up to date, and
	// works on media that cannot be written to.
	ReadOnly bool
	// KeepRemoved is how long what was removed can be had back; 0 means
	// DefaultKeepRemoved, and less not at all.
	KeepRemoved time.Duration
	// Temporary gives up durability: for a library that its process removes.
	Temporary bool
	// Log is for operators; nil discards.
	Log *slog.Logger

	// migrations are those of the program, or a test's.
	migrations []migration
}

// Library implements rag.Library on a SQLite file.
type Library struct {
	path string
	opts Options
	log  *slog.Logger
	// file tells whether another one has taken the path.
	file os.FileInfo

	read      *sql.DB
	writer    *writer // nil when read-only
	refresher refresher
	// checkpointOnClose is nil where there is nothing to checkpoint.
	checkpointOnClose func() error
}

var _ rag.Library = (*Library)(nil)

// Open opens the library at path. Where there is none, or something else, the
// error is rag.ErrNoLibrary with the reason; one of an older layout is brought
// up to date. Its cost does not depend on the library's size but then; Load's
// does.
func Open(ctx context.Context, path string, opts Options) (*Library, error) {
	if opts.Log == nil {
		opts.Log = slog.New(slog.DiscardHandler)
	}
	if opts.migrations == nil {
		opts.migrations = migrations()
	}
	l := &Library{path: path, opts: opts, log: opts.Log, refresher: refresher{turn: make(turn, 1)}}
	if err := l.open(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("open library %s: %w", path, err), l.Close())
	}
	return l, nil
}

func (l *Library) open(ctx context.Context) error {
	if err := checkFile(l.path, l.opts.Create && !l.opts.ReadOnly); err != nil {
		return err
	}
	connect := l.connectWriter
	if l.opts.ReadOnly {
		connect = l.connectReader
	}
	err := connect(ctx)
	if l.opts.ReadOnly && migratable(err) {
		err = l.migrateToRead(ctx, err)
	}
	if err != nil {
		return openError(err)
	}
	s, err := readState(ctx, l.read)
	if err != nil {
		return openError(err)
	}
	if !l.opts.AnyFingerprint && s.fingerprint != l.opts.Fingerprint {
		return &rag.MismatchError{Library: s.fingerprint, Program: l.opts.Fingerprint}
	}
	if l.file, err = os.Stat(l.path); err != nil || l.writer == nil {
		return err
	}
	if !l.opts.Temporary {
		l.checkpointOnClose = func() error { return l.Checkpoint(context.WithoutCancel(ctx)) }
	}
	return translate(l.compact(ctx))
}

func (l *Library) connectReader(ctx context.Context) error {
	l.read = database(l.path, "mode=ro")
	err := checkSchema(ctx, l.read, l.opts.layout())
	if sqliteCode(err) != lib.SQLITE_CANTOPEN && sqliteCode(err) != lib.SQLITE_READONLY {
		return err
	}
	// The files that a reader shares with writers cannot be made here, so
	// there is no writer either.
	if hasLog(l.path) {
		return fmt.Errorf("%w: its last changes lie in %s-wal, which can only be read where it can be written: open it there once", rag.ErrNoLibrary, l.path)
	}
	if err := l.read.Close(); err != nil {
		return err
	}
	l.read = database(l.path, "mode=ro&immutable=1")
	return checkSchema(ctx, l.read, l.opts.layout())
}

func (l *Library) connectWriter(ctx context.Context) error {
	w, err := newWriter(ctx, l.path, l.opts)
	if err != nil {
		return err
	}
	l.writer = w
	l.read = database(l.path, "mode=ro")
	return l.read.PingContext(ctx)
}

// ensureWritable tells early, and in words, what SQLite tells at the first
// change: that the file cannot be written to. A file that it makes is for its
// owner alone, one that others may read is made so, and SQLite gives its log
// and its shared memory the mode of the file.
func ensureWritable(path string, opts Options) error {
	flags := os.O_RDWR
	if opts.Create {
		flags |= os.O_CREATE
	}
	f, err := os.OpenFile(path, flags, privateMode)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrReadOnly, err)
	}
	if err := f.Close(); err != nil {
		return err
	}
	for _, name := range []string{path, path + "-wal", path + "-shm"} {
		if err := os.Chmod(name, privateMode); err != nil && !errors.Is(err, fs.ErrNotExist) {
			opts.Log.Warn("others may read the library", "error", err)
		}
	}
	return nil
}

// privateMode is the mode of a file for its owner alone.
const privateMode = 0o600

// busyTimeout is how many milliseconds a process waits for its turn to write.
const busyTimeout = "30000"

// database opens no connection yet, so that it cannot fail.
func database(path, query string) *sql.DB {
	dsn := "file:" + (&url.URL{Path: filepath.ToSlash(path)}).EscapedPath() + "?_pragma=busy_timeout(" + busyTimeout + ")&" + query
	db, err := sql.Open("sqlite", dsn)
	if err != nil {
		panic(fmt.Sprintf("the sqlite driver is compiled in: %v", err))
	}
	db.SetMaxIdleConns(4)
	return db
}

// checkReplaced fails when the path no longer leads to the file that was
// opened: what others write now goes elsewhere.
func (l *Library) checkReplaced() error {
	info, err := os.Stat(l.path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("%w: the file was removed while it was open", rag.ErrNoLibrary)
	case err != nil:
		return err
	case !os.SameFile(info, l.file):
		return fmt.Errorf("%w: the file was replaced by another while it was open", rag.ErrNoLibrary)
	}
	return nil
}

// Close releases the file. It may be called more than once.
func (l *Library) Close() error {
	if l.checkpointOnClose != nil {
		// What cannot be copied stays in the log, where it is as safe.
		if err := l.checkpointOnClose(); err != nil {
			l.log.Debug("no checkpoint at the end", "error", err)
		}
	}
	errs := []error{l.refresher.close()}
	if l.read != nil {
		errs = append(errs, l.read.Close())
	}
	if l.writer != nil {
		errs = append(errs, l.writer.close())
	}
	return errors.Join(errs...)
}

// Path is where the library lies.
func (l *Library) Path() string { return l.path }
