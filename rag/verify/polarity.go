package verify

import (
	"slices"

	"docent/rag/lang"
)

// polarity compares which words of a clause are denied with those of the quotes that
// they are met by. A negation of something else, on either side, may make up for one
// that is not there: "nobody is expected to", "you need not".
func (x *examination) polarity(clause int) {
	for i := range x.claim.tokens {
		t, p := &x.claim.tokens[i], x.pairs[i]
		if t.clause != clause {
			continue
		}
		if p.at < 0 {
			if t.denied > 0 {
				x.unmetDenial(t)
			}
			continue
		}
		p.at = x.placeOf(i)
		q := &x.tokens[p.at]
		if t.kind != content || p.opposed && (len(x.derived) > 0 || x.boundTo(i, p.at, -1) < leastOpposed) {
			continue
		}
		if p.opposed && !x.alikeDenied(clause, q) {
			continue // "forbidden", "not allowed"
		}
		if p.opposed == ((t.denied-q.denied)%2 != 0) {
			if p.opposed {
				x.doubt("%q is the opposite of %q", t.raw, q.raw)
			}
			continue
		}
		if t.without != q.without || t.contrasted != q.contrasted && (t.contrasted || x.sets("rest", "except")) || x.takesPole(x.claim, clause, "condition", "even") || !p.opposed && !q.contrasted && (x.alikeDenied(clause, q) || len(x.derived) > 0) || x.deniesElse(i, t.denied > q.denied) {
			x.doubt("a negation of %q is not on both sides", t.raw)
			continue
		}
		x.refute("the quotes deny %q, or only the claim does", t.raw)
	}
	if !x.denies(clause) {
		for j := range x.tokens {
			if q := &x.tokens[j]; q.denied > 0 && x.metIn(clause, q) > 1 {
				x.doubt("the quotes deny %q", q.raw)
				return
			}
		}
	}
}

// metIn counts the words of a clause of the claim that are met in that of a token.
func (x *examination) metIn(clause int, q *token) int {
	n := 0
	for i := range x.claim.tokens {
		if x.claim.tokens[i].clause == clause && x.met(i) {
			if p := &x.tokens[x.pairs[i].at]; p.text == q.text && p.clause == q.clause {
				n++
			}
		}
	}
	return n
}

// sets reports whether the claim sets something apart.
func (x *examination) sets(kinds ...string) bool {
	return slices.ContainsFunc(x.claim.sides, func(c lang.Contrast) bool {
		return slices.Contains(kinds, c.Pole) || slices.Contains(kinds, c.Axis)
	})
}

// leastOpposed is the affinity from which on opposites stand in the same place.
const leastOpposed = 0.3

// alikeDenied reports whether a clause of the claim has as many negations, but for
// two that make a yes, as that of a token of the quotes, or each has one of its own
// that stands elsewhere in the other.
func (x *examination) alikeDenied(clause int, q *token) bool {
	own, its, moved, left := 0, 0, false, false
	for i := range x.claim.tokens {
		if t := &x.claim.tokens[i]; t.clause == clause && !t.without {
			n := t.negations()
			own += n
			moved = moved || n > 0 && (x.pairs[i].at < 0 || x.tokens[x.pairs[i].at].negations() == 0)
		}
	}
	for j := range x.tokens {
		if t := &x.tokens[j]; t.text == q.text && t.clause == q.clause && !t.without {
			its += t.negations()
			left = left || t.negations() > 0
		}
	}
	return (its-own)%2 == 0 || moved && left
}

// negations is how often a token is denied, but for being set apart.
func (t *token) negations() int {
	if t.contrasted {
		return t.denied - 1
	}
	return t.denied
}

// placeOf is where a word of the claim is met best among what it stands with. What
// stands around a quote is no candidate, and tells of denials all the same.
func (x *examination) placeOf(i int) int {
	at, best := x.pairs[i].at, x.boundTo(i, x.pairs[i].at, -1)
	for j, s := range x.scores[i] {
		if j == at || s < x.pairs[i].score-.05 && x.tokens[j].Stem != x.claim.tokens[i].Stem {
			continue
		}
		if b := x.boundTo(i, j, -1); b > best+faint {
			at, best = j, b
		}
	}
	return at
}

// unmetDenial is for a word that the claim denies and the quotes do not have: where
// they deny, refuse and restrict nothing at all, they say otherwise.
func (x *examination) unmetDenial(t *token) {
	for _, st := range x.statements {
		if slices.ContainsFunc(st.tokens, func(t token) bool { return t.denied > 0 }) || slices.ContainsFunc(st.sides, func(c lang.Contrast) bool {
			return c.Axis == "deny" || c.Pole == "-" || c.Pole == "only" || c.Axis == "except"
		}) {
			x.doubt("a negation of %q is not on both sides", t.raw)
			return
		}
	}
	if t.contrasted || t.without {
		x.doubt("the quotes do not deny %q", t.raw)
		return
	}
	x.refute("the quotes deny nothing, the claim %q", t.raw)
}

// deniesElse reports whether something else is denied beside a token or what it is
// met by: in its clause, and where the claim denies it in the next one.
func (x *examination) deniesElse(i int, claimDenies bool) bool {
	t, q := &x.claim.tokens[i], &x.tokens[x.pairs[i].at]
	for k := range x.claim.tokens {
		if o := &x.claim.tokens[k]; k != i && o.clause == t.clause && o.denied > 0 && !x.met(k) {
			return true
		}
	}
	for j := range x.tokens {
		o := &x.tokens[j]
		if j == x.pairs[i].at || o.text != q.text || o.contrasted || (o.denied == 0 || !claimDenies) && !refuses(o) || slices.ContainsFunc(x.pairs, func(p pairing) bool { return p.at == j }) {
			continue
		}
		if o.clause == q.clause || claimDenies && o.part == q.part && max(o.clause-q.clause, q.clause-o.clause) == 1 {
			return true
		}
	}
	return false
}

func refuses(t *token) bool {
	return slices.ContainsFunc(t.sides, func(c lang.Contrast) bool { return c.Axis == "permit" && c.Pole == "-" })
}

// takes reports whether a clause of the claim takes a side of an axis.
func (x *examination) takes(clause int, axis string) bool {
	return slices.ContainsFunc(x.claim.tokens, func(t token) bool {
		return t.clause == clause && slices.ContainsFunc(t.sides, func(c lang.Contrast) bool { return c.Axis == axis })
	})
}
