package ingest_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"docent/ingest"
	"docent/rag"
	"docent/rag/embed"
	"docent/rag/library"
	"docent/rag/retrieve"
)

// fixture is a folder of files and a library to ingest them into.
type fixture struct {
	testing.TB
	dir      string
	store    *library.Library
	in       *ingest.Ingester
	embedder rag.Embedder
}

func newFixture(t testing.TB) *fixture {
	t.Helper()
	embedder := embed.NewBuiltin()
	store, err := library.Open(t.Context(), filepath.Join(t.TempDir(), "library.db"),
		library.Options{Create: true, Temporary: true, Fingerprint: rag.FingerprintOf(embedder)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
	f := &fixture{TB: t, dir: t.TempDir(), store: store, embedder: embedder}
	f.in = &ingest.Ingester{Store: store, Indexer: retrieve.Indexer{Embedder: embedder}}
	return f
}

func (f *fixture) path(name string) string { return filepath.Join(f.dir, filepath.FromSlash(name)) }

// write writes a file that was last modified long ago, so that its time alone
// tells whether it changed; each call gives it another time.
func (f *fixture) write(name, data string) {
	f.Helper()
	path := f.path(name)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		f.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(data), 0o644); err != nil {
		f.Fatal(err)
	}
	f.touch(name)
}

var clock = time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC).UnixNano()

func (f *fixture) touch(name string) {
	f.Helper()
	clock += int64(time.Hour)
	if err := os.Chtimes(f.path(name), time.Unix(0, clock), time.Unix(0, clock)); err != nil {
		f.Fatal(err)
	}
}

func (f *fixture) remove(name string) {
	f.Helper()
	if err := os.RemoveAll(f.path(name)); err != nil {
		f.Fatal(err)
	}
}

func (f *fixture) rename(from, to string) {
	f.Helper()
	if err := os.Rename(f.path(from), f.path(to)); err != nil {
		f.Fatal(err)
	}
}

func (f *fixture) run(paths ...string) ingest.Report {
	f.Helper()
	if len(paths) == 0 {
		paths = []string{f.dir}
	}
	report, err := f.in.Run(f.Context(), paths...)
	if err != nil {
		f.Fatal(err)
	}
	return report
}

// counts writes a report for comparing: "+added ~changed -removed =unchanged
// ^held", and "!" with each failure's name and line.
func (f *fixture) counts(r ingest.Report) string {
	var parts []string
	for _, c := range []struct {
		sign string
		n    int
	}{{"+", r.Added}, {"~", r.Changed}, {"-", r.Removed}, {"=", r.Unchanged}} {
		if c.n > 0 {
			parts = append(parts, fmt.Sprint(c.sign, c.n))
		}
	}
	for _, h := range r.Held {
		parts = append(parts, fmt.Sprint("^", h.Lost))
	}
	for _, failure := range r.Failed {
		part := "!" + filepath.Base(failure.URI)
		if failure.Line > 0 {
			part += fmt.Sprint(":", failure.Line)
		}
		parts = append(parts, part)
	}
	return strings.Join(parts, " ")
}

// content writes what the library holds: a line a document with its id, or its
// path where the id is made from it, its space and its text.
func (f *fixture) content() string {
	f.Helper()
	var b strings.Builder
	for info, err := range f.store.Documents(f.Context(), rag.Operator()) {
		if err != nil {
			f.Fatal(err)
		}
		doc, err := f.store.Document(f.Context(), info.ID, rag.Operator())
		if err != nil {
			f.Fatal(err)
		}
		name, err := filepath.Rel(f.dir, info.File)
		if err != nil {
			name = info.File
		}
		if filepath.Ext(name) == ".jsonl" {
			name += "#" + string(info.ID)
		}
		if info.Space != rag.Everyone {
			name += " (" + info.Space + ")"
		}
		fmt.Fprintf(&b, "%s: %s\n", filepath.ToSlash(name), strings.ReplaceAll(doc.Text, "\n", " "))
	}
	return b.String()
}

func record(id, text string) string {
	return fmt.Sprintf("{\"_id\":%q,\"text\":%q}\n", id, text)
}
