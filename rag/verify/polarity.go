package verify

import (
	"slices"

	"docent/rag/lang"
)

// Whether a claim asserts what its quote denies is judged clause by clause:
// each clause of the claim is held against the clause of the quotes that it has
// most words in common with, and both must deny or neither.

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
		if len(c.without) == 0 && c.denies == 0 && c.language == q.language && HasWord(c.words, w) {
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
		if HasWord(q.words, w) {
			sum++
		} else {
			sum += b.alike.best(w.Surface, sense)
		}
	}
	return sum
}

// HasWord reports whether one of the words is a word, its stem, a cognate of it or
// the same name.
func HasWord(words []lang.Word, w lang.Word) bool {
	for _, v := range words {
		if v.Surface == w.Surface || v.Stem == w.Stem || lang.IsCognate(v.Surface, w.Surface) || lang.SameName(v.Surface, w.Surface) {
			return true
		}
	}
	return false
}
