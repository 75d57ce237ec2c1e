package extract

import (
	"cmp"
	"slices"
	"strings"

	"docent/rag"
	"docent/rag/lang"
	"docent/rag/retrieve"
)

// reading is a hit read for a question: its words, and which word of the
// question each of them meets.
type reading struct {
	hit       rag.Hit
	language  string
	words     []readWord
	sentences []lang.Span
	// units are those that the sentences are, in the same order.
	units []rag.Unit
	// above is how well title and headings meet each word of the question,
	// whole how well the passage does together with them, and near is whole
	// with the words that mean something like them.
	above, whole, near []float64
	// best is set for the best hit, and lexical is its BM25 score as a share
	// of the best one.
	best    bool
	lexical float64
	// sibling is the score of the best other hit under the same title.
	sibling float64
	// vectors are those of the sentences and title that of the title, nil for
	// what has none.
	vectors [][]float32
	title   []float32
}

// readWord is a word of a passage. degree is how well it meets the word number
// query of the question, from 0 to 1; alike, where not nil, holds its cosine to
// each word of the question and then to the noun asked for.
type readWord struct {
	lang.Word
	query  int
	degree float64
	alike  []float32
}

func (q *inquiry) read(h rag.Hit) *reading {
	r := &reading{hit: h, language: cmp.Or(h.Language, h.Document.Language)}
	for _, u := range rag.UnitsOf(h.Passage) {
		if u.Kind != rag.Lead {
			r.units = append(r.units, u)
			r.sentences = append(r.sentences, lang.Span{Start: u.Start - h.Start, End: u.End - h.Start})
		}
	}
	for _, w := range lang.Words(r.language, h.Text) {
		word := readWord{Word: w}
		if !w.Stop || lang.IsAcronym(h.Text[w.Start:w.End]) {
			word.query, word.degree = q.meets(w, r.capital(w))
			word.alike = q.alike(w.Surface)
		}
		r.words = append(r.words, word)
	}
	var above []readWord
	// A number in a file's name says which file it is, not what is in it.
	titles := strings.Join(append(slices.Clone(h.Heading), h.Document.Title, retrieve.Numbers.ReplaceAllString(retrieve.FileWords(h.Document), "")), "\n")
	for _, w := range lang.Words(r.language, titles) {
		word := readWord{Word: w}
		word.query, word.degree = q.meets(w, lang.IsCapital(titles[w.Start:]))
		above = append(above, word)
	}
	r.above = q.met(above)
	r.whole = q.met(r.words)
	for i := range r.whole {
		r.whole[i] = max(r.whole[i], r.above[i])
	}
	r.near = q.nearly(r.words, r.whole)
	q.embedReading(r)
	return r
}

// within are the words of a span of the passage.
func (r *reading) within(s lang.Span) []readWord {
	return r.words[r.wordFrom(s.Start):r.wordFrom(s.End)]
}

// led are the words of what unit number k is read with, as far as the passage has it.
func (r *reading) led(k int) []readWord {
	var words []readWord
	for _, c := range r.units[k].Context {
		if c.Start >= r.hit.Start && c.End <= r.hit.End {
			words = append(words, r.within(lang.Span{Start: c.Start - r.hit.Start, End: c.End - r.hit.Start})...)
		}
	}
	return words
}

// wordFrom is the number of the first word that begins at or after an offset.
func (r *reading) wordFrom(offset int) int {
	i, _ := slices.BinarySearchFunc(r.words, offset, func(w readWord, at int) int { return cmp.Compare(w.Start, at) })
	return i
}

// capital reports whether a word begins with a capital.
func (r *reading) capital(w lang.Word) bool { return lang.IsCapital(r.hit.Text[w.Start:]) }

// leansBack reports whether the sentence begins with a word that stands for
// something an earlier sentence names.
func (r *reading) leansBack(s lang.Span) bool {
	words := r.within(s)
	if len(words) == 0 || !pronouns[words[0].Surface] {
		return false
	}
	return len(words) < 2 || !impersonal[words[0].Surface+" "+words[1].Surface]
}

// antecedent is the number of the nearest sentence before number k that does
// not lean back itself; -1 without one.
func (r *reading) antecedent(k int) int {
	for k--; k > 0 && r.leansBack(r.sentences[k]); k-- {
	}
	return k
}

// pronouns stand for what an earlier sentence names, folded.
var pronouns = lang.WordSet("il elle ils elles ce cela ceci celui celle ceux celles cet cette ces celui-ci son sa ses leur leurs " +
	"he she it they this that these those his her its their him them such")

// impersonal are openings in which a pronoun stands for nothing.
var impersonal = map[string]bool{"il y": true, "il faut": true, "il convient": true, "it is": true}

// isIn reports whether all words of the phrase are among those of a text.
func isIn(p retrieve.Phrase, words []readWord) bool {
	for _, terms := range p.Terms {
		if !slices.ContainsFunc(words, func(w readWord) bool { return retrieve.Meet(terms, []string{w.Surface, w.Stem}) }) {
			return false
		}
	}
	return true
}
