package ragtest

import (
	"errors"
	"fmt"
	"math"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"docent/rag"
	"docent/rag/lang"
)

func testRoundTrip(t *testing.T, l rag.Library) {
	want, passages := document("été-☀", rag.Everyone, "l’été arrive\n\nla « fin »")
	if err := l.Put(t.Context(), want, passages); err != nil {
		t.Fatal(err)
	}
	got, err := l.Document(t.Context(), want.ID, rag.Operator())
	if err != nil {
		t.Fatal(err)
	}
	want.Passages, want.Bytes = len(passages), len(want.Text)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("document (-want +got):\n%s", diff)
	}
	located, err := l.Passages(t.Context(), rag.Operator(), passages[2].ID)
	if err != nil || len(located) != 1 {
		t.Fatalf("%d passages, %v", len(located), err)
	}
	p := passages[2]
	p.Terms, p.Vector = nil, nil
	if diff := cmp.Diff(rag.Located{Passage: p, Document: want.DocumentInfo}, located[0]); diff != "" {
		t.Errorf("passage (-want +got):\n%s", diff)
	}
}

// testUnits puts passages with every kind of unit, with none, and with little.
func testUnits(t *testing.T, l rag.Library) {
	doc, passages := document("a", rag.Everyone, "Bring:\npens | red, ink\nNothing more.\nEnd.")
	at := func(p, start, end int) lang.Span {
		return lang.Span{Start: passages[p].Start + start, End: passages[p].Start + end}
	}
	passages[0].Units = []rag.Unit{{Kind: rag.Lead, Span: at(0, 0, 6)}}
	lead, table := []lang.Span{at(0, 0, 6)}, at(1, 0, 15)
	passages[1].Units = []rag.Unit{
		{Kind: rag.Row, Span: at(1, 0, 10), Context: lead, Group: table, Part: 1, Parts: 2, Cells: []lang.Span{at(1, 0, 4), at(1, 5, 5), at(1, 7, 10)}},
		{Kind: rag.Item, Span: at(1, 10, 11), Context: append(lead, at(1, 0, 4)), Group: at(1, 10, 11), Part: 1, Parts: 1},
		{Kind: rag.Row, Span: at(1, 12, 15), Context: lead, Group: table, Part: 2, Parts: 2},
	}
	for kind := range rag.Lead + 1 {
		passages[2].Units = append(passages[2].Units, rag.Unit{Kind: kind, Span: at(2, int(kind), int(kind)+1), Context: []lang.Span{at(3, 0, 4)}})
	}
	passages[3].Units = nil
	if err := l.Put(t.Context(), doc, passages); err != nil {
		t.Fatal(err)
	}
	got, err := l.Passages(t.Context(), rag.Operator(), passages[0].ID, passages[1].ID, passages[2].ID, passages[3].ID)
	if err != nil || len(got) != len(passages) {
		t.Fatalf("%d passages, %v", len(got), err)
	}
	for i, p := range got {
		if diff := cmp.Diff(passages[i].Units, p.Units); diff != "" {
			t.Errorf("units of passage %d (-want +got):\n%s", i+1, diff)
		}
	}
}

func testReplace(t *testing.T, l rag.Library) {
	put(t, l, "a", rag.Everyone, "old words\nmore old", []float32{1, 0, 0, 0})
	candidates(t, l, query("old", nil)) // what is in memory must follow
	put(t, l, "a", rag.Everyone, "new words", []float32{0, 1, 0, 0})
	for words, want := range map[string]string{"old": "", "more": "", "new": "a/1", "words": "a/1"} {
		if got := names(candidates(t, l, query(words, nil)).Lexical); got != want {
			t.Errorf("%s: %q, want %q", words, got, want)
		}
	}
	c := candidates(t, l, query("new", []float32{0, 1, 0, 0}))
	if c.Passages != 1 || c.Documents != 1 || names(c.Vector) != "a/1" || math.Abs(c.MeanVector-1) > 1e-6 {
		t.Errorf("after the replacement: %+v", c)
	}
}

func testDelete(t *testing.T, l rag.Library) {
	put(t, l, "a", rag.Everyone, "shared alpha", []float32{1, 0, 0, 0})
	put(t, l, "b", rag.Everyone, "shared beta", []float32{0, 1, 0, 0})
	candidates(t, l, query("shared", nil))
	if err := l.Delete(t.Context(), "a", "unknown"); err != nil {
		t.Fatal(err)
	}
	c := candidates(t, l, query("shared alpha", []float32{1, 0, 0, 0}))
	if names(c.Lexical) != "b/1" || names(c.Vector) != "b/1" || c.Frequencies[0] != 1 || c.Frequencies[1] != 0 || c.Documents != 1 {
		t.Errorf("candidates: %+v", c)
	}
	if _, err := l.Document(t.Context(), "a", rag.Operator()); !errors.Is(err, rag.ErrNotFound) {
		t.Errorf("document: %v", err)
	}
	if p, err := l.Passages(t.Context(), rag.Operator(), rag.PassageID{Document: "a", N: 1}); err != nil || len(p) != 0 {
		t.Errorf("passages: %v, %v", p, err)
	}
}

func testPassages(t *testing.T, l rag.Library) {
	put(t, l, "a", rag.Everyone, "one\ntwo\nthree")
	got, err := l.Passages(t.Context(), rag.Operator(), rag.PassageID{Document: "a", N: 3}, rag.PassageID{Document: "a", N: 9}, rag.PassageID{Document: "a", N: 1})
	if err != nil || len(got) != 2 || got[0].Text != "three" || got[1].Text != "one" {
		t.Errorf("%+v, %v", got, err)
	}
}

func testDocuments(t *testing.T, l rag.Library) {
	for _, id := range []string{"c", "a", "b"} {
		put(t, l, id, rag.Everyone, "text of "+id)
	}
	var got []string
	for info, err := range l.Documents(t.Context(), rag.Operator()) {
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, string(info.ID))
		if len(got) == 2 {
			break
		}
	}
	if diff := cmp.Diff([]string{"a", "b"}, got); diff != "" {
		t.Error(diff)
	}
}

// testAtomic replaces a document of five passages again and again while others
// read: all five must always be of one version.
func testAtomic(t *testing.T, l rag.Library) {
	const versions, passages = 60, 5
	ids := make([]rag.PassageID, passages)
	for i := range ids {
		ids[i] = rag.PassageID{Document: "a", N: i + 1}
	}
	text := func(v int) string { return strings.TrimSuffix(strings.Repeat(fmt.Sprintf("v%d\n", v), passages), "\n") }
	put(t, l, "a", rag.Everyone, text(0))
	done := make(chan struct{})
	var readers sync.WaitGroup
	for range 3 {
		readers.Go(func() {
			for {
				select {
				case <-done:
					return
				default:
				}
				readVersion(t, l, ids)
			}
		})
	}
	for v := 1; v <= versions; v++ {
		put(t, l, "a", rag.Everyone, text(v))
	}
	close(done)
	readers.Wait()
}

func readVersion(t *testing.T, l rag.Library, ids []rag.PassageID) {
	found, err := l.Passages(t.Context(), rag.Operator(), ids...)
	if err != nil || len(found) != len(ids) {
		t.Errorf("read %d of %d passages: %v", len(found), len(ids), err)
		return
	}
	for _, p := range found {
		if p.Text != found[0].Text || p.Document.Hash != found[0].Document.Hash {
			t.Errorf("two versions in one read: %q and %q", found[0].Text, p.Text)
		}
	}
	c, err := l.Candidates(t.Context(), query("v0", nil))
	if err != nil || c.Documents != 1 || c.Passages != len(ids) {
		t.Errorf("search saw %d documents, %d passages: %v", c.Documents, c.Passages, err)
	}
}

func testNoPassages(t *testing.T, l rag.Library) {
	doc, _ := document("empty", rag.Everyone, "")
	put(t, l, "a", rag.Everyone, "word")
	for range 2 {
		if err := l.Put(t.Context(), doc, nil); err != nil {
			t.Fatal(err)
		}
		if c := candidates(t, l, query("word", nil)); c.Documents != 2 || c.Passages != 1 {
			t.Errorf("%d documents, %d passages", c.Documents, c.Passages)
		}
	}
	if err := l.Delete(t.Context(), "empty"); err != nil {
		t.Fatal(err)
	}
	if c := candidates(t, l, query("word", nil)); c.Documents != 1 {
		t.Errorf("%d documents after the deletion", c.Documents)
	}
}
