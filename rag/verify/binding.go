package verify

import (
	"slices"

	"docent/rag/lang"
)

// owners looks for names that the claim has as such and of which the quotes say
// something that the claim leaves out: Anne for "Anne's brother".
func (x *examination) owners() {
	for i := range x.claim.tokens {
		t, p := &x.claim.tokens[i], x.pairs[i]
		if t.kind != name || t.owns || t.link == "of" || p.at < 0 || !x.tokens[p.at].owns || p.at+1 >= len(x.tokens) {
			continue
		}
		if !slices.ContainsFunc(x.pairs, func(o pairing) bool { return o.at == p.at+1 }) && x.tokens[p.at+1].says() {
			x.refute("it is of %q in the quotes", t.raw+"'s "+x.tokens[p.at+1].raw)
		}
	}
}

// listed reports whether a word that the quotes lack is joined by "and" or "or" to
// one that they have.
func (x *examination) listed(i int) bool {
	if x.share() < leastListed || !slices.ContainsFunc(x.tokens, func(t token) bool { return t.language == x.claim.tokens[i].language }) {
		return false
	}
	for _, step := range []int{-1, 1} {
		joined := false
		for k := i + step; k >= 0 && k < len(x.claim.tokens) && k-i < 6 && i-k < 6; k += step {
			t := &x.claim.tokens[k]
			if t.says() {
				if joined && x.met(k) && x.isNoun(k) {
					return true
				}
				break
			}
			joined = joined || conjunctions[t.Surface]
		}
	}
	return false
}

const leastListed = 0.6

// gaps looks for what the quotes have between two words that the claim has side by
// side, and that would make a difference: a figure, a condition, another of a list.
func (x *examination) gaps() {
	last := -1
	for i := range x.claim.tokens {
		t := &x.claim.tokens[i]
		if !t.says() || !x.met(i) {
			continue
		}
		if last >= 0 && x.claim.tokens[last].clause == t.clause {
			x.gap(last, i)
		}
		last = i
	}
}

// hasOther reports whether a token of the claim is a figure, and the clause of one of
// the quotes has another of its measure that the claim has not.
func (x *examination) hasOther(t, of *token) bool {
	if t.kind != number || t.figure.unit+t.figure.measure == "" {
		return false
	}
	return slices.ContainsFunc(x.tokens, func(q token) bool {
		return q.text == of.text && q.clause == of.clause && q.kind == number &&
			q.figure.unit == t.figure.unit && q.figure.measure == t.figure.measure &&
			!slices.ContainsFunc(x.claim.tokens, func(c token) bool { return c.kind == number && c.figure.value == q.figure.value })
	})
}

func (x *examination) gap(last, i int) {
	s, t, a, b := &x.claim.tokens[last], &x.claim.tokens[i], x.pairs[last].at, x.pairs[i].at
	p, q := &x.tokens[a], &x.tokens[b]
	if p.text != q.text {
		switch {
		case p.cell >= 0 || q.cell >= 0 || p.context || q.context:
		case x.hasOther(t, p), x.hasOther(s, q):
			x.refute("%q and %q are of different quotes, that have another figure each", s.raw, t.raw)
		default:
			x.doubt("%q and %q stand in different quotes", s.raw, t.raw)
		}
		return
	}
	d := x.distance(a, b)
	kept := s.link == p.link && s.link != "" || t.link == q.link && t.link != "" || s.link+t.link+p.link+q.link != "" && (t.link == "by" || p.link == "by" || s.link == "by" || q.link == "by")
	switch {
	case d > mostApart:
		x.doubt("%q and %q stand apart", s.raw, t.raw)
	case a > b && d > mostTurned && !kept && !x.otherVoice(t.clause):
		x.doubt("%q and %q stand the other way round", s.raw, t.raw)
	case (s.kind == name || s.kind == number || t.kind == name || t.kind == number) && x.parted(last, i, a, b):
		x.doubt("%q and %q are parted", s.raw, t.raw)
	case len(x.derived) == 0 && x.qualifies(a, b):
		x.doubt("something stands between %q and %q", s.raw, t.raw)
	}
}

// nearest looks for figures and names that the claim has side by side and that have
// others of their kind nearer to them in the quotes.
func (x *examination) nearest() {
	for i := range x.claim.tokens {
		n := &x.claim.tokens[i]
		if n.kind != number && n.kind != name || x.pairs[i].at < 0 {
			continue
		}
		for k := range x.claim.tokens {
			w := &x.claim.tokens[k]
			away := max(w.rank-n.rank, n.rank-w.rank)
			if k == i || w.clause != n.clause || !x.met(k) || w.kind == n.kind && w.figure.kind == n.figure.kind && (n.kind == number || w.link == "") || away > 3 || w.kind == content && (w.link == "" || w.link == "of") || n.kind == name && (w.kind != name || w.rank < n.rank) || x.hasNearer(w, n) {
				continue
			}
			own := x.distance(x.pairs[k].at, x.pairs[i].at)
			for j := range x.tokens {
				q := &x.tokens[j]
				d := x.distance(x.pairs[k].at, j)
				if q.kind != n.kind || x.scores[i][j] > 0 || !x.rivals(n, q) && n.kind == number || n.kind == name && x.claimed(n, j) || j == x.pairs[k].at || d+1 >= own {
					continue
				}
				p := &x.tokens[x.pairs[k].at]
				if w.rank > n.rank && w.link != "" && w.link != "of" && w.link == p.link && d <= 2 && own >= d+3 && q.rank < p.rank && !x.claimed(n, j) {
					x.refute("%q stands with %q in the quotes, not with %q", w.raw, q.raw, n.raw)
					return
				}
				x.doubt("%q is nearer to %q in the quotes", w.raw, q.raw)
			}
		}
	}
}

// hasNearer reports whether a figure or name of the claim like n is nearer to a word
// of it than n is.
func (x *examination) hasNearer(w, n *token) bool {
	return slices.ContainsFunc(x.claim.tokens, func(o token) bool {
		return o.kind == n.kind && o.kind == number && o.figure.kind == n.figure.kind && max(w.rank-o.rank, o.rank-w.rank) < max(w.rank-n.rank, n.rank-w.rank)
	})
}

// otherVoice reports whether a clause is passive where the quotes are active, or the
// other way round: who does it stands behind "by" on one side only.
func (x *examination) otherVoice(clause int) bool {
	for i := range x.claim.tokens {
		t := &x.claim.tokens[i]
		if t.clause == clause && x.met(i) && (t.link == "by") != (x.tokens[x.pairs[i].at].link == "by") {
			return true
		}
	}
	return false
}

// parted reports whether an "and" or "or" stands between two tokens of the quotes and
// not between those of the claim.
func (x *examination) parted(s, t, a, b int) bool {
	has := func(tokens []token) bool {
		return slices.ContainsFunc(tokens, func(t token) bool { return conjunctions[t.Surface] })
	}
	if !has(x.tokens[min(a, b):max(a, b)]) || has(x.claim.tokens[s:t]) {
		return false
	}
	// Something else of the kind must be nearer for that to matter.
	for j := range x.tokens {
		if q := &x.tokens[j]; j != a && j != b && (q.kind == number || q.kind == name) {
			if q.kind == x.tokens[a].kind && x.rivals(&x.tokens[a], q) && x.distance(j, b) < x.distance(a, b) || q.kind == x.tokens[b].kind && x.rivals(&x.tokens[b], q) && x.distance(j, a) < x.distance(a, b) {
				return true
			}
		}
	}
	return false
}

// mostTurned bounds it where they stand the other way round, as two words of one
// phrase do in another language.
const mostTurned = 5

// mostApart bounds, as distance has it, how far words of the quotes may stand apart
// that a proven claim has side by side.
const mostApart = 14

// qualifies reports whether between two tokens of the quotes there is one that the
// claim does not have and that bounds or counts what it stands with.
func (x *examination) qualifies(a, b int) bool {
	for j := min(a, b) + 1; j < max(a, b); j++ {
		q := &x.tokens[j]
		if slices.ContainsFunc(x.pairs, func(p pairing) bool { return p.at == j }) {
			continue
		}
		for _, end := range []*token{&x.tokens[a], &x.tokens[b]} {
			if q.kind == number && end.kind == number && q.cell < 0 && x.rivals(end, q) {
				return true
			}
		}
		if near := max(a, b); x.tokens[near].rank-q.rank > 1 {
			continue
		}
		for _, c := range q.sides {
			switch c.Axis {
			case "rank", "scope", "bound", "compare", "condition", "except", "deny":
				if !slices.ContainsFunc(x.claim.sides, func(o lang.Contrast) bool { return o.Axis == c.Axis && o.Pole == c.Pole }) {
					return true
				}
			}
		}
	}
	return false
}

// rows looks for a clause of the claim that takes words from several rows of a table.
func (x *examination) rows() {
	if x.compares() {
		return
	}
	for k := range x.claim.clauses {
		rows := make(map[int]string)
		for i := range x.claim.tokens {
			t := &x.claim.tokens[i]
			if t.part != k || !x.met(i) || x.tokens[x.pairs[i].at].cell < 0 {
				continue
			}
			texts := make(map[int]bool)
			for j := range x.tokens {
				if q := &x.tokens[j]; q.cell >= 0 && x.scores[i][j] >= sameMeaning {
					texts[q.text] = true
				}
			}
			if q := &x.tokens[x.pairs[i].at]; len(texts) == 1 && !x.heads(q.text) {
				rows[q.text] = t.raw
			}
		}
		if len(rows) > 1 {
			x.refute("it takes words from several rows of the table")
		}
	}
}

// heads reports whether a text is the first of those with as many cells.
func (x *examination) heads(text int) bool {
	if slices.ContainsFunc(x.tokens, func(t token) bool { return t.text == text && t.context }) {
		return true
	}
	if slices.ContainsFunc(x.tokens, func(t token) bool { return t.text == text && t.kind == number }) {
		return false
	}
	return slices.Index(x.cells, x.cells[text]) == text && slices.Contains(x.cells[text+1:], x.cells[text])
}

// compares reports whether the claim compares or computes.
func (x *examination) compares() bool {
	return len(x.derived) > 0 || slices.ContainsFunc(x.claim.sides, func(c lang.Contrast) bool { return c.Axis == "compare" || c.Axis == "superlative" })
}
