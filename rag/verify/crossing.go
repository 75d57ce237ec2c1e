package verify

import (
	"slices"
	"strings"
)

// choices looks for things that the claim has together and of which the quotes have
// one or the other.
func (x *examination) choices() {
	for i := 1; i+1 < len(x.claim.tokens); i++ {
		if w := x.claim.tokens[i].Surface; w != "and" && w != "et" || !x.met(i-1) || !x.met(i+1) {
			continue
		}
		p, q := x.pairs[i-1].at, x.pairs[i+1].at
		if q == p+2 && (x.tokens[p+1].Surface == "or" || x.tokens[p+1].Surface == "ou") {
			x.refute("the quotes have %q or %q", x.claim.tokens[i-1].raw, x.claim.tokens[i+1].raw)
		}
	}
}

// crossings looks for figures and names of the claim that stand in the quotes with
// something else: where another of their kind is nearer to the words beside them.
func (x *examination) crossings() {
	if len(x.derived) > 0 {
		return
	}
	for i := range x.claim.tokens {
		t := &x.claim.tokens[i]
		if t.kind != number && t.kind != name || x.pairs[i].at < 0 || x.pairs[i].score < .85 {
			continue
		}
		own, rival, at := x.affinity(i, x.pairs[i].at), 0.0, -1
		for j := range x.tokens {
			q := &x.tokens[j]
			if q.kind != t.kind {
				continue
			}
			switch a := x.affinity(i, j); {
			case x.scores[i][j] >= .85:
				own = max(own, a)
			case x.rivals(t, q) && !x.claimed(t, j) && !x.apart(i, j) && a > rival:
				rival, at = a, j
			}
		}
		if at >= 0 && x.crossed(i, at, own, rival) {
			x.refute("%q stands with something else in the quotes, %q there", t.raw, x.tokens[at].raw)
		}
	}
}

// crossed reports whether what the claim says beside a token stands beside another
// in the quotes. Of figures in one sentence, "two for workers and three for
// technicians", the later ones share what is said before the first, so that what is
// said of each alone decides.
func (x *examination) crossed(i, rival int, own, other float64) bool {
	t, p, q := &x.claim.tokens[i], &x.tokens[x.pairs[i].at], &x.tokens[rival]
	if t.kind == name || p.text != q.text || p.part != q.part || p.cell >= 0 || p.phrase == q.phrase {
		return other > max(1.6*own+.1, leastRival) && (t.kind == number || other > own+.3) && !x.tells(i, x.pairs[i].at, rival)
	}
	ofOwn, ofRival := 0, 0
	for k := range x.claim.tokens {
		w := &x.claim.tokens[k]
		if k == i || !w.says() || w.kind == t.kind && w.figure.kind == t.figure.kind || w.clause != t.clause && k != x.first(0) {
			continue
		}
		a, b := x.inPhrase(k, p), x.inPhrase(k, q)
		if a && !b {
			ofOwn++
		}
		if b && !a && (w.kind == content || w.kind == name) && !x.hasNearer(w, t) {
			ofRival++
		}
	}
	if p.language != t.language && x.lacks(t.clause) {
		return false
	}
	if q.rank > p.rank {
		return ofRival > 0
	}
	return ofRival > 0 && ofOwn == 0
}

// lacks reports whether a clause of the claim has a word that the quotes lack.
func (x *examination) lacks(clause int) bool {
	for i := range x.claim.tokens {
		if t := &x.claim.tokens[i]; t.clause == clause && t.kind == content && x.pairs[i].at < 0 {
			return true
		}
	}
	return false
}

// inPhrase reports whether a word of the claim is met in the phrase of a token.
func (x *examination) inPhrase(k int, q *token) bool {
	for m := range x.tokens {
		if o := &x.tokens[m]; o.text == q.text && o.phrase == q.phrase && x.scores[k][m] >= sameMeaning {
			return true
		}
	}
	return false
}

// apart reports whether a figure of the quotes is for another period than the claim
// has beside one of its own.
func (x *examination) apart(i, j int) bool {
	a, b := periodAfter(x.claim.tokens, i), periodAfter(x.tokens, j)
	return a != "" && b != "" && a != b
}

// periodAfter is the period that a figure is said to be for, "" for none.
func periodAfter(tokens []token, i int) string {
	for k := i + 1; k < min(len(tokens), i+8) && tokens[k].text == tokens[i].text && tokens[k].kind != number; k++ {
		for _, c := range tokens[k].sides {
			if c.Axis == "period" {
				return c.Pole
			}
		}
	}
	return ""
}

// tells reports whether the clause of a token has a name, figure or period of the
// claim that the clause of its rival has not, and not the other way round.
func (x *examination) tells(i, own, rival int) bool {
	has := func(k, at int) bool {
		for m := range x.tokens {
			if q := &x.tokens[m]; m != at && q.text == x.tokens[at].text && q.clause == x.tokens[at].clause && x.scores[k][m] >= .85 {
				return true
			}
		}
		return false
	}
	for k := range x.claim.tokens {
		w := &x.claim.tokens[k]
		if d := w.rank - x.claim.tokens[i].rank; d > 5 || d < -5 {
			continue
		}
		if k != i && (w.kind == name || w.kind == number || w.kind == measure || w.kind == content && w.rank < x.claim.tokens[i].rank && w.clause == x.claim.tokens[i].clause && k == x.first(w.clause) || w.kind == content && k == x.first(0)) && has(k, own) && !has(k, rival) {
			return true
		}
	}
	return false
}

// first is the first word of a clause of the claim that says something.
func (x *examination) first(clause int) int {
	return slices.IndexFunc(x.claim.tokens, func(t token) bool { return t.clause == clause && t.says() })
}

// leastRival is the affinity from which on a figure or name of the quotes may stand
// in the place of another.
const leastRival = 0.25

// claimed reports whether a token of the quotes is met by another one of the claim,
// of the same clause if it is a figure, or is a part of the name that the claim has.
func (x *examination) claimed(t *token, j int) bool {
	for i := range x.claim.tokens {
		c := &x.claim.tokens[i]
		if c.clause != t.clause && t.kind == number && t.figure.kind != date || x.pairs[i].at < 0 {
			continue
		}
		if x.pairs[i].at == j || c.kind == name && t.kind == name && x.tokens[j].text == x.tokens[x.pairs[i].at].text && max(j-x.pairs[i].at, x.pairs[i].at-j) < 2 {
			return true
		}
	}
	return false
}

// rivals reports whether a token of the quotes could stand in the place of one of
// the claim.
func (x *examination) rivals(t, q *token) bool {
	if t.kind == number {
		a, b := t.figure, q.figure
		return a.kind == b.kind && (a.unit == b.unit || a.unit == "") && (a.measure == b.measure || a.measure == "" || b.measure == "") && (a.measure == "" || b.unit == "") && (a.kind != date || !strings.HasPrefix(a.value, b.value))
	}
	return t.link == q.link && strings.ContainsAny(t.raw, "0123456789") == strings.ContainsAny(q.raw, "0123456789")
}

// affinity is how near the words beside a token of the claim are to a place in the
// quotes.
func (x *examination) affinity(i, j int) float64 {
	sum := 0.0
	t := &x.claim.tokens[i]
	for k := range x.claim.tokens {
		w := &x.claim.tokens[k]
		if k == i || !w.says() || w.kind == t.kind && t.kind == number && w.figure.kind == t.figure.kind || w.clause != t.clause && x.figured(w.clause) {
			continue
		}
		best := 0.0
		for m := range x.tokens {
			if m == j {
				continue
			}
			if s := x.scores[k][m]; s >= sameMeaning {
				best = max(best, s/(1+square(float64(x.distance(m, j))/3)))
			}
		}
		away := max(t.rank-w.rank, w.rank-t.rank) + max(t.clause-w.clause, w.clause-t.clause)
		if k == x.first(0) && w.link != "" {
			away = min(away, 2) // what is put first is what all is about
		}
		sum += best / (1 + square(float64(away)/1.5))
	}
	return sum
}

// figured reports whether a clause of the claim has a figure of its own.
func (x *examination) figured(clause int) bool {
	return slices.ContainsFunc(x.claim.tokens, func(t token) bool { return t.clause == clause && t.kind == number })
}

func square(f float64) float64 { return f * f }

// swaps looks for two things that change places around a third: who does it and
// whom it is done to.
func (x *examination) swaps() {
	for a := range x.claim.tokens {
		for b := a + 1; b < len(x.claim.tokens); b++ {
			if x.swapped(a, b) {
				x.refute("%q and %q change places", x.claim.tokens[a].raw, x.claim.tokens[b].raw)
				return
			}
		}
	}
}

func (x *examination) swapped(a, b int) bool {
	s, t := &x.claim.tokens[a], &x.claim.tokens[b]
	if s.clause != t.clause || !x.met(a) || !x.met(b) || s.kind == number || t.kind == number || s.kind != name && !x.isNoun(a) || t.kind != name && !x.isNoun(b) || x.otherVoice(s.clause) {
		return false
	}
	p, q := &x.tokens[x.pairs[a].at], &x.tokens[x.pairs[b].at]
	if p.text != q.text || p.clause != q.clause || x.pairs[b].at >= x.pairs[a].at || s.link != q.link || t.link != p.link || s.link != "" && t.link != "" {
		return false
	}
	for v := a + 1; v < b; v++ {
		if w := &x.claim.tokens[v]; w.kind == content && x.met(v) && x.pairs[v].at > x.pairs[b].at && x.pairs[v].at < x.pairs[a].at {
			return true
		}
	}
	return false
}
