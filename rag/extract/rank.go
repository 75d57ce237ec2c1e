package extract

import (
	"cmp"
	_ "embed" // the weights are compiled in
	"fmt"
	"math"
	"slices"
	"sync"

	"docent/rag"
	"docent/rag/extract/ranker"
	"docent/rag/retrieve"
)

// ranker.bin is made by cmd/trainranker. Its header says from what.
//
//go:embed ranker.bin
var weights []byte

// fitted is the network that is compiled in. It is opened when a question is first
// ranked.
var fitted = sync.OnceValue(func() *ranker.Network {
	n, err := ranker.Open(weights)
	if err != nil {
		panic(fmt.Sprintf("the ranker that is compiled in: %v", err)) // a test opens it
	}
	return n
})

// Rank holds the units of the hits against the question, best first. Leads, which
// only make others readable, are none of them. The embedder compares words and
// sentences; without one that does, what is said in other words is not seen.
func Rank(question string, found retrieve.Result, embedder rag.Embedder) []Candidate {
	q := newInquiry(question, found, embedder)
	all := q.candidates(found, embedder)
	if len(all) == 0 {
		return nil
	}
	q.score(all, rankerFor(embedder), found.Searched.Passages)
	for i := range all {
		all[i].Unmet = q.unmet(found.Words, all[i].met[titled])
	}
	slices.SortStableFunc(all, func(a, b Candidate) int { return cmp.Compare(b.Score, a.Score) })
	return all
}

// rankers are kept by the fingerprint of their embedder, nil's for none: what they
// make of words is made once a process.
var rankers sync.Map

// rankerFor is the network at work on the words of an embedder.
func rankerFor(e rag.Embedder) *ranker.Ranker {
	var key rag.Fingerprint
	if e != nil {
		key = e.Fingerprint()
	}
	if r, ok := rankers.Load(key); ok {
		return r.(*ranker.Ranker)
	}
	n := fitted()
	r, err := ranker.New(n, MeasureNames(), vectorsOf(e, n.Shape.Vector))
	if err != nil {
		panic(fmt.Sprintf("the ranker that is compiled in: %v", err)) // a test ranks
	}
	kept, _ := rankers.LoadOrStore(key, r)
	return kept.(*ranker.Ranker)
}

// score sets what the network says of the candidates.
func (q *inquiry) score(all []Candidate, r *ranker.Ranker, passages int) {
	n := fitted()
	asked := r.Ask(q.read())
	outputs := make([]ranker.Output, len(all))
	for i := range all {
		c := all[i].read()
		outputs[i] = asked.Score(&c)
	}
	sets := make([]map[string]bool, len(all))
	for i, c := range all {
		sets[i] = wordSet(c.tokens)
	}
	for i := range all {
		all[i].Score = float64(outputs[i].Which)
		rivals := []ranker.Output{outputs[i]}
		for j, o := range outputs {
			if j != i && !all[i].Overlaps(all[j]) && !(math.Abs(float64(o.Which-outputs[i].Which)) < nearlyEqual && sameWords(sets[i], sets[j])) {
				rivals = append(rivals, o)
			}
		}
		all[i].Probability = n.Calibration.Probability(ranker.EvidenceOf(rivals, 0, passages, len(q.words)))
	}
}

// What says the same elsewhere is no rival, nor is a list to its item: it has nearly the
// same score, and most of the same words.
const nearlyEqual, mostSame = 2, 0.75

// sameWords reports whether two units have most of their words in common.
func sameWords(a, b map[string]bool) bool {
	common, most := 0, mostSame*float64(max(len(a), len(b)))
	if float64(min(len(a), len(b))) < most {
		return false
	}
	for w := range a {
		if b[w] {
			common++
		}
	}
	return float64(common) >= most
}

// wordSet holds the unit's own words.
func wordSet(tokens []token) map[string]bool {
	set := make(map[string]bool)
	for _, t := range tokens {
		if t.shape&above == 0 {
			set[t.Surface] = true
		}
	}
	return set
}

// vectorsOf are the embedder's vectors of single words, none where it has none of
// the dimension that the network reads.
func vectorsOf(e rag.Embedder, dimension int) ranker.Vectors {
	if s, ok := e.(rag.SentenceEmbedder); ok && e.Fingerprint().Dimension == dimension {
		return s.EmbedInto
	}
	return func([]float32, string) bool { return false }
}

// leastMet is how well a word of the question is met by what carries it.
const leastMet = 0.5

// unmet are the informative words that are not carried.
func (q *inquiry) unmet(words []retrieve.QueryWord, met []float32) []retrieve.QueryWord {
	var list []retrieve.QueryWord
	for i, t := range q.words {
		if met[i] >= leastMet || q.idf[i] == 0 {
			continue
		}
		if at := slices.IndexFunc(words, func(w retrieve.QueryWord) bool { return w.Surface == t.Surface }); at >= 0 {
			list = append(list, words[at])
		}
	}
	return list
}
