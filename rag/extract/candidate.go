package extract

import (
	"docent/rag"
	"docent/rag/lang"
	"docent/rag/retrieve"
)

// Candidate is a unit, or a whole list of them, that may answer a question.
type Candidate struct {
	Hit rag.Hit
	// Unit is what would be quoted. A whole list or answer of several units is one
	// too, with its span as Unit.Group and 0 as Unit.Part; it may go on beyond the
	// passage.
	Unit rag.Unit
	// Text is the unit's, as far as it is in the passage.
	Text string
	// Score grows with how much better than the others it answers, by natural
	// logarithm: a candidate one higher is 2.7 times as likely to be the one.
	Score float64
	// Probability is how likely it is that it answers, calibrated.
	Probability float64
	// Unmet are the informative words of the question that neither the unit nor
	// its context, headings, title, file or date carries.
	Unmet []retrieve.QueryWord
}

// Whole reports whether the candidate is a whole list, table or answer.
func (c Candidate) Whole() bool { return c.Unit.Part == 0 && c.Unit.Group != (lang.Span{}) }

// Rank holds the units of the hits against the question, best first. Leads, which
// only make others readable, are none of them.
func Rank(question string, found retrieve.Result, embedder rag.Embedder) []Candidate {
	q := newInquiry(question, found, embedder)
	ranked := q.sentences(found.Hits)
	if len(ranked) == 0 {
		return nil
	}
	sure := q.signals(ranked).confidence()
	var candidates []Candidate
	for _, s := range ranked {
		r := s.reading
		c := Candidate{Hit: r.hit, Unit: s.unit(), Text: s.text(), Score: s.score, Probability: sure}
		sure *= 0.9
		for i, w := range q.words {
			if max(r.near[i], r.above[i]) < 0.5 {
				c.Unmet = append(c.Unmet, w)
			}
		}
		candidates = append(candidates, c)
	}
	return candidates
}

// unit is the sentence as a unit of its document.
func (s sentence) unit() rag.Unit { return s.reading.units[s.number] }
