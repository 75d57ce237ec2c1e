package verify

import (
	"fmt"
	"slices"
	"strings"

	"docent/rag/lang"
)

// examination is a claim held against its evidence: what contradicts it, and what
// keeps it from being proven.
type examination struct {
	*evidence
	claim statement
	pairs []pairing
	// wrong and doubts are reasons against the claim, derived the figures of it that
	// were computed.
	wrong, doubts []string
	derived       map[int]bool
	near          nearness
	contradicted  bool
}

func (e *evidence) examine(language, claim string) *examination {
	x := &examination{evidence: e, claim: tokenize(language, claim, -1), derived: make(map[int]bool)}
	x.claim.markNouns()
	x.pairs = e.align(x.claim, language)
	x.measureNearness()
	x.figures()
	x.words()
	x.sides()
	for k := range x.claim.clauses {
		x.polarity(k)
		x.modality(k)
	}
	x.modalities()
	x.bindings()
	x.cohesion()
	x.restrictions()
	x.rows()
	x.choices()
	return x
}

// examineQuote is examine for a claim that is a quote as it stands: nothing can be
// wrong with it but that it was cut out of a denial.
func (e *evidence) examineQuote(language, claim string) *examination {
	x := &examination{evidence: e, claim: tokenize(language, claim, 0)}
	same := func(a, b token) bool { return a.raw == b.raw && a.Surface == b.Surface }
	for at := range len(e.tokens) - len(x.claim.tokens) + 1 {
		if run := e.tokens[at : at+len(x.claim.tokens)]; slices.EqualFunc(run, x.claim.tokens, same) {
			for i, t := range x.claim.tokens {
				if (run[i].denied-t.denied)%2 != 0 {
					x.refute("the document denies %q", t.raw)
				}
			}
			break
		}
	}
	return x
}

func (x *examination) refute(format string, args ...any) {
	x.wrong = append(x.wrong, fmt.Sprintf(format, args...))
}

func (x *examination) doubt(format string, args ...any) {
	x.doubts = append(x.doubts, fmt.Sprintf(format, args...))
}

// met reports whether a token of the claim is met by what says the same.
func (x *examination) met(i int) bool { return x.pairs[i].at >= 0 && x.pairs[i].score >= sameMeaning }

func (x *examination) figures() {
	for i := range x.claim.tokens {
		t := &x.claim.tokens[i]
		if t.kind == number && x.pairs[i].at >= 0 && x.takes(t.clause, "trend") {
			q := &x.tokens[x.pairs[i].at]
			if a, b := t.link, q.link; a == "to" && (b == "by" || b == "of") || b == "to" && (a == "by" || a == "of") {
				x.refute("it goes %q %s in the quotes, not %s", b, q.raw, a)
			}
		}
		if t.kind != number || x.pairs[i].at >= 0 {
			continue
		}
		cue := slices.ContainsFunc(x.claim.sides, func(c lang.Contrast) bool {
			return c.Axis == "arith" || c.Axis == "compare" || c.Axis == "about" || c.Axis == "time"
		})
		if t.figure.loose && t.Surface == "both" {
			x.doubt("%q is not in the quotes", t.raw)
			continue
		}
		if q := x.otherUnit(t.figure); q != "" {
			x.refute("%q is %q in the quotes", t.raw, q)
			continue
		}
		how := x.derive(i)
		if how == "ratio" || how == "share" {
			cue = slices.ContainsFunc(x.claim.sides, func(c lang.Contrast) bool { return c.Axis == "arith" || c.Axis == "compare" })
		}
		if how == "the rest" {
			cue = hasAxis(x.claim.sides, "arith") || slices.ContainsFunc(x.statements, func(st statement) bool { return hasAxis(st.sides, "arith") })
		}
		if how != "" && (cue || how == "rounded" || how == "counted" || how == "multiplied" || how == "difference" && t.figure.measure == "point" || t.figure.kind == date || t.figure.unit != "" && how != "the rest") {
			x.derived[i] = true
			if how == "the rest" {
				x.doubt("%q is what is left", t.raw)
			}
			continue
		}
		x.refute("the figure %q is not in the quotes", t.raw)
	}
}

// otherUnit is the figure of the quotes that has the digits of a claim's and another
// unit; "" for none.
func (x *examination) otherUnit(f figure) string {
	for j := range x.tokens {
		q := &x.tokens[j]
		if q.kind == number && q.figure.kind == f.kind && q.figure.value == f.value && f.unit != "" && q.figure.unit != "" && f.unit != q.figure.unit {
			return q.raw
		}
	}
	return ""
}

// words looks for what the claim says and the quotes do not.
func (x *examination) words() {
	var lacking []string
	for i := range x.claim.tokens {
		t := &x.claim.tokens[i]
		if !t.says() || t.kind == number {
			continue
		}
		switch {
		case (t.kind == name || t.kind == calendar) && x.met(i) && x.isAnother(i):
			x.doubt("%q is only like the quotes", t.raw)
		case x.met(i):
		case x.pairs[i].at >= 0:
			if x.share() < leastPlain {
				x.doubt("%q is only like the quotes", t.raw)
			}
		case t.kind == name && hasAxis(t.sides, "person") && slices.ContainsFunc(x.statements, func(st statement) bool { return hasAxis(st.sides, "person") }):
			x.doubt("%q is not in the quotes", t.raw)
		case t.kind == name, t.opens && lang.IsCapital(t.raw) && t.kind == content && x.unknown(i):
			x.refute("the name %q is not in the quotes", t.raw)
		case t.kind == calendar:
			x.refute("%q is not in the quotes", t.raw)
		case t.kind == measure && hasAxis(t.sides, "period"): // see sides
		case t.kind == measure && x.hasMeasure() && x.one(i) && len(x.derived) == 0:
			x.refute("the measure %q is not in the quotes", t.raw)
		case !t.opens && !t.noun && !x.isPredicate(i) && x.share() >= leastPlain:
		default:
			lacking = append(lacking, t.raw)
		}
	}
	if len(lacking) > 0 {
		x.doubt("not in the quotes: %s", strings.Join(lacking, ", "))
	}
}

// isAnother reports whether a name is met by another of its language, or by what
// another of the claim is met by as well.
func (x *examination) isAnother(i int) bool {
	t, q := &x.claim.tokens[i], &x.tokens[x.pairs[i].at]
	acronym := lang.IsAcronym(t.raw) || lang.IsAcronym(q.raw)
	if t.kind == name && t.language == q.language && t.Surface != q.Surface && t.Stem != q.Stem && (q.kind == name || !t.opens) && (!acronym || lang.SameName(t.Surface, q.Surface)) && !hasAxis(t.sides, "person") {
		return true
	}
	return slices.ContainsFunc(x.claim.indices(), func(k int) bool {
		o := &x.claim.tokens[k]
		return k != i && o.kind == t.kind && x.pairs[k].at == x.pairs[i].at && o.Surface != t.Surface && (!acronym || lang.SameName(t.Surface, q.Surface))
	})
}

// one reports whether a measure is counted without a number: "a week".
func (x *examination) one(i int) bool {
	if i == 0 {
		return false
	}
	switch w := x.claim.tokens[i-1].Surface; w {
	case "a", "an", "one", "un", "une", "le", "la", "last", "next", "per", "par", "each", "every", "chaque":
		return true
	}
	return false
}

// unknown reports whether no language has a word: it is a name then. Without vectors
// what it does tells, "Duval has …".
func (x *examination) unknown(i int) bool {
	if !x.knowsWords {
		return i+1 < len(x.claim.tokens) && (isBe[x.claim.tokens[i+1].Surface] || hasBeen(&x.claim.tokens[i+1]))
	}
	return !slices.ContainsFunc(forms(&x.claim.tokens[i]), func(w string) bool { return x.evidence.near(w) != nil })
}

// hasBeen reports whether a token is a form of "have" before what has been.
func hasBeen(t *token) bool {
	switch t.Surface {
	case "has", "have", "had":
		return t.language == "en"
	case "a", "ont", "avait", "avaient", "fut", "ete":
		return t.language == "fr" && t.raw != "à"
	}
	return false
}

// leastPlain is the share of a claim's words that its quotes must have for a verb to
// go without another of theirs.
const leastPlain = 0.75

func (x *examination) hasMeasure() bool {
	return slices.ContainsFunc(x.tokens, func(t token) bool {
		return t.kind == measure || t.kind == number && t.figure.measure != ""
	})
}

// clausesOf are the clauses of the quotes in which a clause of the claim is met.
func (x *examination) clausesOf(clause int) map[[2]int]bool {
	found := make(map[[2]int]bool)
	for i := range x.claim.tokens {
		if t := &x.claim.tokens[i]; (t.clause == clause || clause < 0) && x.met(i) {
			q := &x.tokens[x.pairs[i].at]
			found[[2]int{q.text, q.clause}] = true
		}
	}
	return found
}
