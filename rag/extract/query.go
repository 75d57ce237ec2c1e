package extract

import (
	"slices"
	"unicode/utf8"

	"docent/rag"
	"docent/rag/lang"
	"docent/rag/retrieve"
)

// inquiry is a question as the sentences of its hits are held against it.
type inquiry struct {
	language string
	wants    retrieve.Wanted
	words    []retrieve.QueryWord
	// information is the idf of all words together, rarest that of a word
	// which no passage has.
	information, rarest float64
	// embed is nil where no embedder compares sentences. vector is the
	// question's, vectors are those of its words and then of the noun asked
	// for, nil for what has none.
	embed   rag.SentenceEmbedder
	vector  []float32
	vectors [][]float32
	// known remembers the cosines of a word.
	known map[string][]float32
}

func newInquiry(question string, found retrieve.Result, embedder rag.Embedder) *inquiry {
	q := &inquiry{language: found.Language, wants: found.Wants, words: found.Words}
	q.rarest = retrieve.InverseFrequency(0, found.Searched.Passages)
	for _, w := range q.words {
		q.information += w.IDF
	}
	e, ok := embedder.(rag.SentenceEmbedder)
	if !ok {
		return q
	}
	q.embed, q.known = e, make(map[string][]float32)
	dimension := embedder.Fingerprint().Dimension
	q.vector = q.embedded(question, dimension)
	for _, w := range q.words {
		q.vectors = append(q.vectors, q.embedded(w.Surface, dimension))
	}
	q.vectors = append(q.vectors, q.embedded(q.wants.Noun, dimension))
	return q
}

func (q *inquiry) embedded(text string, dimension int) []float32 {
	v := make([]float32, dimension)
	if !q.embed.EmbedInto(v, text) {
		return nil
	}
	return v
}

// alike are the cosines of a word to the words of the question and the noun
// asked for, nil where it has no vector.
func (q *inquiry) alike(surface string) []float32 {
	if q.vector == nil {
		return nil
	}
	if c, ok := q.known[surface]; ok {
		return c
	}
	var cosines []float32
	if v := q.embedded(surface, len(q.vector)); v != nil {
		cosines = make([]float32, len(q.vectors))
		for i, w := range q.vectors {
			if w != nil {
				cosines[i] = float32(rag.Dot(v, w))
			}
		}
	}
	q.known[surface] = cosines
	return cosines
}

// cognateDegree is how well a cognate meets a word of the question. Found on
// the dev sets.
const cognateDegree = 0.6

// meets tells which word of the question a word of a text is, and how well: 1
// for one of its terms, spellingWeight for one that it is a misspelling of,
// cognateDegree for a cognate, else 0. An acronym has no stem: VAT is not in
// "vats". A misspelt name is one for a capital only.
func (q *inquiry) meets(word lang.Word, capital bool) (int, float64) {
	for i, w := range q.words {
		if slices.Contains(w.Terms, word.Surface) || w.Acronym == "" && slices.Contains(w.Terms, word.Stem) {
			return i, 1
		}
	}
	for i, w := range q.words {
		if (capital || !w.Name) && retrieve.Meet(w.Spelt, []string{word.Surface, word.Stem}) {
			return i, retrieve.SpellingWeight
		}
	}
	for i, w := range q.words {
		if utf8.RuneCountInString(w.Surface) >= 6 && (lang.IsCognate(w.Surface, word.Surface) || lang.IsCognate(w.Surface, word.Stem)) {
			return i, cognateDegree
		}
	}
	return 0, 0
}

// met is how well the words meet each word of the question; a phrase that one
// stands for meets it too.
func (q *inquiry) met(words []readWord) []float64 {
	met := make([]float64, len(q.words))
	for _, w := range words {
		if w.degree > 0 {
			met[w.query] = max(met[w.query], w.degree)
		}
	}
	for i, w := range q.words {
		if slices.ContainsFunc(w.Phrases, func(p retrieve.WeighedPhrase) bool { return isIn(p.Phrase, words) }) {
			met[i] = 1
		}
	}
	return met
}

// noiseAlike is the cosine that two words which have nothing to do with each
// other reach at times. Found on the dev sets.
const noiseAlike = 0.25

// nearly is met, and where a word of the question is missing, how near in
// meaning the nearest of the words comes to it.
func (q *inquiry) nearly(words []readWord, met []float64) []float64 {
	near := slices.Clone(met)
	for _, w := range words {
		if w.alike == nil {
			continue
		}
		for i := range near {
			near[i] = max(near[i], (float64(w.alike[i])-noiseAlike)/(1-noiseAlike))
		}
	}
	return near
}

// share is the part of the question's information that is met beyond what
// other words meet already; other may be nil.
func (q *inquiry) share(met, other []float64) float64 {
	if q.information == 0 {
		return 0
	}
	var sum float64
	for i, w := range q.words {
		m := met[i]
		if other != nil {
			m = max(0, m-other[i])
		}
		sum += w.IDF * m
	}
	return sum / q.information
}
