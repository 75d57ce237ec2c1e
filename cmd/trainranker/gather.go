package main

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"strings"

	"golang.org/x/sync/errgroup"

	"docent/rag"
	"docent/rag/eval"
	"docent/rag/extract"
	"docent/rag/extract/ranker"
	"docent/rag/retrieve"
)

// Gathering says how questions become examples.
type Gathering struct {
	Split Split
	// HeldOut gathers the questions about documents that are held out too, from
	// libraries of all documents. Nothing is fitted to them.
	HeldOut bool
	// Sizes are the libraries, in documents, that a share of the questions are asked
	// in once more, each in one of them.
	Sizes []int
	Share float64
	// Workers is how many questions are asked at once.
	Workers int
	Log     *slog.Logger
}

// hits is how many passages candidates are taken from.
const hits = 20

// embedder is what the built-in one is.
type embedder interface {
	rag.Embedder
	rag.SentenceEmbedder
}

// gatherer makes examples of questions.
type gatherer struct {
	Gathering
	embedder embedder
	x        *Examples
	numbers  map[string]int32
}

// gather asks all questions of all sets.
func (g Gathering) gather(ctx context.Context, all []Sets, e embedder) (*Examples, error) {
	x := &Examples{Measures: extract.MeasureNames(), Rows: extract.RowNames(), Shape: shapeFor(e)}
	var err error
	if x.Origin, err = originOf(all, e); err != nil {
		return nil, err
	}
	to := &gatherer{Gathering: g, embedder: e, x: x, numbers: make(map[string]int32)}
	for _, s := range all {
		if err := to.library(ctx, s, false); err != nil {
			return nil, err
		}
		if g.HeldOut {
			if err := to.library(ctx, s, true); err != nil {
				return nil, err
			}
		}
	}
	return x, nil
}

// shapeFor is the shape of networks over what extract reads.
func shapeFor(e rag.Embedder) ranker.Shape {
	s := ranker.Shape{
		Vector: e.Fingerprint().Dimension, Projected: 24, QuestionBits: extract.QuestionBits, WordBits: extract.WordBits,
		Rows: len(extract.RowNames()), Measures: len(extract.MeasureNames()), Gate: 16, Hidden: 32, Wide: 64, Narrow: 32,
	}
	s.Kernels = append(s.Kernels, ranker.Kernel{Centre: 1, Width: 0.02}) // the word itself
	for _, centre := range []float32{0.9, 0.75, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1, 0} {
		s.Kernels = append(s.Kernels, ranker.Kernel{Centre: centre, Width: 0.08})
	}
	return s
}

// library asks the questions about documents that are held out in a library of all
// of them, or the others in one without those.
func (g *gatherer) library(ctx context.Context, s Sets, held bool) (err error) {
	lib, err := s.build(ctx, g.embedder, func(set, id string) bool {
		return held || !g.Split.heldOut[document{set, id}]
	}, g.Log)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, lib.Close()) }()
	for _, set := range s.Sets {
		asks, err := g.asks(set, held)
		if err != nil {
			return err
		}
		g.Log.Info("ask", "library", s.Name, "documents", len(lib.spaces), "set", set.Name, "questions", len(asks), "held out", held)
		const chunk = 512 // so much is kept in words before it is in numbers
		for at := 0; at < len(asks); at += chunk {
			if err := g.askAll(ctx, lib, asks[at:min(at+chunk, len(asks))]); err != nil {
				return err
			}
		}
	}
	return nil
}

func (g *gatherer) asks(set eval.Set, held bool) ([]ask, error) {
	var asks []ask
	for _, q := range set.Questions {
		if q.Gold == nil || !q.Gold.Unanswerable && len(q.Gold.Units) == 0 && len(q.Gold.Answers) == 0 {
			continue
		}
		fold, err := g.Split.fold(set.Name, q.Document, q.ID)
		if err != nil {
			return nil, err
		}
		if (fold == heldOut) != held {
			continue
		}
		a := ask{set: set.Name, question: q, fold: fold}
		asks = append(asks, a)
		if h := hashOf("size " + q.ID); len(g.Sizes) > 0 && float64(h%1000) < g.Share*1000 {
			a.size = g.Sizes[h/1000%uint64(len(g.Sizes))]
			asks = append(asks, a)
		}
	}
	return asks, nil
}

// askAll asks the questions, several at once, and takes in what was found in
// their order.
func (g *gatherer) askAll(ctx context.Context, lib *shelved, asks []ask) error {
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(max(1, g.Workers))
	r := retrieve.Retriever{Library: lib, Embedder: g.embedder}
	for i := range asks {
		group.Go(func() error { return asks[i].ask(ctx, r, lib) })
	}
	if err := group.Wait(); err != nil {
		return err
	}
	for i := range asks {
		g.take(&asks[i])
	}
	return nil
}

// take makes an example of what was found.
func (g *gatherer) take(a *ask) {
	q := a.question
	e := Example{
		ID: q.ID, Set: a.set, Document: q.Document, Kind: q.Tags["kind"], Register: q.Tags["register"], Language: q.Language,
		Answerable: !q.Gold.Unanswerable, Fold: a.fold, Labels: a.labels, Passages: a.passages, Documents: a.size,
	}
	for _, w := range a.asked.Words {
		e.Words, e.Shapes, e.IDF = append(e.Words, g.number(w.Text)), append(e.Shapes, w.Shape), append(e.IDF, w.IDF)
	}
	for _, s := range a.sheets {
		e.Candidates = append(e.Candidates, g.candidate(&s.Candidate))
	}
	g.x.List = append(g.x.List, e)
}

func (g *gatherer) candidate(s *ranker.Candidate) Candidate {
	n := len(s.Words)
	// The measures are in the middle of much that need not be kept.
	c := Candidate{Words: make([]int32, n), Shapes: make([]uint16, n), Best: make([]float32, n), Measures: slices.Clone(s.Measures)}
	for i, w := range s.Words {
		c.Words[i], c.Shapes[i], c.Best[i] = g.number(w.Text), uint16(w.Shape), w.Best
	}
	for _, row := range s.Met {
		c.Met = append(c.Met, row...)
	}
	return c
}

// number is that of a word in the vocabulary.
func (g *gatherer) number(word string) int32 {
	n, known := g.numbers[word]
	if !known {
		n = int32(len(g.x.Words))
		word = strings.Clone(word)
		g.numbers[word] = n
		g.x.Words = append(g.x.Words, word)
		vector := make([]float32, g.x.Shape.Vector)
		if !g.embedder.EmbedInto(vector, word) {
			clear(vector)
		}
		g.x.Vectors = append(g.x.Vectors, vector...)
	}
	return n
}
