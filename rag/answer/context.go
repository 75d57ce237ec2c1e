package answer

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"docent/prompts"
	"docent/rag"
	"docent/rag/lang"
	"docent/rag/verify"
)

// piece is a run of a document's text as a model is given it: a passage, or
// several that follow each other.
type piece struct {
	// hits are in the order of the text, rank is the best one's.
	hits []rag.Hit
	rank int
	span lang.Span
	// text is the document's within the span, less what gives orders.
	text string
}

// bytesPerToken is how much of a text a token holds, at least: English comes to
// four, French to three and a half in the usual vocabularies.
const bytesPerToken = 3

// headTokens are what the lines around a piece cost.
const headTokens = 40

// pack makes pieces of the best hits, as many as the budget holds, in tokens.
// Passages that follow each other become one piece.
func pack(evidence []rag.Hit, texts map[rag.DocumentID]string, budget int) []piece {
	var chosen []piece
	for rank, h := range evidence {
		text, ok := texts[h.ID.Document]
		if !ok || h.End > len(text) {
			continue
		}
		span := lang.Span{Start: h.Start, End: h.End}
		if room := (budget - headTokens) * bytesPerToken; h.End-h.Start > room {
			if len(chosen) > 0 {
				continue
			}
			span.End = h.Start + sentencesWithin(text[h.Start:h.End], room)
		}
		budget -= (span.End-span.Start)/bytesPerToken + headTokens
		chosen = append(chosen, piece{hits: []rag.Hit{h}, rank: rank, span: span})
	}
	return merged(chosen, texts)
}

// sentencesWithin is the length of the sentences that fit.
func sentencesWithin(text string, most int) int {
	end := 0
	for _, s := range lang.Sentences(text) {
		if s.End > most {
			break
		}
		end = s.End
	}
	if end == 0 {
		end = len(lang.FirstBytes(text, max(0, min(most, len(text)))))
	}
	return end
}

// merged puts passages together that follow each other, and keeps the order of
// the best of them.
func merged(pieces []piece, texts map[rag.DocumentID]string) []piece {
	slices.SortFunc(pieces, func(a, b piece) int { return rag.ComparePassages(a.hits[0].ID, b.hits[0].ID) })
	var list []piece
	for _, p := range pieces {
		if n := len(list); n > 0 {
			last := &list[n-1]
			before := last.hits[len(last.hits)-1]
			if before.ID.Document == p.hits[0].ID.Document && before.ID.N+1 == p.hits[0].ID.N && last.span.End == before.End {
				last.hits = append(last.hits, p.hits...)
				last.rank, last.span.End = min(last.rank, p.rank), max(last.span.End, p.span.End)
				continue
			}
		}
		list = append(list, p)
	}
	slices.SortFunc(list, func(a, b piece) int { return cmp.Compare(a.rank, b.rank) })
	kept := list[:0]
	for _, p := range list {
		p.text = verify.WithoutOrders(texts[p.hits[0].ID.Document][p.span.Start:p.span.End])
		if strings.TrimSpace(p.text) != "" {
			kept = append(kept, p)
		}
	}
	return kept
}

// place says where a piece stands, on one line.
func (p piece) place() string {
	h := p.hits[0]
	path := append([]string{h.Document.Title}, h.Heading...)
	if len(path) > 1 && path[0] == path[1] {
		path = path[1:]
	}
	place := lang.OneLine(strings.Join(path, " — "))
	if h.Document.Date != "" {
		place += " (" + h.Document.Date + ")"
	}
	if verify.GivesOrders(place) {
		return ""
	}
	return verify.SafeText(place)
}

// prompt shows pieces to a model.
func prompt(language, question string, pieces []piece) prompts.Prompt {
	q := prompts.Question{Question: lang.OneLine(question), Language: language, Mark: hashOf(namesOf(pieces)...)[:markLength]}
	for i, p := range pieces {
		q.Passages = append(q.Passages, prompts.Passage{N: i + 1, Place: p.place(), Text: p.text})
	}
	return prompts.Answer(q)
}

// markLength is that of a mark, in hexadecimal digits: it parts what a model is shown
// from what that says.
const markLength = 8

// hashOf names texts. No document can hold the hash of what holds it, so that the
// marks made of it part evidence from everything else.
func hashOf(texts ...string) string {
	h := sha256.New()
	for _, text := range texts {
		fmt.Fprintf(h, "%q\n", text)
	}
	return hex.EncodeToString(h.Sum(nil))
}

// namesOf name the evidence: documents, places and texts.
func namesOf(pieces []piece) []string {
	var names []string
	for _, p := range pieces {
		names = append(names, fmt.Sprintf("%s %v", p.hits[0].ID.Document, p.span), p.place(), p.text)
	}
	return names
}

// locate finds a quote in the pieces that it names, or else in the others: a
// number is easily mistaken, words are not. A quote that names only pieces that
// were not given is none; one without any number may be anywhere.
func locate(q writtenQuote, pieces []piece, texts map[rag.DocumentID]string) []verify.DraftQuote {
	var named []piece
	for _, n := range q.passages {
		if n >= 1 && n <= len(pieces) {
			named = append(named, pieces[n-1])
		}
	}
	if len(q.passages) > 0 && len(named) == 0 {
		return nil
	}
	for _, runs := range q.quoteForms() {
		for _, p := range append(named, pieces...) {
			if found := p.quotes(runs, texts[p.hits[0].ID.Document]); found != nil {
				return found
			}
		}
	}
	return nil
}

// fewestQuoted is the number of words below which a quote is taken with its
// sentence: "10 milliards" alone says nothing of what.
const fewestQuoted = 4

// quotes are the runs where they stand in the piece, nil unless all do.
func (p piece) quotes(runs []string, text string) []verify.DraftQuote {
	within := text[p.span.Start:p.span.End]
	var found []verify.DraftQuote
	for _, run := range runs {
		pattern, _ := verify.Comparable(run)
		if pattern == "" {
			return nil
		}
		span, ok := verify.Find(within, pattern)
		if !ok {
			return nil
		}
		span = lang.TrimSpan(text, lang.Span{Start: p.span.Start + span.Start, End: p.span.Start + span.End})
		hit := p.hitAt(span.Start)
		if lang.WordCount(text[span.Start:span.End]) < fewestQuoted {
			span = sentenceAround(text, lang.Span{Start: hit.Start, End: hit.End}, span)
		}
		found = append(found, verify.DraftQuote{Passage: hit.ID, Text: text[span.Start:span.End]})
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
