package library

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math"
	"runtime"
	"slices"

	"golang.org/x/sync/errgroup"

	"docent/rag"
)

// The parameters of BM25, Lucene's defaults of old and what short passages
// like best: k1 bounds what repetition adds, b what length takes away.
const (
	k1 = 0.9
	b  = 0.4
)

const defaultLimit = 100

// Candidates searches one state of the library: all that was committed before
// the call, by whichever process.
func (l *Library) Candidates(ctx context.Context, q rag.Query) (rag.Candidates, error) {
	if q.Audience.IsEmpty() {
		return rag.Candidates{}, rag.ErrNoAudience
	}
	if q.Vector != nil && len(q.Vector) != l.opts.Fingerprint.Dimension {
		return rag.Candidates{}, fmt.Errorf("the question's vector has %d dimensions, the library's %d", len(q.Vector), l.opts.Fingerprint.Dimension)
	}
	if err := ctx.Err(); err != nil {
		return rag.Candidates{}, err
	}
	if err := l.refresh(ctx); err != nil {
		return rag.Candidates{}, fmt.Errorf("follow the library: %w", known(err))
	}
	terms, err := l.termIDs(ctx, q.Terms)
	if err != nil {
		return rag.Candidates{}, fmt.Errorf("look up %d terms: %w", len(q.Terms), known(err))
	}
	l.follow.index.RLock()
	defer l.follow.index.RUnlock()
	if l.follow.now == nil {
		return rag.Candidates{}, errors.New("the library is being read anew")
	}
	s := newSearch(l.follow.now, q, terms)
	return s.run(ctx)
}

// termIDs numbers the terms; 0, which numbers none, for those that no
// document has.
func (l *Library) termIDs(ctx context.Context, terms []rag.QueryTerm) ([]uint32, error) {
	ids := make([]uint32, len(terms))
	if len(terms) == 0 {
		return ids, nil
	}
	statement, err := l.read.PrepareContext(ctx, `SELECT id FROM terms WHERE text = ?`)
	if err != nil {
		return nil, err
	}
	defer statement.Close()
	for i, t := range terms {
		if err := statement.QueryRowContext(ctx, t.Text).Scan(&ids[i]); err != nil && !errors.Is(err, sql.ErrNoRows) {
			return nil, err
		}
	}
	return ids, nil
}

// search is one query over the segments that its audience may see.
type search struct {
	index    *index
	segments []*segment
	query    rag.Query
	terms    []uint32
	limit    int

	passages    int
	meanLength  float64
	frequencies []int
	idf         []float64
}

func newSearch(x *index, q rag.Query, terms []uint32) *search {
	s := &search{index: x, segments: x.searched(q), query: q, terms: terms, limit: q.Limit}
	if s.limit <= 0 {
		s.limit = defaultLimit
	}
	words := 0
	for _, seg := range s.segments {
		s.passages += seg.live
		words += seg.words
	}
	if s.passages > 0 {
		s.meanLength = float64(words) / float64(s.passages)
	}
	s.frequencies = make([]int, len(terms))
	s.idf = make([]float64, len(terms))
	for i, t := range terms {
		for _, seg := range s.segments {
			s.frequencies[i] += seg.frequency(t)
		}
		df := float64(s.frequencies[i])
		s.idf[i] = math.Log(1 + (float64(s.passages)-df+0.5)/(df+0.5))
	}
	return s
}

func (s *search) run(ctx context.Context) (rag.Candidates, error) {
	type found struct{ lexical, vector []rag.Candidate }
	parts := make([]found, len(s.segments))
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(runtime.GOMAXPROCS(0))
	for i, seg := range s.segments {
		g.Go(func() (err error) {
			parts[i].lexical, parts[i].vector, err = s.segment(ctx, seg)
			return err
		})
	}
	if err := g.Wait(); err != nil {
		return rag.Candidates{}, err
	}
	result := rag.Candidates{
		Frequencies: s.frequencies, MeanVector: s.meanVector(), Passages: s.passages, Documents: s.index.count(s.segments),
	}
	for _, p := range parts {
		result.Lexical = append(result.Lexical, p.lexical...)
		result.Vector = append(result.Vector, p.vector...)
	}
	result.Lexical = s.ranked(result.Lexical, func(c rag.Candidate) float64 { return c.Lexical })
	result.Vector = s.ranked(result.Vector, func(c rag.Candidate) float64 { return c.Vector })
	return result, nil
}

func (s *search) ranked(list []rag.Candidate, score func(rag.Candidate) float64) []rag.Candidate {
	slices.SortFunc(list, func(a, b rag.Candidate) int {
		return cmp.Or(cmp.Compare(score(b), score(a)), comparePassages(a.Passage, b.Passage))
	})
	return list[:min(len(list), s.limit)]
}

// segment ranks the passages of one segment by words and by vector.
func (s *search) segment(ctx context.Context, seg *segment) (lexical, vector []rag.Candidate, err error) {
	scores := s.bm25(seg)
	best := top{limit: s.limit, passages: seg.passages}
	for slot, score := range scores {
		if score > 0 {
			best.offer(scored{slot: slot, score: float64(score)})
		}
	}
	candidate := func(slot int) rag.Candidate {
		return rag.Candidate{Passage: seg.passages[slot], Lexical: float64(scores[slot]), Vector: seg.cosine(slot, s.query.Vector)}
	}
	for _, x := range best.sorted() {
		lexical = append(lexical, candidate(x.slot))
	}
	if s.query.Vector == nil {
		return lexical, nil, ctx.Err()
	}
	nearest, err := seg.nearestSlots(ctx, s.query.Vector, s.limit)
	if err != nil {
		return nil, nil, err
	}
	for _, x := range nearest {
		vector = append(vector, candidate(x.slot))
	}
	return lexical, vector, nil
}

// bm25 scores every passage of a segment, by slot.
func (s *search) bm25(seg *segment) []float32 {
	scores := make([]float32, len(seg.passages))
	for i, t := range s.terms {
		weight := s.query.Terms[i].Weight * s.idf[i]
		seg.each(t, func(slot uint32, count float64) {
			norm := k1 * (1 - b + b*float64(seg.lengths[slot])/s.meanLength)
			scores[slot] += float32(weight * count * (k1 + 1) / (count + norm))
		})
	}
	return scores
}

// meanVector is the cosine with the mean of all searched vectors.
func (s *search) meanVector() float64 {
	if s.query.Vector == nil || s.passages == 0 {
		return 0
	}
	var sum float64
	for _, seg := range s.segments {
		for i, x := range seg.vectors {
			sum += x * float64(s.query.Vector[i])
		}
	}
	return sum / float64(s.passages)
}
