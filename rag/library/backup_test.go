package library_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/sync/errgroup"

	"docent/rag"
	"docent/rag/library"
)

// TestBackup backs a library up, with a database and a file beside it, and
// unpacks what was there, though the library has changed since.
func TestBackup(t *testing.T) {
	dir := t.TempDir()
	l := keptLibrary(t, filepath.Join(dir, "a.db"))
	want := allOf(t, l)
	state := filepath.Join(dir, "state.db")
	_, err := foreign(t, state).ExecContext(t.Context(), `PRAGMA journal_mode = wal; CREATE TABLE said(what TEXT); INSERT INTO said VALUES ('hello')`)
	must(t, err)
	large := bytes.Repeat([]byte("a: b\n"), 1<<19)
	must(t, os.WriteFile(filepath.Join(dir, "c.yaml"), large, 0o600))
	must(t, os.WriteFile(filepath.Join(dir, "empty"), nil, 0o600))
	beside := []library.Beside{
		{Name: "state", Path: state, Database: true}, {Name: "config", Path: filepath.Join(dir, "c.yaml")},
		{Name: "empty", Path: filepath.Join(dir, "empty")}, {Name: "none", Path: filepath.Join(dir, "none")},
	}
	to := filepath.Join(dir, "backup", "of it.db")
	must(t, os.Mkdir(filepath.Dir(to), 0o700))
	for range 2 { // a backup is replaced by the next
		names, err := l.Backup(t.Context(), to, beside...)
		must(t, err)
		if diff := cmp.Diff([]string{"state", "config", "empty"}, names); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	}
	must(t, l.Delete(t.Context(), "quai"))
	if left, err := filepath.Glob(filepath.Join(dir, "backup", "*")); err != nil || len(left) != 1 {
		t.Errorf("beside the backup there are %v, %v", left, err)
	}
	if got := mode(t, to); got != 0o600 {
		t.Errorf("its mode is %o", got)
	}
	if diff := cmp.Diff(want, allOf(t, open(t, to, library.Options{ReadOnly: true, Fingerprint: keptPrint}))); diff != "" {
		t.Errorf("as it is (-want +got):\n%s", diff)
	}

	out := t.TempDir()
	_, err = library.Unpack(t.Context(), to, out)
	must(t, err)
	restored := filepath.Join(dir, "restored.db")
	must(t, library.Replace(t.Context(), filepath.Join(out, library.UnpackedLibrary), restored))
	if diff := cmp.Diff(want, allOf(t, open(t, restored, library.Options{Fingerprint: keptPrint}))); diff != "" {
		t.Errorf("restored (-want +got):\n%s", diff)
	}
	if bytes.Contains(contentOf(t, restored), []byte("hello")) || !bytes.Equal(contentOf(t, filepath.Join(out, "config")), large) || len(contentOf(t, filepath.Join(out, "empty"))) > 0 {
		t.Error("what was beside the library is not apart again")
	}
	var said string
	must(t, foreign(t, filepath.Join(out, "state")).QueryRowContext(t.Context(), `SELECT what FROM said`).Scan(&said))
	if said != "hello" {
		t.Errorf("the state says %q", said)
	}
}

// TestBackupRefuses: nothing but a backup is replaced, what is damaged is no
// backup, and neither leaves anything.
func TestBackupRefuses(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "a.db")
	l := keptLibrary(t, path)
	if _, err := l.Backup(t.Context(), path); !errors.Is(err, fs.ErrExist) {
		t.Errorf("over itself: %v", err)
	}
	must(t, l.Close())
	must(t, os.WriteFile(path, bytes.ReplaceAll(contentOf(t, path), []byte("grues"), []byte("gruas")), 0o600))
	to := filepath.Join(dir, "b.db")
	if _, err := open(t, path, library.Options{Fingerprint: keptPrint}).Backup(t.Context(), to); !errors.Is(err, library.ErrDamaged) {
		t.Errorf("of a damaged one: %v", err)
	}
	if left, err := filepath.Glob(filepath.Join(dir, ".*")); err != nil || len(left) > 0 {
		t.Errorf("left are %v, %v", left, err)
	}
	for name, backup := range map[string]string{"damaged": path, "none": filepath.Join(dir, "none"), "nothing of ours": "backup_test.go"} {
		if _, err := library.Unpack(t.Context(), backup, t.TempDir()); !errors.Is(err, rag.ErrNoLibrary) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestReplaceInUse: a database that a process has open is not replaced, and the
// log of one that is goes with it.
func TestReplaceInUse(t *testing.T) {
	l, path := create(t)
	put(t, l, "a", "alpha")
	to := filepath.Join(t.TempDir(), "b.db")
	_, err := l.Backup(t.Context(), to)
	must(t, err)
	put(t, l, "b", "beta")
	reader := open(t, path, library.Options{ReadOnly: true})
	found(t, reader, "alpha")
	must(t, l.Close())
	if err := library.Replace(t.Context(), to, path); !errors.Is(err, library.ErrInUse) {
		t.Errorf("while it is read: %v", err)
	}
	must(t, reader.Close())
	must(t, library.Replace(t.Context(), to, path))
	l = open(t, path, library.Options{})
	if a, b := found(t, l, "alpha"), found(t, l, "beta"); a != 1 || b != 0 {
		t.Errorf("alpha is found %d times, beta %d", a, b)
	}
}

// TestBackupUnderLoad backs up while one process replaces all documents
// generation by generation, in one order, and another purges: each backup is a
// state that there was, the first documents of one generation and the others of
// the one before. DOCENT_LONG makes it a thousand.
func TestBackupUnderLoad(t *testing.T) {
	const documents = 40
	backups := 12
	if os.Getenv("DOCENT_LONG") != "" {
		backups = 1000
	}
	l, path := create(t)
	var generation atomic.Int64
	write := func(l *library.Library, n, generation int64) error {
		text := strings.Repeat("filler of some length\n", 50) + fmt.Sprint(generation)
		p := rag.Passage{End: len(text), Text: text, Terms: []rag.TermCount{{Text: fmt.Sprint("g", generation), Count: 1}}, Vector: []float32{1, 0, 0, 0}}
		return l.Put(context.WithoutCancel(t.Context()), rag.Document{Text: text, DocumentInfo: rag.DocumentInfo{ID: rag.DocumentID(fmt.Sprintf("d%02d", n)), Space: rag.Everyone, Title: fmt.Sprint(generation)}}, []rag.Passage{p})
	}
	for n := range int64(documents) {
		must(t, write(l, n, 0))
	}
	var done atomic.Bool
	var g errgroup.Group
	g.Go(func() error {
		for generation.Add(1); !done.Load(); generation.Add(1) {
			for n := range int64(documents) {
				if err := write(l, n, generation.Load()); err != nil {
					return err
				}
			}
			if err := l.Checkpoint(context.WithoutCancel(t.Context())); err != nil {
				return err
			}
		}
		return nil
	})
	other := open(t, path, library.Options{ReadOnly: true})
	to := filepath.Join(t.TempDir(), "backup.db")
	for range backups {
		before := generation.Load()
		_, err := other.Backup(t.Context(), to)
		must(t, err)
		after := generation.Load()
		b := open(t, to, library.Options{ReadOnly: true})
		last, n := int64(1<<62), 0
		for d, err := range b.Documents(t.Context(), rag.Operator()) {
			must(t, err)
			doc, err := b.Document(t.Context(), d.ID, rag.Operator())
			must(t, err)
			of, err := strconv.ParseInt(d.Title, 10, 64)
			must(t, err)
			if of > last || of < before-1 || of > after || !strings.HasSuffix(doc.Text, "\n"+d.Title) {
				t.Fatalf("generation %d of %s after %d, between %d and %d", of, d.ID, last, before, after)
			}
			last = of
			n++
		}
		if n != documents {
			t.Fatalf("%d documents", n)
		}
		must(t, b.Close())
	}
	done.Store(true)
	must(t, g.Wait())
}
