package verify

import (
	"slices"

	"docent/rag/lang"
)

// sides holds the sides that the claim takes against those of the quotes.
func (x *examination) sides() {
	for _, c := range x.claim.sides {
		if c.Axis == "deny" || c.Axis == "modal" {
			continue
		}
		clause := x.clauseOfSide(c)
		same, other, there, only := false, false, false, false
		around := x.clausesOf(clause)
		if !x.hasAxis(around, c.Axis) {
			around = x.wholeParts(around)
		}
		for n, st := range x.statements {
			for _, q := range st.sides {
				if q.Axis != c.Axis {
					continue
				}
				t := x.sideToken(n, q)
				same = same || q.Pole == c.Pole
				if around[[2]int{t.text, t.clause}] && (c.Axis != "compare" && c.Axis != "time" || q.Pole == c.Pole || x.anchored(c, n, q) || c.Axis == "time" && !x.quotesTake(c) && !slices.ContainsFunc(x.claim.sides, func(o lang.Contrast) bool { return o.Axis == q.Axis && o.Pole == q.Pole })) {
					there = there || q.Pole == c.Pole
					other = other || q.Pole != c.Pole
					only = only || q.Pole == "only"
				}
			}
		}
		words := x.sideWords(c)
		switch {
		case c.Axis == "period" && len(x.derived) > 0:
		case there || same && !other, c.Axis == "condition" && c.Pole == "if":
		case other && (c.Axis != "scope" || c.Strict && (c.Pole != "some" || only)) && (c.Pole != "+" && c.Pole != "-" || grammatical[c.Axis] && !x.denies(clause)):
			if same && x.inParts(around, c) || c.Axis == "period" && x.agreesElse(c) {
				x.doubt("%q is otherwise in the quotes as well", words)
				continue
			}
			x.refute("%q is otherwise in the quotes", words)
		case c.Strict && (c.Axis == "superlative" || c.Axis == "scope" && c.Pole != "some" || c.Axis == "condition" && c.Pole == "even" || c.Axis == "quantity" || c.Axis == "place" || c.Axis == "often"):
			x.refute("%q is not in the quotes", words)
		case c.Axis == "compare" && len(x.derived) == 0 && x.compared(c) != 0:
			if !x.holds(c) {
				x.refute("%q: the quotes do not compare so", words)
			}
		case c.Strict, claimedOnly[c.Axis] && !same && len(x.derived) == 0:
			x.doubt("%q is not in the quotes", words)
		}
	}
}

// anchored reports whether a side of the claim and one of a text are followed by the
// same thing.
func (x *examination) anchored(c lang.Contrast, text int, q lang.Contrast) bool {
	a := slices.IndexFunc(x.claim.tokens, func(t token) bool { return slices.Contains(t.sides, c) })
	b := slices.IndexFunc(x.tokens, func(t token) bool { return t.text == text && slices.Contains(t.sides, q) })
	for i := a; i >= 0 && i < min(len(x.claim.tokens), a+5); i++ {
		if x.claim.tokens[i].says() {
			for j := b; j < min(len(x.tokens), b+6); j++ {
				if x.scores[i][j] >= sameMeaning {
					return true
				}
			}
			return false
		}
	}
	return false
}

func (x *examination) hasAxis(around map[[2]int]bool, axis string) bool {
	return slices.ContainsFunc(x.tokens, func(t token) bool {
		return around[[2]int{t.text, t.clause}] && slices.ContainsFunc(t.sides, func(c lang.Contrast) bool { return c.Axis == axis })
	})
}

// agreesElse reports whether the claim takes another side of an axis as the quotes do.
func (x *examination) agreesElse(c lang.Contrast) bool {
	return slices.ContainsFunc(x.claim.sides, func(o lang.Contrast) bool {
		return o.Axis == c.Axis && o.Pole != c.Pole && slices.ContainsFunc(x.statements, func(st statement) bool {
			return slices.ContainsFunc(st.sides, func(q lang.Contrast) bool { return q.Axis == o.Axis && q.Pole == o.Pole })
		})
	})
}

// inParts reports whether a side is taken between the strong marks around clauses.
func (x *examination) inParts(around map[[2]int]bool, c lang.Contrast) bool {
	parts := x.wholeParts(around)
	return slices.ContainsFunc(x.tokens, func(t token) bool {
		return parts[[2]int{t.text, t.clause}] && slices.ContainsFunc(t.sides, func(o lang.Contrast) bool { return o.Axis == c.Axis && o.Pole == c.Pole })
	})
}

// wholeParts are clauses with all that no strong mark parts from them.
func (x *examination) wholeParts(around map[[2]int]bool) map[[2]int]bool {
	parts, all := make(map[[2]int]bool), make(map[[2]int]bool)
	for _, t := range x.tokens {
		if around[[2]int{t.text, t.clause}] {
			parts[[2]int{t.text, t.part}] = true
		}
	}
	for _, t := range x.tokens {
		if parts[[2]int{t.text, t.part}] {
			all[[2]int{t.text, t.clause}] = true
		}
	}
	return all
}

// denies reports whether a clause of the claim has a negation.
func (x *examination) denies(clause int) bool {
	return slices.ContainsFunc(x.claim.tokens, func(t token) bool { return t.clause == clause && t.denied > 0 && !t.without })
}

// compared is where the claim goes on to what it compares with, 0 for nowhere.
func (x *examination) compared(c lang.Contrast) int {
	a := slices.IndexFunc(x.claim.tokens, func(t token) bool { return slices.Contains(t.sides, c) })
	for i := max(a, 0); i < min(len(x.claim.tokens), a+6); i++ {
		if s := x.claim.tokens[i].Surface; s == "than" || s == "que" {
			return i
		}
	}
	return 0
}

// holds reports whether the figures on both sides of a comparison are as it says.
func (x *examination) holds(c lang.Contrast) bool {
	at := x.compared(c)
	var before, after []float64
	for i := range x.claim.tokens {
		if n, ok := x.claim.tokens[i].figure.number(); ok && x.claim.tokens[i].kind == number {
			if i < at {
				before = append(before, n)
			} else {
				after = append(after, n)
			}
		}
	}
	if len(before) == 0 || len(after) == 0 {
		return false
	}
	return (before[len(before)-1] > after[0]) == (c.Pole == "+")
}

// claimedOnly are the axes of which a claim that is proven takes no side that its
// quotes do not.
var claimedOnly = lang.WordSet("compare time condition order scope")

func (x *examination) sideWords(c lang.Contrast) string { return c.Axis + " " + c.Pole }

// clauseOfSide is the clause of the claim that a side is taken in.
func (x *examination) clauseOfSide(c lang.Contrast) int {
	for i := range x.claim.tokens {
		if slices.Contains(x.claim.tokens[i].sides, c) {
			return x.claim.tokens[i].clause
		}
	}
	return -1
}

// sideToken is the first token of a side of a text.
func (x *examination) sideToken(text int, c lang.Contrast) token {
	for _, t := range x.statements[text].tokens {
		if slices.Contains(t.sides, c) {
			return t
		}
	}
	return token{text: -1}
}
