package readtest

import (
	"path/filepath"
	"slices"
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
		if b.Lead < 0 || b.Lead > i || b.Lead > 0 && (b.Kind == read.Heading || b.Kind >= read.Furniture || doc.Blocks[b.Lead-1].Kind >= read.Furniture) {
			t.Fatalf("block %d is a %v led by %d", i, b.Kind, b.Lead)
		}
		if b.Kind != read.Heading && b.Kind != read.ListItem && b.Kind != read.Quoted && b.Level != 0 || b.Kind == read.Heading && (b.Level < 1 || b.Level > 6) || b.Level < 0 {
			t.Fatalf("block %d is a %v of level %d", i, b.Kind, b.Level)
		}
		checkCells(t, i, doc)
		end = b.End
	}
	if rest := doc.Text[end:]; strings.TrimSpace(rest) != "" {
		t.Fatalf("no block holds %q", rest)
	}
}

// checkCells holds the cells of a block to lie in it, in order, between what
// parts them. A merged cell of a row is one of a row before it or of a column
// before it, and the cell of a note a place in what it is on.
func checkCells(t testing.TB, i int, doc read.Document) {
	t.Helper()
	b := doc.Blocks[i]
	within := b
	switch {
	case b.Cells == nil:
		return
	case b.Kind == read.Note:
		if within = doc.Blocks[max(b.Lead-1, 0)]; len(b.Cells) != 1 || b.Lead == 0 {
			t.Fatalf("note %d has %d cells under %d", i, len(b.Cells), b.Lead)
		}
	case b.Kind != read.TableRow && (len(b.Cells) != 2 || b.Kind != read.Field && b.Kind != read.Definition):
		t.Fatalf("block %d is a %v with %d cells", i, b.Kind, len(b.Cells))
	}
	end := within.Start
	for n, c := range b.Cells {
		if c.Start < end || c.End < c.Start || c.End > within.End || b.Kind == read.TableRow && strings.Trim(doc.Text[end:c.Start], " |\t") != "" {
			if b.Kind == read.TableRow && merged(doc.Blocks[:i], b.Cells[:n], c) {
				continue
			}
			t.Fatalf("cell %d of block %d is %+v after %d in %+v", n, i, c, end, b)
		}
		end = c.End
	}
	if b.Kind == read.TableRow && strings.Trim(doc.Text[end:b.End], " |\t") != "" {
		t.Fatalf("the cells of block %d end at %d, it at %d", i, end, b.End)
	}
}

// merged reports whether a cell is one before it in its row, or one of the
// table's rows before.
func merged(before []read.Block, left []read.Span, cell read.Span) bool {
	if cell.Start < cell.End && slices.Contains(left, cell) {
		return true
	}
	for _, b := range slices.Backward(before) {
		if b.Kind != read.TableRow && b.Kind != read.Note {
			return false
		}
		if slices.Contains(b.Cells, cell) {
			return true
		}
	}
	return false
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
