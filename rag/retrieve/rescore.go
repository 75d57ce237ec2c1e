package retrieve

import (
	"math"
	"slices"

	"docent/rag"
	"docent/rag/lang"
)

// The best candidates are read again unit by unit, since an answer is in one: a
// passage on the subject of a question is often not the one that answers it.
const (
	// DefaultReread is how many are.
	DefaultReread = 48
	// TitleShare is what the title of its document is in a sentence's meaning,
	// beside the sentence's own 1: it says what pronouns stand for.
	TitleShare = 0.5
	// contextShare is what a word counts that stands in title or headings, for a
	// unit that lacks it.
	contextShare = 0.5
	// noiseAlike is the cosine that two words which have nothing to do with each
	// other reach at times.
	noiseAlike = 0.25
)

// reread ranks the first hits anew by what they say to the question. Those after
// them keep their order below.
func (f fusion) reread(hits []rag.Hit, most int, r *reader) {
	n := min(len(hits), most)
	read := make([]impression, n)
	var best float64
	for i, h := range hits[:n] {
		read[i] = r.read(h.Located)
		best = max(best, read[i].cosine-f.found.MeanVector)
	}
	for i := range hits[:n] {
		x := f.features(hits[i], read[i], best)
		if f.observe != nil {
			f.observe(hits[i], x)
		}
		hits[i].Score = x.score()
	}
	rag.SortHits(hits[:n])
	for i := n; i < len(hits); i++ {
		hits[i].Score *= hits[n-1].Score
	}
}

// shortestRead is how many words a unit has that is read for itself.
const shortestRead = 6

// mostCompared is how many words of a question are compared in meaning.
const mostCompared = 48

// reader compares passages with a question, sentence by sentence and word by
// word. It is for one goroutine.
type reader struct {
	words []QueryWord
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
	// language is the question's.
	language string
	// covered and met are, by word of the question, how well the words of a unit
	// and of a passage meet it; soft and passage are the same where words near in
	// meaning count by how far they are above noise, and context is that of title
	// and headings.
	covered, met, soft, passage, context []float64

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
	// cosine and cover are the greatest of a unit: its cosine, and the share of
	// the question's information that it has; title is the greatest such share of
	// the title or a heading.
	cosine, cover, title float64
	// likeness is the question's information that the passage has with its title
	// and headings, where a word near in meaning counts by its cosine.
	likeness float64
	// unit, inContext and passage are the same of the best unit, of the best unit
	// with its title and headings, and of the passage with them, where a cosine
	// counts by how far it is above noise (Khattab and Zaharia, "ColBERT", 2020,
	// without a network).
	unit, inContext, passage float64
	// foreign is set for a passage in another language than the question.
	foreign bool
}

func newReader(words []QueryWord, language string, e rag.Embedder, question []float32) *reader {
	r := &reader{
		words: words, language: language, stands: make(map[string][]stand),
		covered: make([]float64, len(words)), met: make([]float64, len(words)), soft: make([]float64, len(words)),
		passage: make([]float64, len(words)), context: make([]float64, len(words)),
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
		for _, t := range slices.Concat(slices.Concat(w.apart()...), w.beside, slices.Concat(w.translated...)) {
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
	var title []float32
	if titleOver(p.Document, p.Passage) != "" {
		title = a.Title
	}
	clear(r.met)
	clear(r.passage)
	seen.title = r.readAbove(a)
	seen.foreign = a.Language != "" && r.language != "" && a.Language != r.language
	for _, run := range a.runs() {
		seen.cover = max(seen.cover, r.cover(a.Within(run.Span)))
		unit, inContext := r.compareUnit()
		seen.unit, seen.inContext = max(seen.unit, unit), max(seen.inContext, inContext)
		if r.question != nil && a.sum(r.vector, run) {
			seen.cosine = max(seen.cosine, r.cosine(title))
		}
	}
	for i, w := range r.words {
		seen.likeness += r.met[i] * w.IDF
		seen.passage += r.passage[i] * w.sought()
	}
	seen.likeness, seen.passage = Scaled(seen.likeness, r.idf), Scaled(seen.passage, r.all)
	return seen
}

// readAbove reads title, headings and the file's name, the context of all units,
// and returns the best share of one.
func (r *reader) readAbove(a *Analysis) (best float64) {
	clear(r.context)
	for _, words := range append([][]lang.Word{a.Above, a.File}, a.Headings...) {
		best = max(best, r.cover(words))
		for i, share := range r.soft {
			r.context[i] = max(r.context[i], contextShare*share)
		}
	}
	copy(r.passage, r.context)
	return best
}

// compareUnit is how much of the question's information the unit covered last
// has, alone and with its context.
func (r *reader) compareUnit() (alone, inContext float64) {
	for i, share := range r.soft {
		sought := r.words[i].sought()
		alone += share * sought
		inContext += max(share, r.context[i]) * sought
		r.passage[i] = max(r.passage[i], share)
	}
	return Scaled(alone, r.all), Scaled(inContext, r.all)
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
	clear(r.soft)
	for _, w := range words {
		if !w.Stop {
			r.meet(w.Surface)
			r.meet(w.Stem)
			r.approach(w.Surface)
		}
	}
	var sum float64
	for i, share := range r.covered {
		r.met[i], r.soft[i] = max(r.met[i], share), max(r.soft[i], share)
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
		r.soft[i] = max(r.soft[i], (float64(cosine)-noiseAlike)/(1-noiseAlike))
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
