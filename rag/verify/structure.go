package verify

import (
	"slices"
	"strings"

	"docent/rag/lang"
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

// compares reports whether the claim computes, or holds two things against each other:
// not where it only bounds a figure.
func (x *examination) compares() bool {
	return len(x.derived) > 0 || slices.ContainsFunc(x.claim.sides, func(c lang.Contrast) bool {
		if c.Axis != "compare" {
			return c.Axis == "superlative" && !slices.ContainsFunc(x.claim.sides, func(o lang.Contrast) bool { return o.Axis == "compare" && o.First == c.Last })
		}
		at := x.compared(c)
		return at > 0 && (at+1 == len(x.claim.tokens) || x.claim.tokens[at+1].kind != number)
	})
}

// otherVoice reports whether a clause is passive where the quotes are active, or the
// other way round: who does it stands behind "by" on one side only.
func (x *examination) otherVoice(clause int) bool {
	for i := range x.claim.tokens {
		t := &x.claim.tokens[i]
		if t.part == x.partOf(clause) && x.met(i) && (t.link == "by") != (x.tokens[x.pairs[i].at].link == "by") {
			return true
		}
	}
	return false
}

func (x *examination) partOf(clause int) int {
	return x.claim.tokens[slices.IndexFunc(x.claim.tokens, func(t token) bool { return t.clause == clause })].part
}

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
var isBe = lang.GrammarSet("be")

func isAdverb(word string) bool {
	return strings.HasSuffix(word, "ment") || strings.HasSuffix(word, "ly")
}

// figured reports whether a clause of the claim has a figure of its own.
func (x *examination) figured(clause int) bool {
	return slices.ContainsFunc(x.claim.tokens, func(t token) bool { return t.clause == clause && t.kind == number })
}
