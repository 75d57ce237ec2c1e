package ragtest

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"iter"
	"math"
	"slices"
	"strings"
	"sync"

	"docent/rag"
)

// Memory is a rag.Library that does everything the plainest way: what other
// libraries are compared with, and what stands for them in tests of their
// users.
type Memory struct {
	mu        sync.RWMutex
	documents map[rag.DocumentID]stored
}

type stored struct {
	document rag.Document
	passages []rag.Passage
}

var _ rag.Library = (*Memory)(nil)

// NewMemory returns an empty library of Fingerprint.
func NewMemory() *Memory { return &Memory{documents: make(map[rag.DocumentID]stored)} }

// Put replaces a document.
func (m *Memory) Put(_ context.Context, doc rag.Document, passages []rag.Passage) error {
	for i, p := range passages {
		if p.Vector != nil && !isUnit(p.Vector) {
			return fmt.Errorf("put document %s: passage %d has no unit vector of %d dimensions", doc.ID, i+1, Fingerprint.Dimension)
		}
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	doc.Passages, doc.Bytes = len(passages), len(doc.Text)
	m.documents[doc.ID] = stored{document: doc, passages: slices.Clone(passages)}
	return nil
}

func isUnit(v []float32) bool {
	return len(v) == Fingerprint.Dimension && math.Abs(rag.Dot(v, v)-1) < 1e-4
}

// Delete removes documents.
func (m *Memory) Delete(_ context.Context, ids ...rag.DocumentID) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, id := range ids {
		delete(m.documents, id)
	}
	return nil
}

// Candidates scores every passage.
func (m *Memory) Candidates(ctx context.Context, q rag.Query) (rag.Candidates, error) {
	switch {
	case q.Audience.IsEmpty():
		return rag.Candidates{}, rag.ErrNoAudience
	case q.Vector != nil && !isUnit(q.Vector):
		return rag.Candidates{}, errors.New("the question has no unit vector of the library's dimension")
	case ctx.Err() != nil:
		return rag.Candidates{}, ctx.Err()
	}
	m.mu.RLock()
	defer m.mu.RUnlock()
	documents, passages, words := m.searched(q)
	found := rag.Candidates{Documents: documents, Passages: len(passages), Frequencies: make([]int, len(q.Terms))}
	for i, t := range q.Terms {
		for _, p := range passages {
			if count(p, t.Text) > 0 {
				found.Frequencies[i]++
			}
		}
	}
	for _, p := range passages {
		c := rag.Candidate{Passage: p.ID, Lexical: bm25(p, q, found, words)}
		if q.Vector != nil && p.Vector != nil {
			c.Vector = rag.Dot(q.Vector, p.Vector)
			found.Vector = append(found.Vector, c)
			found.MeanVector += c.Vector / float64(len(passages))
		}
		if c.Lexical > 0 {
			found.Lexical = append(found.Lexical, c)
		}
	}
	limit := cmp.Or(q.Limit, 100)
	found.Lexical = topK(found.Lexical, limit, func(c rag.Candidate) float64 { return c.Lexical })
	found.Vector = topK(found.Vector, limit, func(c rag.Candidate) float64 { return c.Vector })
	return found, nil
}

// searched returns the passages that a query is put to, and their words.
func (m *Memory) searched(q rag.Query) (documents int, passages []rag.Passage, words int) {
	for _, k := range m.documents {
		space := k.document.Space
		if !q.Audience.Sees(space) || len(q.Spaces) > 0 && !slices.Contains(q.Spaces, space) {
			continue
		}
		documents++
		for i, p := range k.passages {
			p.ID = rag.PassageID{Document: k.document.ID, N: i + 1}
			passages = append(passages, p)
			words += length(p)
		}
	}
	return documents, passages, words
}

// bm25 follows the formula of Robertson and Zaragoza with k1 0.9 and b 0.75.
func bm25(p rag.Passage, q rag.Query, found rag.Candidates, words int) float64 {
	mean := float64(words) / float64(found.Passages)
	var score float64
	for _, word := range rag.QueryWords(q.Terms) {
		var weight, tf, df float64
		for _, i := range word {
			weight = max(weight, q.Terms[i].Weight)
			tf += q.Terms[i].Weight * float64(count(p, q.Terms[i].Text))
			df = max(df, float64(found.Frequencies[i]))
		}
		if tf /= weight; tf > 0 {
			idf := math.Log(1 + (float64(found.Passages)-df+0.5)/(df+0.5))
			score += weight * idf * tf * 1.9 / (tf + 0.9*(0.25+0.75*float64(length(p))/mean))
		}
	}
	return score
}

func count(p rag.Passage, term string) int {
	n := 0
	for _, t := range p.Terms {
		if t.Text == term {
			n += t.Count
		}
	}
	return n
}

func length(p rag.Passage) int {
	n := 0
	for _, t := range p.Terms {
		n += t.Count
	}
	return n
}

func topK(list []rag.Candidate, limit int, score func(rag.Candidate) float64) []rag.Candidate {
	slices.SortFunc(list, func(a, b rag.Candidate) int {
		return cmp.Or(cmp.Compare(score(b), score(a)), rag.ComparePassages(a.Passage, b.Passage))
	})
	return list[:min(limit, len(list))]
}

// Passages returns the passages that the audience may see.
func (m *Memory) Passages(_ context.Context, a rag.Audience, ids ...rag.PassageID) ([]rag.Located, error) {
	if a.IsEmpty() {
		return nil, rag.ErrNoAudience
	}
	m.mu.RLock()
	defer m.mu.RUnlock()
	var found []rag.Located
	for _, id := range ids {
		k, ok := m.documents[id.Document]
		if !ok || !a.Sees(k.document.Space) || id.N < 1 || id.N > len(k.passages) {
			continue
		}
		p := k.passages[id.N-1]
		p.ID, p.Terms, p.Vector = id, nil, nil
		found = append(found, rag.Located{Passage: p, Document: k.document.DocumentInfo})
	}
	return found, nil
}

// Document returns a document.
func (m *Memory) Document(ctx context.Context, id rag.DocumentID, a rag.Audience) (rag.Document, error) {
	if a.IsEmpty() {
		return rag.Document{}, rag.ErrNoAudience
	}
	m.mu.RLock()
	defer m.mu.RUnlock()
	k, ok := m.documents[id]
	if !ok || !a.Sees(k.document.Space) {
		return rag.Document{}, fmt.Errorf("document %s: %w", id, rag.ErrNotFound)
	}
	return k.document, ctx.Err()
}

// Documents iterates over the documents as they are when it begins.
func (m *Memory) Documents(ctx context.Context, a rag.Audience) iter.Seq2[rag.DocumentInfo, error] {
	return func(yield func(rag.DocumentInfo, error) bool) {
		if a.IsEmpty() {
			yield(rag.DocumentInfo{}, rag.ErrNoAudience)
			return
		}
		for _, info := range m.infos(a) {
			if err := ctx.Err(); err != nil {
				yield(rag.DocumentInfo{}, err)
				return
			}
			if !yield(info, nil) {
				return
			}
		}
	}
}

func (m *Memory) infos(a rag.Audience) []rag.DocumentInfo {
	m.mu.RLock()
	defer m.mu.RUnlock()
	var infos []rag.DocumentInfo
	for _, k := range m.documents {
		if a.Sees(k.document.Space) {
			infos = append(infos, k.document.DocumentInfo)
		}
	}
	slices.SortFunc(infos, func(x, y rag.DocumentInfo) int {
		return cmp.Or(strings.Compare(x.URI, y.URI), strings.Compare(string(x.ID), string(y.ID)))
	})
	return infos
}

// Close does nothing.
func (m *Memory) Close() error { return nil }
