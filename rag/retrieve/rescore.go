package retrieve

import (
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
	if r.question != nil {
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

// shortestRead is how many words a unit has that is read for itself.
const shortestRead = 6

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

	embedder rag.Embedder
	question []float32 // nil where the embedder compares no sentences
	// vector is room for that of a sentence with what stands around it.
	vector []float32
	// analyses are of the passages read so far.
	analyses map[rag.PassageID]*Analysis
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
	r := &reader{
		words: words, kind: kind, stands: make(map[string][]stand), covered: make([]float64, len(words)), met: make([]float64, len(words)),
		embedder: e, analyses: make(map[rag.PassageID]*Analysis),
	}
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
	if _, ok := e.(rag.SentenceEmbedder); ok && question != nil {
		r.question, r.vector = question, make([]float32, len(question))
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

// analysis reads a passage, once.
func (r *reader) analysis(p rag.Located) *Analysis {
	a, ok := r.analyses[p.ID]
	if !ok {
		a = Analyse(p, r.embedder)
		r.analyses[p.ID] = a
	}
	return a
}

func (r *reader) read(p rag.Located) (seen impression) {
	a := r.analysis(p)
	title := titleOver(p.Document, p.Passage)
	var titled []float32
	if title != "" {
		titled = a.Title
	}
	clear(r.met)
	for _, run := range a.runs() {
		words := a.Within(run.Span)
		seen.cover = max(seen.cover, r.cover(words))
		seen.kind = max(seen.kind, r.glimpse(p.Text, run.Start-p.Start, run.End-p.Start, words))
		if r.question != nil && a.sum(r.vector, run) {
			seen.cosine = max(seen.cosine, r.cosine(titled))
		}
	}
	for _, h := range a.Headings {
		seen.title = max(seen.title, r.cover(h))
	}
	if title != "" {
		seen.title = max(seen.title, r.coverByTitle(a.Above, title))
	}
	seen.title = max(seen.title, r.cover(a.File))
	for i, degree := range r.met {
		seen.likeness += degree * r.words[i].IDF
	}
	seen.likeness = Scaled(seen.likeness, r.idf)
	return seen
}

func (r *reader) coverByTitle(words []lang.Word, title string) float64 {
	share := r.cover(words)
	if strings.HasSuffix(title, "…") {
		share *= openingCover
	}
	return share
}

// cosine compares the question with the sentence's vector and, where there is
// a title, its share.
func (r *reader) cosine(title []float32) float64 {
	if title == nil {
		return rag.Dot(r.question, r.vector)
	}
	for i, x := range title {
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

// run is units that are read together, those from first up to last.
type run struct {
	lang.Span
	first, last int
}

// runs are the units, the short ones joined to the next.
func (a *Analysis) runs() []run {
	var runs []run
	for i, u := range a.Units {
		n := len(runs)
		if n > 0 && len(a.Within(runs[n-1].Span)) < shortestRead {
			runs[n-1].End, runs[n-1].last = u.End, i+1
			continue
		}
		runs = append(runs, run{u.Span, i, i + 1})
	}
	return runs
}

// sum sets dst to the unit vector of a run; it reports false for none.
func (a *Analysis) sum(dst []float32, r run) bool {
	if r.last == r.first+1 {
		copy(dst, a.Vectors[r.first])
		return a.Vectors[r.first] != nil
	}
	clear(dst)
	for i := r.first; i < r.last; i++ {
		weight := float32(math.Sqrt(float64(len(a.Within(a.Units[i].Span)))))
		for d, x := range a.Vectors[i] {
			dst[d] += weight * x
		}
	}
	length := float32(math.Sqrt(rag.Dot(dst, dst)))
	if length == 0 {
		return false
	}
	for d := range dst {
		dst[d] /= length
	}
	return true
}
