package ingest_test

import (
	"testing"

	"docent/rag"
	"docent/rag/retrieve"
)

// outdate makes the documents of the library those of a program that knew no
// units.
func (f *fixture) outdate() {
	f.Helper()
	for info, err := range f.store.Documents(f.Context(), rag.Operator()) {
		if err != nil {
			f.Fatal(err)
		}
		doc, err := f.store.Document(f.Context(), info.ID, rag.Operator())
		if err != nil {
			f.Fatal(err)
		}
		doc.Structure = 0
		passages := []rag.Passage{{ID: rag.PassageID{Document: doc.ID, N: 1}, End: len(doc.Text), Text: doc.Text}}
		if err := (retrieve.Indexer{Embedder: f.embedder}).Index(f.Context(), doc.DocumentInfo, passages); err != nil {
			f.Fatal(err)
		}
		if err := f.store.Put(f.Context(), doc, passages); err != nil {
			f.Fatal(err)
		}
	}
}

// units counts those of the first passages.
func (f *fixture) units() (n int) {
	f.Helper()
	for info, err := range f.store.Documents(f.Context(), rag.Operator()) {
		if err != nil {
			f.Fatal(err)
		}
		p, err := f.store.Passages(f.Context(), rag.Operator(), rag.PassageID{Document: info.ID, N: 1})
		if err != nil {
			f.Fatal(err)
		}
		n += len(p[0].Units)
	}
	return n
}

// TestOutdated: what an earlier program cut is read again although its file is
// as it was, once.
func TestOutdated(t *testing.T) {
	f := newFixture(t)
	f.write("a.md", "# A\n\nBring:\n\n- pens\n- ink\n")
	f.write("r.jsonl", record("x", "One. Two."))
	f.run()
	f.outdate()
	if n := f.units(); n != 0 {
		t.Fatalf("%d units before", n)
	}
	for _, want := range []string{"~2", "=2"} {
		if got := f.counts(f.run()); got != want {
			t.Errorf("reported %q, want %q", got, want)
		}
		if n := f.units(); n != 5 {
			t.Errorf("%d units, want 5", n)
		}
	}
}

// TestOutdatedGone: what has no file any more stays as it is.
func TestOutdatedGone(t *testing.T) {
	f := newFixture(t)
	f.in.Options.KeepMissing = true
	f.write("a.txt", "Un.")
	f.write("b.txt", "Deux.")
	f.run()
	f.outdate()
	f.remove("b.txt")
	if got := f.counts(f.run()); got != "~1" {
		t.Errorf("reported %q", got)
	}
	if got, want := f.content(), "a.txt: Un.\nb.txt: Deux.\n"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}
