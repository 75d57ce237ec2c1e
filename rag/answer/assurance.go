package answer

import (
	"slices"

	"docent/rag"
	"docent/rag/extract"
	"docent/rag/retrieve"
	"docent/rag/verify"
)

// named is how sure it is that what stands under a name is what a question asks for
// that has nothing but this name: the number of a part, an amount.
const named = 0.5

// mostTold bounds what is put aside of a question for what answers another part.
const mostTold = 0.9

// assure sets how likely it is that the statements answer: that one of the units
// quoted does, or what their place says of them, which the ranker does not know.
func (r *reading) assure(best extract.Candidate, said *reply) {
	no := 1 - best.Probability
	for _, c := range r.admitted {
		if !(part{best.Hit, best.Unit}).is(c) && !c.Whole() && (slices.ContainsFunc(said.statements, func(s statement) bool { return s.holds(c.Hit.ID.Document, c.Unit.Span) }) || said.among(c)) {
			no *= 1 - c.Probability
		}
	}
	for _, c := range r.candidates[:min(mostHeld, len(r.candidates))] {
		if c.Hit.ID.Document != best.Hit.ID.Document && r.edition(c.Hit.Document).ofOneName(r.edition(best.Hit.Document)) && verify.Compare("", c.Text, best.Text) != verify.Unlike {
			no *= 1 - c.Probability // which edition it is, is known
		}
	}
	said.sure = min(1, (1-no)/(1-min(r.told, mostTold)))
	if r.columnAsks(best) || r.namedAbove(best) && r.hardlyLacks(best) || said.bounded && r.leads(best) {
		said.sure = max(said.sure, named)
	}
}

// among reports whether a candidate is one of those that one was chosen from for an
// amount or a name: the ranker does not see as well which it is.
func (said *reply) among(c extract.Candidate) bool {
	return slices.ContainsFunc(said.siblings, func(p part) bool { return p.is(c) })
}

// namedAbove reports whether the candidate stands under a heading with the part
// that the question names.
func (r *reading) namedAbove(c extract.Candidate) bool {
	return slices.ContainsFunc(r.qualifiers.identifiers, func(id identifier) bool {
		return id.within(append(slices.Clone(c.Hit.Heading), c.Hit.Document.Title)...) || id.numbers(c.Hit.Heading)
	})
}

// mostLacking is the share of a question's information that what it names by number
// need not have: "what does clause 8 say?".
const mostLacking = 1.0 / 3

func (r *reading) hardlyLacks(c extract.Candidate) bool {
	var lacking, all float64
	for _, w := range r.found.Words {
		all += w.IDF
	}
	for _, w := range c.Unmet {
		lacking += w.IDF
	}
	return lacking <= mostLacking*all
}

// withinList is the item of a whole list that the question names with a word that
// the list does not stand under, where it asks for one thing.
func (r *reading) withinList(list extract.Candidate) extract.Candidate {
	if !list.Whole() || r.asksForSeveral() {
		return list
	}
	for _, c := range r.admitted {
		inside := c.Hit.ID == list.Hit.ID && !c.Whole() && c.Unit.Kind == rag.Item && c.Unit.Start >= list.Unit.Group.Start && c.Unit.End <= list.Unit.Group.End
		if inside && r.adds(c.Text, list) {
			return c
		}
	}
	return list
}

// asksForSeveral reports whether the question asks for several things or the way to
// do one.
func (r *reading) asksForSeveral() bool {
	switch r.found.Wants.Kind {
	case retrieve.AskedList, retrieve.AskedHow:
		return true
	default:
		return says("several", plain(r.question))
	}
}
