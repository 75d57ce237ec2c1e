package extract

import (
	"cmp"
	"slices"
	"strings"

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

	sheet
}

// Whole reports whether the candidate is a whole list, table or answer.
func (c Candidate) Whole() bool { return c.Unit.Part == 0 && c.Unit.Group != (lang.Span{}) }

// Overlaps reports whether two candidates have text in common, as a list has with its
// items.
func (c Candidate) Overlaps(o Candidate) bool {
	return c.Hit.ID.Document == o.Hit.ID.Document && c.Unit.Start < o.Unit.End && o.Unit.Start < c.Unit.End
}

// sheet is what the ranker reads of a candidate.
type sheet struct {
	// tokens are those of the unit and then some of its context.
	tokens []token
	// best is how well each token meets the question at best, weighed by what
	// the word of the question tells.
	best []float32
	// met is how well each word of the question is met by the unit; with its context
	// and headings; with title and file name too; with the units beside it; and with
	// its whole passage.
	met      [rows][]float32
	measures measures
	// rough is a first guess of the score.
	rough float32
}

// The rows of sheet.met.
const (
	own = iota
	read
	titled
	beside
	around
	rows
)

// page is a hit with what its units have in common.
type page struct {
	hit      rag.Hit
	rank     int
	analysis *retrieve.Analysis
	// over are the words of headings, title and file name, met how they meet the
	// question, and whole with those of the passage.
	over                  []token
	tokens                []token // of the passage
	heading, title, whole []float32
	lexical               float64
	sibling               float64
}

// mostCandidates are held against the question word by word: those that look
// best at first sight.
const mostCandidates = 60

// candidates are the units of the hits, and the lists and answers that they are
// parts of.
func (q *inquiry) candidates(found retrieve.Result, embedder rag.Embedder) []Candidate {
	var all []Candidate
	for i := range found.Hits {
		p := q.page(found, i, embedder)
		for k, u := range p.analysis.Units {
			if u.Kind == rag.Lead {
				continue
			}
			all = append(all, q.candidate(p, k, u))
			if whole, ok := p.group(k); ok {
				all = append(all, q.candidate(p, k, whole))
			}
		}
	}
	slices.SortStableFunc(all, func(a, b Candidate) int { return cmp.Compare(b.rough, a.rough) })
	all = all[:min(len(all), mostCandidates)]
	for i := range all {
		q.measure(&all[i], found)
	}
	return all
}

// group is the group that unit number k begins in the passage.
func (p *page) group(k int) (rag.Unit, bool) {
	units := p.analysis.Units
	u := units[k]
	if u.Parts < 2 || k > 0 && units[k-1].Group == u.Group {
		return u, false
	}
	u.Span = lang.Span{Start: u.Start, End: min(u.Group.End, p.hit.End)}
	if u.Part == 1 {
		u.Start = u.Group.Start
	}
	u.Part, u.Cells = 0, nil
	return u, true
}

func (q *inquiry) page(found retrieve.Result, i int, embedder rag.Embedder) *page {
	h := found.Hits[i]
	p := &page{hit: h, rank: i, analysis: found.Analyses[h.ID]}
	if p.analysis == nil || !comparable(p.analysis.Vectors, q.vector) {
		p.analysis = retrieve.Analyse(h.Located, embedder)
	}
	title := h.Document.Title
	for _, text := range h.Heading {
		if text != title {
			p.over = append(p.over, q.tokens(text, lang.Words(p.analysis.Language, text))...)
		}
	}
	p.heading = q.met(p.over, nil)
	year, _, _ := strings.Cut(h.Document.Date, "-")
	name := title + " . " + year
	if !holdsOthers(found.Hits, h) {
		name += " . " + retrieve.FileWords(h.Document)
	}
	over := q.tokens(name, lang.Words(p.analysis.Language, name))
	p.title = q.met(over, slices.Clone(p.heading))
	p.over = append(p.over, over...)
	p.tokens = q.tokens(h.Text, p.analysis.Words)
	p.whole = q.met(p.tokens, slices.Clone(p.title))
	var best float64
	for _, other := range found.Hits {
		best = max(best, other.Lexical)
		if other.ID != h.ID && title != "" && other.Document.Title == title {
			p.sibling = max(p.sibling, other.Score)
		}
	}
	p.lexical = retrieve.Scaled(h.Lexical, best)
	return p
}

// within are the tokens of a run of the document's text.
func (p *page) within(s lang.Span) []token {
	from, to := p.analysis.Range(s)
	return p.tokens[from:to]
}

// met raises how well each word of the question is met by what the tokens do.
func (q *inquiry) met(tokens []token, met []float32) []float32 {
	if met == nil {
		met = make([]float32, len(q.words))
	}
	for _, t := range tokens {
		for i, x := range t.like {
			met[i] = max(met[i], x)
		}
	}
	return met
}

// share is the part of the question's information that is met.
func (q *inquiry) share(met []float32) float32 {
	if q.all == 0 {
		return 0
	}
	var sum float32
	for i, m := range met {
		sum += q.idf[i] * m
	}
	return sum / q.all
}

// candidate reads a unit for the question.
func (q *inquiry) candidate(p *page, k int, u rag.Unit) Candidate {
	h, a := p.hit, p.analysis
	text := h.Text[u.Start-h.Start : min(u.End, h.End)-h.Start]
	c := Candidate{Hit: h, Unit: u, Text: text}
	words := p.within(u.Span)
	c.tokens = slices.Clone(words[:min(len(words), mostRead)])
	c.met[own] = q.met(c.tokens, nil)
	if len(words) > mostRead {
		c.met[own] = q.met(words[mostRead:], c.met[own])
	}
	var context []token
	for _, s := range u.Context {
		if s.Start >= h.Start && s.End <= h.End {
			context = append(context, p.within(s)...)
		}
	}
	c.met[read] = q.met(context, greater(p.heading, c.met[own]))
	if k > 0 && u.Kind == a.Units[k-1].Kind && lang.LeansBack(a.Within(u.Span)) {
		q.met(p.within(a.Units[k-1].Span), c.met[read])
	}
	c.met[titled] = greater(c.met[read], p.title)
	c.met[beside] = slices.Clone(c.met[titled])
	for _, n := range []int{k - 1, k + 1} {
		if n >= 0 && n < len(a.Units) {
			q.met(p.within(a.Units[n].Span), c.met[beside])
		}
	}
	c.met[around] = greater(p.whole, c.met[beside])
	for _, t := range append(context, p.over...) {
		if len(c.tokens) >= mostRead+contextRead {
			break
		}
		t.shape |= above
		c.tokens = append(c.tokens, t)
	}
	c.best = make([]float32, len(c.tokens))
	for i, t := range c.tokens {
		for j, x := range t.like {
			c.best[i] = max(c.best[i], x*min(1, q.idf[j]/6))
		}
	}
	c.rough = 2*q.share(c.met[own]) + 2*q.share(c.met[titled]) + q.share(c.met[around]) + float32(h.Score)
	c.measures = q.placed(p, k, u)
	return c
}

// contextRead is how many words of its context a unit is read with.
const contextRead = 16

// greater is the greater of two for each word.
func greater(a, b []float32) []float32 {
	out := slices.Clone(a)
	for i, x := range b {
		out[i] = max(out[i], x)
	}
	return out
}

// holdsOthers reports whether a hit's file holds other documents too, as a file of
// records does: then its name says nothing of one.
func holdsOthers(hits []rag.Hit, h rag.Hit) bool {
	return slices.ContainsFunc(hits, func(o rag.Hit) bool { return o.Document.URI == h.Document.URI && o.Document.ID != h.Document.ID })
}

// comparable reports whether any of the vectors are of the dimension of the
// question's, which has none where nothing is compared.
func comparable(vectors [][]float32, question []float32) bool {
	return question == nil || slices.ContainsFunc(vectors, func(v []float32) bool { return len(v) == len(question) })
}
