package ragtest

import (
	"fmt"
	"strings"
	"testing"

	"docent/rag"
)

// Fingerprint is what the libraries under test are opened with.
var Fingerprint = rag.Fingerprint{Name: "ragtest", Version: "1", Dimension: 4, Analysis: rag.AnalysisVersion}

// TestLibrary is the contract of rag.Library as a suite. open returns an empty
// library of Fingerprint that is closed by the test's cleanup.
func TestLibrary(t *testing.T, open func(t *testing.T) rag.Library) {
	for name, test := range map[string]func(*testing.T, rag.Library){
		"a document comes back as it was put":         testRoundTrip,
		"units come back as they were put":            testUnits,
		"a document is replaced whole":                testReplace,
		"a deleted document is gone everywhere":       testDelete,
		"an empty audience is an error":               testNoAudience,
		"a hidden space leaves no trace":              testSpaces,
		"passages come in the order asked":            testPassages,
		"documents are ordered and may be broken off": testDocuments,
		"BM25 is the textbook's":                      testBM25,
		"forms of a word count as one":                testWords,
		"cosines are ranked, ties by passage":         testVectors,
		"both scores stand on both lists":             testBothScores,
		"limits are kept":                             testLimit,
		"a cancelled search is an error":              testCancelled,
		"nobody sees half a document":                 testAtomic,
		"an empty library finds nothing":              testEmpty,
		"vectors it cannot compare are refused":       testNoDirection,
		"a document may hold nothing":                 testNoPassages,
		"a term given twice counts twice":             testTermTwice,
		"random changes leave nothing behind":         testRandom,
	} {
		t.Run(name, func(t *testing.T) { test(t, open(t)) })
	}
}

// document makes a document whose passages are its lines; each word of a line
// is a term.
func document(id, space, text string, vectors ...[]float32) (rag.Document, []rag.Passage) {
	doc := rag.Document{Text: text, DocumentInfo: rag.DocumentInfo{
		ID: rag.DocumentID(id), URI: id + ".txt", Title: "Title of " + id, Author: "Author of " + id, Format: "Markdown", Language: "fr", Date: "2024-02-07", Space: space, File: "/docs/" + id, Hash: "h-" + text,
		Structure: 7, Status: rag.Draft, Version: "2.1", Aliases: []string{"Alias of " + id, "b, c"},
	}}
	var passages []rag.Passage
	at := 0
	for i, line := range strings.Split(text, "\n") {
		p := rag.Passage{ID: rag.PassageID{Document: doc.ID, N: i + 1}, Start: at, End: at + len(line), Text: line, Page: i + 1, Row: i + 7, Heading: []string{"A", "B"}, Language: "fr"}
		for _, w := range strings.Fields(line) {
			p.Terms = append(p.Terms, rag.TermCount{Text: w, Count: 1})
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
