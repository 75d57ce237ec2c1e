package ragtest

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"docent/rag"
)

// Fingerprint is what the libraries under test are opened with.
var Fingerprint = rag.Fingerprint{Name: "ragtest", Version: "1", Dimension: 4, Analysis: rag.AnalysisVersion}

// TestLibrary is the contract of rag.Library as a suite. open returns an empty
// library of Fingerprint that is closed by the test's cleanup.
func TestLibrary(t *testing.T, open func(t *testing.T) rag.Library) {
	for name, test := range map[string]func(*testing.T, rag.Library){
		"a document comes back as it was put":         testRoundTrip,
		"a document is replaced whole":                testReplace,
		"a deleted document is gone everywhere":       testDelete,
		"an empty audience is an error":               testNoAudience,
		"a hidden space leaves no trace":              testSpaces,
		"passages come in the order asked":            testPassages,
		"documents are ordered and may be broken off": testDocuments,
		"BM25 is the textbook's":                      testBM25,
		"cosines are ranked, ties by passage":         testVectors,
		"both scores stand on both lists":             testBothScores,
		"limits are kept":                             testLimit,
		"a wrong dimension is refused":                testDimension,
		"a cancelled search is an error":              testCancelled,
		"nobody sees half a document":                 testAtomic,
		"an empty library finds nothing":              testEmpty,
	} {
		t.Run(name, func(t *testing.T) { test(t, open(t)) })
	}
}

// document makes a document whose passages are its lines; each word of a line
// is a term.
func document(id, space, text string, vectors ...[]float32) (rag.Document, []rag.Passage) {
	doc := rag.Document{Text: text, DocumentInfo: rag.DocumentInfo{
		ID: rag.DocumentID(id), URI: id + ".txt", Title: "Title of " + id, Language: "fr", Date: "2024-02-07", Space: space, File: "/docs/" + id, Hash: "h-" + text,
	}}
	var passages []rag.Passage
	at := 0
	for i, line := range strings.Split(text, "\n") {
		p := rag.Passage{ID: rag.PassageID{Document: doc.ID, N: i + 1}, Start: at, End: at + len(line), Text: line, Page: i + 1, Heading: []string{"A", "B"}, Language: "fr"}
		for _, w := range strings.Fields(line) {
			if k := slices.IndexFunc(p.Terms, func(c rag.TermCount) bool { return c.Text == w }); k >= 0 {
				p.Terms[k].Count++
			} else {
				p.Terms = append(p.Terms, rag.TermCount{Text: w, Count: 1})
			}
		}
		if i < len(vectors) {
			p.Vector = vectors[i]
		}
		passages = append(passages, p)
		at += len(line) + 1
	}
	return doc, passages
}

func put(t *testing.T, l rag.Library, id, space, text string, vectors ...[]float32) {
	t.Helper()
	doc, passages := document(id, space, text, vectors...)
	if err := l.Put(t.Context(), doc, passages); err != nil {
		t.Fatal(err)
	}
}

func query(words string, vector []float32) rag.Query {
	q := rag.Query{Audience: rag.Operator(), Vector: vector}
	for w := range strings.FieldsSeq(words) {
		q.Terms = append(q.Terms, rag.QueryTerm{Text: w, Weight: 1})
	}
	return q
}

func candidates(t *testing.T, l rag.Library, q rag.Query) rag.Candidates {
	t.Helper()
	c, err := l.Candidates(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func names(list []rag.Candidate) string {
	var s []string
	for _, c := range list {
		s = append(s, fmt.Sprintf("%s/%d", c.Passage.Document, c.Passage.N))
	}
	return strings.Join(s, " ")
}

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

func testNoAudience(t *testing.T, l rag.Library) {
	put(t, l, "a", rag.Everyone, "word")
	for name, call := range map[string]func(rag.Audience) error{
		"candidates": func(a rag.Audience) error {
			_, err := l.Candidates(t.Context(), rag.Query{Audience: a})
			return err
		},
		"passages": func(a rag.Audience) error {
			_, err := l.Passages(t.Context(), a, rag.PassageID{Document: "a", N: 1})
			return err
		},
		"document": func(a rag.Audience) error { _, err := l.Document(t.Context(), "a", a); return err },
		"documents": func(a rag.Audience) error {
			for _, err := range l.Documents(t.Context(), a) {
				return err
			}
			return nil
		},
	} {
		for _, a := range []rag.Audience{{}, rag.Members()} {
			if err := call(a); !errors.Is(err, rag.ErrNoAudience) {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
}

func testSpaces(t *testing.T, l rag.Library) {
	put(t, l, "open", rag.Everyone, "budget public", []float32{1, 0, 0, 0})
	put(t, l, "shut", "board", "budget secret secret", []float32{0, 1, 0, 0})
	put(t, l, "other", "works", "budget works", []float32{0, 0, 1, 0})
	everyone := rag.Members(rag.Everyone)
	alone := query("budget secret", []float32{0, 1, 0, 0})
	alone.Audience = everyone
	c := candidates(t, l, alone)
	if names(c.Lexical) != "open/1" || names(c.Vector) != "open/1" || c.Documents != 1 || c.Passages != 1 {
		t.Errorf("candidates: %+v", c)
	}
	if diff := cmp.Diff([]int{1, 0}, c.Frequencies); diff != "" {
		t.Errorf("frequencies tell of hidden documents:\n%s", diff)
	}
	if _, err := l.Document(t.Context(), "shut", everyone); !errors.Is(err, rag.ErrNotFound) {
		t.Errorf("document: %v", err)
	}
	if p, err := l.Passages(t.Context(), everyone, rag.PassageID{Document: "shut", N: 1}); err != nil || len(p) != 0 {
		t.Errorf("passages: %v, %v", p, err)
	}
	narrowed := query("budget", nil)
	narrowed.Audience, narrowed.Spaces = rag.Members(rag.Everyone, "board"), []string{"board", "works"}
	if got := names(candidates(t, l, narrowed).Lexical); got != "shut/1" {
		t.Errorf("narrowed to a visible and a hidden space: %q", got)
	}
	if got := names(candidates(t, l, query("budget", nil)).Lexical); got != "open/1 other/1 shut/1" {
		t.Errorf("the operator sees %q", got)
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

func testBM25(t *testing.T, l rag.Library) {
	texts := map[string]string{"a": "x x y", "b": "x z z z z z", "c": "y y y", "d": "w"}
	total := 0
	for id, text := range texts {
		put(t, l, id, rag.Everyone, text)
		total += len(strings.Fields(text))
	}
	put(t, l, "gone", rag.Everyone, "x x x x")
	candidates(t, l, query("x", nil))
	if err := l.Delete(t.Context(), "gone"); err != nil {
		t.Fatal(err)
	}
	q := query("x y", nil)
	q.Terms[1].Weight = 0.5
	idf := math.Log(1 + (4-2+0.5)/(2+0.5))
	for _, c := range candidates(t, l, q).Lexical {
		words := strings.Fields(texts[string(c.Passage.Document)])
		var want float64
		for _, term := range q.Terms {
			count := 0.0
			for _, w := range words {
				if w == term.Text {
					count++
				}
			}
			want += term.Weight * idf * count * 1.9 / (count + 0.9*(0.6+0.4*float64(len(words))/(float64(total)/4)))
		}
		if math.Abs(c.Lexical-want) > 1e-5 {
			t.Errorf("%s: %v, want %v", c.Passage.Document, c.Lexical, want)
		}
	}
}

func testVectors(t *testing.T, l rag.Library) {
	put(t, l, "b", rag.Everyone, "one", []float32{1, 0, 0, 0})
	put(t, l, "a", rag.Everyone, "one\ntwo\nthree\nfour", []float32{1, 0, 0, 0}, []float32{0.6, 0.8, 0, 0}, nil, []float32{0, 0, 1, 0})
	c := candidates(t, l, query("", []float32{1, 0, 0, 0}))
	if got := names(c.Vector); got != "a/1 b/1 a/2 a/4" {
		t.Errorf("ranked %q", got)
	}
	if want := (1 + 1 + 0.6) / 5; math.Abs(c.MeanVector-want) > 1e-6 {
		t.Errorf("mean %v, want %v", c.MeanVector, want)
	}
}

func testBothScores(t *testing.T, l rag.Library) {
	put(t, l, "a", rag.Everyone, "alpha", []float32{0.6, 0.8, 0, 0})
	put(t, l, "b", rag.Everyone, "beta", []float32{1, 0, 0, 0})
	q := query("alpha", []float32{1, 0, 0, 0})
	q.Limit = 1
	c := candidates(t, l, q)
	if len(c.Lexical) != 1 || math.Abs(c.Lexical[0].Vector-0.6) > 1e-6 {
		t.Errorf("lexical list: %+v", c.Lexical)
	}
	if len(c.Vector) != 1 || c.Vector[0].Lexical != 0 || c.Vector[0].Passage.Document != "b" {
		t.Errorf("vector list: %+v", c.Vector)
	}
}

func testLimit(t *testing.T, l rag.Library) {
	for i := range 130 {
		put(t, l, fmt.Sprintf("d%03d", i), rag.Everyone, "same", []float32{1, 0, 0, 0})
	}
	for limit, want := range map[int]int{0: 100, 7: 7, 1 << 30: 130} {
		q := query("same", []float32{1, 0, 0, 0})
		q.Limit = limit
		c := candidates(t, l, q)
		if len(c.Lexical) != want || len(c.Vector) != want {
			t.Errorf("limit %d: %d by words, %d by vector", limit, len(c.Lexical), len(c.Vector))
		}
		if !strings.HasPrefix(names(c.Vector), "d000/1 d001/1 d002/1") {
			t.Errorf("ties: %.40s", names(c.Vector))
		}
	}
}

func testDimension(t *testing.T, l rag.Library) {
	doc, passages := document("a", rag.Everyone, "x", []float32{1, 0})
	if err := l.Put(t.Context(), doc, passages); err == nil {
		t.Error("a passage of two dimensions was put")
	}
	if _, err := l.Candidates(t.Context(), query("", []float32{1})); err == nil {
		t.Error("a question of one dimension was searched")
	}
}

func testCancelled(t *testing.T, l rag.Library) {
	put(t, l, "a", rag.Everyone, "x", []float32{1, 0, 0, 0})
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := l.Candidates(ctx, query("x", []float32{1, 0, 0, 0})); !errors.Is(err, context.Canceled) {
		t.Errorf("candidates: %v", err)
	}
	if _, err := l.Document(ctx, "a", rag.Operator()); !errors.Is(err, context.Canceled) {
		t.Errorf("document: %v", err)
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

func testEmpty(t *testing.T, l rag.Library) {
	c := candidates(t, l, query("x", []float32{1, 0, 0, 0}))
	if len(c.Lexical)+len(c.Vector)+c.Documents+c.Passages != 0 || len(c.Frequencies) != 1 {
		t.Errorf("%+v", c)
	}
}
