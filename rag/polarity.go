package rag

import (
	"cmp"
	"slices"
	"strings"

	"docent/rag/lang"
)

// Whether a claim asserts what its quote denies is judged clause by clause:
// each clause of the claim is held against the clause of the quotes that it has
// most words in common with, and both must deny or neither.

// clause is a part of a sentence with what it says of yes and no.
type clause struct {
	language string
	// words say something, without figures and measures.
	words []lang.Word
	// denies counts negations ("ne … pas", "not", "never"), refuses words that
	// deny by their meaning ("interdit", "rejected"), limits those that may
	// be put either way ("only", "except", "unpaid").
	denies, refuses, limits int
	// without are the words that follow "sans" and "without".
	without []lang.Word
}

// agree reports whether the claim denies what the quotes deny, and asserts what
// they assert.
func (b *bearing) agree(language, claim string) bool {
	for _, c := range clausesOf(language, claim) {
		if len(c.words) > 0 && !b.agreeOn(c) {
			return false
		}
	}
	return true
}

// agreeOn holds a clause against the nearest of the quotes. Of several that are
// equally near, one that agrees will do for a clause that denies; one that does
// not is enough against a clause that asserts, since where "the pump and the
// motor are not covered" is cut in two, only the half has the negation.
func (b *bearing) agreeOn(c clause) bool {
	var nearest []clause
	most := 0.0
	for _, q := range b.clauses {
		switch n := b.common(c, q); {
		case n > most:
			most, nearest = n, []clause{q}
		case n == most:
			nearest = append(nearest, q)
		}
	}
	if most == 0 {
		return unrelated(c, b.clauses)
	}
	if exact := slices.DeleteFunc(slices.Clone(nearest), func(q clause) bool { return !c.saysWhat(q, most) }); len(exact) > 0 {
		return slices.ContainsFunc(exact, func(q clause) bool { return c.agrees(q, true) })
	}
	same := most >= 0.75*float64(len(c.words))
	agreed := 0
	for _, q := range nearest {
		if c.agrees(q, same) {
			agreed++
		}
	}
	if c.denies+c.refuses > 0 {
		return agreed > 0
	}
	return agreed == len(nearest)
}

// saysWhat reports whether two clauses have the same words.
func (c clause) saysWhat(q clause, common float64) bool {
	return common == float64(len(c.words)) && len(c.words) == len(q.words)
}

// agrees reports whether two clauses about the same thing say yes or no alike.
// same is set where nearly all words of the claim's are in the other, so that
// a negation beside them makes all the difference.
func (c clause) agrees(q clause, same bool) bool {
	for _, w := range q.without {
		if len(c.without) == 0 && c.denies == 0 && c.language == q.language && hasWord(c.words, w) {
			return false
		}
	}
	if same && c.language == q.language && c.denies > 0 && c.denies < q.denies {
		return false // "les congés non pris ne sont pas reportés" with one of the two
	}
	switch c, q := c.sign(), q.sign(); {
	case c == q, c == denying && q == refusing, c == refusing && q == denying, c == both && q == denying, c == denying && q == both:
		return true
	case c == refusing && q == both, c == both && q == refusing: // "forbidden", "not forbidden"
		return false
	case c == both || q == both: // "allowed", "not forbidden"
		return !same
	}
	if c.sign() == asserting {
		return c.limits > 0 && !same // "only managers may", "others may not"
	}
	return q.limits > 0 || len(q.without) > 0
}

// sign is how a clause says no.
type sign int

const (
	asserting sign = iota
	denying
	refusing
	both
)

func (c clause) sign() sign {
	switch {
	case c.denies > 0 && c.refuses > 0:
		return both
	case c.denies > 0:
		return denying
	case c.refuses > 0:
		return refusing
	}
	return asserting
}

// unrelated judges a clause that has no word in common with the quotes, by
// whether all of them deny or none does.
func unrelated(c clause, quotes []clause) bool {
	some, all := false, true
	for _, q := range quotes {
		if len(q.words) == 0 {
			continue
		}
		no := q.denies+q.refuses > 0
		some = some || no || q.limits > 0 || len(q.without) > 0
		all = all && no
	}
	if c.denies > 0 {
		return some
	}
	return c.refuses > 0 || !some || !all
}

// common adds up how well the words of a claim's clause are met in one of the
// quotes: 1 for a word that is there, its cosine for one that is like another.
func (b *bearing) common(c, q clause) float64 {
	sum := 0.0
	var sense []string
	for _, w := range q.words {
		sense = append(sense, w.Surface)
	}
	for _, w := range c.words {
		if hasWord(q.words, w) {
			sum++
		} else {
			sum += b.alike.best(w.Surface, sense)
		}
	}
	return sum
}

func hasWord(words []lang.Word, w lang.Word) bool {
	for _, v := range words {
		if v.Surface == w.Surface || v.Stem == w.Stem || akin(v.Surface, w.Surface) || lang.SameName(v.Surface, w.Surface) {
			return true
		}
	}
	return false
}

// clausesAround are the clauses of the text that a quote lies in: a quote that
// begins after "n'est pas vrai que" has left that out.
func clausesAround(language, text string, s lang.Span) []clause {
	const reach = 300
	from := max(0, s.Start-reach)
	start := from + lastBreak(text[from:s.Start])
	end := s.End
	if !endsClause(text[s.Start:s.End]) {
		rest := text[s.End:min(len(text), s.End+reach)]
		end += firstBreak(rest)
	}
	return clausesOf(language, strings.ToValidUTF8(text[start:end], ""))
}

func endsClause(s string) bool { return s == "" || strings.IndexByte(".!?;:", s[len(s)-1]) >= 0 }

// lastBreak is the offset after the last mark that ends a clause.
func lastBreak(s string) int {
	at := 0
	for i := range s {
		if breaksClause(s, i) {
			at = i + 1
		}
	}
	return at
}

// firstBreak is the offset of the first mark that ends a clause, or the length.
func firstBreak(s string) int {
	for i := range s {
		if breaksClause(s, i) {
			return i
		}
	}
	return len(s)
}

// breaksClause reports whether a clause ends at the character at i: at a mark
// before a blank, or at a blank line or an item of a list.
func breaksClause(s string, i int) bool {
	switch s[i] {
	case ',', ';', ':', '.', '!', '?', ')', '(':
		return i+1 == len(s) || strings.IndexByte(" \n\t\xc2\xe2", s[i+1]) >= 0 || s[i] == '('
	case '|':
		return true
	case '\n':
		return i+1 < len(s) && strings.IndexByte("\n-*+#|", s[i+1]) >= 0
	}
	return false
}

// joints part the clauses of a sentence where no mark does, folded.
var joints = wordSet("mais but however et and or ou whereas tandis alors quand lorsque when si if while puisque because car unless")

// clausesOf cuts a text into clauses.
func clausesOf(language, s string) []clause {
	language = cmp.Or(language, lang.DetectQuestion(s))
	var list []clause
	from, words, figures := 0, withNe(language, s), figureSpans(language, s)
	for i, w := range words {
		if i > 0 && (joints[w.Surface] || lastBreak(s[words[i-1].End:w.Start]) > 0) {
			list = append(list, readClause(language, words[from:i], figures))
			from = i
		}
	}
	return append(list, readClause(language, words[from:], figures))
}

// withNe are the words of a text with "n'" as a word, which otherwise is elided
// from the next.
func withNe(language, s string) []lang.Word {
	words := lang.Words(language, s)
	if language != "fr" {
		return words
	}
	var all []lang.Word
	end := 0
	for _, w := range words {
		if between := strings.ToLower(s[end:w.Start]); strings.HasSuffix(between, "n'") || strings.HasSuffix(between, "n’") {
			all = append(all, lang.Word{Surface: "ne", Stem: "ne", Start: end, End: end, Stop: true})
		}
		all = append(all, w)
		end = w.End
	}
	return all
}

// readClause reads the words of a clause. Figures and what they count are none
// of those that say what it is about.
func readClause(language string, words []lang.Word, figures []lang.Span) clause {
	c := clause{language: language}
	for i, w := range words {
		switch {
		case w.Surface == "sans" || w.Surface == "without":
			if next, ok := firstSaying(words[i+1:]); ok && !harmless[next.Surface] {
				c.without = append(c.without, next)
			}
			continue
		case denies(language, words, i):
			c.denies++
			continue
		case limits(language, words, i):
			c.limits++
			continue
		case refuses(w.Surface):
			c.refuses++
		}
		if !w.Stop && !isWithin(figures, w) && lang.Measure(w.Surface) == "" {
			c.words = append(c.words, w)
		}
	}
	return c
}

func firstSaying(words []lang.Word) (lang.Word, bool) {
	for _, w := range words {
		if !w.Stop {
			return w, true
		}
	}
	return lang.Word{}, false
}

// harmless follow "sans" and "without" where nothing is denied: at once, free,
// surely.
var harmless = wordSet("delai delay doute doubt faute fail frais charge cost exception interruption attendre waiting")

var (
	// deniers deny by themselves.
	deniers = map[string]map[string]bool{
		"fr": wordSet("pas jamais aucun aucune nul nulle ni guere non"),
		"en": wordSet("not no non never none nobody nothing neither nor nowhere cannot"),
		"de": wordSet("nicht kein keine keinen keiner keinem nie niemals weder"),
		"es": wordSet("no nunca jamas ningun ninguna ninguno nadie nada tampoco"),
		"it": wordSet("non mai nessun nessuna nessuno niente nulla"),
	}
	// bound follow a negation that only sets a bound: "no later than", "not
	// exceed", "pas plus de".
	bound = wordSet("later more less fewer exceed exceeds exceeding excede exceder excedent depasse depasser depassent plus moins only seulement uniquement")
	// others deny only with "ne" before them.
	others = wordSet("plus rien personne")
)

// denies reports whether word i is a negation.
func denies(language string, words []lang.Word, i int) bool {
	w := words[i].Surface
	own := deniers[language]
	if own == nil {
		own = deniers["en"]
	}
	switch {
	case boundFollows(words[i+1:]), w == "no" && i+1 < len(words) && isNumeral(words[i+1].Surface):
		return false
	case strings.HasSuffix(w, "n't") || own[w]:
		return true
	case language == "fr" && others[w]:
		return neBefore(words[:i]) || w != "plus" && neBefore(words[i+1:min(len(words), i+3)]) // "personne ne"
	}
	return false
}

// boundFollows looks at the next two words.
func boundFollows(words []lang.Word) bool {
	for _, w := range words[:min(2, len(words))] {
		if bound[w.Surface] {
			return true
		}
	}
	return false
}

// neBefore reports whether "ne" or "n'" stands among the four words before.
func neBefore(words []lang.Word) bool {
	for _, w := range words[max(0, len(words)-4):] {
		if w.Surface == "ne" {
			return true
		}
	}
	return false
}

// limits reports whether word i says that something holds for nothing else.
func limits(language string, words []lang.Word, i int) bool {
	w := words[i].Surface
	return limiters[w] || language == "fr" && (w == "que" || w == "qu") && neBefore(words[:i])
}

var limiters = wordSet("only solely exclusively uniquement exclusivement seul seule seuls seules seulement reserve reservee reserves reservees reserved " +
	"limite limitee limites limitees limited unless except sauf hormis excepte excluding least moins most maximum minimum " +
	"unpaid impaye unlimited illimite illimitee unnecessary inutile lack lacks lacking manque manquent absence absent absente free gratuit gratuite " +
	"exempt exempte exemptes dispense dispenses annule annulee annulation annuler cancelled cancel cancellation supprime supprimee")

// refuses reports whether a folded word denies by its meaning.
func refuses(word string) bool {
	if refusals[word] {
		return true
	}
	for _, stem := range refusalStems {
		if strings.HasPrefix(word, stem) {
			return true
		}
	}
	return false
}

var refusals = wordSet("impossible unable unavailable indisponible indisponibles illegal illegale illegaux invalid invalide invalides unauthorised " +
	"unauthorized denied")

var refusalStems = []string{"interdi", "prohib", "forbid", "forbad", "refus", "exclu", "reject", "rejet"}
