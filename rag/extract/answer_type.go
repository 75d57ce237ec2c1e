package extract

import (
	"slices"
	"strings"

	"docent/rag/lang"
	"docent/rag/retrieve"
)

// sign tells whether a sentence says the kind of thing that was asked for,
// over and above what the question itself says: 0 where it does not, else
// vagueSign or clearSign.
func (q *inquiry) sign(r *reading, s lang.Span, words []readWord) float64 {
	text := r.hit.Text[s.Start:s.End]
	switch q.wants.Kind {
	case retrieve.AskedWhen:
		return q.dateSign(r, s, text)
	case retrieve.AskedHowMany, retrieve.AskedHowMuch:
		return q.numberSign(r, s, text)
	case retrieve.AskedWho, retrieve.AskedWhere, retrieve.AskedName:
		return q.nameSign(r, words)
	case retrieve.AskedWhy:
		return phraseSign(text, causes)
	case retrieve.AskedHow:
		return phraseSign(text, means)
	case retrieve.AskedList:
		if strings.Count(text, ",") >= 2 || strings.Count(text, "\n") >= 2 || strings.HasSuffix(text, ":") {
			return retrieve.ClearSign
		}
	case retrieve.AskedDefinition:
		return q.definitionSign(words)
	case retrieve.AskedAnything, retrieve.AskedWhether:
	}
	return 0
}

// fresh reports whether the word at an offset is none of the question's.
func (r *reading) fresh(offset int) bool {
	i := r.wordFrom(offset)
	return i < len(r.words) && r.words[i].degree < 1
}

func (q *inquiry) dateSign(r *reading, s lang.Span, text string) float64 {
	if slices.ContainsFunc(lang.Dates(r.language, text), func(d lang.Date) bool { return r.fresh(s.Start + d.Start) }) {
		return retrieve.ClearSign
	}
	return phraseSign(text, times) * retrieve.VagueSign
}

// unitReach is how many words after a number what it counts may stand: "25
// full working days".
const unitReach = 3

// numberSign looks for a number that is no date: clear with a unit or beside
// the noun that is counted.
func (q *inquiry) numberSign(r *reading, s lang.Span, text string) float64 {
	dates := lang.Dates(r.language, text)
	best := 0.0
	for _, n := range lang.Numbers(r.language, text) {
		inDate := slices.ContainsFunc(dates, func(d lang.Date) bool { return n.Start >= d.Start && n.Start < d.End })
		if inDate || !r.fresh(s.Start+n.Start) {
			continue
		}
		counted := q.counts(r.words[r.wordFrom(s.Start+n.Start):])
		switch {
		case n.Unit != "" && (q.wants.Kind == retrieve.AskedHowMuch || q.wants.Noun == ""), counted:
			return retrieve.ClearSign
		case n.Unit != "" || q.wants.Kind == retrieve.AskedHowMany:
			best = retrieve.VagueSign
		}
	}
	return best
}

// counts reports whether the noun asked for follows a number closely.
func (q *inquiry) counts(words []readWord) bool {
	for _, w := range words[:min(len(words), unitReach+1)] {
		if q.isNoun(w) {
			return true
		}
	}
	return false
}

// isNoun reports whether a word is the noun asked for.
func (q *inquiry) isNoun(w readWord) bool {
	return w.degree > 0 && q.words[w.query].Surface == q.wants.Noun
}

// nameSign looks for a name that the question did not bring.
func (q *inquiry) nameSign(r *reading, words []readWord) float64 {
	best := retrieve.ClearestName(r.hit.Text, len(words), func(i int) (lang.Word, bool) { return words[i].Word, words[i].degree > 0 })
	if q.wants.Kind == retrieve.AskedWhere && best > 0 {
		return retrieve.ClearSign
	}
	return best
}

// defines is how far into a sentence what it defines may end.
const defines = 12

// definitionSign is clear where a copula follows the question's words near the
// beginning: "a bill of lading is …".
func (q *inquiry) definitionSign(words []readWord) float64 {
	for i, w := range words[:min(len(words), defines)] {
		if i > 0 && copulas[w.Surface] && q.share(q.met(words[:i]), nil) > retrieve.VagueSign {
			return retrieve.ClearSign
		}
	}
	return 0
}

func phraseSign(text string, phrases []string) float64 {
	folded := " " + lang.Fold(text)
	if slices.ContainsFunc(phrases, func(p string) bool { return strings.Contains(folded, p) }) {
		return retrieve.ClearSign
	}
	return 0
}

// Words of French and English, folded, that tell a cause, a means and a time,
// and that define.
var (
	causes = []string{
		" parce qu", " car ", " puisque", " en raison", " afin d", " pour que", " grace a", " a cause", " c'est pourquoi", " du fait", " permet",
		" faute de", " suite a", " provoque", " entraine",
		" because", " since ", " due to", " in order to", " so that", " therefore", " as a result", " owing to", " reason", " caused", " thus ",
		" so as to", " led to", " thanks to",
	}
	means = []string{
		" en utilisant", " grace a", " a l'aide", " au moyen", " par le biais", " via ", " par ", " afin d", " permet",
		" by ", " using ", " through ", " with ", " means of",
	}
	times = []string{
		" lorsqu", " apres", " avant", " pendant", " siecle", " depuis", " jusqu", " des que", " au moment", " debut", " fin ", " epoque",
		" when ", " after", " before", " during", " century", " since ", " until", " while ", " era ", " period",
	}
	copulas = lang.WordSet("est sont etait etaient designe designent signifie is are was were means refers denotes")
)
