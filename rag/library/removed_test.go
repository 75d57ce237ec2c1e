package library_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"docent/rag"
	"docent/rag/library"
)

// removed are the documents that can be had back.
func removed(t *testing.T, l *library.Library, ids ...rag.DocumentID) (list []library.Removed) {
	t.Helper()
	for r, err := range l.Removed(t.Context(), ids...) {
		must(t, err)
		list = append(list, r)
	}
	return list
}

// TestRemoved has back what was removed, as it was, until it is put again.
func TestRemoved(t *testing.T) {
	l := keptLibrary(t, filepath.Join(t.TempDir(), "a.db"))
	want, err := l.Document(t.Context(), "quai", rag.Operator())
	must(t, err)
	located, err := l.Passages(t.Context(), rag.Operator(), rag.PassageID{Document: "quai", N: 1}, rag.PassageID{Document: "quai", N: 2})
	must(t, err)
	must(t, l.Delete(t.Context(), "quai", "board", "nothing"))
	got := removed(t, l, "quai")
	if len(got) != 1 || time.Since(got[0].At) > time.Minute || time.Since(got[0].At) < 0 {
		t.Fatalf("can be had back: %+v", got)
	}
	if diff := cmp.Diff(want, got[0].Document); diff != "" {
		t.Errorf("document (-want +got):\n%s", diff)
	}
	for i, p := range got[0].Passages {
		if diff := cmp.Diff(located[i].Passage, p); diff != "" {
			t.Errorf("passage (-want +got):\n%s", diff)
		}
		got[0].Passages[i].Vector = []float32{1, 0}
	}
	must(t, l.Put(t.Context(), got[0].Document, got[0].Passages))
	var ids []rag.DocumentID
	for _, r := range removed(t, l) {
		ids = append(ids, r.Document.ID)
	}
	if diff := cmp.Diff([]rag.DocumentID{"board", "gone"}, ids); diff != "" {
		t.Errorf("can be had back still (-want +got):\n%s", diff)
	}
}

// TestRemovedExpires: after its time nothing can be had back, and without one
// nothing is kept.
func TestRemovedExpires(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.db")
	l := open(t, path, library.Options{Create: true})
	put(t, l, "a", "alpha")
	must(t, l.Delete(t.Context(), "a"))
	must(t, l.Checkpoint(t.Context()))
	if len(removed(t, l)) != 1 {
		t.Fatal("nothing is kept")
	}
	if got := removed(t, open(t, path, library.Options{KeepRemoved: time.Nanosecond})); len(got) != 0 {
		t.Errorf("kept for a nanosecond: %+v", got)
	}
	none := open(t, path, library.Options{KeepRemoved: -1})
	put(t, none, "a", "alpha")
	must(t, none.Delete(t.Context(), "a"))
	if got := removed(t, none); len(got) != 0 {
		t.Errorf("kept for no time: %+v", got)
	}
}

// TestPurge leaves no byte of a document, of one removed before, and of the
// words that only these had, though others have the library open; and what comes
// after is found.
func TestPurge(t *testing.T) {
	l, path := create(t)
	other := open(t, path, library.Options{})
	put(t, other, "a", "the xylander says qwertzuiop to all")
	put(t, l, "b", "the board says asdfghjkl")
	put(t, l, "c", "the team says everything")
	must(t, l.Delete(t.Context(), "b"))
	found(t, other, "team")
	must(t, l.Purge(t.Context(), "a", "b"))
	for _, name := range []string{path, path + "-wal"} {
		data, err := os.ReadFile(name)
		must(t, err)
		for _, word := range []string{"xylander", "qwertzuiop", "asdfghjkl", "board"} {
			if bytes.Contains(data, []byte(word)) {
				t.Errorf("%s is left in %s", word, filepath.Base(name))
			}
		}
	}
	if n := len(removed(t, l)); n != 0 || found(t, other, "team") != 1 {
		t.Errorf("%d can be had back; the team is found %d times", n, found(t, other, "team"))
	}
	put(t, other, "d", "xylander again")
	put(t, l, "e", "xylander and nobody")
	for _, l := range []*library.Library{l, other} {
		if got := found(t, l, "xylander"); got != 2 {
			t.Errorf("%d passages have a word that was purged and came again", got)
		}
	}
}

// TestPurgeGoesOn opens a library whose purge was cut short before its file was
// written anew.
func TestPurgeGoesOn(t *testing.T) {
	l, path := create(t)
	put(t, l, "a", "alpha")
	must(t, l.Close())
	_, err := foreign(t, path).ExecContext(t.Context(), `CREATE TABLE rest(t); INSERT INTO rest VALUES ('xylander'); DROP TABLE rest; INSERT INTO meta VALUES ('rewrite', 1); PRAGMA wal_checkpoint(TRUNCATE)`)
	must(t, err)
	if !bytes.Contains(contentOf(t, path), []byte("xylander")) {
		t.Fatal("nothing is left to begin with")
	}
	l = open(t, path, library.Options{})
	if bytes.Contains(contentOf(t, path), []byte("xylander")) || found(t, l, "alpha") != 1 {
		t.Error("the file was not written anew")
	}
}

// TestChangedByte changes letters of a stored document, all copies or one, in
// its text and in what is known of it: none is ever read as if it were stored.
func TestChangedByte(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.db")
	must(t, keptLibrary(t, path).Close())
	whole := contentOf(t, path)
	for _, word := range []string{"Le quai est long", "quais.", "T quai", "docs/quai.pdf", "Quais"} {
		at := all(whole, word)
		if len(at) == 0 {
			t.Fatalf("%q is not in the file", word)
		}
		for _, places := range append([][]int{at}, slices.Collect(slices.Chunk(at, 1))...) {
			data := bytes.Clone(whole)
			for _, i := range places {
				data[i] ^= 1
			}
			must(t, os.WriteFile(path, data, 0o600))
			l := open(t, path, library.Options{Fingerprint: keptPrint, ReadOnly: true})
			if err := readAll(t, l, word); err != nil && (!errors.Is(err, library.ErrDamaged) || !errors.Is(err, rag.ErrNoLibrary)) {
				t.Errorf("%q changed at %v: %v", word, places, err)
			}
		}
	}
}

// all are the places of a word.
func all(data []byte, word string) (at []int) {
	for i := range data {
		if bytes.HasPrefix(data[i:], []byte(word)) {
			at = append(at, i)
		}
	}
	return at
}

// readAll reads what has the word, which must be there as it was.
func readAll(t *testing.T, l *library.Library, word string) error {
	t.Helper()
	doc, err := l.Document(t.Context(), "quai", rag.Operator())
	if err != nil {
		return err
	}
	found, err := l.Passages(t.Context(), rag.Operator(), rag.PassageID{Document: "quai", N: 1}, rag.PassageID{Document: "quai", N: 2})
	if err != nil {
		return err
	}
	have := []byte(doc.Text + doc.Title + doc.URI)
	for _, p := range found {
		for _, h := range append(p.Heading, p.Text, p.Document.Title) {
			have = append(have, h...)
		}
	}
	if !bytes.Contains(have, []byte(word)) {
		t.Errorf("%q is read in another form", word)
	}
	return nil
}
