package verify

import (
	"slices"

	"docent/rag/lang"
)

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
