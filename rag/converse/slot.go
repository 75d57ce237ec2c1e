package converse

import (
	"regexp"
	"slices"

	"docent/rag/lang"
)

// slot is a noun phrase of a question, with what governs it.
type slot struct {
	// from is where its preposition or determiner begins, head where its words do.
	from, head, to int
	// prep and det are folded, "" for none.
	prep, det string
	kind      slotKind
}

// slotKind is of what kind a noun phrase is.
type slotKind int

const (
	thing slotKind = iota
	name
	moment
	quantity
)

// noun is the phrase with its determiner, as one writes it alone.
func (s slot) noun(g *grammar, p phrase) string {
	from := s.head
	if s.det != "" && from > 0 && p.words[from-1].folded == s.det && !g.isWord("preposition", s.det) {
		from--
	}
	return p.written(from, s.to)
}

// slotAt is a noun phrase that begins with a word, up to its own words.
func slotAt(g *grammar, p phrase, i int) slot {
	s := slot{from: i, head: i}
	if g.isWord("preposition", p.words[s.head].folded) {
		s.prep = p.words[s.head].folded
		s.head++
	}
	if g.isWord("contracted", s.prep) {
		s.det = s.prep
	}
	if s.head < len(p.words) && g.isWord("determiner", p.words[s.head].folded) {
		s.det = p.words[s.head].folded
		s.head++
	}
	return s
}

// slots are the noun phrases of a question after the words that ask.
func slots(g *grammar, p phrase) []slot {
	var list []slot
	for i := verbless(g, p); i < len(p.words); {
		s := slotAt(g, p, i)
		for s.to = s.head; s.to < len(p.words) && (s.to == s.head || !p.parted(s.to)) && inNoun(g, p, s.to); s.to++ {
		}
		if s.to > s.head {
			s.kind = kindOf(g, p, s)
			s.to -= btoi(g.language == "en" && endsInVerb(g, p, s))
			list = append(list, s)
		}
		i = max(s.to, i+1)
	}
	return list
}

// endsInVerb reports whether the last word of an English noun phrase is the verb of
// its question: "does the canteen open".
func endsInVerb(g *grammar, p phrase, s slot) bool {
	return s.from > 0 && g.isWord("auxiliary", p.words[s.from-1].folded) && s.to-s.head > 1 && !p.capital(s.to-1) &&
		(s.to == len(p.words) || !g.isWord("generic", p.words[s.to].folded))
}

func inNoun(g *grammar, p phrase, i int) bool {
	w := p.words[i].folded
	if p.capital(i) && i > 0 {
		return true
	}
	return !isGrammarWord(g, w) && !g.isWord("preposition", w) && !g.isWord("determiner", w) && !g.isWord("anaphor", w)
}

// verbless is where the words of a question begin that are no question word and no
// verb after one: "who signs".
func verbless(g *grammar, p phrase) int {
	n := g.head("asked", p)
	if n == 0 || n >= len(p.words) {
		return 0
	}
	if last := p.words[n-1].folded; (last == "who" || last == "qui") && !isGrammarWord(g, p.words[n].folded) && !p.capital(n) {
		n++
	}
	return n
}

func kindOf(g *grammar, p phrase, s slot) slotKind {
	text := newPhrase(p.written(s.head, s.to))
	switch {
	case g.is("time", text) || hasYear(text):
		return moment
	case slices.ContainsFunc(text.words, func(w word) bool { return lang.IsDigit(w.folded[0]) }):
		return quantity
	case s.head > 0 && p.capital(s.head):
		return name
	}
	return thing
}

// year is one of our time.
var year = regexp.MustCompile(`\b(?:19|20)\d\d[ ,]`)

func hasYear(p phrase) bool { return year.MatchString(p.line) }
