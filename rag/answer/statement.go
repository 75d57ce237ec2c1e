package answer

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"docent/rag"
	"docent/rag/extract"
	"docent/rag/lang"
	"docent/rag/verify"
)

// statement is what an answer says: runs of one document's text, with what they are
// read with.
type statement struct {
	// text is the statement for reading, own whether it is more than its quote.
	text   string
	own    bool
	quotes []quote
}

// quote is a run of a document's text in one of its passages.
type quote struct {
	hit     rag.Hit
	span    lang.Span
	context []lang.Span
}

func (s statement) document() rag.DocumentInfo { return s.quotes[0].hit.Document }

// holds reports whether a run of a document is quoted already.
func (s statement) holds(document rag.DocumentID, span lang.Span) bool {
	return slices.ContainsFunc(s.quotes, func(q quote) bool {
		return q.hit.ID.Document == document && span.Start >= q.span.Start && span.End <= q.span.End
	})
}

// quoted is the statement of a run of a document's text in its own words.
func quoted(q quote, text string) statement {
	verbatim := lang.OneLine(text[q.span.Start:q.span.End])
	s := statement{text: withoutMarks(verbatim), quotes: []quote{q}}
	s.own = s.text != verbatim
	return s
}

// draft is the statement as it is verified.
func (s statement) draft(texts map[rag.DocumentID]string) verify.Draft {
	d := verify.Draft{Text: s.text, Own: s.own}
	for _, q := range s.quotes {
		text := texts[q.hit.ID.Document]
		if q.span.End > len(text) {
			continue
		}
		d.Quotes = append(d.Quotes, verify.DraftQuote{Passage: q.hit.ID, Text: text[q.span.Start:q.span.End], Span: q.span, Context: q.context})
	}
	return d
}

// part is a unit with the passage that it is in.
type part struct {
	hit  rag.Hit
	unit rag.Unit
}

// is reports whether a candidate is the part.
func (p part) is(c extract.Candidate) bool { return p.hit.ID == c.Hit.ID && p.unit.Span == c.Unit.Span }

func (p part) text() string { return p.hit.Text[p.unit.Start-p.hit.Start : p.unit.End-p.hit.Start] }

func (p part) quote() quote { return quote{hit: p.hit, span: p.unit.Span, context: p.unit.Context} }

// mostPassages is how many passages of a list, on each side of the one that was
// found, are loaded for the rest of it.
const mostPassages = 24

// group loads the parts of what a unit is a part of, in order. Where they stand in
// other passages too, those are loaded.
func (r *reading) group(ctx context.Context, hit rag.Hit, group lang.Span) ([]part, error) {
	hits := []rag.Hit{hit}
	for _, step := range []int{-1, 1} {
		at := hit
		for n := 0; n < mostPassages && (step < 0 && at.Start > group.Start || step > 0 && at.End < group.End); n++ {
			found, err := r.Retriever.Library.Passages(ctx, r.audience, rag.PassageID{Document: at.ID.Document, N: at.ID.N + step})
			if err != nil {
				return nil, fmt.Errorf("load the passages of a list: %w", err)
			}
			if len(found) == 0 {
				break
			}
			at = rag.Hit{Located: found[0]}
			hits = append(hits, at)
		}
	}
	slices.SortFunc(hits, func(a, b rag.Hit) int { return rag.ComparePassages(a.ID, b.ID) })
	var parts []part
	for _, h := range hits {
		for _, u := range rag.UnitsOf(h.Passage) {
			if u.Group == group && u.Kind != rag.Lead {
				parts = append(parts, part{hit: h, unit: u})
			}
		}
	}
	return parts, nil
}

// widest is the number of words up to which a sentence that leans back is quoted
// with the one that it leans on, and widestUnsure that up to which one is quoted with
// others that may answer instead.
const widest, widestUnsure = 45, 60

// A sentence that answers with less than sureAlone is quoted with those of its
// passage that score less by rivals at most. Both were chosen by "docent eval" on
// thirty documents of ../shared/train/questions in ordinary words and on the sample
// handbook: up to 1.5 and 2.5, more is right at the same share of wrong answers.
const (
	sureAlone = 0.8
	rivals    = 2.5
)

// readable is the span of a sentence as it can be read alone: with the sentence
// before it where it leans on that, or a part of it where it is too long.
func (r *reading) readable(c extract.Candidate, text string) lang.Span {
	span := c.Unit.Span
	if lang.WordCount(text[span.Start:span.End]) > longestQuote {
		return r.excerpt(text, span, language(c.Hit))
	}
	units := rag.UnitsOf(c.Hit.Passage)
	before := slices.IndexFunc(units, func(u rag.Unit) bool { return u.Span == span }) - 1
	if before >= 0 && units[before].Kind == rag.Sentence && lang.LeansBack(lang.Words(language(c.Hit), text[span.Start:span.End])) &&
		lang.WordCount(text[units[before].Start:span.End]) <= widest {
		span.Start = units[before].Start
	}
	return r.widened(c, span, text)
}

// widened is the run of sentences around one that has those of its passage which are
// about as likely to answer: a reader finds the answer among three sentences, and not
// in the wrong one of them. What is asked for by its number or code stands alone.
func (r *reading) widened(c extract.Candidate, span lang.Span, text string) lang.Span {
	if c.Probability >= sureAlone || len(r.qualifiers.identifiers) > 0 {
		return span
	}
	for _, o := range r.admitted {
		if o.Hit.ID != c.Hit.ID || o.Score < c.Score-rivals {
			continue
		}
		run := lang.Span{Start: min(span.Start, o.Unit.Start), End: max(span.End, o.Unit.End)}
		if isProse(c.Hit, run, text) && lang.WordCount(text[run.Start:run.End]) <= widestUnsure {
			span = run
		}
	}
	return span
}

// isProse reports whether a run of a passage is whole sentences of one paragraph with
// nothing between them: struck text and the like is in no unit.
func isProse(h rag.Hit, run lang.Span, text string) bool {
	at := run.Start
	for _, u := range rag.UnitsOf(h.Passage) {
		if u.End <= run.Start || u.Start >= run.End {
			continue
		}
		if u.Kind != rag.Sentence || u.Start < at || strings.TrimSpace(text[at:u.Start]) != "" || strings.Contains(text[at:u.Start], "\n\n") {
			return false
		}
		at = u.End
	}
	return at == run.End
}

// noteMark is the mark of a footnote in a text, which would look like a citation's.
var noteMark = regexp.MustCompile(`[ \x{a0}\x{202f}]?\[\^?\d{1,3}\]|[⁰¹²³⁴-⁹]+`)

// withoutMarks is a text without the marks of its footnotes.
func withoutMarks(text string) string {
	if !strings.ContainsAny(text, "[⁰¹²³⁴⁵⁶⁷⁸⁹") {
		return text
	}
	return noteMark.ReplaceAllStringFunc(text, func(mark string) string {
		if strings.HasPrefix(mark, "²") || strings.HasPrefix(mark, "³") {
			return mark // m², km³
		}
		return ""
	})
}

// withNotes joins the notes on a sentence to it.
func (r *reading) withNotes(s statement, text string) statement {
	quoted := s.quotes[0].span
	for _, h := range r.found.Hits {
		if h.ID.Document != s.quotes[0].hit.ID.Document {
			continue
		}
		for _, u := range rag.UnitsOf(h.Passage) {
			on := u.Kind == rag.Note && u.End <= len(text) && len(u.Context) > 0 && u.Span != quoted
			if last := len(u.Context) - 1; on && quoted.Start <= u.Context[last].Start && u.Context[last].End <= quoted.End {
				s.text += " " + withoutMarks(lang.OneLine(text[u.Start:u.End]))
				s.own = true
				s.quotes = append(s.quotes, quote{hit: h, span: u.Span})
			}
		}
	}
	s.text = strings.TrimSpace(s.text)
	return s
}

// What is quoted of a sentence that is too long to be read at a glance, as those of
// law and of tables that lost their lines are.
const (
	// longestQuote is the number of words up to which a sentence is quoted whole,
	// excerptWords how many an excerpt has at most and fewestWords at least.
	longestQuote = 100
	excerptWords = 60
	fewestWords  = 4
)

// excerpt is the run of clauses of a long sentence that holds most of the question,
// and a figure that it does not have.
func (r *reading) excerpt(text string, s lang.Span, language string) lang.Span {
	cuts := clauseCuts(text, s)
	best, most := s, -1.0
	for i := range cuts[:len(cuts)-1] {
		for _, end := range cuts[i+1:] {
			part := lang.TrimSpan(text, lang.Span{Start: cuts[i], End: end})
			n := lang.WordCount(text[part.Start:part.End])
			if n > excerptWords {
				break
			}
			if worth := r.worth(text[part.Start:part.End], language) - float64(n)/100; worth > most && n >= fewestWords {
				best, most = part, worth
			}
		}
	}
	return best
}

// figureWorth is what a figure that the question does not have counts beside a word
// that it has.
const figureWorth = 1

func (r *reading) worth(text, language string) float64 {
	sum := 0.0
	for _, w := range r.met(text) {
		sum += w.IDF
	}
	if n := lang.Numbers(language, text); len(n) > 0 {
		sum += figureWorth
	}
	return sum
}

// clauseEnd is a mark that ends a clause, or what stands before a bullet or a dash.
var clauseEnd = regexp.MustCompile(`[,;:)][\s\x{a0}]|[ \n][•–—-][\s\x{a0}]|\n`)

// clauseCuts are the offsets at which a sentence may be cut, its own ends included.
func clauseCuts(text string, s lang.Span) []int {
	cuts := []int{s.Start}
	for _, at := range clauseEnd.FindAllStringIndex(text[s.Start:s.End], -1) {
		cuts = append(cuts, s.Start+at[0]+1)
	}
	return append(cuts, s.End)
}
