package rag

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"docent/rag/lang"
)

// The best candidates are read again sentence by sentence, since an answer is
// in one: a passage on the subject of a question is often not the one that
// answers it. Found on the dev sets.
const (
	// reread is how many are; of 100, no more than 30 make a difference.
	reread = 40
	// sentenceMeaning is the part of the best sentence's cosine in the
	// meaning of a passage, beside the whole's.
	sentenceMeaning = 0.65
	// titleShare is what the title of its document is in a sentence's meaning,
	// beside the sentence's own 1: it says what pronouns stand for.
	titleShare = 0.5
	// sentenceCover is what it counts how much of the question's information
	// the best sentence covers, where words and meaning together count 1.
	sentenceCover = 0.25
)

// reread ranks the first hits anew by their sentences. Those after them keep
// their order below.
func (f fusion) reread(hits []Hit, r *reader) {
	n := min(len(hits), reread)
	cosines, covers := make([]float64, n), make([]float64, n)
	var best float64
	for i, h := range hits[:n] {
		cosines[i], covers[i] = r.read(h.Located)
		best = max(best, cosines[i]-f.found.MeanVector)
	}
	whole := 1.0
	if r.embedder != nil {
		whole -= sentenceMeaning
	}
	for i := range hits {
		h := &hits[i]
		meaning, cover := whole*f.meaning(*h), 0.0
		if i < n {
			cover = covers[i]
			meaning += (1 - whole) * scaled(cosines[i]-f.found.MeanVector, best)
		}
		h.Score = (f.lexical*f.words(*h) + (1-f.lexical)*meaning + sentenceCover*cover) / (1 + sentenceCover)
	}
	sortHits(hits[:n])
	sortHits(hits[n:])
}

// Sentences are read joined or cut to lengths that can be compared, in words.
const (
	shortestRead = 6
	longestRead  = 45
)

// reader compares the sentences of passages with a question.
type reader struct {
	words []queryWord
	// stands tells which words a term stands for, and how well.
	stands map[string][]stand
	all    float64

	embedder SentenceEmbedder // nil where the embedder is none
	question []float32
	vector   []float32
	title    []float32
	covered  []float64
}

type stand struct {
	word   int
	weight float64
}

func newReader(words []queryWord, e Embedder, question []float32) *reader {
	r := &reader{words: words, stands: make(map[string][]stand), covered: make([]float64, len(words))}
	for i, w := range words {
		for _, t := range w.terms {
			r.stands[t] = append(r.stands[t], stand{i, 1})
		}
		for _, t := range w.near {
			r.stands[t.Text] = append(r.stands[t.Text], stand{i, min(1, t.Weight)})
		}
		for _, t := range slices.Concat(w.apart...) {
			r.stands[t.Text] = append(r.stands[t.Text], stand{i, t.Weight})
		}
		r.all += w.sought()
	}
	if s, ok := e.(SentenceEmbedder); ok && question != nil {
		r.embedder, r.question = s, question
		r.vector, r.title = make([]float32, len(question)), make([]float32, len(question))
	}
	return r
}

// sought is the word's idf or, where no passage has it, that of the word that
// stands for it.
func (w queryWord) sought() float64 {
	if w.frequency == 0 && w.nearIDF > 0 {
		return w.nearIDF
	}
	return w.idf
}

// read returns the greatest cosine of a sentence of the passage, and the
// greatest share of the question's information that one covers.
func (r *reader) read(p Located) (cosine, cover float64) {
	language := cmp.Or(p.Language, p.Document.Language)
	titled := r.embedder != nil && r.embedder.EmbedInto(r.title, p.Document.Title)
	for _, s := range readable(p.Text) {
		cover = max(cover, r.cover(language, s))
		if r.embedder != nil && r.embedder.EmbedInto(r.vector, s) {
			cosine = max(cosine, r.cosine(titled))
		}
	}
	return cosine, cover
}

// cosine compares the question with the sentence's vector and, where there is
// a title, its share.
func (r *reader) cosine(titled bool) float64 {
	if !titled {
		return dot(r.question, r.vector)
	}
	for i, x := range r.title {
		r.vector[i] += titleShare * x
	}
	length := math.Sqrt(dot(r.vector, r.vector))
	if length == 0 {
		return 0
	}
	return dot(r.question, r.vector) / length
}

func (r *reader) cover(language, sentence string) float64 {
	if r.all == 0 {
		return 0
	}
	clear(r.covered)
	for _, w := range lang.Words(language, sentence) {
		if !w.Stop {
			r.meet(w.Surface)
			r.meet(w.Stem)
		}
	}
	var sum float64
	for i, share := range r.covered {
		sum += share * r.words[i].sought()
	}
	return sum / r.all
}

func (r *reader) meet(term string) {
	for _, s := range r.stands[term] {
		r.covered[s.word] = max(r.covered[s.word], s.weight)
	}
}

func dot(a, b []float32) float64 {
	var sum float32
	for i, x := range a {
		sum += x * b[i]
	}
	return float64(sum)
}

// readable are the sentences of a text, the short ones joined to a neighbour
// and the long ones cut.
func readable(text string) []string {
	var parts []string
	start, words := 0, 0
	for _, s := range lang.Sentences(text) {
		if words == 0 {
			start = s.Start
		}
		if words += len(strings.Fields(text[s.Start:s.End])); words < shortestRead {
			continue
		}
		parts = appendCut(parts, text[start:s.End], words)
		words = 0
	}
	if words > 0 {
		parts = append(parts, text[start:])
	}
	return parts
}

// appendCut cuts a sentence of so many words into parts of like length.
func appendCut(parts []string, sentence string, words int) []string {
	n := (words + longestRead - 1) / longestRead
	if n == 1 {
		return append(parts, sentence)
	}
	fields := strings.Fields(sentence)
	for i := range n {
		parts = append(parts, strings.Join(fields[i*words/n:(i+1)*words/n], " "))
	}
	return parts
}
