package retrieve

import (
	"context"
	"fmt"
	"math"
	"slices"

	"docent/rag"
	"docent/rag/lang"
)

// Words of the question that the documents do not have are looked up under
// the words nearest to them that the documents do have: translations, mostly.
// A cosine says less about a word alone than about its rank among the nearest
// ones, so that the best is worth much whatever its cosine, and others fall
// off with the fourth power. All of it was chosen on the dev sets across
// languages; within one it changes nothing measurable.
const (
	// leastNear is the least cosine of a word that may stand for another.
	leastNear = 0.3
	// nearLooked is how many of the nearest words are looked for in the
	// documents, mostNear how many of those found are used.
	nearLooked, mostNear = 32, 8
	// mostExpanded bounds the words of a question that are expanded, since
	// each takes about a millisecond.
	mostExpanded = 24
	// foreignShare is the share of the question's information in words that
	// the documents do not have, from which on the question is taken to be in
	// another language: then every word is expanded, since what seems to be
	// there is there by chance.
	foreignShare = 0.3
)

// expansion finds what may stand for words that the documents do not have.
type expansion struct {
	retriever Retriever
	request   rag.SearchRequest
	language  string
}

// expand counts the words in the documents, and gives those that miss there
// what may stand for them.
func (x expansion) expand(ctx context.Context, words []QueryWord) error {
	terms := queryTerms(words)
	found, err := x.count(ctx, terms)
	if err != nil {
		return err
	}
	x.weigh(words, terms, found)
	if err := x.translate(ctx, words); err != nil {
		return err
	}
	var missing, all float64
	for _, w := range words {
		all += w.IDF
		if w.Frequency == 0 {
			missing += w.IDF
		}
	}
	if missing == 0 {
		return nil
	}
	proposed := make([][]proposal, len(words))
	expanded := 0
	for i, w := range words {
		if expanded < mostExpanded && (w.Frequency == 0 || missing >= foreignShare*all) {
			proposed[i] = x.propose(w)
			expanded++
		}
	}
	return x.choose(ctx, words, proposed)
}

// proposal is a word that may stand for one of the question, with the terms
// that it would be looked up under; the first is itself.
type proposal struct {
	terms    []string
	likeness float64
	spelling bool
}

func (x expansion) propose(w QueryWord) []proposal {
	var proposed []proposal
	if n, ok := x.retriever.Embedder.(rag.WordNeighbours); ok {
		for near, cosine := range n.Nearest(w.Surface, leastNear) {
			proposed = append(proposed, proposal{terms: allStems(near), likeness: float64(cosine)})
			if len(proposed) == nearLooked {
				break
			}
		}
	}
	if len(proposed) == 0 && w.Frequency == 0 {
		for _, s := range spellings(w.Surface) {
			proposed = append(proposed, proposal{terms: []string{s, lang.Stem(x.language, s)}, spelling: true})
		}
	}
	return proposed
}

// allStems are a folded word and its stems in every language, since a word's
// neighbours do not tell theirs.
func allStems(word string) []string {
	terms := []string{word}
	for _, l := range lang.Stemmed {
		if s := lang.Stem(l, word); !slices.Contains(terms, s) {
			terms = append(terms, s)
		}
	}
	return terms
}

// choose keeps those proposals that the documents have.
func (x expansion) choose(ctx context.Context, words []QueryWord, proposed [][]proposal) error {
	var terms []rag.QueryTerm
	for _, list := range proposed {
		for _, p := range list {
			terms = append(terms, rag.QueryTerm{Text: p.terms[0]})
		}
	}
	if len(terms) == 0 {
		return nil
	}
	found, err := x.count(ctx, terms)
	if err != nil {
		return err
	}
	frequencies := found.Frequencies
	for i, list := range proposed {
		words[i].stand(list, frequencies[:len(list)], found.Passages)
		frequencies = frequencies[len(list):]
	}
	return nil
}

// stand gives the word those of the proposals that are there.
func (w *QueryWord) stand(proposed []proposal, frequencies []int, passages int) {
	best, used := 0.0, 0
	for i, p := range proposed {
		if frequencies[i] == 0 || used == mostNear || p.spelling && w.Name && !isNameRare(frequencies[i], passages) {
			continue
		}
		weight := SpellingWeight
		if !p.spelling {
			if best == 0 {
				best = p.likeness
			}
			weight = (1 + best) / 2 * math.Pow(p.likeness/best, 4)
		}
		if used == 0 {
			w.nearIDF = InverseFrequency(frequencies[i], passages)
		}
		used++
		if p.spelling {
			w.Spelt = append(w.Spelt, p.terms...)
		}
		for _, t := range p.terms {
			w.near = append(w.near, rag.QueryTerm{Text: t, Weight: weight})
		}
	}
}

// isNameRare reports whether a word is in as few passages as names are: a name
// that no document has is no misspelling of a common word.
func isNameRare(frequency, passages int) bool { return frequency <= 5+passages/50 }

// count asks the library in how many passages the terms are.
func (x expansion) count(ctx context.Context, terms []rag.QueryTerm) (rag.Candidates, error) {
	counted := slices.Clone(terms)
	for i := range counted {
		counted[i].Weight = 0
	}
	found, err := x.retriever.Library.Candidates(ctx, rag.Query{Audience: x.request.Audience, Spaces: x.request.Spaces, Terms: counted, Limit: 1})
	if err != nil {
		return found, fmt.Errorf("count %d terms in the library: %w", len(terms), err)
	}
	return found, nil
}
