package verify

import (
	"slices"
	"strings"

	"docent/rag/lang"
)

func (x *examination) modality(clause int) {
	around := x.clausesOf(clause)
	claimed, quoted := make(map[string]bool), make(map[string]bool)
	for _, c := range x.claim.sides {
		if c.Axis == "modal" && x.clauseOfSide(c) == clause {
			claimed[c.Pole] = true
		}
	}
	for n, st := range x.statements {
		for _, q := range st.sides {
			if t := x.sideToken(n, q); q.Axis == "modal" && around[[2]int{t.text, t.clause}] {
				quoted[q.Pole] = true
			}
		}
	}
	anywhere := func(pole string) bool {
		return slices.ContainsFunc(x.statements, func(st statement) bool {
			return slices.ContainsFunc(st.sides, func(c lang.Contrast) bool { return c.Axis == "modal" && c.Pole == pole })
		})
	}
	switch {
	case (claimed["may"] || x.takesPole(x.claim, clause, "permit", "+")) && !x.denies(clause) && x.refused(around):
		x.refute("the quotes do not allow it")
	case claimed["must"] && !x.denies(clause) && (!quoted["must"] && (quoted["may"] || quoted["should"]) || !anywhere("must") && (anywhere("may") || anywhere("should"))):
		x.refute("the quotes do not say that it must be")
	case len(claimed) == 0 && (quoted["plan"] || quoted["should"] || quoted["must"] && len(around) == 1) && x.isPast(clause):
		x.refute("the quotes do not say that it has been")
	case len(claimed) == 0 && x.isPast(clause) && x.isToBe(clause):
		x.doubt("the quotes do not say that it has been")
	case claimed["may"] && !quoted["may"] && quoted["must"]:
		x.doubt("the quotes say that it must be")
	}
}

// modalities compares what the claim as a whole asks for or allows with the quotes.
func (x *examination) modalities() {
	around := x.clausesOf(-1)
	has := func(sides []lang.Contrast, pole string, in func(lang.Contrast) bool) bool {
		return slices.ContainsFunc(sides, func(c lang.Contrast) bool { return c.Axis == "modal" && c.Pole == pole && in(c) })
	}
	for _, pole := range []string{"may", "should"} {
		claimed := has(x.claim.sides, pole, func(lang.Contrast) bool { return true })
		quoted := false
		for n, st := range x.statements {
			quoted = quoted || has(st.sides, pole, func(c lang.Contrast) bool {
				t := x.sideToken(n, c)
				return claimed || around[[2]int{t.text, t.clause}]
			})
		}
		if claimed != quoted {
			x.doubt("only one side says that it %s be", pole)
		}
	}
}

// isPast reports whether a clause of the claim tells what has been.
func (x *examination) isPast(clause int) bool {
	return slices.ContainsFunc(x.claim.tokens, func(t token) bool {
		if t.clause != clause || t.opens {
			return false
		}
		if hasBeen(&t) || t.language == "en" && (t.Surface == "was" || t.Surface == "were") {
			return true
		}
		return t.language == "en" && t.kind == content && strings.HasSuffix(t.Surface, "ed")
	})
}

// isToBe reports whether the quotes have a verb of the claim as an infinitive behind "to".
func (x *examination) isToBe(clause int) bool {
	for i := 1; i < len(x.claim.tokens); i++ {
		if t, p := &x.claim.tokens[i], x.pairs[i].at; t.clause == clause && p > 0 && hasBeen(&x.claim.tokens[i-1]) && x.tokens[p].link == "to" && !x.tokens[p].noun {
			return true
		}
	}
	return false
}

func (x *examination) takesPole(s statement, clause int, axis, pole string) bool {
	return slices.ContainsFunc(s.tokens, func(t token) bool {
		return t.clause == clause && slices.ContainsFunc(t.sides, func(c lang.Contrast) bool { return c.Axis == axis && c.Pole == pole })
	})
}

// refused reports whether clauses of the quotes refuse something, allow nothing and
// deny nothing.
func (x *examination) refused(around map[[2]int]bool) bool {
	refused := false
	for j := range x.tokens {
		q := &x.tokens[j]
		if !around[[2]int{q.text, q.clause}] {
			continue
		}
		if q.denied > 0 {
			return false
		}
		for _, c := range q.sides {
			if c.Axis == "permit" && c.Pole == "+" || c.Axis == "modal" && c.Pole == "may" {
				return false
			}
			refused = refused || c.Axis == "permit" && c.Pole == "-"
		}
	}
	return refused
}
