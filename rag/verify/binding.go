package verify

import (
	"maps"
	"slices"
	"strings"

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

// modifiers are the sides taken right before what counts or bounds.
func modifiers(tokens []token, i int) []lang.Contrast {
	var list []lang.Contrast
	for k := i - 1; k >= max(0, i-4) && (!tokens[k].says() || isModifying(&tokens[k])) && tokens[k].clause == tokens[i].clause && tokens[k].text == tokens[i].text; k-- {
		for _, c := range tokens[k].sides {
			if modifying[c.Axis] {
				list = append(list, c)
			}
		}
		if len(list) > 0 {
			break
		}
	}
	return list
}

func isModifying(t *token) bool {
	return t.kind == content && slices.ContainsFunc(t.sides, func(c lang.Contrast) bool { return modifying[c.Axis] })
}

// modifying are the axes of what stands right before what it modifies.
var modifying = lang.WordSet("bound compare time rank")

// restrictions looks for what bounds or counts something in the quotes and not in the
// claim: "every second Monday".
func (x *examination) restrictions() {
	for i := range x.claim.tokens {
		if t := &x.claim.tokens[i]; t.kind != number && t.kind != calendar && t.kind != measure || !x.met(i) {
			continue
		}
		own := modifiers(x.claim.tokens, i)
		for _, c := range modifiers(x.tokens, x.pairs[i].at) {
			if slices.ContainsFunc(own, func(o lang.Contrast) bool { return o.Axis == c.Axis && o.Pole != c.Pole && !x.quotesTake(o) }) && x.sameParity(i) {
				x.refute("the quotes bound %q otherwise", x.claim.tokens[i].raw)
				return
			}
			if !hasAxis(x.claim.sides, c.Axis) && len(x.derived) == 0 {
				x.doubt("the quotes bound %q", x.claim.tokens[i].raw)
				return
			}
		}
	}
}

// quotesTake reports whether the quotes take a side anywhere.
func (x *examination) quotesTake(c lang.Contrast) bool {
	return slices.ContainsFunc(x.statements, func(st statement) bool {
		return slices.ContainsFunc(st.sides, func(o lang.Contrast) bool { return o.Axis == c.Axis && o.Pole == c.Pole })
	})
}

// sameParity reports whether the clause of a word of the claim denies as much as that
// in which it is met.
func (x *examination) sameParity(i int) bool {
	denials := func(tokens []token, of *token) (n int) {
		for _, t := range tokens {
			if t.text == of.text && t.clause == of.clause {
				n += t.denied
			}
		}
		return n
	}
	return (denials(x.claim.tokens, &x.claim.tokens[i])-denials(x.tokens, &x.tokens[x.pairs[i].at]))%2 == 0
}

func isModified(tokens []token, i int, c lang.Contrast) bool {
	return slices.ContainsFunc(modifiers(tokens, i), func(o lang.Contrast) bool { return o.Axis == c.Axis && o.Pole == c.Pole })
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

// cohesion looks for clauses of the claim that are put together of several sentences.
func (x *examination) cohesion() {
	if x.compares() {
		return
	}
	for clause := range x.claim.clauses {
		met, in := 0, make(map[[2]int]int)
		for i := range x.claim.tokens {
			if x.claim.tokens[i].clause != clause {
				continue
			}
			at := x.sentencesOf(i)
			if len(at) == 0 {
				continue
			}
			met++
			for s := range at {
				in[s]++
			}
		}
		most, main := 0, [2]int{}
		for s, n := range in {
			if n > most {
				most, main = n, s
			}
		}
		if met-most < 2 || float64(most) >= leastCohesion*float64(met) {
			continue
		}
		apart := func(s [2]int) bool { return s != main && !x.leansBack(s) }
		if !x.leansBack(main) && slices.ContainsFunc(slices.Collect(maps.Keys(in)), apart) {
			x.doubt("it is put together of several sentences")
		}
	}
}

// sentencesOf are the sentences in running text in which a word of the claim is met.
func (x *examination) sentencesOf(i int) map[[2]int]bool {
	found := make(map[[2]int]bool)
	for j, s := range x.scores[i] {
		q := &x.tokens[j]
		if s < sameMeaning {
			continue
		}
		if q.cell >= 0 || q.context {
			return nil
		}
		found[[2]int{q.text, q.part}] = true
	}
	return found
}

// leansBack reports whether a sentence speaks of what an earlier one names.
func (x *examination) leansBack(sentence [2]int) bool {
	first := slices.IndexFunc(x.tokens, func(t token) bool { return t.text == sentence[0] && t.part == sentence[1] })
	return slices.ContainsFunc(x.tokens[first:min(len(x.tokens), first+2)], func(t token) bool { return lang.LeansBack([]lang.Word{t.Word}) })
}

const leastCohesion = 0.75

// isCompanied reports whether a companion of an item is met by a token of the quotes.
func (x *examination) isCompanied(i, j int) bool {
	for k := range x.claim.tokens {
		if x.scores[k][j] >= sameMeaning && x.isCompanion(i, k) {
			return true
		}
	}
	return false
}
