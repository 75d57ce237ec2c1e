package ragtest

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"docent/rag"
)

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
			want += term.Weight * idf * count * 1.9 / (count + 0.9*(0.25+0.75*float64(len(words))/(float64(total)/4)))
		}
		if math.Abs(c.Lexical-want) > 1e-5 {
			t.Errorf("%s: %v, want %v", c.Passage.Document, c.Lexical, want)
		}
	}
}

func testWords(t *testing.T, l rag.Library) {
	put(t, l, "a", rag.Everyone, "boat ship water water")
	put(t, l, "b", rag.Everyone, "ship ship boat water")
	put(t, l, "c", rag.Everyone, "boat water water water")
	put(t, l, "d", rag.Everyone, "water water water water")
	word := func(weight float64, number int) float64 {
		q := query("boat ship water", nil)
		for i, w := range []float64{1, weight, 0} {
			q.Terms[i].Weight, q.Terms[i].Word = w, number
		}
		c := candidates(t, l, q)
		if !slices.Equal(c.Frequencies, []int{3, 2, 4}) || len(c.Lexical) != 3 {
			t.Errorf("%d: frequencies %v, %d found", number, c.Frequencies, len(c.Lexical))
		}
		return c.Lexical[slices.IndexFunc(c.Lexical, func(c rag.Candidate) bool { return c.Passage.Document == "a" })].Lexical
	}
	// All passages are of mean length, "a" has 1.5 of a word that three have.
	want := math.Log(1+(4-3+0.5)/(3+0.5)) * 1.5 * 1.9 / (1.5 + 0.9)
	if got := word(0.5, 1); math.Abs(got-want) > 1e-5 {
		t.Errorf("as one word: %v, want %v", got, want)
	}
	want = math.Log(1+(4-3+0.5)/(3+0.5)) + 0.5*math.Log(1+(4-2+0.5)/(2+0.5))
	if got := word(0.5, 0); math.Abs(got-want) > 1e-5 {
		t.Errorf("as two words: %v, want %v", got, want)
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

func testEmpty(t *testing.T, l rag.Library) {
	c := candidates(t, l, query("x", []float32{1, 0, 0, 0}))
	if len(c.Lexical)+len(c.Vector)+c.Documents+c.Passages != 0 || len(c.Frequencies) != 1 {
		t.Errorf("%+v", c)
	}
}

func testNoDirection(t *testing.T, l rag.Library) {
	nan := float32(math.NaN())
	for name, v := range map[string][]float32{
		"zero": make([]float32, 4), "NaN": {nan, 0, 0, 0}, "infinite": {float32(math.Inf(1)), 0, 0, 0}, "long": {2, 0, 0, 0}, "none at all": {}, "two dimensions": {1, 0},
	} {
		doc, passages := document("a", rag.Everyone, "x", v)
		if err := l.Put(t.Context(), doc, passages); err == nil {
			t.Errorf("%s: put", name)
		}
		if _, err := l.Candidates(t.Context(), query("x", v)); err == nil {
			t.Errorf("%s: searched", name)
		}
	}
	if c := candidates(t, l, query("x", nil)); c.Documents != 0 {
		t.Errorf("a refused document is searched: %+v", c)
	}
}

func testTermTwice(t *testing.T, l rag.Library) {
	doc, passages := document("a", rag.Everyone, "x y")
	passages[0].Terms = []rag.TermCount{{Text: "x", Count: 1}, {Text: "y", Count: 1}, {Text: "x", Count: 2}}
	if err := l.Put(t.Context(), doc, passages); err != nil {
		t.Fatal(err)
	}
	put(t, l, "b", rag.Everyone, "x y x x")
	c := candidates(t, l, query("x", nil))
	if names(c.Lexical) != "a/1 b/1" || c.Frequencies[0] != 2 || c.Lexical[0].Lexical != c.Lexical[1].Lexical {
		t.Errorf("%+v", c)
	}
}
