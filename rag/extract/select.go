package extract

import (
	"math"
	"slices"
	"strings"

	"docent/rag"
	"docent/rag/lang"
	"docent/rag/verify"
)

// What a second sentence must bring. Found on the dev sets: the one trades
// sentences of the right document against sentences with the answer, the other
// keeps answers under 60 words on average.
const (
	// documentWorth is what showing the right document is worth beside showing
	// the answer.
	documentWorth = 3
	// wordCost is what reading one more word costs.
	wordCost = 0.0015
	// leastWorth is what a second sentence is worth at least. It saves one
	// word in twenty for one answer in two hundred.
	leastWorth = 0.05
	// widest is the number of words up to which a sentence that leans back is
	// quoted with the one that it leans on.
	widest = 45
)

// chosen takes the best of the ranked sentences and at most one more, where
// what it adds to the probability that the answer and its document are shown
// is worth reading it. Sentences that say the same follow the one they repeat.
func (q *inquiry) chosen(ranked []sentence) []passageQuote {
	odds, documents := likelihoods(ranked)
	best := q.quote(ranked[0])
	at, most := -1, leastWorth
	for i, s := range ranked[1:] {
		if best.repeats(s) || best.holds(s) || isFragment(s.text()) && s.reading.hit.ID != best.hit.ID {
			continue
		}
		worth := odds[i+1] - wordCost*float64(min(lang.WordCount(s.text()), excerptWords))
		if id := s.reading.hit.ID.Document; id != best.hit.ID.Document {
			worth += documentWorth * documents[id]
		}
		if worth > most {
			at, most = i+1, worth
		}
	}
	quotes := []passageQuote{best}
	if at > 0 {
		quotes = joined(best, q.quote(ranked[at]))
	}
	for _, s := range ranked {
		for i := range quotes {
			if quotes[i].repeats(s) && !quotes[i].holds(s) {
				quotes[i].again = append(quotes[i].again, s)
			}
		}
	}
	return quotes
}

// What a sentence has that says something alone: this many words, or this many
// where it does not end as sentences do.
const fewestAlone, fewestUnended = 4, 8

// isFragment reports whether a text is a row of a table, a heading or an item
// of a few words: beside another answer these say nothing without what stands
// around them.
func isFragment(text string) bool {
	words := lang.WordCount(listItem.ReplaceAllString(text, ""))
	ended := strings.ContainsAny(text[len(text)-1:], ".!?;:)\"") || strings.HasSuffix(text, "»") || strings.HasSuffix(text, "…")
	return strings.Contains(text, " | ") || words < fewestAlone || words < fewestUnended && !ended
}

// likelihoods are those of the sentences to answer and of their documents to
// be the right ones, if any of them is.
func likelihoods(ranked []sentence) ([]float64, map[rag.DocumentID]float64) {
	odds := make([]float64, len(ranked))
	var sum float64
	for i, s := range ranked {
		odds[i] = math.Exp(s.score - ranked[0].score)
		sum += odds[i]
	}
	documents := make(map[rag.DocumentID]float64)
	for i, s := range ranked {
		odds[i] /= sum
		documents[s.reading.hit.ID.Document] += odds[i]
	}
	return odds, documents
}

// passageQuote is a run of sentences of a passage that is quoted as one.
type passageQuote struct {
	hit rag.Hit
	// first and last are the numbers of its sentences.
	first, last int
	span        lang.Span
	// part is set where it is a part of one sentence.
	part bool
	// sentence is what it is of, said its words, folded, to know again what
	// says the same.
	sentence string
	said     map[string]bool
	// again are sentences elsewhere that say the same.
	again []sentence
}

// quote quotes a sentence, with the one before it where it leans on that, or a
// part of it where it is too long.
func (q *inquiry) quote(s sentence) passageQuote {
	p := passageQuote{hit: s.reading.hit, first: s.number, last: s.number, span: q.excerpt(s), sentence: s.text(), said: saidBy(s.text())}
	if p.span != s.span {
		p.part = true
		return p
	}
	for p.last+1 < len(s.reading.sentences) && s.reading.sentences[p.last+1].Start < p.span.End {
		p.last++
	}
	if s.number > 0 && s.reading.leansBack(s.span) {
		before := s.reading.sentences[s.number-1]
		if lang.WordCount(p.hit.Text[before.Start:p.span.End]) <= widest {
			p.first, p.span.Start = s.number-1, before.Start
		}
	}
	return p
}

func (q passageQuote) text() string { return q.hit.Text[q.span.Start:q.span.End] }

// holds reports whether a sentence is part of the quote.
func (q passageQuote) holds(s sentence) bool {
	return s.reading.hit.ID == q.hit.ID && s.number >= q.first && s.number <= q.last
}

// sameness is the share of common words from which on two sentences say the
// same: all but one in ten, as they differ by in copies and new versions.
const sameness = 0.9

// repeats reports whether a sentence has the words of the quote.
func (q passageQuote) repeats(s sentence) bool {
	// Most are told apart by their length.
	if n, m := float64(len(s.text())), float64(len(q.sentence)); n < sameness*sameness*m || m < sameness*sameness*n {
		return false
	}
	said := saidBy(s.text())
	common := 0
	for w := range said {
		if q.said[w] {
			common++
		}
	}
	return float64(common) >= sameness*float64(max(len(said), len(q.said)))
}

func saidBy(text string) map[string]bool {
	said := make(map[string]bool)
	for _, w := range lang.Words("", text) {
		said[w.Surface] = true
	}
	return said
}

// joined makes one quote of two that touch or overlap, in the order of the
// text.
func joined(a, b passageQuote) []passageQuote {
	if a.part || b.part || a.hit.ID != b.hit.ID || b.first > a.last+1 || a.first > b.last+1 {
		return []passageQuote{a, b}
	}
	a.first, a.last = min(a.first, b.first), max(a.last, b.last)
	a.span = lang.Span{Start: min(a.span.Start, b.span.Start), End: max(a.span.End, b.span.End)}
	a.sentence, a.said = a.text(), saidBy(a.text())
	return []passageQuote{a}
}

// draft makes the quote a claim with all the places that say it.
func (q passageQuote) draft() verify.Draft {
	d := verify.Draft{Text: lang.OneLine(q.text()), Quotes: []verify.DraftQuote{{Passage: q.hit.ID, Text: q.text()}}}
	cited := []rag.DocumentID{q.hit.ID.Document}
	for _, s := range q.again {
		if id := s.reading.hit.ID; !slices.Contains(cited, id.Document) {
			cited = append(cited, id.Document)
			d.Quotes = append(d.Quotes, verify.DraftQuote{Passage: id, Text: s.text()})
		}
	}
	return d
}
