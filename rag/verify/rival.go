package verify

import (
	"slices"
	"strings"

	"docent/rag/lang"
)

// isRival reports whether a token of the quotes could stand in the place of an item.
func (x *examination) isRival(i, j int) bool {
	t, q := &x.claim.tokens[i], &x.tokens[j]
	if !q.says() || x.scores[i][j] > 0 || j == x.pairs[i].at {
		return false
	}
	switch t.kind {
	case number:
		return q.kind == number && t.figure.rivals(q.figure)
	case calendar, measure:
		return q.kind == t.kind
	case name:
		if p := x.pairs[i].at; p >= 0 && x.tokens[p].context && !q.context && x.claimedBy(j) < 0 {
			return q.kind == name || q.kind == calendar || q.kind == number && q.figure.kind == date
		}
		if q.kind == content {
			return q.noun && x.claimedBy(j) >= 0
		}
		return q.kind == name && (t.link == q.link || x.claimedBy(j) >= 0) && strings.ContainsAny(t.raw, "0123456789") == strings.ContainsAny(q.raw, "0123456789") && !x.besideOwn(i, j) && (x.claimedBy(j) >= 0 || isCompound(x.claim.tokens, i) == isCompound(x.tokens, j))
	}
	if x.scores[i][j] < 0 {
		return true
	}
	if q.kind != name && (q.kind != content || !q.noun) || isAdverb(q.Surface) {
		return false
	}
	if x.claimedBy(j) >= 0 {
		return true
	}
	return t.language == q.language && t.link == q.link && x.isPredicate(i) == (j > 0 && isBe[x.tokens[j-1].Surface]) && !(x.isPredicate(i) && (isParticiple(t) || hasAxis(q.sides, "modal")))
}

func (f figure) rivals(g figure) bool {
	return f.kind == g.kind && (f.unit == g.unit || f.unit == "") && (f.measure == g.measure || f.measure == "" || g.measure == "") && (f.measure == "" || g.unit == "") && (f.kind != date || !strings.HasPrefix(f.value, g.value))
}

// isCompound reports whether another part of a name stands beside one.
func isCompound(tokens []token, i int) bool {
	for _, k := range []int{i - 1, i + 1} {
		if k >= 0 && k < len(tokens) && tokens[k].text == tokens[i].text && tokens[k].clause == tokens[i].clause && tokens[k].says() && lang.IsCapital(tokens[k].raw) {
			return true
		}
	}
	return false
}

// besideOwn reports whether a name of the quotes is of one with what the claim has.
func (x *examination) besideOwn(i, j int) bool {
	return slices.ContainsFunc([]int{i - 1, i, i + 1}, func(k int) bool {
		if k < 0 || k >= len(x.pairs) || x.claim.tokens[k].kind != name || x.pairs[k].at < 0 {
			return false
		}
		at := x.pairs[k].at
		return x.tokens[at].text == x.tokens[j].text && max(at-j, j-at) < 2
	})
}

// claimedBy is the other token of the claim that is met at a place, -1 for none.
func (x *examination) claimedBy(j int) int {
	return slices.IndexFunc(x.pairs, func(p pairing) bool { return p.at == j && p.score >= sameMeaning })
}
