package eval

import (
	"slices"

	"docent/rag"
)

// judge tells right quotes from others.
type judge struct {
	view View
	gold *Gold
	// at is where the gold's units stand, if they were located.
	at      located
	located bool
}

// known reports whether anything tells a right answer.
func (j judge) known() bool { return j.byUnits() || len(j.gold.Answers) > 0 }

func (j judge) byUnits() bool { return j.located && len(j.gold.Units) > 0 }

// right reports whether a text with these citations answers.
func (j judge) right(text string, citations []rag.Citation) bool {
	if j.byUnits() {
		return slices.ContainsFunc(citations, j.at.units.cites)
	}
	return j.gold.accepts(text) && slices.ContainsFunc(j.view.named(citations), j.gold.supports)
}

// scores judges an answer, and the best statement of what was answered or
// would have been.
func (j judge) scores(a, best rag.Answer) Scores {
	s := Scores{Confidence: a.Confidence}
	shown := a.Status != rag.NotFound
	switch {
	case j.gold.Unanswerable:
		denied := slices.ContainsFunc(a.Citations, j.at.denials.cites)
		s[AbsentAnswered], s[AbsentMisled] = indicator(shown), indicator(shown && !denied)
		s[BestRight] = 0
	case j.known():
		right := shown && j.right(claimText(a), a.Citations)
		s[Right], s[WrongShown] = indicator(right), indicator(shown && !right)
		s[GoldShown] = indicator(right || slices.ContainsFunc(a.Nearest, func(c rag.Citation) bool {
			return j.right(c.Quote, []rag.Citation{c})
		}))
		s[BestRight] = indicator(len(best.Claims) > 0 && j.right(best.Claims[0].Text, cited(best, best.Claims[0])))
		if shown && j.byUnits() {
			s[Filler] = indicator(slices.ContainsFunc(a.Claims, func(c rag.Claim) bool { return !j.right(c.Text, cited(a, c)) }))
		}
	}
	return s
}

// cited are the claim's citations.
func cited(a rag.Answer, c rag.Claim) []rag.Citation {
	return slices.DeleteFunc(slices.Clone(a.Citations), func(of rag.Citation) bool { return !slices.Contains(c.Citations, of.N) })
}

// passageScores tell how far down the first hit with a gold unit is.
func passageScores(hits []rag.Hit, units places) Scores {
	if len(units) == 0 {
		return nil
	}
	s := make(Scores)
	at := slices.IndexFunc(hits, units.holds)
	for m, k := range map[Measure]int{Passage1: 1, Passage8: 8, Passage20: 20} {
		s[m] = indicator(at >= 0 && at < k)
	}
	return s
}
