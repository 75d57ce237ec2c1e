package verify

import (
	"slices"
	"strings"

	"docent/rag/lang"
)

// exchanges looks for two names or figures of the claim that stand in each other's
// place.
func (x *examination) exchanges() {
	for a := range x.claim.tokens {
		s := &x.claim.tokens[a]
		if !x.met(a) || s.kind != number && s.kind != name && (s.kind != content || a != x.first(s.clause)) {
			continue
		}
		for b := a + 1; b < len(x.claim.tokens); b++ {
			t := &x.claim.tokens[b]
			if t.kind != s.kind || !x.met(b) || x.pairs[a].at == x.pairs[b].at || t.rank-s.rank < 2 || t.kind == content && (b != x.first(t.clause) || t.clause == s.clause) || s.kind == number && !x.rivals(s, &x.tokens[x.pairs[b].at]) {
				continue
			}
			p, q := x.pairs[a].at, x.pairs[b].at
			kept, changed := x.affinity(a, p)+x.affinity(b, q), x.affinity(a, q)+x.affinity(b, p)
			if changed > max(1.25*kept+.15, leastExchanged) {
				x.refute("%q and %q stand in each other's place", s.raw, t.raw)
				return
			}
		}
	}
}

// leastExchanged is the affinity from which on two may stand in each other's place.
const leastExchanged = 0.55

// agents looks for somebody "by" whom the claim has it done and the quotes have it
// done by others.
func (x *examination) agents() {
	for i := range x.claim.tokens {
		t := &x.claim.tokens[i]
		if t.link != "by" || t.kind == number || !x.met(i) || x.tokens[x.pairs[i].at].link == "by" {
			continue
		}
		own := &x.tokens[x.pairs[i].at]
		for k := range x.claim.tokens {
			if v := &x.claim.tokens[k]; k >= i || v.clause != t.clause || !x.met(k) {
				continue
			}
			verb := &x.tokens[x.pairs[k].at]
			for j := range x.tokens {
				if q := &x.tokens[j]; q.link == "by" && q.says() && q.kind != number && !slices.ContainsFunc(x.pairs, func(p pairing) bool { return p.at == j }) && x.distance(x.pairs[i].at, j) > 6 && q.text == verb.text && q.clause == verb.clause && q.rank > verb.rank && (own.text != q.text || own.clause != q.clause) {
					x.refute("it is by %q in the quotes", q.raw)
					return
				}
			}
		}
	}
}

// substitutions looks for words of the claim that stand where the quotes have others:
// between the same words, or at the same end of a clause.
func (x *examination) substitutions() {
	used := make(map[int]bool)
	for i := range x.pairs {
		if x.pairs[i].at >= 0 {
			used[x.pairs[i].at] = true
		}
	}
	for i := range x.claim.tokens {
		t := &x.claim.tokens[i]
		if t.kind != content && (t.kind != measure || len(x.derived) > 0) || x.met(i) || !x.isNoun(i) || x.share() < leastVerbatim {
			continue
		}
		left, right := x.neighbour(i, -1), x.neighbour(i, 1)
		for j := range x.tokens {
			if q := &x.tokens[j]; (q.kind == content || q.kind == name || q.kind == measure) && q.language == t.language && !used[j] && !isAdverb(q.Surface) && (q.link == t.link || x.alone(t.clause) || t.language == "fr" && q.link == "of") && x.isPredicate(i) == (j > 0 && isBe[x.tokens[j-1].Surface]) && !(x.isPredicate(i) && (isParticiple(t) && isParticiple(q) || hasAxis(q.sides, "modal"))) && x.between(j, left, right, t) {
				x.refute("%q stands where the quotes have %q", t.raw, q.raw)
				break
			}
		}
		if x.listed(i) {
			x.refute("%q is put beside what the quotes have", t.raw)
		}
	}
}

// leastVerbatim is the share of a claim's words that its quotes must have for the
// others to be taken for what was put in their place.
const leastVerbatim = 0.5

// share is how much of what the claim says is met.
func (x *examination) share() float64 {
	if x.pairs == nil {
		return 1
	}
	said, met := 0.0, 0.0
	for i := range x.claim.tokens {
		if x.claim.tokens[i].says() {
			if said++; x.met(i) || x.derived[i] {
				met++
			}
		}
	}
	if said == 0 {
		return 0
	}
	return met / said
}

// isNoun reports whether a token of the claim stands where a thing or what it is
// like does: behind an article, a preposition, a number or such a word.
func (x *examination) isNoun(i int) bool {
	if t := &x.claim.tokens[i]; t.language == "fr" && isInfinitive(t.Surface) {
		return false
	}
	// Behind a noun stands a verb, unless nothing comes after it.
	last := i+1 == len(x.claim.tokens) || x.claim.tokens[i+1].clause != x.claim.tokens[i].clause
	verbal := !last && (x.claim.tokens[i].language == "fr" || articles[x.claim.tokens[i+1].Surface] || x.claim.tokens[i+1].kind == number)
	for passed := 0; i > 0 && passed < 3; passed++ {
		b := &x.claim.tokens[i-1]
		switch {
		case passed > 0 && verbal:
			return false
		case b.clause != x.claim.tokens[i].clause:
			return passed > 0 && b.language == "fr" || x.alone(b.clause+1)
		case articles[b.Surface], prepositions[b.Surface] != "" && b.Surface != "to", b.kind == number:
			return true
		case b.language == "fr" && isInfinitive(b.Surface) && b.kind == content, !b.says():
			return passed == 0 && isBe[b.Surface]
		}
		i--
	}
	return false
}

// alone reports whether a clause of the claim is a single word: an apposition.
func (x *examination) alone(clause int) bool {
	n := 0
	for i := range x.claim.tokens {
		if t := &x.claim.tokens[i]; t.clause == clause && t.says() {
			n++
		}
	}
	return n == 1
}

// isParticiple reports whether a word may be one: of those many say the same.
func isParticiple(t *token) bool {
	if t.language == "fr" {
		return strings.HasSuffix(t.raw, "é") || strings.HasSuffix(t.raw, "ée") || strings.HasSuffix(t.raw, "és") || strings.HasSuffix(t.raw, "ées")
	}
	return strings.HasSuffix(t.Surface, "ed")
}

func hasAxis(sides []lang.Contrast, axis string) bool {
	return slices.ContainsFunc(sides, func(c lang.Contrast) bool { return c.Axis == axis })
}

func (x *examination) isPredicate(i int) bool { return i > 0 && isBe[x.claim.tokens[i-1].Surface] }

// isBe are forms of "be", behind which stands what something is.
var isBe = lang.WordSet("is are was were been be est sont etait etaient ete etre sera seront")

func isAdverb(word string) bool {
	return strings.HasSuffix(word, "ment") || strings.HasSuffix(word, "ly")
}

// neighbour is the next token of the clause that is met, in one direction; -1 for
// none.
func (x *examination) neighbour(i, step int) int {
	for k := i + step; k >= 0 && k < len(x.claim.tokens) && x.claim.tokens[k].part == x.claim.tokens[i].part; k += step {
		if x.met(k) {
			return k
		}
	}
	return -1
}

// between reports whether a token of the quotes stands where one of the claim does
// between its neighbours.
func (x *examination) between(j, left, right int, t *token) bool {
	q := &x.tokens[j]
	beside := func(k, step int) bool {
		p := &x.tokens[x.pairs[k].at]
		d := (q.rank - p.rank) * step
		return p.text == q.text && p.part == q.part && d > 0 && d <= 2 && d >= (t.rank-x.claim.tokens[k].rank)*step-1
	}
	exact := func(k, step int) bool {
		p := &x.tokens[x.pairs[k].at]
		return p.text == q.text && p.part == q.part && (t.rank-x.claim.tokens[k].rank)*step == 1 && (q.rank-p.rank)*step == 1
	}
	switch {
	case left >= 0 && right >= 0 && beside(left, 1) && beside(right, -1):
		return true
	case left >= 0 && (right < 0 || x.share() >= leastListed || x.alone(t.clause)) && exact(left, 1):
		return true
	}
	return right >= 0 && left < 0 && exact(right, -1)
}
