package train

import (
	"math"
	"math/rand/v2"
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

// source chooses a pool and one of its sources, among those that have pairs.
func (s *sampler) source() (Pool, *source) {
	var total float64
	for _, pool := range s.mix {
		if s.weight(pool) > 0 {
			total += pool.Share
		}
	}
	at := s.random.Float64() * total
	chosen := -1
	for i, pool := range s.mix {
		if s.weight(pool) > 0 {
			chosen = i
			if at -= pool.Share; at < 0 {
				break
			}
		}
	}
	pool := s.mix[chosen]
	at = s.random.Float64() * s.weight(pool)
	var from *source
	for _, of := range pool.Sources {
		if c := s.corpus.sources[of.Name]; c != nil {
			from = c
			if at -= of.Weight; at < 0 {
				break
			}
		}
	}
	return pool, from
}

func (s *sampler) weight(pool Pool) (sum float64) {
	for _, of := range pool.Sources {
		if s.corpus.Pairs(of.Name) > 0 {
			sum += of.Weight
		}
	}
	return sum
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
