package rag

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"docent/rag/lang"
)

// Draft is a claim before verification: a sentence and the quotes that are
// said to bear it. Whoever made it, the extractive answerer or a model, is not
// believed.
type Draft struct {
	Text   string
	Quotes []DraftQuote
}

// DraftQuote is words that are said to stand in a passage of the evidence.
type DraftQuote struct {
	Passage PassageID
	Text    string
}

// Verification is what is left of drafts.
type Verification struct {
	Claims    []Claim
	Citations []Citation
	// Dropped counts the claims that no quote was left to bear, and those
	// which say a number, date or name that their quotes do not.
	Dropped int
}

// Verify keeps the drafts that the evidence bears: each quote is located in
// its document's text, and each number, date and name of a claim must stand
// in its quotes. texts holds the documents of the evidence.
//
// Two quotes of the same run of text become one citation. Of claims that are
// word for word the same, the first is kept and gets the citations of all.
func Verify(drafts []Draft, evidence []Hit, texts map[DocumentID]string) Verification {
	v := verifier{evidence: evidence, texts: texts}
	for _, d := range drafts {
		v.add(d)
	}
	return v.done
}

type verifier struct {
	evidence []Hit
	texts    map[DocumentID]string
	done     Verification
}

func (v *verifier) add(d Draft) {
	var found []Citation
	for _, q := range d.Quotes {
		if c, ok := v.citation(q); ok {
			found = append(found, c)
		}
	}
	if len(found) == 0 || !borne(d.Text, found) {
		v.done.Dropped++
		return
	}
	numbers := make([]int, 0, len(found))
	for _, c := range found {
		if n := v.number(c); !slices.Contains(numbers, n) {
			numbers = append(numbers, n)
		}
	}
	for i, c := range v.done.Claims {
		if lang.Fold(c.Text) == lang.Fold(d.Text) {
			v.done.Claims[i].Citations = union(c.Citations, numbers)
			return
		}
	}
	v.done.Claims = append(v.done.Claims, Claim{Text: d.Text, Citations: numbers})
}

// citation locates a quote in the document of a passage that was given as
// evidence; a passage that was not is no evidence.
func (v *verifier) citation(q DraftQuote) (Citation, bool) {
	at := slices.IndexFunc(v.evidence, func(h Hit) bool { return h.ID == q.Passage })
	if at < 0 {
		return Citation{}, false
	}
	hit := v.evidence[at]
	text := v.texts[q.Passage.Document]
	span, ok := Locate(text, q.Text, lang.Span{Start: hit.Start, End: hit.End})
	if !ok {
		return Citation{}, false
	}
	c := Citation{
		Document: hit.Document.ID, URI: hit.Document.URI, Title: hit.Document.Title, Format: hit.Document.Format, Date: hit.Document.Date,
		Start: span.Start, End: span.End, Quote: text[span.Start:span.End],
	}
	// A quote found elsewhere in the document has another heading and page
	// than the passage that it was said to be from.
	if span.Start >= hit.Start && span.End <= hit.End {
		c.Heading, c.Page, c.Row = hit.Heading, hit.Page, hit.Row
	}
	return c, true
}

// number returns the number of the citation, giving it the next one when its
// run of text was not cited before.
func (v *verifier) number(c Citation) int {
	for _, known := range v.done.Citations {
		if known.Document == c.Document && known.Start == c.Start && known.End == c.End {
			return known.N
		}
	}
	c.N = len(v.done.Citations) + 1
	v.done.Citations = append(v.done.Citations, c)
	return c.N
}

// borne reports whether every number, date and name of a claim stands in the
// quotes.
func borne(claim string, citations []Citation) bool {
	said := factsOf(claim)
	var quoted facts
	for _, c := range citations {
		f := factsOf(c.Quote)
		quoted.values = append(quoted.values, f.values...)
		quoted.words = append(quoted.words, f.words...)
	}
	for _, value := range said.values {
		if !slices.Contains(quoted.values, value) {
			return false
		}
	}
	for _, name := range said.names {
		if !slices.Contains(quoted.words, name) {
			return false
		}
	}
	return true
}

// facts are the parts of a sentence that may not be made up: values of numbers
// and dates in canonical form, and names, folded.
type facts struct {
	values, names, words []string
}

func factsOf(s string) facts {
	var f facts
	language := lang.DetectQuestion(s)
	dates := lang.Dates(language, s)
	for _, d := range dates {
		f.values = append(f.values, d.Value)
	}
	inDate := func(at int) bool {
		return slices.ContainsFunc(dates, func(d lang.Date) bool { return at >= d.Start && at < d.End })
	}
	for _, n := range lang.Numbers(language, s) {
		if !inDate(n.Start) {
			f.values = append(f.values, n.Value)
		}
	}
	sentences := lang.Sentences(s)
	for _, w := range lang.Words("", s) {
		f.words = append(f.words, w.Surface)
		if inDate(w.Start) || startsSentence(sentences, s, w.Start) {
			continue
		}
		if r, _ := utf8.DecodeRuneInString(s[w.Start:]); unicode.IsUpper(r) {
			f.names = append(f.names, w.Surface)
		}
	}
	return f
}

// startsSentence reports whether only punctuation stands between the word and
// the beginning of its sentence, where any word has a capital.
func startsSentence(sentences []lang.Span, s string, at int) bool {
	for _, span := range sentences {
		if at >= span.Start && at < span.End {
			return !strings.ContainsFunc(s[span.Start:at], isWordRune)
		}
	}
	return true
}

func union(a, b []int) []int {
	for _, n := range b {
		if !slices.Contains(a, n) {
			a = append(a, n)
		}
	}
	return a
}
