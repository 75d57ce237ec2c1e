package rag

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"docent/rag/lang"
)

// sentence is a candidate for an extractive answer.
type sentence struct {
	// hit is the index of the hit that it stands in.
	hit      int
	passage  PassageID
	document DocumentInfo
	text     string
	score    float64
	// covers is the share of the question's information that the sentence,
	// with the title and headings above it, accounts for.
	covers float64
}

// How the parts of a sentence's score weigh. Found on the dev sets.
const (
	// coverWeight is for the question's words in the sentence itself,
	// contextWeight for those in the rest of its passage and its headings.
	coverWeight   = 1.0
	contextWeight = 0.45
	// rankWeight is for the fused score of the passage.
	rankWeight = 0.35
	// kindWeight is for saying the kind of thing that was asked for.
	kindWeight = 0.25
	// nearWeight is for a cognate or a misspelt word instead of the word.
	nearWeight = 0.6
	// secondShare is how close to the best a further sentence must come.
	secondShare = 0.92
)

// bestSentences ranks the sentences of the hits for the question.
func bestSentences(question asked, language string, words []queryWord, hits []Hit) []sentence {
	var all []sentence
	for i, h := range hits {
		context := matches(words, termSet(h.Located))
		spans := lang.Sentences(h.Text)
		for k, s := range spans {
			end := listEnd(h.Text, spans[k:])
			c := sentence{hit: i, passage: h.ID, document: h.Document, text: h.Text[s.Start:end]}
			c.rate(question, language, words, h, context)
			all = append(all, c)
		}
	}
	slices.SortStableFunc(all, func(a, b sentence) int { return cmp.Compare(b.score, a.score) })
	return all
}

// longestList bounds, in bytes, what is quoted of a list with its lead-in.
const longestList = 600

// listEnd is the end of the first sentence or, where it leads in a list, of
// the list: "needed in three cases:" is half an answer.
func listEnd(text string, spans []lang.Span) int {
	end := spans[0].End
	if !strings.HasSuffix(text[:end], ":") {
		return end
	}
	for _, s := range spans[1:] {
		item := text[s.Start:s.End]
		more := strings.HasSuffix(item, ";") || strings.HasSuffix(text[:end], ";") || listItem.MatchString(item)
		if !more || !strings.Contains(text[end:s.Start], "\n") || s.End-spans[0].Start > longestList {
			break
		}
		end = s.End
	}
	return end
}

var listItem = regexp.MustCompile(`^([-*+•–—◦]|\d{1,3}[.)])\s`)

// matches tells, for each word, how well the terms meet it, from 0 to 1.
func matches(words []queryWord, terms map[string]bool) []float64 {
	shares := make([]float64, len(words))
	for i, w := range words {
		shares[i] = w.match(terms)
	}
	return shares
}

// rate scores the sentence for the words it has itself and, for less, those
// that the passage and its headings have around it.
func (s *sentence) rate(question asked, language string, words []queryWord, h Hit, context []float64) {
	here := matches(words, sentenceTerms(h, s.text))
	var total, inside, above float64
	for i, w := range words {
		total += w.idf
		inside += w.idf * here[i]
		above += w.idf * max(0, context[i]-here[i])
	}
	if total == 0 {
		return
	}
	s.covers = (inside + above) / total
	s.score = coverWeight*inside/total + contextWeight*above/total + rankWeight*h.Score
	if inside > 0 && says(question, language, s.text, words) {
		s.score += kindWeight
	}
	s.score -= lengthPenalty(s.text)
}

// lengthPenalty prefers a sentence that can be read at a glance to a fragment
// and to a paragraph.
func lengthPenalty(text string) float64 {
	n := len(strings.Fields(text))
	switch {
	case n < 4:
		return 0.3
	case n > 60:
		return 0.1
	}
	return 0
}

func sentenceTerms(h Hit, text string) map[string]bool {
	language := cmp.Or(h.Language, h.Document.Language)
	set := make(map[string]bool)
	for _, w := range lang.Words(language, text) {
		set[w.Surface] = true
		set[w.Stem] = true
	}
	return set
}

// match is 1 when one of the word's terms is there, nearWeight for a cognate
// or a misspelling of it, else 0.
func (w queryWord) match(terms map[string]bool) float64 {
	for _, t := range w.terms {
		if terms[t] {
			return 1
		}
	}
	if utf8.RuneCountInString(w.surface) >= 6 {
		for t := range terms {
			if akin(w.surface, t) {
				return nearWeight
			}
		}
	}
	return 0
}

// akin reports whether two folded words share their first letters to two
// thirds of the shorter one, as cognates and inflected forms do, and at least
// five of them.
func akin(a, b string) bool {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return n >= 5 && 3*n >= 2*min(len(a), len(b)) && 2*n >= max(len(a), len(b))
}

// says reports whether a text says the kind of thing that was asked for, over
// and above what the question itself says.
func says(question asked, language, text string, words []queryWord) bool {
	switch question {
	case askedWhen:
		return len(lang.Dates(language, text)) > 0
	case askedHowMany:
		return len(lang.Numbers(language, text)) > 0
	case askedHowMuch:
		return slices.ContainsFunc(lang.Numbers(language, text), func(n lang.Number) bool { return n.Unit != "" })
	case askedWho, askedWhere:
		return hasNewName(text, words)
	case askedWhy:
		return containsAny(lang.Fold(text), causes)
	case askedList:
		return strings.Count(text, ",") >= 2 || strings.HasSuffix(text, ":")
	case askedAnything:
	}
	return false
}

var causes = []string{
	"parce qu", "car ", "puisque", "en raison", "afin d", "pour que", "grace a", "a cause", "c'est pourquoi", "du fait", "permet",
	"because", "since ", "due to", "in order to", "so that", "therefore", "as a result", "owing to", "reason",
}

func containsAny(text string, parts []string) bool {
	return slices.ContainsFunc(parts, func(p string) bool { return strings.Contains(text, p) })
}

// hasNewName reports whether a capitalised word stands inside the text that
// the question did not bring.
func hasNewName(text string, words []queryWord) bool {
	for i, w := range lang.Words("", text) {
		r, _ := utf8.DecodeRuneInString(text[w.Start:])
		if i == 0 || !unicode.IsUpper(r) {
			continue
		}
		if !slices.ContainsFunc(words, func(q queryWord) bool { return q.surface == w.Surface }) {
			return true
		}
	}
	return false
}
