package readtest

import (
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/tools/txtar"

	"docent/ingest/read"
)

// Check holds a document to what Document and Block promise.
func Check(t testing.TB, doc read.Document) {
	t.Helper()
	if read.Clean(doc.Text) != doc.Text || strings.TrimSpace(doc.Text) != doc.Text || doc.Text == "" {
		t.Fatalf("text is not clean: %q", doc.Text)
	}
	if doc.Title == "" || !utf8.ValidString(doc.Title) {
		t.Fatalf("title %q", doc.Title)
	}
	end := 0
	for i, b := range doc.Blocks {
		if b.Start < end || b.End <= b.Start || b.End > len(doc.Text) {
			t.Fatalf("block %d is %+v after %d in %d bytes", i, b, end, len(doc.Text))
		}
		if gap := doc.Text[end:b.Start]; strings.TrimSpace(gap) != "" {
			t.Fatalf("no block holds %q", gap)
		}
		if !utf8.ValidString(doc.Text[b.Start:b.End]) {
			t.Fatalf("block %d cuts a character", i)
		}
		if b.Header < 0 || b.Header > i || b.Row < 0 || b.Kind != read.TableRow && (b.Header != 0 || b.Row != 0) {
			t.Fatalf("block %d is a %v of row %d under %d", i, b.Kind, b.Row, b.Header)
		}
		if b.Kind != read.Heading && b.Kind != read.ListItem && b.Level != 0 || b.Kind == read.Heading && (b.Level < 1 || b.Level > 6) || b.Level < 0 {
			t.Fatalf("block %d is a %v of level %d", i, b.Kind, b.Level)
		}
		checkCells(t, i, b, doc.Text)
		end = b.End
	}
	if rest := doc.Text[end:]; strings.TrimSpace(rest) != "" {
		t.Fatalf("no block holds %q", rest)
	}
}

// checkCells holds the cells of a row to lie in it, in order, between what parts
// them.
func checkCells(t testing.TB, i int, b read.Block, text string) {
	t.Helper()
	if b.Cells != nil && b.Kind != read.TableRow {
		t.Fatalf("block %d is a %v with cells", i, b.Kind)
	}
	end := b.Start
	for n, c := range b.Cells {
		if c.Start < end || c.End < c.Start || c.End > b.End || strings.Trim(text[end:c.Start], " |") != "" {
			t.Fatalf("cell %d of block %d is %+v after %d in %+v", n, i, c, end, b)
		}
		end = c.End
	}
	if b.Cells != nil && end != b.End {
		t.Fatalf("the cells of block %d end at %d, it at %d", i, end, b.End)
	}
}

// One reads a file that holds one document, or fails as one, and checks it.
func One(t testing.TB, r read.Reader, name string, data []byte) (read.Document, error) {
	t.Helper()
	var doc read.Document
	var err error
	n := 0
	for doc, err = range r.Read(t.Context(), read.Bytes(name, data)) {
		n++
	}
	if n != 1 {
		t.Fatalf("%d documents, want 1", n)
	}
	if err == nil {
		Check(t, doc)
	}
	return doc, err
}

// Fuzz holds whatever a reader makes of any bytes to the contract. The seeds are
// the files of that extension in testdata/*.txtar too.
func Fuzz(f *testing.F, r read.Reader, name string, seeds ...string) {
	for _, s := range seeds {
		f.Add([]byte(s))
	}
	archives, _ := filepath.Glob("testdata/*.txtar")
	for _, path := range archives {
		archive, err := txtar.ParseFile(path)
		if err != nil {
			f.Fatal(err)
		}
		for _, file := range archive.Files {
			if filepath.Ext(file.Name) == filepath.Ext(name) {
				f.Add(file.Data)
			}
		}
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		for doc, err := range r.Read(t.Context(), read.Bytes(name, data)) {
			if err == nil {
				Check(t, doc)
			}
		}
	})
}

// Benchmark reads a file over and over.
func Benchmark(b *testing.B, r read.Reader, name string, data []byte) {
	b.Helper()
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		for _, err := range r.Read(b.Context(), read.Bytes(name, data)) {
			if err != nil {
				b.Fatal(err)
			}
		}
	}
}
