package library_test

import (
	"bytes"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"docent/rag"
	"docent/rag/library"
	"docent/rag/ragtest"
)

// foreign opens the file as SQLite alone does.
func foreign(t testing.TB, path string) *sql.DB {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	must(t, err)
	db.SetMaxOpenConns(1)
	t.Cleanup(func() { must(t, db.Close()) })
	return db
}

// lockForWriting takes the write lock as another process would.
func lockForWriting(t testing.TB, path string) (unlock func()) {
	t.Helper()
	db := foreign(t, path)
	_, err := db.ExecContext(t.Context(), "BEGIN IMMEDIATE")
	must(t, err)
	return func() { must(t, db.Close()) }
}

func TestOpenWhatIsNoLibrary(t *testing.T) {
	dir := t.TempDir()
	file := func(name string, data []byte) string {
		path := filepath.Join(dir, name)
		must(t, os.WriteFile(path, data, 0o600))
		return path
	}
	other := filepath.Join(dir, "other.db")
	_, err := foreign(t, other).ExecContext(t.Context(), "CREATE TABLE cats(name); INSERT INTO cats VALUES ('Mia')")
	must(t, err)
	for _, tc := range []struct{ name, path, says string }{
		{"missing", filepath.Join(dir, "missing.db"), "does not exist"},
		{"below a file", filepath.Join(file("plain", nil), "x.db"), ""},
		{"a directory", dir, "directory"},
		{"empty", file("empty.db", nil), "empty"},
		{"text", file("text.db", []byte("not a database")), "not a library"},
		{"a page of text", file("page.db", bytes.Repeat([]byte("text "), 2000)), "not a library"},
		{"a header alone", file("header.db", append([]byte("SQLite format 3\x00"), make([]byte, 200)...)), ""},
		{"another program's", other, "another program"},
	} {
		for mode, opts := range map[string]library.Options{"to read": {ReadOnly: true}, "to write": {}} {
			opts.Fingerprint = ragtest.Fingerprint
			_, err := library.Open(t.Context(), tc.path, opts)
			if err == nil || !strings.Contains(err.Error(), tc.says) || !strings.Contains(err.Error(), filepath.Base(tc.path)) {
				t.Errorf("%s %s: %v", tc.name, mode, err)
			}
			if tc.says != "" && !errors.Is(err, rag.ErrNoLibrary) {
				t.Errorf("%s %s is not ErrNoLibrary: %v", tc.name, mode, err)
			}
		}
	}
	var journal string
	must(t, foreign(t, other).QueryRowContext(t.Context(), "PRAGMA journal_mode").Scan(&journal))
	if journal != "delete" {
		t.Errorf("opening changed another program's database to %s", journal)
	}
}

// TestCreateFinishes opens what a creation that was broken off left.
func TestCreateFinishes(t *testing.T) {
	for name, leave := range map[string]func(path string){
		"nothing written": func(path string) { must(t, os.WriteFile(path, nil, 0o600)) },
		"an empty database": func(path string) {
			_, err := foreign(t, path).ExecContext(t.Context(), "PRAGMA journal_mode = wal")
			must(t, err)
		},
	} {
		path := filepath.Join(t.TempDir(), "half.db")
		leave(path)
		if _, err := library.Open(t.Context(), path, library.Options{Fingerprint: ragtest.Fingerprint}); !errors.Is(err, rag.ErrNoLibrary) {
			t.Errorf("%s, without Create: %v", name, err)
		}
		put(t, open(t, path, library.Options{Create: true}), "a", "alpha")
	}
}

func TestOpenAgain(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.db")
	l, err := library.Open(t.Context(), path, library.Options{Fingerprint: ragtest.Fingerprint, Create: true})
	must(t, err)
	put(t, l, "a", "alpha")
	must(t, l.Close())
	must(t, l.Close())
	if _, err := l.Candidates(t.Context(), wordQuery("alpha")); err == nil {
		t.Error("a closed library was searched")
	}
	if _, err := os.Stat(path + "-wal"); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a closed library is more than one file: %v", err)
	}
	if got := found(t, open(t, path, library.Options{Create: true}), "alpha"); got != 1 {
		t.Errorf("%d passages after opening again", got)
	}
}

func TestOtherFingerprint(t *testing.T) {
	l, path := create(t)
	put(t, l, "a", "alpha")
	other := ragtest.Fingerprint
	other.Version = "2"
	_, err := library.Open(t.Context(), path, library.Options{Fingerprint: other})
	var mismatch *rag.MismatchError
	if !errors.As(err, &mismatch) || mismatch.Library != ragtest.Fingerprint || mismatch.Program != other {
		t.Errorf("%v", err)
	}
	any := open(t, path, library.Options{Fingerprint: other, AnyFingerprint: true})
	if err := index(t.Context(), any, ragtest.Embedder{}, "b", "beta"); !errors.As(err, &mismatch) {
		t.Errorf("put with another embedder: %v", err)
	}
	must(t, any.Delete(t.Context(), "a"))
}

// TestTruncated cuts a library at every page and inside some.
func TestTruncated(t *testing.T) {
	whole := wholeLibrary(t)
	path := filepath.Join(t.TempDir(), "cut.db")
	for at := 0; at < len(whole); at += 1024 {
		must(t, os.WriteFile(path, whole[:at], 0o600))
		for _, readOnly := range []bool{true, false} {
			_, err := library.Open(t.Context(), path, library.Options{Fingerprint: ragtest.Fingerprint, ReadOnly: readOnly})
			if !errors.Is(err, rag.ErrNoLibrary) {
				t.Errorf("cut after %d bytes: %v", at, err)
			}
		}
	}
}

func wholeLibrary(t *testing.T) []byte {
	t.Helper()
	path := filepath.Join(t.TempDir(), "whole.db")
	l, err := library.Open(t.Context(), path, library.Options{Fingerprint: ragtest.Fingerprint, Create: true})
	must(t, err)
	for n := range 30 {
		put(t, l, fmt.Sprint("d", n), strings.Repeat(fmt.Sprintf("alpha word%d and more of it\n", n), 10))
	}
	must(t, l.Close())
	data, err := os.ReadFile(path)
	must(t, err)
	return data
}

// TestDamaged spoils a library in many places: it may be refused, and it may
// go unnoticed where the spoilt bytes are not read, but nothing panics, and an
// error in what is read has a name.
func TestDamaged(t *testing.T) {
	whole := wholeLibrary(t)
	path := filepath.Join(t.TempDir(), "spoilt.db")
	refused := 0
	for at := 100; at < len(whole); at += 997 {
		data := bytes.Clone(whole)
		for i := at; i < min(at+64, len(data)); i++ {
			data[i] ^= 0x5a
		}
		must(t, os.WriteFile(path, data, 0o600))
		if err := useAll(t, path); err != nil {
			refused++
			if !errors.Is(err, rag.ErrNoLibrary) {
				t.Errorf("spoilt at %d: %v", at, err)
			}
		}
	}
	if refused == 0 {
		t.Error("no damage was noticed")
	}
}

func useAll(t *testing.T, path string) error {
	l, err := library.Open(t.Context(), path, library.Options{Fingerprint: ragtest.Fingerprint, ReadOnly: true})
	if err != nil {
		return err
	}
	defer func() { must(t, l.Close()) }()
	q := wordQuery("alpha")
	q.Vector = []float32{1, 0, 0, 0}
	if _, err := l.Candidates(t.Context(), q); err != nil {
		return err
	}
	for _, err := range l.Documents(t.Context(), rag.Operator()) {
		if err != nil {
			return err
		}
	}
	_, err = l.Passages(t.Context(), rag.Operator(), rag.PassageID{Document: "d7", N: 1})
	return err
}

// TestCloseLeavesNothingRunning polls, since database/sql ends its goroutines
// a moment after Close.
func TestCloseLeavesNothingRunning(t *testing.T) {
	before := runtime.NumGoroutine()
	path := filepath.Join(t.TempDir(), "a.db")
	for range 5 {
		l, err := library.Open(t.Context(), path, library.Options{Fingerprint: ragtest.Fingerprint, Create: true})
		must(t, err)
		put(t, l, "a", "alpha\nbeta")
		found(t, l, "alpha")
		for _, err := range l.Documents(t.Context(), rag.Operator()) {
			must(t, err)
			break
		}
		must(t, l.Close())
	}
	for deadline := time.Now().Add(5 * time.Second); runtime.NumGoroutine() > before; {
		if time.Now().After(deadline) {
			stacks := make([]byte, 1<<16)
			t.Fatalf("%d goroutines, %d before:\n%s", runtime.NumGoroutine(), before, stacks[:runtime.Stack(stacks, true)])
		}
		runtime.Gosched()
	}
}
