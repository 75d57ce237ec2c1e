package answer

import (
	"slices"
	"strings"

	"docent/rag"
	"docent/rag/lang"
	"docent/rag/verify"
)

// locate finds a quote in the pieces that it names, or else in the others: a
// number is easily mistaken, words are not. A quote without words is what the pieces
// that it names say of the claim.
func locate(q writtenQuote, claim string, v *view) []verify.DraftQuote {
	var pieces []piece
	for _, n := range q.passages {
		if n >= 1 && n <= len(v.pieces) {
			pieces = append(pieces, v.pieces[n-1])
		}
	}
	if len(q.lines) == 0 {
		return supporting(claim, pieces)
	}
	pieces = append(pieces, v.pieces...)
	forms := q.quoteForms()
	for nearly, find := range []func(string, string) (lang.Span, bool){exactly, verify.Near} {
		tried := make(map[string]bool)
		for _, runs := range forms {
			words := plain(strings.Join(runs, " … "))
			if nearly > 0 && tried[words] {
				continue // only its marks are others
			}
			tried[words] = true
			for _, p := range pieces {
				if found := p.quotes(runs, find); found != nil {
					return found
				}
			}
		}
	}
	return nil
}

// exactly finds words as they are, but for how they are set.
func exactly(text, quote string) (lang.Span, bool) {
	pattern, _ := verify.Comparable(quote)
	if pattern == "" {
		return lang.Span{}, false
	}
	return verify.Find(text, pattern)
}

// fewestQuoted is the number of words below which a quote is taken with its
// sentence: "10 milliards" alone says nothing of what. So are the parts of one that
// is put together of several, which says what none of its sentences does.
const fewestQuoted = 4

// quotes are the runs where they stand in the piece, nil unless all do.
func (p piece) quotes(runs []string, find func(text, quote string) (lang.Span, bool)) []verify.DraftQuote {
	var found []verify.DraftQuote
	for _, run := range runs {
		span, ok := find(p.text, run)
		if !ok {
			return nil
		}
		span = lang.TrimSpan(p.text, span)
		hit := p.hitAt(p.span.Start + span.Start)
		if len(runs) > 1 || lang.WordCount(p.text[span.Start:span.End]) < fewestQuoted {
			span = sentenceAround(p.text, lang.Span{Start: max(0, hit.Start-p.span.Start), End: min(len(p.text), hit.End-p.span.Start)}, span)
		}
		found = append(found, verify.DraftQuote{Passage: hit.ID, Text: p.text[span.Start:span.End]})
	}
	return found
}

func (p piece) hitAt(offset int) rag.Hit {
	for _, h := range p.hits {
		if offset < h.End {
			return h
		}
	}
	return p.hits[len(p.hits)-1]
}

// sentenceAround is the sentence of a passage that a span lies in, or the span.
func sentenceAround(text string, passage, span lang.Span) lang.Span {
	for _, s := range lang.Sentences(text[passage.Start:passage.End]) {
		s.Start, s.End = s.Start+passage.Start, s.End+passage.Start
		if s.Start <= span.Start && span.End <= s.End {
			return s
		}
	}
	return span
}

// mostSupporting is how many sentences are taken for the quotes of a claim that has
// none of its own.
const mostSupporting = 2

// supporting are the sentences of the pieces that have most of a claim's words, each
// with words that those before it have not.
func supporting(claim string, pieces []piece) (found []verify.DraftQuote) {
	words := lang.Words("", claim)
	words = slices.DeleteFunc(words, func(w lang.Word) bool { return lang.IsStopAnywhere(w.Surface) })
	for len(found) < mostSupporting && len(words) > 0 {
		var best verify.DraftQuote
		var left []lang.Word
		for _, p := range pieces {
			for _, s := range lang.Sentences(p.text) {
				text := p.text[s.Start:s.End]
				said := lang.Words("", text)
				lacking := slices.DeleteFunc(slices.Clone(words), func(w lang.Word) bool { return verify.HasWord(said, w) })
				if len(lacking) < len(words) && (best.Text == "" || len(lacking) < len(left)) {
					best, left = verify.DraftQuote{Passage: p.hitAt(p.span.Start + s.Start).ID, Text: text}, lacking
				}
			}
		}
		if best.Text == "" {
			return found
		}
		found, words = append(found, best), left
	}
	return found
}
