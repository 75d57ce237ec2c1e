package answer

import (
	"slices"
	"strings"

	"docent/rag"
	"docent/rag/extract"
	"docent/rag/lang"
	"docent/rag/retrieve"
	"docent/rag/verify"
)

// named is how sure it is that what stands under a name is what a question asks for
// that has nothing but this name: the number of a part, the document's own words of
// the same question, a heading.
const named = 0.5

// mostTold bounds what is put aside of a question for what answers another part.
const mostTold = 0.9

// assure sets how likely it is that the statements answer: that one of the units
// quoted does, or what their place says of them, which the ranker does not know.
func (r *reading) assure(best extract.Candidate, said *reply) {
	no := 1 - best.Probability
	for _, c := range r.admitted {
		same := c.Hit.ID == best.Hit.ID && c.Unit.Span == best.Unit.Span
		if !same && !c.Whole() && (slices.ContainsFunc(said.statements, func(s statement) bool { return s.holds(c.Hit.ID.Document, c.Unit.Span) }) || said.among(c)) {
			no *= 1 - c.Probability
		}
	}
	for _, c := range r.candidates[:min(mostHeld, len(r.candidates))] {
		if c.Hit.ID.Document != best.Hit.ID.Document && r.edition(c.Hit.Document).ofOneName(r.edition(best.Hit.Document)) && verify.Compare("", c.Text, best.Text) != verify.Unlike {
			no *= 1 - c.Probability // which edition it is, is known
		}
	}
	said.sure = min(1, (1-no)/(1-min(r.told, mostTold)))
	if r.namedAbove(best) && r.hardlyLacks(best) || r.asksTheSame(best) || r.isKeyword() && r.underKeyword(best) || said.bounded && r.leads(best) {
		said.sure = max(said.sure, named)
	}
}

// among reports whether a candidate is one of those that one was chosen from for an
// amount or a name: the ranker does not see as well which it is.
func (said *reply) among(c extract.Candidate) bool {
	return slices.ContainsFunc(said.siblings, func(p part) bool { return p.hit.ID == c.Hit.ID && p.unit.Span == c.Unit.Span })
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

// asksTheSame reports whether a candidate answers a question of the document that
// has all the words of the one asked, and hardly any other.
func (r *reading) asksTheSame(c extract.Candidate) bool {
	asks := strings.Join(contextIn(c.Hit, c.Unit), " ")
	if n := len(c.Hit.Heading); n > 0 && asks == "" {
		asks = c.Hit.Heading[n-1]
	}
	if !strings.Contains(asks, "?") || len(r.found.Words) == 0 {
		return false
	}
	return r.meetsAll(asks) && saying(language(c.Hit), asks) <= len(r.found.Words)+1
}

func (r *reading) meetsAll(text string) bool {
	return !slices.ContainsFunc(r.found.Words, func(w retrieve.QueryWord) bool { return !meets(w, text) })
}

// saying counts the words of a text that are no grammar.
func saying(language, text string) int {
	n := 0
	for _, w := range lang.Words(language, text) {
		if !w.Stop {
			n++
		}
	}
	return n
}

// mostKeywords is how many words somebody types who asks no question.
const mostKeywords = 4

// isKeyword reports whether the question is words to look up and no sentence.
func (r *reading) isKeyword() bool {
	n := lang.WordCount(r.question)
	return n > 0 && n <= mostKeywords && r.found.Wants == (retrieve.Wanted{}) && !strings.Contains(r.question, "?")
}

// underKeyword reports whether all words to look up are in a candidate with its
// title and headings.
func (r *reading) underKeyword(c extract.Candidate) bool {
	return len(r.found.Words) > 0 && r.meetsAll(strings.Join(append([]string{c.Text, aboveList(c), c.Hit.Document.Title}, c.Hit.Heading...), "\n"))
}

// withinList is the item of a whole list that the question names with a word that
// the list does not stand under, where it asks for one thing.
func (r *reading) withinList(list extract.Candidate) (extract.Candidate, bool) {
	if !list.Whole() || r.asksForSeveral() {
		return list, false
	}
	for _, c := range r.admitted {
		inside := c.Hit.ID == list.Hit.ID && !c.Whole() && c.Unit.Kind == rag.Item && c.Unit.Start >= list.Unit.Group.Start && c.Unit.End <= list.Unit.Group.End
		if inside && r.adds(c.Text, list) {
			return c, true
		}
	}
	return list, false
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
