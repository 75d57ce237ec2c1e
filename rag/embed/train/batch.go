package train

import (
	"math"
	"math/rand/v2"
	"slices"
)

// batch is n pairs, as sums of words that are sums of rows.
type batch struct {
	n int
	// texts are sums of words: the first texts of the pairs, then the second
	// ones, in the same order.
	texts sparse
	// words are sums of rows of the table.
	words sparse
	// known are the places of words in words: a word and a word that is told by
	// its n-grams alone are two.
	known map[wordKey]int32
}

type wordKey struct {
	kind  int32
	grams bool
}

// sampler draws batches. One batch depends on the seed and its number only.
type sampler struct {
	corpus *Corpus
	words  *vocabulary
	mix    []Pool
	batch  int
	drop   float64
	seed   uint64
	// counts of kinds of words in the text at hand, all zero between texts.
	counts []int32
	kinds  []int32
	random *rand.Rand
}

// draw fills b with the batch of a step.
func (s *sampler) draw(b *batch, step int) {
	s.random = rand.New(rand.NewPCG(s.seed, uint64(step)+1)) //nolint:gosec // it must be repeatable, not secret
	pool, from := s.source()
	b.n = s.batch
	if pool.Batch > 0 {
		b.n = pool.Batch
	}
	if len(from.pairs) < smallSource {
		b.n = min(smallBatch, len(from.pairs))
	}
	firsts, seconds := make([]excerpt, b.n), make([]excerpt, b.n)
	for i, at := range s.distinct(len(from.pairs), b.n) {
		p := from.pairs[at]
		switch {
		case from.laws:
			firsts[i], seconds[i] = s.law(p)
		case pool.Question:
			firsts[i], seconds[i] = allOf(s.corpus.words(p.texts[0])), s.window(s.corpus.words(p.texts[1]), questionWindow)
		default:
			a := s.random.IntN(2)
			firsts[i], seconds[i] = allOf(s.corpus.words(p.texts[a])), allOf(s.corpus.words(p.texts[1-a]))
		}
	}
	b.texts.reset()
	b.words.reset()
	b.known = make(map[wordKey]int32)
	for _, pieces := range [][]excerpt{firsts, seconds} {
		for _, p := range pieces {
			s.sum(b, p)
		}
	}
}

// source draws a pool and one of its sources, among those that have pairs.
func (s *sampler) source() (Pool, *source) {
	pool := s.mix[s.pick(len(s.mix), func(i int) float64 { return s.share(s.mix[i]) })]
	at := s.pick(len(pool.Sources), func(i int) float64 { return s.weight(pool.Sources[i]) })
	return pool, s.corpus.sources[pool.Sources[at].Name]
}

// pick draws one of n numbers by their weights, not all of which are 0.
func (s *sampler) pick(n int, weight func(int) float64) (picked int) {
	var total float64
	for i := range n {
		total += weight(i)
	}
	at := s.random.Float64() * total
	for i := range n {
		if w := weight(i); w > 0 {
			picked = i
			if at -= w; at < 0 {
				break
			}
		}
	}
	return picked
}

func (s *sampler) weight(of Source) float64 {
	if s.corpus.Pairs(of.Name) == 0 {
		return 0
	}
	return of.Weight
}

// share is 0 for a pool without pairs.
func (s *sampler) share(pool Pool) float64 {
	if !slices.ContainsFunc(pool.Sources, func(of Source) bool { return s.weight(of) > 0 }) {
		return 0
	}
	return pool.Share
}

// distinct draws k of n numbers without repeating one.
func (s *sampler) distinct(n, k int) []int {
	if 2*k >= n {
		return s.random.Perm(n)[:min(k, n)]
	}
	seen := make(map[int]bool, k)
	list := make([]int, 0, k)
	for len(list) < k {
		if i := s.random.IntN(n); !seen[i] {
			seen[i] = true
			list = append(list, i)
		}
	}
	return list
}

// sum writes a text as words: each distinct one with 1 + ln of how often. Now
// and then a word is told by its n-grams alone, as unknown ones are.
func (s *sampler) sum(b *batch, p excerpt) {
	s.kinds = s.kinds[:0]
	for _, part := range p {
		for _, k := range part {
			if s.counts[k] == 0 {
				s.kinds = append(s.kinds, k)
			}
			s.counts[k]++
		}
	}
	for _, k := range s.kinds {
		grams := s.words.own[k] < 0 || s.random.Float64() < s.drop
		b.texts.put(s.word(b, wordKey{k, grams}), float32(1+math.Log(float64(s.counts[k]))))
		s.counts[k] = 0
	}
	b.texts.close()
}

// word returns the place of a word in the batch.
func (s *sampler) word(b *batch, key wordKey) int32 {
	at, ok := b.known[key]
	if !ok {
		at = int32(b.words.len())
		b.known[key] = at
		share := float32(1)
		if !key.grams {
			b.words.put(s.words.own[key.kind], 1)
			share = gramShare
		}
		s.words.eachGram(key.kind, share, b.words.put)
		b.words.close()
	}
	return at
}
