package extract

import (
	"slices"
	"strings"

	"docent/rag"
	"docent/rag/lang"
	"docent/rag/retrieve"
)

// mostAsked is how many words of a question are held against a text, and
// mostRead how many of a unit.
const mostAsked, mostRead = 24, 48

// inquiry is a question as texts are held against it. It is for one goroutine.
type inquiry struct {
	language string
	// words are all of the question's, small ones too: they say what kind of
	// thing is asked for.
	words []token
	// idf is the information of each of them, 0 for those that have none, and all
	// their sum. name is set for what must not be guessed.
	idf  []float32
	name []bool
	all  float32
	// missing is set for a word that no passage has, nor what stands for it.
	missing []bool
	// misspelt is set for a name that no passage has but by a like spelling.
	misspelt []bool
	// vector is the question's, nil where no embedder compares sentences.
	vector []float32
	// terms has, by term, how well it meets each word.
	terms map[string][]meeting
	// compare sets the cosines of a word to each of words, nil without one.
	compare func(dst []float32, word string) bool
	// known are the likenesses found, of words without a capital and with one.
	known [2]map[string][]float32
}

// meeting is that a term stands for a word of the question, as well as weight.
type meeting struct {
	word   int
	weight float32
}

func newInquiry(question string, found retrieve.Result, embedder rag.Embedder) *inquiry {
	q := &inquiry{language: found.Language, terms: make(map[string][]meeting), known: [2]map[string][]float32{{}, {}}}
	q.words = tokens(question, lang.Words(q.language, question))
	q.words = q.words[:min(len(q.words), mostAsked)]
	n := len(q.words)
	q.idf, q.name, q.missing, q.misspelt = make([]float32, n), make([]bool, n), make([]bool, n), make([]bool, n)
	surfaces := make([]string, n)
	for i, t := range q.words {
		surfaces[i] = t.Surface
		q.meet(t.Surface, i, 1)
		at := slices.IndexFunc(found.Words, func(w retrieve.QueryWord) bool { return w.Surface == t.Surface })
		if at < 0 {
			continue
		}
		w := found.Words[at]
		q.idf[i], q.name[i], q.missing[i] = float32(w.IDF), w.Name, w.Frequency == 0
		q.misspelt[i] = w.Name && len(w.Spelt) > 0
		q.all += q.idf[i]
		for _, term := range w.Terms {
			q.meet(term, i, 1)
		}
		for _, other := range w.Near() {
			q.meet(other.Text, i, float32(min(1, other.Weight)))
		}
	}
	if c, ok := embedder.(rag.WordComparer); ok {
		q.compare = c.Likeness(surfaces)
	}
	if e, ok := embedder.(rag.SentenceEmbedder); ok {
		v := make([]float32, embedder.Fingerprint().Dimension)
		if e.EmbedInto(v, question) {
			q.vector = v
		}
	}
	return q
}

func (q *inquiry) meet(term string, word int, weight float32) {
	q.terms[term] = append(q.terms[term], meeting{word, weight})
}

// likeness is how well a word of a text meets each word of the question: 1 for
// the word itself, else how near the two are in meaning.
func (q *inquiry) likeness(t token) []float32 {
	known := q.known[t.shape&capital] // capital is the first bit
	if l, ok := known[t.Surface]; ok {
		return l
	}
	l := make([]float32, len(q.words))
	if q.compare != nil && q.compare(l, t.Surface) {
		for i := range l {
			l[i] = max(0, min(l[i], mostAlike))
		}
	} else {
		clear(l)
	}
	for _, term := range []string{t.Surface, t.Stem} {
		for _, m := range q.terms[term] {
			l[m.word] = max(l[m.word], m.weight)
		}
	}
	for i, misspelt := range q.misspelt {
		if misspelt && l[i] < 1 && t.shape&capital == 0 {
			l[i] = 0 // a common word is no misspelt name
		}
	}
	known[t.Surface] = l
	return l
}

// mostAlike is the most that another word meets one.
const mostAlike = 0.95

// token is a word of a text with what its writing shows.
type token struct {
	lang.Word
	shape shape
	// like is how well it meets each word of the question.
	like []float32
}

// shape is what the writing of a word shows.
type shape uint16

const (
	capital shape = 1 << iota
	acronym
	digit
	inner // a capital that no sentence begins with
	stop
	asked // before a question mark
	money // beside a currency or percent sign
	above // of the context
	year
	month
)

// tokens are words of a text with their shapes.
func tokens(text string, words []lang.Word) []token {
	out := make([]token, len(words))
	for i, w := range words {
		out[i] = token{Word: w, shape: shapeOf(text, w)}
	}
	return out
}

// tokens are words of a text as they are held against the question.
func (q *inquiry) tokens(text string, words []lang.Word) []token {
	out := tokens(text, words)
	for i, t := range out {
		out[i].like = q.likeness(t)
	}
	return out
}

func shapeOf(text string, w lang.Word) shape {
	raw, before, after := text[w.Start:w.End], strings.TrimRight(text[:w.Start], " \u00a0\u202f"), strings.TrimLeft(text[w.End:], " \u00a0\u202f")
	var s shape
	if lang.IsCapital(raw) {
		s |= capital
		if before != "" && !strings.ContainsAny(before[len(before)-1:], ".!?:;|\n") {
			s |= inner
		}
	}
	if lang.IsAcronym(raw) {
		s |= acronym
	}
	if strings.ContainsAny(raw, "0123456789") {
		s |= digit
	}
	if w.Stop {
		s |= stop
	}
	if isYear(raw) {
		s |= year
	}
	if lang.Month(w.Surface) > 0 {
		s |= month
	}
	if strings.HasPrefix(after, "?") {
		s |= asked
	}
	if hasAny(after, strings.HasPrefix) || hasAny(before, strings.HasSuffix) {
		s |= money
	}
	return s
}

func hasAny(text string, has func(s, part string) bool) bool {
	for _, sign := range [...]string{"€", "$", "£", "%"} {
		if has(text, sign) {
			return true
		}
	}
	return false
}

// isYear reports whether a word is written as the years of our time are.
func isYear(word string) bool {
	return len(word) == 4 && (word[:2] == "19" || word[:2] == "20") && lang.IsDigit(word[2]) && lang.IsDigit(word[3])
}
