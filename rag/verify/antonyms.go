package verify

import (
	"slices"
	"strings"

	"docent/rag"
	"docent/rag/lang"
)

// axis is what can be so or otherwise, each pole as the phrases that say it, in
// French and English and folded, with a bar between them.
type axis []string

// axes are the words by which a claim turns into another with the same figures,
// names and nearly all of the words of its quote: 84,000 € a month for a year,
// at most for at least. Words that also say something else are not among them,
// nor are contraries that tell the same from two sides, as before and after.
var axes = []axis{
	{ // how often
		"a day|per day|each day|every day|daily|par jour|chaque jour|tous les jours|quotidien|quotidienne|quotidiens|quotidiennes|journalier|journaliere",
		"a week|per week|each week|every week|weekly|par semaine|chaque semaine|toutes les semaines|hebdomadaire|hebdomadaires",
		"a month|per month|each month|every month|monthly|par mois|chaque mois|tous les mois|mensuel|mensuelle|mensuels|mensuelles",
		"per quarter|each quarter|every quarter|quarterly|par trimestre|chaque trimestre|tous les trimestres|trimestriel|trimestrielle",
		"a year|per year|each year|every year|yearly|annual|annually|per annum|par an|chaque annee|tous les ans|annuel|annuelle|annuels|annuelles",
	},
	{ // the least and the most
		"at least|no less than|not less than|minimum|minimal|minimale|au moins|au minimum|pas moins de",
		"at most|no more than|not more than|up to|maximum|maximal|maximale|au plus|au maximum|jusque a|jusque au|jusque aux|pas plus de",
	},
	{ // more and less than something
		"more than|longer than|greater than|higher than|over|above|exceeding|de plus|plus de|superieur a|superieure a|superieurs a|superieures a",
		"less than|fewer than|shorter than|lower than|under|below|de moins|moins de|inferieur a|inferieure a|inferieurs a|inferieures a",
	},
	{ // up and down
		"increase|increases|increased|rise|rises|rose|grew|growth|hausse|hausses|augmente|augmentent|augmentation|croissance",
		"decrease|decreases|decreased|fell|falls|dropped|decline|declined|reduced|reduction|baisse|baisses|baissent|diminue|diminuent|diminution|recul",
	},
	{ // with taxes and without
		"hors taxe|hors taxes|ht|excluding vat|excl vat|exclusive of vat|before tax|before vat|net of vat|hors tva",
		"toutes taxes comprises|ttc|including vat|incl vat|inclusive of vat|taxes included|taxes incluses|tva comprise",
	},
	{ // duty and advice
		"must|mandatory|compulsory|obligatory|required|have to|has to|doit|doivent|obligatoire|obligatoires|obligatoirement",
		"recommended|optional|advised|voluntary|recommande|recommandee|recommandes|recommandees|conseille|conseillee|facultatif|facultative|facultatifs|facultatives",
	},
	{ // shares and multiples
		"half of|half the|la moitie", "a third of|one third of|un tiers", "a quarter of|one quarter of|un quart",
		"twice|double|doubles|doubled|doublee|deux fois", "halves|halved|reduit de moitie", "three times|triple|trois fois",
	},
	{"weekday|weekdays|en semaine|jours ouvrables", "weekend|weekends|week end|week ends"},
	{"morning|mornings|matin|matins", "afternoon|afternoons|apres midi", "evening|evenings|soir|soirs"},
	{"first|premier|premiere|premiers|premieres", "last|dernier|derniere|derniers|dernieres"},
	{"internal|interne|internes", "external|externe|externes"},
	{"monsieur|mr|mister", "madame|mrs|ms|mme|mlle"},
}

// elsewhere are phrases in which the words of a pole say something else.
var elsewhere = strings.NewReplacer(
	" lettre recommandee ", " ", " lettres recommandees ", " ", " courrier recommande ", " ", " en recommande ", " ",
	" au plus tard ", " ", " au plus tot ", " ", " de plus en plus ", " ", " de moins en moins ", " ",
	" no more than ", " at most ", " not more than ", " at most ", " pas plus de ", " at most ",
	" no less than ", " at least ", " not less than ", " at least ", " pas moins de ", " at least ",
)

// sides are the poles that a text takes, by axis and pole, with the words that
// say so.
type sides map[[2]int][]string

func sidesOf(citations []rag.Citation) sides {
	taken := make(sides)
	for _, c := range citations {
		taken.add(c.Quote)
	}
	return taken
}

func (s sides) add(text string) {
	phrase := phraseOf(text)
	for i, a := range axes {
		for p, pole := range a {
			for words := range strings.SplitSeq(pole, "|") {
				if strings.Contains(phrase, " "+words+" ") {
					at := [2]int{i, p}
					s[at] = append(s[at], strings.Fields(words)...)
				}
			}
		}
	}
}

// unelided writes out what an elision hides.
var unelided = strings.NewReplacer("jusqu'", "jusque ", "jusqu’", "jusque ", " d'", " de ", " d’", " de ")

// phraseOf is a text as its words alone, folded, with blanks around each. "M."
// before a name is written out.
func phraseOf(text string) string {
	text = unelided.Replace(text)
	var b strings.Builder
	b.WriteByte(' ')
	for _, w := range lang.Words("", text) {
		surface := w.Surface
		if rest := text[w.End:]; text[w.Start:w.End] == "M" && strings.HasPrefix(rest, ".") {
			surface = "monsieur"
		}
		b.WriteString(surface + " ")
	}
	return elsewhere.Replace(b.String())
}

// contradicts reports whether a claim takes a side in something of which its
// quotes take another one, and none that they take too.
func (b *bearing) contradicts(claim string) bool {
	claimed := make(sides)
	claimed.add(claim)
	agreed, taken := make(map[int]bool), make(map[int]bool)
	for at := range b.sides {
		taken[at[0]] = true
		agreed[at[0]] = agreed[at[0]] || len(claimed[at]) > 0
	}
	for at := range claimed {
		if taken[at[0]] && !agreed[at[0]] {
			return true
		}
	}
	return false
}

// sideWords are the words by which a claim takes a side that its quotes take as
// well, in other words perhaps: TTC for "toutes taxes comprises".
func (b *bearing) sideWords(claim string) map[string]bool {
	claimed, words := make(sides), make(map[string]bool)
	claimed.add(claim)
	for at, said := range claimed {
		if len(b.sides[at]) > 0 {
			for _, w := range said {
				words[w] = true
			}
		}
	}
	return words
}

// misdates reports whether a claim puts a number under a date, and the quotes
// have that number under another one only: "1,250 in 2023, fewer than
// in 2022".
func (b *bearing) misdates(language, claim string) bool {
	var parts []quotedFigures
	for _, c := range b.citations {
		for _, part := range partsOf(c.Quote) {
			parts = append(parts, datedParts(language, part)...)
		}
	}
	for _, part := range partsOf(claim) {
		f := figuresOf(language, part)
		if len(f.dates) == 1 && slices.ContainsFunc(f.numbers, func(n figure) bool { return underOthers(n, f.dates[0], parts) }) {
			return true
		}
	}
	return false
}

// underOthers reports whether all parts that have a number have it under another
// date.
func underOthers(n figure, date string, parts []quotedFigures) bool {
	there, dated := 0, 0
	for i := range parts {
		if !parts[i].bear(n) {
			continue
		}
		there++
		if len(parts[i].dates) > 0 && !parts[i].bearDate(date) {
			dated++
		}
	}
	return there > 0 && dated == there
}

// datedParts are the figures of a text, or those of its two halves where it goes
// from one number under a date to another: "from 84,000 in 2022 to 79,500 in
// 2023".
func datedParts(language, text string) []quotedFigures {
	for _, w := range lang.Words(language, text) {
		if !steps[w.Surface] {
			continue
		}
		var before, after quotedFigures
		before.add(language, text[:w.Start])
		after.add(language, text[w.End:])
		if before.dated() && after.dated() {
			return []quotedFigures{before, after}
		}
	}
	var whole quotedFigures
	whole.add(language, text)
	return []quotedFigures{whole}
}

// steps lead from one thing to the next, folded.
var steps = lang.WordSet("to and then or a et puis ou contre against")

// dated reports whether there are a number and a date.
func (q *quotedFigures) dated() bool {
	return len(q.dates) > 0 && slices.ContainsFunc(q.numbers, func(n figure) bool { return !n.loose && !slices.Contains(q.dates, n.value) })
}

// partsOf cuts a text at the marks that end a clause.
func partsOf(s string) []string {
	var parts []string
	for s != "" {
		at := min(firstBreak(s)+1, len(s))
		parts = append(parts, s[:at])
		s = s[at:]
	}
	return parts
}
