package main

import (
	"context"
	"errors"
	"fmt"
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

// hits is how many passages candidates are taken from.
const hits = 20

// askedSmaller is the share, in percent, of questions that are asked once more in
// a library of one of these sizes, in documents.
const askedSmaller = 50

var sizes = [...]int{1, 5, 20, 100}

// embedder is what the built-in one is.
type embedder interface {
	rag.Embedder
	rag.SentenceEmbedder
}

// gatherer makes examples of questions.
type gatherer struct {
	embedder embedder
	// held are the documents that are left out.
	held    eval.DocumentList
	workers int
	log     *slog.Logger
	x       *Examples
	numbers map[string]int32
}

// gather asks all questions of all sets.
func (s settings) gather(ctx context.Context, all []Sets, held eval.DocumentList, e embedder) (*Examples, error) {
	x := &Examples{Measures: extract.MeasureNames(), Shape: shapeFor(e)}
	var err error
	if x.Origin, err = originOf(all, e); err != nil {
		return nil, err
	}
	g := &gatherer{embedder: e, held: held, workers: s.Workers, log: s.log, x: x, numbers: make(map[string]int32)}
	for _, sets := range all {
		if err := g.library(ctx, sets); err != nil {
			return nil, err
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

// library asks the questions of sets in a library of their documents.
func (g *gatherer) library(ctx context.Context, s Sets) (err error) {
	lib, err := s.build(ctx, g.embedder, g.held, g.log)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, lib.Close()) }()
	for _, set := range s.Sets {
		asks, err := asksOf(set, g.held)
		if err != nil {
			return err
		}
		g.log.Info("ask", "library", s.Name, "documents", len(lib.spaces), "set", set.Name, "questions", len(asks))
		const chunk = 512 // so much is kept in words before it is in numbers
		for some := range slices.Chunk(asks, chunk) {
			if err := g.askAll(ctx, lib, some); err != nil {
				return err
			}
		}
	}
	return nil
}

// ask is a question to ask in a library, and what was found.
type ask struct {
	Example
	question eval.Question
	asked    ranker.Question
	sheets   []extract.Sheet
}

func asksOf(set eval.Set, held eval.DocumentList) (asks []ask, err error) {
	foldOf, err := foldsOf(set, held)
	for _, q := range set.Questions {
		if q.Gold == nil || !q.Gold.Unanswerable && len(q.Gold.Units) == 0 && len(q.Gold.Answers) == 0 || held.Holds(set.Name, q) {
			continue
		}
		fold, known := foldOf[q.Document]
		if q.Document == "" {
			fold, known = int(hashOf(q.ID)%folds), true
		}
		if !known {
			return nil, fmt.Errorf("the question %s is of no document of %s", q.ID, set.Name)
		}
		a := ask{Example: Example{ID: q.ID, Set: set.Name, Answerable: !q.Gold.Unanswerable, Fold: fold}, question: q}
		asks = append(asks, a)
		if h := hashOf("size " + q.ID); h%1000 < askedSmaller*10 {
			a.Documents = sizes[h/1000%uint64(len(sizes))]
			asks = append(asks, a)
		}
	}
	return asks, err
}

// askAll asks the questions, several at once, and takes in what was found in
// their order.
func (g *gatherer) askAll(ctx context.Context, lib *shelved, asks []ask) error {
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(max(1, g.workers))
	r := retrieve.Retriever{Library: lib, Embedder: g.embedder}
	for i := range asks {
		group.Go(func() error { return asks[i].ask(ctx, r, lib) })
	}
	if err := group.Wait(); err != nil {
		return err
	}
	for i := range asks {
		g.take(&asks[i])
		asks[i] = ask{}
	}
	return nil
}

func (a *ask) ask(ctx context.Context, r retrieve.Retriever, lib *shelved) error {
	request := rag.SearchRequest{Question: a.question.Text, Audience: rag.Operator(), Limit: hits, Spaces: lib.draw(a.question, a.Documents)}
	found, err := r.Retrieve(ctx, request)
	if err != nil {
		return fmt.Errorf("look up the question %s: %w", a.ID, err)
	}
	a.Passages = found.Searched.Passages
	a.asked, a.sheets = extract.Sheets(a.question.Text, found, r.Embedder)
	a.Labels, err = label(ctx, lib, a.question, a.sheets)
	return err
}

// take makes numbers of what was found.
func (g *gatherer) take(a *ask) {
	e := a.Example
	for _, w := range a.asked.Words {
		e.Words, e.Shapes, e.IDF = append(e.Words, g.number(w.Text)), append(e.Shapes, w.Shape), append(e.IDF, w.IDF)
	}
	for _, s := range a.sheets {
		// The measures are in the middle of much that need not be kept.
		c := Candidate{Measures: slices.Clone(s.Measures), Met: slices.Concat(s.Met...)}
		for _, w := range s.Words {
			c.Words, c.Shapes, c.Best = append(c.Words, g.number(w.Text)), append(c.Shapes, uint16(w.Shape)), append(c.Best, w.Best)
		}
		e.Candidates = append(e.Candidates, c)
	}
	g.x.List = append(g.x.List, e)
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
