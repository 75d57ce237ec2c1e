package library

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"math"
	"runtime"
	"slices"

	"golang.org/x/sync/errgroup"

	"docent/rag"
)

const defaultLimit = 100

// Candidates searches one state of the library: with all that this process
// wrote before the call, and what others had committed when the file was last
// looked at, which is at this call or at one still under way.
func (l *Library) Candidates(ctx context.Context, q rag.Query) (rag.Candidates, error) {
	if q.Audience.IsEmpty() {
		return rag.Candidates{}, rag.ErrNoAudience
	}
	if err := ctx.Err(); err != nil {
		return rag.Candidates{}, err
	}
	x, err := l.current(ctx)
	if err != nil {
		return rag.Candidates{}, fmt.Errorf("follow the library: %w", translate(err))
	}
	if err := validateVector(q.Vector, x.fingerprint.Dimension); err != nil {
		return rag.Candidates{}, fmt.Errorf("the question: %w", err)
	}
	terms, err := l.termIDs(ctx, q.Terms)
	if err != nil {
		return rag.Candidates{}, err
	}
	x.mu.RLock()
	defer x.mu.RUnlock()
	return newSearch(x, q, terms).run(ctx)
}

// termIDs numbers the terms; 0, which numbers none, for those that no
// document has.
func (l *Library) termIDs(ctx context.Context, terms []rag.QueryTerm) ([]uint32, error) {
	ids := make([]uint32, len(terms))
	if len(terms) == 0 {
		return ids, nil
	}
	texts := make([]string, len(terms))
	for i, t := range terms {
		texts[i] = t.Text
	}
	list, err := json.Marshal(texts)
	if err != nil {
		return nil, err
	}
	type numbered struct {
		at int
		id uint32
	}
	for t, err := range each(ctx, l.read, "look up terms", func(t *numbered) []any { return []any{&t.at, &t.id} },
		`SELECT asked.key, t.id FROM json_each(?) asked JOIN terms t ON t.text = asked.value`, string(list)) {
		if err != nil {
			return nil, err
		}
		ids[t.at] = t.id
	}
	return ids, nil
}

// search is one query over the segments that its audience may see.
type search struct {
	segments []*segment
	query    rag.Query
	limit    int
	scorer   scorer
}

func newSearch(x *index, q rag.Query, terms []uint32) *search {
	s := &search{segments: x.searched(q), query: q, limit: cmp.Or(max(q.Limit, 0), defaultLimit)}
	s.scorer = newScorer(s.segments, q.Terms, terms)
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
		Frequencies: s.scorer.frequencies, MeanVector: s.meanVector(), Passages: s.scorer.passages,
	}
	for i, p := range parts {
		result.Documents += s.segments[i].liveDocuments
		result.Lexical = append(result.Lexical, p.lexical...)
		result.Vector = append(result.Vector, p.vector...)
	}
	result.Lexical = s.ranked(result.Lexical, func(c rag.Candidate) float64 { return c.Lexical })
	result.Vector = s.ranked(result.Vector, func(c rag.Candidate) float64 { return c.Vector })
	return result, nil
}

func (s *search) ranked(list []rag.Candidate, score func(rag.Candidate) float64) []rag.Candidate {
	slices.SortFunc(list, func(a, b rag.Candidate) int {
		return cmp.Or(cmp.Compare(score(b), score(a)), rag.ComparePassages(a.Passage, b.Passage))
	})
	return list[:min(len(list), s.limit)]
}

// segment ranks the passages of one segment by words and by vector.
func (s *search) segment(ctx context.Context, seg *segment) (lexical, vector []rag.Candidate, err error) {
	scores := s.scorer.scores(seg)
	best := topK{limit: s.limit, passages: seg.passages}
	for slot, score := range scores {
		if score > 0 {
			best.offer(scored{slot: slot, score: score})
		}
	}
	candidate := func(slot int) rag.Candidate {
		c := rag.Candidate{Passage: seg.passages[slot], Vector: seg.cosine(slot, s.query.Vector)}
		if scores != nil {
			c.Lexical = scores[slot]
		}
		return c
	}
	for _, x := range best.kept {
		lexical = append(lexical, candidate(x.slot))
	}
	if s.query.Vector == nil {
		return lexical, nil, ctx.Err()
	}
	nearest := seg.askChromem
	if s.scorer.passages > chromemPassages {
		nearest = seg.scan
	}
	slots, err := nearest(ctx, s.query.Vector, s.limit)
	if err != nil {
		return nil, nil, err
	}
	for _, x := range slots {
		vector = append(vector, candidate(x.slot))
	}
	return lexical, vector, nil
}

// meanVector is the cosine with the mean of all searched vectors.
func (s *search) meanVector() float64 {
	if s.query.Vector == nil || s.scorer.passages == 0 {
		return 0
	}
	var sum float64
	for _, seg := range s.segments {
		for i, x := range seg.vectors {
			sum += x * float64(s.query.Vector[i])
		}
	}
	return sum / float64(s.scorer.passages)
}

// unitTolerance is how far a vector's squared length may be from one, and its
// cosines from the truth.
const unitTolerance = 1e-4

// validateVector refuses what has no cosine: another length than one, which
// a zero vector and one with NaN have too.
func validateVector(v []float32, dimension int) error {
	if v == nil {
		return nil
	}
	if len(v) != dimension {
		return fmt.Errorf("a vector of %d dimensions, the library's have %d", len(v), dimension)
	}
	var sum float64
	for _, x := range v {
		sum += float64(x) * float64(x)
	}
	if !(math.Abs(sum-1) <= unitTolerance) { // NaN fails too
		return fmt.Errorf("a vector of length %g, not 1", math.Sqrt(sum))
	}
	return nil
}
