package verify

import (
	"slices"

	"docent/rag/lang"
)

// Each item of a claim, a figure, a name, a day or a thing, is bound to the words that
// it stands with. It is held against all places of the quotes that could be its own:
// where its companions of the claim stand nearer to another of its kind, that is what
// the quotes say them of, and the claim has put something else in its place.

// nearness tells how near the words of the claim are met to each place of the quotes,
// before it and after it.
type nearness struct{ before, after [][]float64 }

// Half of a companion's nearness is left at a distance of reach, half of its weight at
// one of span; within a sentence it is near by withinSentence at least.
const (
	reach          = 3.0
	span           = 2.0
	withinSentence = 0.2
)

func decay(distance int, half float64) float64 {
	d := float64(distance) / half
	return 1 / (1 + d*d)
}

func (x *examination) measureNearness() {
	n := nearness{make([][]float64, len(x.claim.tokens)), make([][]float64, len(x.claim.tokens))}
	for k := range x.claim.tokens {
		n.before[k], n.after[k] = make([]float64, len(x.tokens)), make([]float64, len(x.tokens))
		for m, s := range x.scores[k] {
			if s < sameMeaning {
				continue
			}
			for j := range x.tokens {
				p, q := &x.tokens[m], &x.tokens[j]
				if j == m || !q.says() {
					continue
				}
				near := decay(x.distance(m, j), reach)
				if p.text == q.text && p.part == q.part && p.cell < 0 {
					near = max(near, withinSentence)
				}
				if p.text != q.text || m < j {
					n.before[k][j] = max(n.before[k][j], s*near)
				}
				if p.text != q.text || m > j {
					n.after[k][j] = max(n.after[k][j], s*near)
				}
			}
		}
	}
	x.near = n
}

// turned is what is left of a companion's nearness on the other side.
const turned = 0.35

// boundTo is how much of what an item of the claim stands with stands with a place of
// the quotes, from 0 to 1; other is an item that does not count.
func (x *examination) boundTo(i, j, other int) float64 {
	sum, all := 0.0, 0.0
	for k := range x.claim.tokens {
		if k != other && x.isCompanion(i, k) {
			weight := x.weight(i, k)
			sum += weight * x.nearTo(i, k, j)
			all += weight
		}
	}
	return sum / (all + doubtful)
}

// doubtful is the weight of what is not known of an item.
const doubtful = 0.25

// weight is what a companion of an item counts.
func (x *examination) weight(i, k int) float64 {
	t, w := &x.claim.tokens[i], &x.claim.tokens[k]
	return decay(max(t.rank-w.rank, w.rank-t.rank)+2*max(t.phrase-w.phrase, w.phrase-t.phrase), span)
}

// rival is the place of the quotes that has most of an item's companions.
type rival struct {
	at   int
	gain float64
}

// rivalOf finds the strongest rival of an item's own places.
func (x *examination) rivalOf(i int) rival {
	best := rival{at: -1}
	for j := range x.tokens {
		if !x.isRival(i, j) {
			continue
		}
		b := x.claimedBy(j)
		if b >= 0 && !x.mayChange(i, b) {
			continue
		}
		gain := x.preference(i, j, b)
		if b >= 0 {
			gain += x.preference(b, x.pairs[i].at, i)
		}
		if best.at < 0 || gain > best.gain {
			best = rival{j, gain}
		}
	}
	return best
}

// mayChange reports whether two items of the claim could have changed places: they are
// no two words of one thing, and no other voice has turned them round.
func (x *examination) mayChange(i, b int) bool {
	p, s, t := x.pairs[i].at, &x.claim.tokens[i], &x.claim.tokens[b]
	if p < 0 || !x.isRival(b, p) {
		return false
	}
	o, q := &x.tokens[p], &x.tokens[x.pairs[b].at]
	if s.kind == content && t.kind == content && s.clause != t.clause || s.kind != t.kind && s.part != t.part || s.kind == name && t.kind == name && s.link == t.link && x.isListed(i, b) {
		return false
	}
	return (s.kind == number || areApart(s, t) && areApart(o, q)) && s.denied+t.denied+o.denied+q.denied == 0 && (s.kind == number || !x.otherVoice(s.clause))
}

// isListed reports whether nothing but others of their kind stands between two items.
func (x *examination) isListed(i, b int) bool {
	return !slices.ContainsFunc(x.claim.tokens[min(i, b):max(i, b)], func(t token) bool { return t.says() && t.kind != x.claim.tokens[i].kind })
}

func areApart(s, t *token) bool {
	return s.phrase != t.phrase || max(s.rank-t.rank, t.rank-s.rank) > 1
}

// preference is how much more of what an item of the claim stands with stands with a
// rival than with the best of its own places, from -1 to 1.
func (x *examination) preference(i, rival, other int) float64 {
	if x.pairs[i].at < 0 {
		return x.boundTo(i, rival, other)
	}
	least := 1.0
	for p := range x.tokens {
		if s := x.scores[i][p]; p == x.pairs[i].at || s >= sameMeaning && s >= x.pairs[i].score-.05 {
			least = min(least, x.prefers(i, p, rival, other))
		}
	}
	return least
}

func (x *examination) prefers(i, p, q, other int) float64 {
	t, a, b := &x.claim.tokens[i], &x.tokens[p], &x.tokens[q]
	sum, all := 0.0, doubtful
	for k := range x.claim.tokens {
		if k != other && x.isCompanion(i, k) {
			v := x.weight(i, k) * x.vote(i, k, p, q)
			sum, all = sum+v, all+max(v, -v)
		}
	}
	own, its := t.link != "" && t.link == a.link, t.link != "" && t.link == b.link
	if own != its && a.text == b.text && a.part == b.part {
		sum, all = sum+decay(1, span)*(truth(its)-truth(own)), all+decay(1, span)
	}
	for _, c := range modifiers(x.claim.tokens, i) {
		if t.kind != number || q < p && a.text == b.text && a.clause == b.clause && len(modifiers(x.tokens, p)) == 0 {
			break // what is before the first is said of both
		}
		v := truth(isModified(x.tokens, q, c)) - truth(isModified(x.tokens, p, c))
		sum, all = sum+v*decay(1, span), all+max(v, -v)*decay(1, span)
	}
	if other >= 0 && a.text == b.text && a.clause == b.clause && t.clause == x.claim.tokens[other].clause && (i < other) != (p < q) && its && !x.otherVoice(t.clause) {
		sum, all = sum+decay(1, span)/2, all+decay(1, span)/2
	}
	return sum / all
}

func truth(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

// isCompanion reports whether a word of the claim tells where an item belongs: not what
// could stand in its place, nor what stands with another that could.
func (x *examination) isCompanion(i, k int) bool {
	t, w := &x.claim.tokens[i], &x.claim.tokens[k]
	if k == i || !x.met(k) || w.kind == t.kind && (t.kind == calendar || t.kind == number && t.figure.rivals(w.figure)) {
		return false
	}
	if t.kind == name && (k == i-1 || k == i+1) && lang.IsCapital(w.raw) {
		return false // a part of it
	}
	return w.clause == t.clause || x.claim.alone(t.clause) || !x.figured(w.clause)
}

// vote is how much a companion is for a rival's place, and not for an item's own. Of
// two in one sentence it is for the one whose phrase it is in; the later may leave out
// what the first has, so that this says little of the first.
func (x *examination) vote(i, k, p, q int) float64 {
	a, b := &x.tokens[p], &x.tokens[q]
	if a.text == b.text && a.part == b.part && a.phrase != b.phrase && a.cell < 0 {
		own, its := x.inPhrase(i, k, p, q), x.inPhrase(i, k, q, p)
		switch {
		case p < q && !x.hasOwnLead(i, q):
			own *= elliptic
		case q < p && x.hasOwn(i, p, q):
			its *= elliptic
		}
		if own > 0 || its > 0 {
			return its - own
		}
		if x.isIn(k, min(p, q)) {
			return 0
		}
	}
	own, its := x.nearTo(i, k, p), x.nearTo(i, k, q)
	return (its - own) / (max(its, own) + faint)
}

// hasOwn reports whether a companion is met in the phrase of a place and not in that of
// its rival.
func (x *examination) hasOwn(i, p, q int) bool {
	for k := range x.claim.tokens {
		if x.isCompanion(i, k) && x.claim.tokens[k].clause == x.claim.tokens[i].clause && x.isIn(k, p) && !x.isIn(k, q) {
			return true
		}
	}
	return false
}

// isIn reports whether a word of the claim is met in the phrase of a token.
func (x *examination) isIn(k, at int) bool {
	q := &x.tokens[at]
	for m := range x.tokens {
		if o := &x.tokens[m]; m != at && o.text == q.text && o.phrase == q.phrase && x.scores[k][m] >= sameMeaning {
			return true
		}
	}
	return false
}

// elliptic is what the words of a first phrase count that a second may leave out, faint
// the nearness that says nothing.
const (
	elliptic = 0.1
	faint    = 0.1
)

// nearTo is how near a companion of an item is met to a place.
func (x *examination) nearTo(i, k, j int) float64 {
	own, across := x.near.before[k][j], x.near.after[k][j]
	if k > i {
		own, across = across, own
	}
	if x.otherVoice(x.claim.tokens[i].clause) {
		return max(own, across)
	}
	return max(own, turned*across)
}

// inPhrase is how well a companion is met in the phrase of a token, unless it leads to
// another as well.
func (x *examination) inPhrase(i, k, at, other int) float64 {
	q, best := &x.tokens[at], 0.0
	shared := at < other && !x.hasOwnLead(i, other)
	for m := range x.tokens {
		if o := &x.tokens[m]; m != at && o.text == q.text && o.phrase == q.phrase && x.scores[k][m] >= sameMeaning && !(shared && m < at) {
			best = max(best, x.scores[k][m])
		}
	}
	return best
}

// hasOwnLead reports whether something that an item of the claim does not stand with
// leads to a token within its phrase.
func (x *examination) hasOwnLead(i, at int) bool {
	q := &x.tokens[at]
	for m := at - 1; m >= 0 && x.tokens[m].text == q.text && x.tokens[m].phrase == q.phrase; m-- {
		o := &x.tokens[m]
		if o.kind != content && o.kind != name {
			continue
		}
		if m+1 == at && q.kind == name && lang.IsCapital(o.raw) {
			continue // a part of it
		}
		if !x.isCompanied(i, m) {
			return true
		}
	}
	return false
}

func (x *examination) isItem(i int) bool {
	switch t := &x.claim.tokens[i]; t.kind {
	case number, name, calendar:
		return x.pairs[i].at >= 0
	case content:
		return t.noun
	case measure:
		return x.pairs[i].at < 0
	}
	return false
}

// What a rival must be preferred by for the claim to be refuted, or not proven, by
// what the item is. They part true claims from false ones in sets with known truth
// (docent verify --json on them, the preferences of either side by tenths); so do the
// half distances and shares of this file.
var (
	refutes = map[tokenKind]float64{number: .38, calendar: .38, name: .55, content: .55, measure: .5}
	leaves  = map[tokenKind]float64{number: .1, calendar: .1, name: .3, content: .5, measure: .3}
)

func (x *examination) bindings() {
	if x.compares() {
		return
	}
	for i := range x.claim.tokens {
		if p := x.pairs[i].at; p >= 0 && x.tokens[p].kind == name && x.tokens[p].owns && !x.claim.tokens[i].owns && x.claim.tokens[i].link != "of" {
			x.doubt("it is of what is %q's in the quotes", x.claim.tokens[i].raw)
		}
		if !x.isItem(i) {
			continue
		}
		t, p, r := &x.claim.tokens[i], x.pairs[i].at, x.rivalOf(i)
		least := refutes[t.kind]
		if t.kind == name && p >= 0 && x.tokens[p].context {
			least /= 2 // what only a heading has is seldom what a sentence says
		}
		if b := x.partner(r); b >= 0 && x.claim.tokens[b].kind != t.kind && x.claim.tokens[b].clause != t.clause {
			least = never // somebody else may be meant there
		}
		switch {
		case r.at < 0 && least < refutes[t.kind] && x.besideDate(i):
			x.doubt("%q stands in a heading only", t.raw)
		case r.at < 0, t.kind == content && !x.isElsewhere(i, r.at):
		case r.gain >= least && x.share() >= leastVerbatim && (t.kind != content || x.share() >= leastReplaced):
			x.refute("%q stands where the quotes have %q", t.raw, x.tokens[r.at].raw)
		case r.gain >= leaves[t.kind] && p >= 0, least < refutes[t.kind] && (r.gain >= 0 || x.besideDate(i)):
			x.doubt("%q stands with %q in the quotes", x.tokens[r.at].raw, t.raw)
		}
	}
}

// besideDate reports whether a name stands where a part of a date does.
func (x *examination) besideDate(i int) bool {
	return slices.ContainsFunc([]int{i - 1, i + 1}, func(k int) bool {
		return k >= 0 && k < len(x.pairs) && x.pairs[k].at >= 0 && x.claim.tokens[k].kind == number && x.tokens[x.pairs[k].at].figure.kind == date && x.tokens[x.pairs[k].at].kind == number
	})
}

// never is more than any preference.
const never = 9

// partner is the item of the claim that is met at a rival, -1 for none.
func (x *examination) partner(r rival) int {
	if r.at < 0 {
		return -1
	}
	return x.claimedBy(r.at)
}

// leastReplaced is that for a thing to be what was put in the place of another.
const leastReplaced = 0.66

// leastVerbatim is the share of a claim's words that its quotes must have for the
// others to be taken for what was put in their place.
const leastVerbatim = 0.5

// isElsewhere reports whether a thing is not met, or not in the sentence where
// another stands in its place, unless that is in its own.
func (x *examination) isElsewhere(i, rival int) bool {
	p := x.pairs[i].at
	return p < 0 || x.claimedBy(rival) >= 0 || x.tokens[p].text != x.tokens[rival].text || x.tokens[p].part != x.tokens[rival].part
}

// isCompanied reports whether a companion of an item is met by a token of the quotes.
func (x *examination) isCompanied(i, j int) bool {
	for k := range x.claim.tokens {
		if x.scores[k][j] >= sameMeaning && x.isCompanion(i, k) {
			return true
		}
	}
	return false
}
