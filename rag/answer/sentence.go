package answer

import (
	"regexp"
	"slices"
	"strings"

	"docent/rag"
	"docent/rag/extract"
	"docent/rag/lang"
)

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
