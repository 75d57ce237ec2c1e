package verify

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"docent/rag"
	"docent/rag/lang"
)

// Draft is a claim before verification: a sentence and the quotes that are
// said to bear it. Whoever made it, the extractive answerer or a model, is not
// believed.
type Draft struct {
	Text   string
	Quotes []DraftQuote
	// Own is set where the text is docent's own: put together of its quotes and
	// what they are read with, or computed from them. It is not held against them.
	Own bool
}

// DraftQuote is words that are said to stand in a passage of the evidence.
type DraftQuote struct {
	Passage rag.PassageID
	Text    string
	// Span is where the words stand in the document's text, empty where they have
	// to be looked for.
	Span lang.Span
	// Context are the runs of the text that they are read with.
	Context []lang.Span
}

// Verification is what is left of drafts.
type Verification struct {
	Claims    []rag.Claim
	Citations []rag.Citation
	// Dropped counts the claims that no quote was left to bear, and those
	// which say something that their quotes do not.
	Dropped int
}

// Verify keeps the drafts that the evidence bears: each quote is located in
// its document's text, each number, date and name of a claim must stand in its
// quotes, and what they deny may not be asserted. texts holds the documents of
// the evidence.
//
// Two quotes of the same run of text become one citation. Of claims that are
// word for word the same, the first is kept and gets the citations of all.
func Verify(drafts []Draft, evidence []rag.Hit, texts map[rag.DocumentID]string) Verification {
	v := Verifier{Evidence: evidence, Texts: texts}
	var done Verification
	for _, d := range drafts {
		j := v.Grade(d)
		switch {
		case j.Grade == rag.Refuted:
			done.Dropped++
		case !done.merge(d.Text, j.Citations):
			done.Add(d.Text, j.Citations, j.Grade)
		}
	}
	return done
}

// Verifier holds drafts against the evidence.
type Verifier struct {
	Evidence []rag.Hit
	Texts    map[rag.DocumentID]string
	// Language is the claims', "" to have it detected.
	Language string
	// Question is what the claims answer, for those that say no more than yes or no.
	Question string
	Alike    *Likeness
}

// Judgement is what came of a draft.
type Judgement struct {
	Grade rag.Grade
	// Reasons say why a draft is not proven, or what was computed for it.
	Reasons []string
	// Citations are its quotes as they were found, not numbered yet; none for what
	// is refuted because it would make something happen.
	Citations []rag.Citation
	// Contradicted is set where the quotes speak of it and say otherwise.
	Contradicted bool
	// Support is the share of the claim's words that the quotes have.
	Support float64
	// Unsafe drafts would make something happen: a link, a mention, an order.
	Unsafe bool
}

// Grade locates the quotes of a draft and holds the claim against them.
func (v *Verifier) Grade(d Draft) Judgement {
	quotes := v.quotes(d)
	found := citationsOf(quotes)
	refuted := Judgement{Grade: rag.Refuted, Citations: found}
	switch {
	case acts(d.Text, found) || d.givesOrders(d.Text):
		return Judgement{Grade: rag.Refuted, Unsafe: true, Reasons: []string{"it links, mentions or commands"}}
	case len(found) == 0:
		refuted.Reasons = []string{"no quote of it stands in the documents"}
		return refuted
	case strings.TrimSpace(d.Text) == "":
		return refuted
	case d.Own:
		return Judgement{Grade: rag.Proven, Citations: found}
	}
	text, reason := plainCharacters(d.Text)
	if reason != "" {
		refuted.Reasons = []string{reason}
		return refuted
	}
	language := cmp.Or(v.Language, lang.DetectQuestion(text))
	if rest := withoutYes(text); rest != "" {
		text = rest
	} else if text = v.Question; text == "" {
		refuted.Reasons = []string{"it says nothing that could be held against a quote"}
		return refuted
	}
	examine := (*evidence).examine
	if isQuote(d.Text, found) {
		examine = (*evidence).examineQuote
		language = cmp.Or(quotes[0].language, language)
	}
	x := examine(v.evidence(quotes), language, text)
	refuted.Support = x.share()
	switch {
	case len(x.wrong) > 0:
		refuted.Reasons, refuted.Contradicted = x.wrong, x.contradicted
		return refuted
	case isQuote(text, found):
		return Judgement{Grade: rag.Proven, Support: 1, Citations: v.agreeing(language, text, quotes)}
	case len(x.doubts) > 0 || text == v.Question:
		return Judgement{Grade: rag.Read, Reasons: x.doubts, Support: refuted.Support, Citations: v.agreeing(language, text, quotes)}
	}
	return Judgement{Grade: rag.Proven, Support: refuted.Support, Citations: v.agreeing(language, text, quotes)}
}

// yesOrNo is what a claim answers before it says anything.
var yesOrNo = regexp.MustCompile(`(?i)^\s*(yes|no|oui|non|si)\s*[,.:;!–—-]+\s*`)

func withoutYes(text string) string {
	return yesOrNo.ReplaceAllString(text+" ", "")
}

// evidence is what the quotes say with all that they are read with.
func (v *Verifier) evidence(quotes []quotedIn) *evidence {
	e := new(evidence)
	for _, q := range quotes {
		language := cmp.Or(q.language, lang.Detect(q.Quote))
		text, inner := around(q.text, lang.Span{Start: q.Start, End: q.End})
		e.addQuote(language, text, inner)
		for _, c := range q.Context {
			e.add(language, c.Text, true)
		}
		for _, h := range append(slices.Clone(q.Heading), q.Title) {
			e.add(language, h, true)
		}
		e.dates = append(e.dates, q.Date)
	}
	e.prepare(v.Alike)
	return e
}

// agreeing are the citations of a supported claim less those that say the same as
// another but for a figure or the like, and do not bear the claim where that does.
func (v *Verifier) agreeing(language, claim string, quotes []quotedIn) []rag.Citation {
	bears := make([]bool, len(quotes))
	for i := range quotes {
		bears[i] = len(quotes) > 1 && len(v.evidence(quotes[i:i+1]).examine(language, claim).wrong) == 0
	}
	var kept []rag.Citation
	for i, q := range quotes {
		contradicted := slices.ContainsFunc(quotes, func(o quotedIn) bool { return Compare("", o.Quote, q.Quote) == Differing })
		if bears[i] || !contradicted || !slices.Contains(bears, true) {
			kept = append(kept, q.Citation)
		}
	}
	return kept
}

// quotedIn is a citation with the language of its passage and the text that it is
// of.
type quotedIn struct {
	rag.Citation
	language, text string
}

// Cite locates the quotes of a draft, each once, whatever it says; not numbered yet.
func (v *Verifier) Cite(d Draft) []rag.Citation { return citationsOf(v.quotes(d)) }

func (v *Verifier) quotes(d Draft) []quotedIn {
	var quotes []quotedIn
	for _, q := range d.Quotes {
		c, language, ok := v.citation(q)
		if !ok || slices.ContainsFunc(quotes, func(o quotedIn) bool { return c.SameRun(o.Citation) }) {
			continue
		}
		quotes = append(quotes, quotedIn{Citation: c, language: language, text: v.Texts[c.Document]})
	}
	return quotes
}

func citationsOf(quotes []quotedIn) []rag.Citation {
	found := make([]rag.Citation, len(quotes))
	for i, q := range quotes {
		found[i] = q.Citation
	}
	return found
}

// citation locates a quote in the document of a passage that was given as
// evidence; a passage that was not is no evidence, nor is a text that gives
// orders. The language is the passage's.
func (v *Verifier) citation(q DraftQuote) (rag.Citation, string, bool) {
	at := slices.IndexFunc(v.Evidence, func(h rag.Hit) bool { return h.ID == q.Passage })
	if at < 0 {
		return rag.Citation{}, "", false
	}
	hit := v.Evidence[at]
	text := v.Texts[q.Passage.Document]
	span, ok := q.locate(text, lang.Span{Start: hit.Start, End: hit.End})
	if !ok || q.givesOrders(paragraph(text, span)) {
		return rag.Citation{}, "", false
	}
	c := rag.Citation{
		Document: hit.Document.ID, URI: hit.Document.URI, Title: hit.Document.Title, Format: hit.Document.Format, Date: hit.Document.Date,
		Start: span.Start, End: span.End, Quote: text[span.Start:span.End], Context: excerpts(text, q.contextIn(hit, span)),
	}
	if q.Span != (lang.Span{}) {
		c.Heading, c.Page, c.Row = hit.Heading, hit.Page, hit.Row
	}
	// A quote found elsewhere in the document has another heading and page
	// than the passage that it was said to be from.
	for _, h := range append([]rag.Hit{hit}, v.Evidence...) {
		if h.ID.Document == c.Document && span.Start >= h.Start && span.End <= h.End {
			c.Heading, c.Page, c.Row = h.Heading, h.Page, h.Row
			break
		}
	}
	return c, cmp.Or(hit.Language, hit.Document.Language), true
}

// locate finds the words where they are said to stand, or else wherever they do.
func (q DraftQuote) locate(text string, near lang.Span) (lang.Span, bool) {
	if s := q.Span; s.Start < s.End && s.Start >= 0 && s.End <= len(text) && text[s.Start:s.End] == q.Text {
		return s, true
	}
	return Locate(text, q.Text, near)
}

// givesOrders reports whether a text speaks to a language model, as GivesOrders does
// where one has read it.
func (q DraftQuote) givesOrders(text string) bool {
	if q.Span != (lang.Span{}) {
		return givesOrders(text)
	}
	return GivesOrders(text)
}

func (d Draft) givesOrders(text string) bool {
	if len(d.Quotes) == 0 {
		return GivesOrders(text)
	}
	return d.Quotes[0].givesOrders(text)
}

// contextIn are the runs that a quote is read with: its own, or those of the unit that
// it is in.
func (q DraftQuote) contextIn(hit rag.Hit, s lang.Span) []lang.Span {
	if q.Span != (lang.Span{}) {
		return q.Context
	}
	for _, u := range hit.Units {
		if s.Start >= u.Start && s.End <= u.End {
			return u.Context
		}
	}
	return nil
}

// excerpts are runs of the text, less those that give orders.
func excerpts(text string, spans []lang.Span) []rag.Excerpt {
	var list []rag.Excerpt
	for _, s := range spans {
		if s.Start < 0 || s.Start >= s.End || s.End > len(text) || GivesOrders(text[s.Start:s.End]) {
			continue
		}
		list = append(list, rag.Excerpt{Start: s.Start, End: s.End, Text: text[s.Start:s.End]})
	}
	return list
}

// Add makes a claim of a supported draft, and returns it with the citations
// that it is the first to use.
func (v *Verification) Add(text string, found []rag.Citation, grade rag.Grade) (rag.Claim, []rag.Citation) {
	before := len(v.Citations)
	claim := rag.Claim{Text: text, Citations: v.numbers(found), Grade: grade}
	v.Claims = append(v.Claims, claim)
	return claim, v.Citations[before:]
}

// merge gives the citations to a claim that says the same already, and reports
// whether there is one.
func (v *Verification) merge(text string, found []rag.Citation) bool {
	i := v.Said(text)
	if i < 0 {
		return false
	}
	v.Claims[i].Citations = union(v.Claims[i].Citations, v.numbers(found))
	return true
}

// Said is the index of the claim that says the same, word for word; -1 for none.
func (v *Verification) Said(text string) int {
	folded := lang.Fold(text)
	return slices.IndexFunc(v.Claims, func(c rag.Claim) bool { return lang.Fold(c.Text) == folded })
}

// numbers returns the numbers of citations, giving the next one to each whose
// run of text was not cited before.
func (v *Verification) numbers(found []rag.Citation) []int {
	numbers := make([]int, 0, len(found))
	for _, c := range found {
		i := slices.IndexFunc(v.Citations, c.SameRun)
		if i < 0 {
			i = len(v.Citations)
			c.N = i + 1
			v.Citations = append(v.Citations, c)
		}
		if !slices.Contains(numbers, i+1) {
			numbers = append(numbers, i+1)
		}
	}
	return numbers
}

// startsSentence reports whether only punctuation stands between the word and
// the beginning of its sentence, where any word has a capital.
func startsSentence(sentences []lang.Span, s string, at int) bool {
	for _, span := range sentences {
		if at >= span.Start && at < span.End {
			return !strings.ContainsFunc(s[span.Start:at], lang.IsWordRune)
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
