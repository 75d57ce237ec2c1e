package retrieve

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"docent/rag"
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
	// TitleShare is what the title of its document is in a sentence's meaning,
	// beside the sentence's own 1: it says what pronouns stand for.
	TitleShare = 0.5
	// sentenceCover is what it counts how much of the question's information
	// the best sentence covers, where words and meaning together count 1.
	sentenceCover = 0.25
	// likenessShare is what it counts how near the words of the whole passage come
	// to those of the question, each to the one nearest in meaning. It tells a
	// paraphrase from what else is on the subject.
	likenessShare = 0.35
	// titleCover is what it counts how much the best of title and headings
	// covers.
	titleCover = 0.15
	// kindShare is what it counts that the passage says the kind of thing asked
	// for, as far as a sentence of it covers the question.
	kindShare = 0.1
	// openingCover is the part of that for what stands for a title and was cut.
	openingCover = 0.5
)

// reread ranks the first hits anew by their sentences. Those after them keep
// their order below.
func (f fusion) reread(hits []rag.Hit, r *reader) {
	n := min(len(hits), reread)
	read := make([]impression, n)
	var best float64
	for i, h := range hits[:n] {
		read[i] = r.read(h.Located)
		best = max(best, read[i].cosine-f.found.MeanVector)
	}
	whole := 1.0
	if r.embedder != nil {
		whole -= sentenceMeaning
	}
	for i := range hits {
		h := &hits[i]
		meaning, again := whole*f.meaning(*h), 0.0
		if i < n {
			meaning += (1 - whole) * Scaled(read[i].cosine-f.found.MeanVector, best)
			again = sentenceCover*read[i].cover + likenessShare*read[i].likeness + titleCover*read[i].title + kindShare*read[i].kind*read[i].cover
		}
		h.Score = (f.lexical*f.words(*h) + (1-f.lexical)*meaning + again) / (1 + sentenceCover + likenessShare + titleCover + kindShare)
	}
	rag.SortHits(hits[:n])
	rag.SortHits(hits[n:])
}

// Sentences are read joined or cut to lengths that can be compared, in words.
const (
	shortestRead = 6
	longestRead  = 45
)

// mostCompared is how many words of a question are compared in meaning.
const mostCompared = 48

// reader compares passages with a question, sentence by sentence and word by
// word. It is for one goroutine.
type reader struct {
	words []QueryWord
	kind  QuestionType
	// stands tells which words a term stands for, and how well.
	stands map[string][]stand
	// all is the information of the words together, as sought and as idf.
	all, idf float64

	embedder rag.SentenceEmbedder // nil where the embedder is none
	question []float32
	vector   []float32
	title    []float32
	// covered and met are, by word of the question, how well the words of a
	// sentence and of a passage meet it.
	covered, met []float64

	// compare is nil where the embedder compares no words; near keeps what it
	// found, one number for each of the compared first words of the question,
	// from the place that known has.
	compare  func([]float32, string) bool
	compared int
	known    map[string]int
	near     []float32
}

type stand struct {
	word   int
	weight float64
}

// impression is what a passage says to a question.
type impression struct {
	// cosine and cover are the greatest of a sentence: its cosine, and the
	// share of the question's information that it has.
	cosine, cover float64
	// title is the greatest such share of the title or a heading.
	title float64
	// likeness is the question's information that the passage has, where a
	// word near in meaning counts by its cosine.
	likeness float64
	// kind is how clearly a sentence says the kind of thing asked for.
	kind float64
}

func newReader(words []QueryWord, kind QuestionType, e rag.Embedder, question []float32) *reader {
	r := &reader{words: words, kind: kind, stands: make(map[string][]stand), covered: make([]float64, len(words)), met: make([]float64, len(words))}
	var surfaces []string
	for i, w := range words {
		for _, t := range w.Terms {
			r.stands[t] = append(r.stands[t], stand{i, 1})
		}
		for _, t := range w.near {
			r.stands[t.Text] = append(r.stands[t.Text], stand{i, min(1, t.Weight)})
		}
		for _, t := range slices.Concat(w.apart()...) {
			r.stands[t.Text] = append(r.stands[t.Text], stand{i, t.Weight})
		}
		r.all += w.sought()
		r.idf += w.IDF
		surfaces = append(surfaces, w.Surface)
	}
	if s, ok := e.(rag.SentenceEmbedder); ok && question != nil {
		r.embedder, r.question = s, question
		r.vector, r.title = make([]float32, len(question)), make([]float32, len(question))
	}
	if c, ok := e.(rag.WordComparer); ok {
		r.compared = min(len(surfaces), mostCompared)
		r.compare, r.known = c.Likeness(surfaces[:r.compared]), make(map[string]int)
	}
	return r
}

// sought is the word's idf or, where no passage has it, that of the word that
// stands for it.
func (w QueryWord) sought() float64 {
	if w.Frequency == 0 && w.nearIDF > 0 {
		return w.nearIDF
	}
	return w.IDF
}

func (r *reader) read(p rag.Located) (seen impression) {
	language := cmp.Or(p.Language, p.Document.Language)
	title := titleOver(p.Document, p.Passage)
	titled := r.embedder != nil && r.embedder.EmbedInto(r.title, title)
	clear(r.met)
	for _, s := range readable(p.Text) {
		words := lang.Words(language, s)
		seen.cover = max(seen.cover, r.cover(words))
		seen.kind = max(seen.kind, r.glimpse(s, words))
		if r.embedder != nil && r.embedder.EmbedInto(r.vector, s) {
			seen.cosine = max(seen.cosine, r.cosine(titled))
		}
	}
	for _, h := range p.Heading {
		seen.title = max(seen.title, r.cover(lang.Words(language, h)))
	}
	seen.title = max(seen.title, r.coverByTitle(language, title), r.cover(lang.Words(language, FileWords(p.Document))))
	for i, degree := range r.met {
		seen.likeness += degree * r.words[i].IDF
	}
	seen.likeness = Scaled(seen.likeness, r.idf)
	return seen
}

func (r *reader) coverByTitle(language, title string) float64 {
	share := r.cover(lang.Words(language, title))
	if strings.HasSuffix(title, "…") {
		share *= openingCover
	}
	return share
}

// cosine compares the question with the sentence's vector and, where there is
// a title, its share.
func (r *reader) cosine(titled bool) float64 {
	if !titled {
		return rag.Dot(r.question, r.vector)
	}
	for i, x := range r.title {
		r.vector[i] += TitleShare * x
	}
	length := math.Sqrt(rag.Dot(r.vector, r.vector))
	if length == 0 {
		return 0
	}
	return rag.Dot(r.question, r.vector) / length
}

// cover returns the share of the question's information that the words of a
// sentence have, and adds them to those that the passage meets.
func (r *reader) cover(words []lang.Word) float64 {
	if r.all == 0 {
		return 0
	}
	clear(r.covered)
	for _, w := range words {
		if !w.Stop {
			r.meet(w.Surface)
			r.meet(w.Stem)
			r.approach(w.Surface)
		}
	}
	var sum float64
	for i, share := range r.covered {
		r.met[i] = max(r.met[i], share)
		sum += share * r.words[i].sought()
	}
	return sum / r.all
}

func (r *reader) meet(term string) {
	for _, s := range r.stands[term] {
		r.covered[s.word] = max(r.covered[s.word], s.weight)
	}
}

// approach counts a word for those of the question that it is near in meaning.
func (r *reader) approach(word string) {
	if r.compare == nil {
		return
	}
	at, known := r.known[word]
	if !known {
		at = len(r.near)
		r.near = append(r.near, make([]float32, r.compared)...)
		if !r.compare(r.near[at:], word) {
			r.near = r.near[:at]
			at = -1
		}
		r.known[word] = at
	}
	if at < 0 {
		return
	}
	for i, cosine := range r.near[at : at+r.compared] {
		r.met[i] = max(r.met[i], float64(cosine))
	}
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
