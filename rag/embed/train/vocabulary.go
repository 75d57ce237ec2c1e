package train

import (
	"cmp"
	"math"
	"slices"

	"docent/rag/embed"
)

// vocabulary says which rows stand for a word: its own, or its n-grams'.
type vocabulary struct {
	words []string
	// own is the row of a kind of word, or -1.
	own []int32
	// grams[gramsAt[k]:gramsAt[k+1]] are the rows of the n-grams of kind k.
	grams   []int32
	gramsAt []int32
	// idf of each kind of word.
	idf []float64
}

const longestWord = 40

// newVocabulary keeps the words that weigh most over the sources.
func newVocabulary(c *Corpus, mix []Pool, size, buckets int) *vocabulary {
	weights, documents, total := weigh(c, mix)
	v := &vocabulary{own: make([]int32, len(c.names)), idf: make([]float64, len(c.names))}
	var order []int32
	for k, w := range weights {
		v.own[k] = -1
		v.idf[k] = math.Log((total + 1) / (float64(documents[k]) + 1))
		if w > 0 && isWord(c.names[k]) {
			order = append(order, int32(k))
		}
	}
	slices.SortFunc(order, func(a, b int32) int {
		return cmp.Or(cmp.Compare(weights[b], weights[a]), cmp.Compare(c.names[a], c.names[b]))
	})
	for row, k := range order[:min(size, len(order))] {
		v.own[k] = int32(row)
		v.words = append(v.words, c.names[k])
	}
	v.addGrams(c, buckets)
	return v
}

func (v *vocabulary) addGrams(c *Corpus, buckets int) {
	var of []uint32
	for _, name := range c.names {
		v.gramsAt = append(v.gramsAt, int32(len(v.grams)))
		of = embed.AppendGrams(of[:0], []byte(name), buckets)
		for _, g := range of {
			v.grams = append(v.grams, int32(len(v.words))+int32(g))
		}
	}
	v.gramsAt = append(v.gramsAt, int32(len(v.grams)))
}

// gramShare is how much of its n-grams a known word has beside its own row in
// training: what is learnt of a word is learnt in part of all that share its
// letters, which helps rare ones (Bojanowski et al., 2017). The table is
// written with both added up.
const gramShare = .5

// eachGram calls do with the rows of a word's n-grams, each with the weight
// that makes them share long together.
func (v *vocabulary) eachGram(kind int32, share float32, do func(row int32, weight float32)) {
	grams := v.grams[v.gramsAt[kind]:v.gramsAt[kind+1]]
	share /= float32(math.Sqrt(float64(len(grams))))
	for _, row := range grams {
		do(row, share)
	}
}

// isWord leaves out numbers, which n-grams say better, and what is hardly a
// word.
func isWord(name string) bool {
	if len(name) < 2 || len(name) > longestWord {
		return false
	}
	for i := range len(name) {
		if name[i] < '0' || name[i] > '9' {
			return true
		}
	}
	return false
}

// weigh counts the words of all sources, weighted, and the texts that hold
// each.
func weigh(c *Corpus, mix []Pool) (weights []float64, documents []int32, total float64) {
	weights, documents = make([]float64, len(c.names)), make([]int32, len(c.names))
	last := make([]int32, len(c.names))
	text := int32(0)
	for _, pool := range mix {
		for _, s := range pool.Sources {
			from := c.sources[s.Name]
			if from == nil {
				continue
			}
			for _, p := range from.pairs {
				for _, t := range [4]span{p.texts[0], p.texts[1], p.notes[0], p.notes[1]} {
					text++
					for _, k := range c.words(t) {
						weights[k] += s.Words
						if last[k] != text {
							last[k] = text
							documents[k]++
						}
					}
				}
			}
		}
	}
	return weights, documents, float64(text)
}
