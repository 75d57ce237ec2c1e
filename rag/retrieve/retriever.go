package retrieve

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"time"

	"docent/rag"
	"docent/rag/lang"
)

// DefaultLimit is the number of hits of a search.
const DefaultLimit = 10

// Retriever finds the passages that speak of a question, by words and by
// vector, fused. The zero value of all fields but Library and Embedder is the
// documented default.
type Retriever struct {
	Library  rag.Library
	Embedder rag.Embedder
	// Aliases are the team's, nil for none.
	Aliases *Aliases
	// Limit is the number of hits where a request names none; 0 means
	// DefaultLimit.
	Limit int
	// Reread is how many of the best hits are read again unit by unit; 0 means
	// DefaultReread.
	Reread int
	// Reranker chooses among the best hits; nil leaves them as they are.
	Reranker rag.Reranker
	// observe, where not nil, is told the features of each hit that is read.
	observe func(rag.Hit, features)
}

// Result is what a search found, with the question as it was analysed:
// who looks for the sentence that answers need not do it again.
type Result struct {
	rag.Result
	Words []QueryWord
	Wants Wanted
	// Analyses holds each of the hits as it was read for the question.
	Analyses map[rag.PassageID]*Analysis
	// coverage is the share of the question's information that the best
	// passage's words account for, see coverage.
	coverage float64
}

// search ranks the passages of the library for the request.
func (r Retriever) search(ctx context.Context, req rag.SearchRequest) (Result, error) {
	began := time.Now()
	question, err := req.Check()
	if err != nil {
		return Result{}, err
	}
	language := req.Language
	if language == "" {
		language = lang.DetectQuestion(question)
	}
	wants := WantedBy(language, question)
	words := queryWords(language, question, wants)
	r.Aliases.apply(question, words)
	related(language, words)
	vector, err := r.Embedder.EmbedQuery(ctx, question)
	if err != nil {
		return Result{}, fmt.Errorf("embed the question: %w", err)
	}
	x := expansion{retriever: r, request: req, language: language}
	if err := x.spellOut(ctx, words); err != nil {
		return Result{}, err
	}
	if err := x.expand(ctx, words); err != nil {
		return Result{}, err
	}
	terms := queryTerms(words)
	found, err := r.Library.Candidates(ctx, rag.Query{Audience: req.Audience, Spaces: req.Spaces, Terms: terms, Vector: vector})
	if err != nil {
		return Result{}, fmt.Errorf("search the library: %w", err)
	}
	result := Result{Words: words, Wants: wants}
	result.Language, result.Searched = language, rag.Searched{Documents: found.Documents, Passages: found.Passages}
	reader := newReader(words, language, r.Embedder, vector)
	result.Hits, result.coverage, err = r.rank(ctx, req, found, reader)
	result.Analyses = make(map[rag.PassageID]*Analysis, len(result.Hits))
	for _, h := range result.Hits[:min(len(result.Hits), cmp.Or(r.Reread, len(result.Hits)))] {
		result.Analyses[h.ID] = reader.analysis(h.Located)
	}
	result.Took = time.Since(began)
	return result, err
}

// rank fuses the candidates, and reads the best again. The best passage by
// words is read first, since how much of the question it covers decides how
// much the words count.
func (r Retriever) rank(ctx context.Context, req rag.SearchRequest, found rag.Candidates, reader *reader) ([]rag.Hit, float64, error) {
	var covered float64
	if len(found.Lexical) > 0 {
		best, err := r.Library.Passages(ctx, req.Audience, found.Lexical[0].Passage)
		if err != nil {
			return nil, 0, fmt.Errorf("load the best passage: %w", err)
		}
		for _, p := range best {
			covered = coverage(reader.words, termSet(p))
		}
	}
	fused := newFusion(found, lexicalWeight(covered))
	hits := fused.hits()
	limit, most := r.limit(req), cmp.Or(r.Reread, DefaultReread)
	hits, err := r.load(ctx, req.Audience, hits[:min(len(hits), max(limit, most))])
	if err != nil {
		return nil, 0, err
	}
	fused.observe = r.observe
	fused.reread(hits, most, reader)
	return hits[:min(len(hits), limit)], covered, nil
}

func (r Retriever) limit(req rag.SearchRequest) int {
	switch {
	case req.Limit > 0:
		return req.Limit
	case r.Limit > 0:
		return r.Limit
	}
	return DefaultLimit
}

func (r Retriever) load(ctx context.Context, a rag.Audience, ranked []rag.Hit) ([]rag.Hit, error) {
	ids := make([]rag.PassageID, len(ranked))
	for i, h := range ranked {
		ids[i] = h.ID
	}
	passages, err := r.Library.Passages(ctx, a, ids...)
	if err != nil {
		return nil, fmt.Errorf("load %d passages: %w", len(ids), err)
	}
	hits := make([]rag.Hit, 0, len(passages))
	for _, h := range ranked {
		if n := len(hits); n < len(passages) && passages[n].ID == h.ID {
			h.Located = passages[n]
			hits = append(hits, h)
		}
	}
	return hits, nil
}

// weigh sets the frequency and idf of each word from those of its terms. A
// word occurs as often as its most frequent form.
func (x expansion) weigh(words []QueryWord, terms []rag.QueryTerm, found rag.Candidates) {
	frequency := make(map[string]int, len(terms))
	for i, t := range terms {
		frequency[t.Text] = found.Frequencies[i]
	}
	for i := range words {
		w := &words[i]
		for _, t := range w.Terms {
			w.Frequency = max(w.Frequency, frequency[t])
		}
		var ordinary float64
		if !w.Name {
			ordinary = x.ordinary(w.Surface)
		}
		w.IDF = inverseFrequency(w.Frequency, found.Passages, ordinary)
		w.scale = w.IDF / lexicalFrequency(w.Frequency, found.Passages)
	}
}

// priorPassages are added to those searched when idf is computed: among a
// handful of passages, being in none or in all says less about a word than the
// formula has it. What an ordinary passage may have counts for
// ordinaryPassages: that none has "took place" says nothing about what is asked.
const priorPassages, ordinaryPassages = 100, 300

// ordinaryWords is how many words an ordinary passage has.
const ordinaryWords = 100

// ordinary is the probability that an ordinary passage has a folded word.
func (x expansion) ordinary(word string) float64 {
	f, ok := x.retriever.Embedder.(rag.WordFrequencies)
	if !ok {
		return 0
	}
	return 1 - math.Pow(1-f.Frequency(x.language, word), ordinaryWords)
}

// InverseFrequency is the inverse document frequency of a term that so many of
// the passages have, smoothed by priorPassages (Robertson and Zaragoza, "The
// Probabilistic Relevance Framework", 2009, section 3.1).
func InverseFrequency(frequency, passages int) float64 {
	return inverseFrequency(frequency, passages, 0)
}

func inverseFrequency(frequency, passages int, ordinary float64) float64 {
	n := float64(passages + priorPassages)
	df := min(n, float64(frequency)+ordinaryPassages*ordinary)
	return math.Log(1 + (n-df+0.5)/(df+0.5))
}

// lexicalFrequency is the idf that a library weighs a term by.
func lexicalFrequency(frequency, passages int) float64 {
	n, df := float64(passages), float64(frequency)
	return math.Log(1 + (n-df+0.5)/(df+0.5))
}

// termSet holds the index terms of a passage.
func termSet(p rag.Located) map[string]bool {
	set := make(map[string]bool)
	for _, t := range passageTerms(p.Document, p.Passage) {
		set[t.Text] = true
	}
	return set
}

// coverage is the share of the question's information, measured in idf, that
// the terms account for; 0 for a question without informative words.
func coverage(words []QueryWord, terms map[string]bool) float64 {
	var covered, all float64
	for _, w := range words {
		all += w.IDF
		if slices.ContainsFunc(w.Terms, func(t string) bool { return terms[t] }) {
			covered += w.IDF
		}
	}
	if all == 0 {
		return 0
	}
	return covered / all
}
