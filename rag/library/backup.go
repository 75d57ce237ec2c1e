package library

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"time"

	lib "modernc.org/sqlite/lib"
)

// A backup is a library in one file that nobody writes to, with what lies beside
// it in a table of its own, in pieces. It can be opened as it is.
const (
	backupSchema = `CREATE TABLE backup(name TEXT NOT NULL, n INTEGER NOT NULL, data BLOB NOT NULL, PRIMARY KEY(name, n)) WITHOUT ROWID`
	backupPiece  = 1 << 20
)

// Beside is a file that belongs to a library and goes with it.
type Beside struct {
	// Name is what it is called in a backup.
	Name, Path string
	// Database is set for one of SQLite, which others may be writing to.
	Database bool
}

// ErrInUse says that another process has the file open.
var ErrInUse = errors.New("another process has it open")

// Backup writes one state of the library to a file, together with the files
// beside it, those of which there are any, while others go on reading and
// writing. The backup has been synced, opened and checked before it is there at
// all; another backup at its place is replaced by it. It returns the names of
// what is in it.
func (l *Library) Backup(ctx context.Context, to string, beside ...Beside) (names []string, err error) {
	names, err = l.backup(ctx, to, beside)
	return names, annotate(err, "back up to %s", to)
}

func (l *Library) backup(ctx context.Context, to string, beside []Beside) (names []string, err error) {
	if err := mayReplace(ctx, to); err != nil {
		return nil, err
	}
	dir, err := workBeside(to)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	// What is beside comes first, so that it knows of nothing that the library
	// does not have yet.
	var parts []Beside
	for _, b := range beside {
		if _, err := os.Stat(b.Path); errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if b.Database {
			from := b.Path
			b.Path = filepath.Join(dir, b.Name)
			if err := snapshot(ctx, from, b.Path); err != nil {
				return nil, fmt.Errorf("%s: %w", from, err)
			}
		}
		parts, names = append(parts, b), append(names, b.Name)
	}
	made := filepath.Join(dir, "library")
	if err := vacuumInto(ctx, l.read, made); err != nil {
		return nil, err
	}
	if err := packBeside(ctx, made, parts); err != nil {
		return nil, err
	}
	if err := checkFaultless(ctx, made); err != nil {
		return nil, err
	}
	return names, moveTo(made, to)
}

// workBeside makes a folder to prepare a file in, and removes those that were left
// long ago by processes that were killed.
func workBeside(path string) (string, error) {
	pattern := "." + filepath.Base(path) + "-docent"
	left, _ := filepath.Glob(filepath.Join(filepath.Dir(path), pattern+"*")) // of names with brackets none
	for _, dir := range left {
		if info, err := os.Stat(dir); err == nil && time.Since(info.ModTime()) > 24*time.Hour {
			if err := os.RemoveAll(dir); err != nil {
				return "", err
			}
		}
	}
	return os.MkdirTemp(filepath.Dir(path), pattern)
}

// mayReplace refuses to replace anything but a backup.
func mayReplace(ctx context.Context, path string) error {
	if _, err := os.Stat(path); err != nil {
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		return err
	}
	db := database(path, "mode=ro")
	defer db.Close()
	var n int
	if err := db.QueryRowContext(ctx, `SELECT count(*) FROM sqlite_schema WHERE name = 'backup'`).Scan(&n); err != nil || n == 0 {
		return fmt.Errorf("%w, and is no backup", fs.ErrExist)
	}
	return nil
}

// snapshot copies one state of a database, whoever writes to it.
func snapshot(ctx context.Context, from, to string) error {
	db := database(from, "mode=ro")
	defer db.Close()
	return vacuumInto(ctx, db, to)
}

func vacuumInto(ctx context.Context, q querier, to string) error {
	// SQLite would make it for all to read.
	f, err := os.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_WRONLY, privateMode)
	if err != nil {
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	rows, err := q.QueryContext(ctx, `VACUUM INTO ?`, to)
	if err != nil {
		return err
	}
	defer rows.Close()
	rows.Next()
	return rows.Err()
}

// packBeside puts files into a copy of a library.
func packBeside(ctx context.Context, path string, parts []Beside) error {
	db := database(path, "mode=rw")
	defer db.Close()
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }()
	_, err = tx.ExecContext(ctx, `DROP TABLE IF EXISTS backup; `+backupSchema+`; INSERT OR REPLACE INTO meta VALUES ('backup', `+fmt.Sprint(time.Now().Unix())+`)`)
	if err != nil {
		return err
	}
	for _, b := range parts {
		if err := packFile(ctx, tx, b); err != nil {
			return err
		}
	}
	if err := tx.Commit(); err != nil {
		return err
	}
	return db.Close()
}

func packFile(ctx context.Context, tx *sql.Tx, b Beside) error {
	f, err := os.Open(b.Path)
	if err != nil {
		return err
	}
	defer f.Close()
	piece := make([]byte, backupPiece)
	for n := 0; ; n++ {
		size, err := io.ReadFull(f, piece)
		if size == 0 && n > 0 && errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
			return err
		}
		if _, err := tx.ExecContext(ctx, `INSERT INTO backup VALUES (?, ?, ?)`, b.Name, n, piece[:size]); err != nil {
			return err
		}
	}
}

// checkFaultless opens a copy and checks it.
func checkFaultless(ctx context.Context, path string) (err error) {
	l, err := Open(ctx, path, Options{ReadOnly: true, AnyFingerprint: true})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, l.Close()) }()
	faults, err := l.Check(ctx)
	if err != nil || len(faults) == 0 {
		return err
	}
	return fmt.Errorf("%w: %w: %w, the first of %d faults", errNotWhole, ErrDamaged, faults[0], len(faults))
}

var errNotWhole = errors.New("what would be copied is not whole")

// moveTo gives a file its name once it is safe on the disk.
func moveTo(from, to string) error {
	if err := syncPath(from); err != nil {
		return err
	}
	if err := os.Rename(from, to); err != nil {
		return err
	}
	return syncPath(filepath.Dir(to))
}

func syncPath(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	err = f.Sync()
	if info, _ := f.Stat(); runtime.GOOS == "windows" || info != nil && info.IsDir() && errors.Is(err, errors.ErrUnsupported) {
		err = nil // nothing is to be synced so there
	}
	return errors.Join(err, f.Close())
}

// Unpack checks a backup, or another library, and writes into a folder what is in
// it: the library under the name of UnpackedLibrary, and what was beside it by its
// name. It returns these names.
func Unpack(ctx context.Context, backup, dir string) (names []string, err error) {
	names, err = unpack(ctx, backup, dir)
	return names, annotate(err, "read the backup %s", backup)
}

// UnpackedLibrary is the name of a library that was unpacked.
const UnpackedLibrary = "library.db"

func unpack(ctx context.Context, backup, dir string) (names []string, err error) {
	if err := checkFile(backup, false); err != nil {
		return nil, err
	}
	path := filepath.Join(dir, UnpackedLibrary)
	if err := snapshot(ctx, backup, path); err != nil {
		return nil, err
	}
	db := database(path, "mode=rw&_pragma=secure_delete(on)")
	defer db.Close()
	var packed bool
	if err := db.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE name = 'backup')`).Scan(&packed); err != nil {
		return nil, err
	}
	if packed {
		if names, err = takeOut(ctx, db, dir); err != nil {
			return nil, err
		}
	}
	if err := db.Close(); err != nil {
		return nil, err
	}
	return names, checkFaultless(ctx, path)
}

// takeOut moves what was beside a library out of it.
func takeOut(ctx context.Context, db *sql.DB, dir string) (names []string, err error) {
	type piece struct {
		name string
		data []byte
	}
	for p, err := range each(ctx, db, "take out what is beside it", func(p *piece) []any { return []any{&p.name, &p.data} }, `SELECT name, data FROM backup ORDER BY name, n`) {
		if err != nil {
			return nil, err
		}
		name := filepath.Base(p.name)
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
		f, err := os.OpenFile(filepath.Join(dir, name), os.O_CREATE|os.O_APPEND|os.O_WRONLY, privateMode)
		if err != nil {
			return nil, err
		}
		_, err = f.Write(p.data)
		if err = errors.Join(err, f.Close()); err != nil {
			return nil, err
		}
	}
	_, err = db.ExecContext(ctx, `DROP TABLE backup; DELETE FROM meta WHERE key = 'backup'`)
	return names, err
}

// Replace puts a database that nobody has open at the place of another, at once or
// not at all. ErrInUse says that a process has that open.
func Replace(ctx context.Context, from, to string) error {
	return annotate(replace(ctx, from, to), "replace %s", to)
}

func replace(ctx context.Context, from, to string) error {
	// What is left in a log would be taken for the new file's.
	if err := retire(ctx, to); err != nil {
		return err
	}
	for _, log := range []string{to + "-wal", to + "-shm"} {
		if err := os.Remove(log); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return moveTo(from, to)
}

// retire brings a database to be all in its file, which only its sole user can. One
// that is no database, or damaged, is as it is.
func retire(ctx context.Context, path string) error {
	if info, err := os.Stat(path); err != nil || info.Size() == 0 {
		return nil // moving there will tell
	}
	db := database(path, "mode=rw&_pragma=busy_timeout(500)")
	defer db.Close()
	var mode string
	err := db.QueryRowContext(ctx, `PRAGMA journal_mode = delete`).Scan(&mode)
	switch sqliteCode(err) {
	case lib.SQLITE_BUSY, lib.SQLITE_LOCKED:
		return ErrInUse
	case lib.SQLITE_CORRUPT, lib.SQLITE_NOTADB:
		return nil
	}
	return err
}
