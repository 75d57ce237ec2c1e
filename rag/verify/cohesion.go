package verify

import (
	"maps"
	"slices"

	"docent/rag/lang"
)

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
