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
	if j.byUnits() && j.gold.All {
		return !slices.ContainsFunc(j.at.units, func(p places) bool { return !slices.ContainsFunc(citations, p.cites) })
	}
	return j.helps(text, citations)
}

// helps reports whether it answers at least in part.
func (j judge) helps(text string, citations []rag.Citation) bool {
	if j.byUnits() {
		return anyCited(j.at.units, citations)
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
		denied := anyCited(j.at.denials, a.Citations)
		s[AbsentAnswered], s[AbsentMisled] = indicator(shown), indicator(shown && !denied)
		s[BestRight] = 0
	case j.known():
		right := shown && j.right(claimText(a), a.Citations)
		s[Right], s[WrongShown] = indicator(right), indicator(shown && !right)
		s[GoldShown] = indicator(shown && j.helps(claimText(a), a.Citations) || slices.ContainsFunc(a.Nearest, func(c rag.Citation) bool {
			return j.helps(c.Quote, []rag.Citation{c})
		}))
		s[BestRight] = indicator(len(best.Claims) > 0 && j.helps(best.Claims[0].Text, cited(best, best.Claims[0])))
		if shown && j.byUnits() {
			s[Filler] = indicator(slices.ContainsFunc(a.Claims, func(c rag.Claim) bool { return !j.helps(c.Text, cited(a, c)) }))
		}
	}
	return s
}

// anyCited reports whether any of the citations quotes one of the units.
func anyCited(units []places, citations []rag.Citation) bool {
	return slices.ContainsFunc(units, func(p places) bool { return slices.ContainsFunc(citations, p.cites) })
}

// cited are the claim's citations.
func cited(a rag.Answer, c rag.Claim) []rag.Citation {
	return slices.DeleteFunc(slices.Clone(a.Citations), func(of rag.Citation) bool { return !slices.Contains(c.Citations, of.N) })
}

// passageScores tell how far down the first hit with a gold unit is.
func passageScores(hits []rag.Hit, units []places) Scores {
	if len(units) == 0 {
		return nil
	}
	s := make(Scores)
	at := slices.IndexFunc(hits, func(h rag.Hit) bool {
		return slices.ContainsFunc(units, func(p places) bool { return p.holds(h) })
	})
	for m, k := range map[Measure]int{Passage1: 1, Passage8: 8, Passage20: 20} {
		s[m] = indicator(at >= 0 && at < k)
	}
	return s
}
