package library

import (
	"context"
	"database/sql"
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/sync/errgroup"

	"docent/rag"
)

var toyPrint = rag.Fingerprint{Name: "toy", Version: "1", Dimension: 2, Analysis: 1}

// toy are migrations of no use: a column that is computed in Go, and a table.
var toy = []migration{
	func(ctx context.Context, conn *sql.Conn) error {
		if _, err := conn.ExecContext(ctx, `ALTER TABLE documents ADD COLUMN backwards TEXT NOT NULL DEFAULT ''`); err != nil {
			return err
		}
		_, err := conn.ExecContext(ctx, `UPDATE documents SET backwards = backwards || id || '!'`)
		return err
	},
	func(ctx context.Context, conn *sql.Conn) error {
		_, err := conn.ExecContext(ctx, `CREATE TABLE toys(name TEXT PRIMARY KEY); INSERT INTO toys SELECT backwards FROM documents`)
		return err
	},
}

// released is the layout that the program makes without toys.
var released = Options{migrations: migrations()}.layout()

// openWith opens a library with further steps.
func openWith(t *testing.T, path string, steps []migration, opts Options) (*Library, error) {
	t.Helper()
	opts.Fingerprint, opts.migrations = toyPrint, append(migrations(), steps...)
	l, err := Open(t.Context(), path, opts)
	if err == nil {
		t.Cleanup(func() {
			if err := l.Close(); err != nil {
				t.Error(err)
			}
		})
	}
	return l, err
}

func mustOpen(t *testing.T, path string, steps []migration, opts Options) *Library {
	t.Helper()
	l, err := openWith(t, path, steps, opts)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// put puts a document of one word, its ID.
func put(t *testing.T, l *Library, id rag.DocumentID) error {
	t.Helper()
	p := rag.Passage{End: len(id), Text: string(id), Terms: []rag.TermCount{{Text: string(id), Count: 1}}, Vector: []float32{1, 0}}
	return l.Put(t.Context(), rag.Document{DocumentInfo: rag.DocumentInfo{ID: id, Space: rag.Everyone}, Text: string(id)}, []rag.Passage{p})
}

// older makes a library without the steps.
func older(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "a.db")
	l := mustOpen(t, path, []migration{}, Options{Create: true})
	if err := errors.Join(put(t, l, "ape"), put(t, l, "bee"), l.Close()); err != nil {
		t.Fatal(err)
	}
	return path
}

// toys lists what the toy migrations made.
func toys(t *testing.T, l *Library) []string {
	t.Helper()
	rows, err := l.read.QueryContext(t.Context(), `SELECT name FROM toys ORDER BY name`)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var names []string
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			t.Fatal(err)
		}
		names = append(names, name)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return names
}

var wantToys = []string{"ape!", "bee!"}

func finds(t *testing.T, l *Library, word string) bool {
	t.Helper()
	c, err := l.Candidates(t.Context(), rag.Query{Audience: rag.Operator(), Terms: []rag.QueryTerm{{Text: word, Weight: 1}}})
	if err != nil {
		t.Fatal(err)
	}
	return len(c.Lexical) > 0
}

// TestMigrate opens an older library to write and to read: it has the new
// layout then, and what it had.
func TestMigrate(t *testing.T) {
	for name, opts := range map[string]Options{"to write": {}, "to read": {ReadOnly: true}, "to make": {Create: true}} {
		t.Run(name, func(t *testing.T) {
			l := mustOpen(t, older(t), toy, opts)
			if diff := cmp.Diff(wantToys, toys(t, l)); diff != "" {
				t.Errorf("migrated (-want +got):\n%s", diff)
			}
			if !finds(t, l, "ape") || !finds(t, l, "bee") {
				t.Error("something is lost")
			}
			if err := put(t, l, "cat"); errors.Is(err, ErrReadOnly) != opts.ReadOnly {
				t.Errorf("put: %v", err)
			}
		})
	}
}

// TestNewIsMigrated: a new library has gone through the same steps.
func TestNewIsMigrated(t *testing.T) {
	layouts := make([]string, 2)
	for i, path := range []string{older(t), filepath.Join(t.TempDir(), "new.db")} {
		l := mustOpen(t, path, toy, Options{Create: true})
		if err := l.read.QueryRowContext(t.Context(), `SELECT group_concat(sql, ';') || (SELECT user_version FROM pragma_user_version) FROM (SELECT sql FROM sqlite_schema ORDER BY name)`).
			Scan(&layouts[i]); err != nil {
			t.Fatal(err)
		}
	}
	if diff := cmp.Diff(layouts[0], layouts[1]); diff != "" {
		t.Errorf("layouts (-migrated +new):\n%s", diff)
	}
}

// TestNewerIsRefused opens a library that a newer program made, in every way,
// and then with that program again.
func TestNewerIsRefused(t *testing.T) {
	path := older(t)
	if err := mustOpen(t, path, toy, Options{}).Close(); err != nil {
		t.Fatal(err)
	}
	for _, opts := range []Options{{}, {ReadOnly: true}, {Create: true}, {AnyFingerprint: true}} {
		_, err := openWith(t, path, toy[:1], opts)
		var layout *LayoutError
		if !errors.As(err, &layout) || !errors.Is(err, rag.ErrNoLibrary) {
			t.Fatalf("%+v: %v", opts, err)
		}
		if diff := cmp.Diff(&LayoutError{Library: released + 2, Program: released + 1}, layout); diff != "" || layout.Older() {
			t.Errorf("(-want +got):\n%s", diff)
		}
	}
	if l := mustOpen(t, path, toy, Options{}); !finds(t, l, "ape") {
		t.Error("refusing it changed it")
	}
}

// TestOlderThanAll refuses a layout that no step leads on from.
func TestOlderThanAll(t *testing.T) {
	path := older(t)
	l := mustOpen(t, path, []migration{}, Options{})
	if _, err := l.writer.conn.ExecContext(t.Context(), `PRAGMA user_version = 1`); err != nil {
		t.Fatal(err)
	}
	_, err := openWith(t, path, toy, Options{})
	if layout := new(LayoutError); !errors.As(err, &layout) || !layout.Older() {
		t.Errorf("%v", err)
	}
}

// TestMigratedMeanwhile has a library open with a program while a newer one
// brings it up to date: the older one neither reads nor writes it any more.
func TestMigratedMeanwhile(t *testing.T) {
	path := older(t)
	l := mustOpen(t, path, []migration{}, Options{})
	if !finds(t, l, "ape") {
		t.Fatal("nothing is found")
	}
	mustOpen(t, path, toy, Options{})
	_, err := l.Candidates(t.Context(), rag.Query{Audience: rag.Operator()})
	for what, err := range map[string]error{"put": put(t, l, "cat"), "forget a file": l.DeleteFiles(t.Context(), "x"), "search": err} {
		if layout := new(LayoutError); !errors.As(err, &layout) || layout.Older() {
			t.Errorf("%s: %v", what, err)
		}
	}
}

// TestMigrationGoesOn fails in the second of two steps, and looks at what a
// kill in the middle of it would leave: each step is done once.
func TestMigrationGoesOn(t *testing.T) {
	path, left := older(t), filepath.Join(t.TempDir(), "left.db")
	broken := errors.New("broken off")
	_, err := openWith(t, path, []migration{toy[0], func(ctx context.Context, conn *sql.Conn) error {
		if err := toy[1](ctx, conn); err != nil {
			return err
		}
		return errors.Join(broken, copyFile(path, left), copyFile(path+"-wal", left+"-wal"))
	}}, Options{})
	if !errors.Is(err, broken) {
		t.Fatal(err)
	}
	for name, path := range map[string]string{"failed": path, "killed": left} {
		var at *LayoutError
		if _, err := openWith(t, path, []migration{}, Options{}); !errors.As(err, &at) || at.Library != released+1 {
			t.Errorf("%s: left at %v", name, err)
		}
		if diff := cmp.Diff(wantToys, toys(t, mustOpen(t, path, toy, Options{}))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func copyFile(from, to string) error {
	data, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	return os.WriteFile(to, data, 0o600)
}

// TestMigrateAtOnce opens an older library several times at once.
func TestMigrateAtOnce(t *testing.T) {
	path := older(t)
	libraries := make([]io.Closer, 6)
	var g errgroup.Group
	for i := range libraries {
		g.Go(func() error {
			l, err := Open(t.Context(), path, Options{Fingerprint: toyPrint, migrations: append(migrations(), toy...), ReadOnly: i%2 == 1})
			libraries[i] = l
			return err
		})
	}
	if err := g.Wait(); err != nil {
		t.Fatal(err)
	}
	for _, l := range libraries {
		if err := l.Close(); err != nil {
			t.Error(err)
		}
	}
	if diff := cmp.Diff(wantToys, toys(t, mustOpen(t, path, toy, Options{}))); diff != "" {
		t.Errorf("migrated (-want +got):\n%s", diff)
	}
}
