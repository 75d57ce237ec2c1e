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
		if j := x.among(i); j >= 0 {
			p.at = j
		}
		q := &x.tokens[p.at]
		if t.kind != content || p.opposed && (len(x.derived) > 0 || x.boundTo(i, p.at, -1) < leastOpposed) {
			continue
		}
		if p.opposed && !x.alikeDenied(clause, q) {
			continue // "forbidden", "not allowed"
		}
		if p.opposed == ((t.denied-q.denied)%2 != 0) || x.deniedAlike(i) {
			if p.opposed {
				x.doubt("%q is the opposite of %q", t.raw, q.raw)
			}
			continue
		}
		if t.contrasted != q.contrasted && (t.contrasted || x.sets("rest", "except")) || x.takesPole(x.claim, clause, "condition", "even") || !p.opposed && !q.contrasted && (x.alikeDenied(clause, q) || len(x.derived) > 0) || x.deniesElse(i, t.denied > q.denied) {
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
// two that make a yes, as that of a token of the quotes.
func (x *examination) alikeDenied(clause int, q *token) bool {
	count := func(tokens []token, text, clause int) (n int) {
		for i := range tokens {
			if t := &tokens[i]; t.text == text && t.clause == clause && !t.without {
				n += t.denied
				if t.contrasted {
					n--
				}
			}
		}
		return n
	}
	return (count(x.tokens, q.text, q.clause)-count(x.claim.tokens, -1, clause))%2 == 0
}

// among is where a token of the claim is met as well as where it was aligned, in the
// clause of another word of its clause; -1 where it is so already.
func (x *examination) among(i int) int {
	joined := func(j int) bool {
		for k := range x.claim.tokens {
			if o := &x.claim.tokens[k]; k != i && o.clause == x.claim.tokens[i].clause && (o.kind == content || o.kind == name) && x.met(k) {
				if q := &x.tokens[x.pairs[k].at]; q.text == x.tokens[j].text && q.clause == x.tokens[j].clause {
					return true
				}
			}
		}
		return false
	}
	if joined(x.pairs[i].at) {
		return -1
	}
	for j, s := range x.scores[i] {
		// What stands around a quote is no candidate, and tells of denials all the same.
		if (s >= x.pairs[i].score || x.tokens[j].Stem == x.claim.tokens[i].Stem) && j != x.pairs[i].at && joined(j) {
			return j
		}
	}
	return -1
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

// deniedAlike reports whether a token of the claim is met as well elsewhere, among
// the same words, where it is denied as the claim has it.
func (x *examination) deniedAlike(i int) bool {
	own := x.boundTo(i, x.pairs[i].at, -1)
	for j := range x.tokens {
		if j != x.pairs[i].at && x.scores[i][j] >= .9 && (x.tokens[j].denied-x.claim.tokens[i].denied)%2 == 0 && x.boundTo(i, j, -1) >= .8*own {
			return true
		}
	}
	return false
}

// takes reports whether a clause of the claim takes a side of an axis.
func (x *examination) takes(clause int, axis string) bool {
	return slices.ContainsFunc(x.claim.tokens, func(t token) bool {
		return t.clause == clause && slices.ContainsFunc(t.sides, func(c lang.Contrast) bool { return c.Axis == axis })
	})
}
