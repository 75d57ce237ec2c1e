package verify

import (
	"cmp"
	"slices"
	"strings"

	"docent/rag"
	"docent/rag/lang"
)

// bearing is what the citations of a claim can bear: their words, figures and
// clauses, and how words of different languages are told to mean the same.
type bearing struct {
	citations []rag.Citation
	// words are those of the quotes, by surface and stem; places those of the
	// titles and headings that are shown with them.
	words, places map[string]bool
	// sense are the words that say something and are no names, for alike.
	sense []string
	// figures are by the language that the quotes are read in: "" for their
	// own, and "fr" and "en" for both claim and quotes, in which "1,250" is
	// the same number on both sides whatever it is.
	figures map[string]*quotedFigures
	// clauses are those of the quotes with what belongs to them in the text.
	clauses []clause
	// sides are those that the quotes take together.
	sides sides
	alike *Likeness
}

// quotedIn is a citation with the language of its passage.
type quotedIn struct {
	rag.Citation
	language, text string
}

func newBearing(quotes []quotedIn, alike *Likeness) *bearing {
	b := &bearing{words: make(map[string]bool), places: make(map[string]bool), alike: alike,
		figures: map[string]*quotedFigures{"": {}, "fr": {}, "en": {}}}
	for _, q := range quotes {
		b.citations = append(b.citations, q.Citation)
		language := cmp.Or(q.language, lang.Detect(q.Quote))
		for read, f := range b.figures {
			f.add(cmp.Or(read, language), q.Quote)
		}
		sentences := lang.Sentences(q.Quote)
		for _, w := range lang.Words(language, q.Quote) {
			b.words[w.Surface], b.words[w.Stem] = true, true
			if !w.Stop && (!lang.IsCapital(q.Quote[w.Start:]) || startsSentence(sentences, q.Quote, w.Start)) {
				b.sense = append(b.sense, w.Surface)
			}
		}
		place := strings.Join(append(slices.Clone(q.Heading), q.Title), "\n")
		for _, e := range q.Context { // a header row names what its cells are of
			place += "\n" + e.Text
			for read, f := range b.figures {
				f.add(cmp.Or(read, language), e.Text)
			}
		}
		for _, w := range lang.Words(language, place) {
			b.places[w.Surface], b.places[w.Stem] = true, true
		}
		for _, d := range lang.Dates(language, place) {
			b.figures[""].dates = append(b.figures[""].dates, d.Value)
		}
	}
	b.clauses = clausesOfQuotes(quotes)
	b.sides = sidesOf(b.citations)
	return b
}

func clausesOfQuotes(quotes []quotedIn) []clause {
	var clauses []clause
	for _, q := range quotes {
		language := cmp.Or(q.language, lang.Detect(q.Quote))
		clauses = append(clauses, clausesAround(language, q.text, lang.Span{Start: q.Start, End: q.End})...)
	}
	return clauses
}

// bears reports whether the quotes say what the claim does, as far as code can
// tell: each number, date, time and name stands in them, most other words do or
// have a like one there, and nothing that they deny is asserted, nor the other
// way round. known are the words of the question, true where in small letters.
func (b *bearing) bears(language, claim string, known map[string]bool) bool {
	return b.bearFigures(language, claim) && b.bearNames(language, claim, known) && b.bearWords(language, claim, known) && b.agree(language, claim) &&
		!b.contradicts(claim) && !b.misdates(language, claim)
}

// bearFigures reads the claim in its own language, and where its quotes do not
// have a number of it, claim and quotes both as French or English.
func (b *bearing) bearFigures(language, claim string) bool {
	own := figuresOf(language, claim)
	if !b.figures[""].bearTimes(own) {
		return false
	}
	if b.figures[""].bearNumbers(own) {
		return true
	}
	for _, l := range []string{"fr", "en"} {
		// A number in words is none in another language, and proves nothing.
		if f := figuresOf(l, claim); len(f.numbers) >= len(own.numbers) && b.figures[l].bearNumbers(f) {
			return true
		}
	}
	return false
}

// What share of a claim's words must have a like one in the quotes: more than
// half of all, or a third where the quotes are in another language, and somewhat
// less of those that the question does not have. A true claim says little in
// words that are like none of its quote's; what is smuggled in beside a true
// quote does, and so does a question that is merely said yes to. A figure, which
// was found in the quotes before, counts for a word.
const (
	leastBorne        = 0.5
	leastForeignBorne = 0.3
	leastOwnBorne     = 0.4
)

// bearWords reports whether enough of the claim's words are in the quotes.
// Without a likeness nothing is asked of a claim in another language.
func (b *bearing) bearWords(language, claim string, known map[string]bool) bool {
	figures, denied := figureSpans(language, claim), b.denied()
	sides := b.sideWords(claim)
	stated := float64(len(figuresIn(language, claim)))
	words, borne, own, ownBorne := stated, stated, stated, stated
	for _, w := range lang.Words(language, claim) {
		if isWithin(figures, w) || w.Stop || lang.UnitOfMeasure(w.Surface) != "" || yesOrNo[w.Surface] || hollow[w.Surface] || deniers[language][w.Surface] || denied && (refuses(w.Surface) || allows[w.Surface]) {
			continue // whether it is so or not is judged by agree
		}
		_, asked := known[w.Surface]
		if _, stem := known[w.Stem]; stem {
			asked = true
		}
		words++
		if !asked {
			own++
		}
		if sides[w.Surface] || b.hasLike(w) {
			borne++
			if !asked {
				ownBorne++
			}
		}
	}
	foreign, least := b.foreign(language), leastBorne
	if foreign {
		least = leastForeignBorne
	}
	switch {
	case words == 0:
		return false // "Yes." says nothing that could be held against a quote
	case b.alike == nil && foreign:
		return true
	}
	return borne > least*words && ownBorne >= leastOwnBorne*own
}

// figuresIn are the figures of a claim, each once.
func figuresIn(language, claim string) []string {
	f := figuresOf(language, claim)
	list := slices.Clone(f.dates)
	for _, n := range f.numbers {
		list = append(list, n.value)
	}
	for _, c := range f.clocks {
		list = append(list, c.Value)
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// yesOrNo answer, and hollow ones fill a phrase: what they are about stands in
// other words.
var yesOrNo, hollow = lang.WordSet("oui non yes no not pas ok personne rien"), lang.WordSet("objet lieu cas case titre matter usage utilisation use must may can shall will doit doivent peut peuvent faut")

// allows are words for what is denied or refused, folded.
var allows = lang.WordSet("allowed permitted authorised authorized possible autorise autorisee autorises autorisees permis permise permises possibles")

// denied reports whether a clause of the quotes denies something.
func (b *bearing) denied() bool {
	return slices.ContainsFunc(b.clauses, func(c clause) bool { return c.denies+c.refuses > 0 })
}

// foreign reports whether no quote is in the language.
func (b *bearing) foreign(language string) bool {
	return !slices.ContainsFunc(b.clauses, func(c clause) bool { return c.language == language })
}

func isNumeral(surface string) bool { return strings.Trim(surface, "0123456789.,") == "" }

// has reports whether the quotes have the word itself.
func (b *bearing) has(w lang.Word) bool { return b.words[w.Surface] || b.words[w.Stem] }

// hasLike reports whether the quotes, or what is shown above them, have the
// word or one like it.
func (b *bearing) hasLike(w lang.Word) bool {
	if b.has(w) || b.places[w.Surface] || b.places[w.Stem] {
		return true
	}
	for said := range b.words {
		if lang.IsCognate(w.Surface, said) || lang.SameName(w.Surface, said) {
			return true
		}
	}
	return b.alike.any(w.Surface, b.sense)
}
