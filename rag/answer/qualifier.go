package answer

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"docent/rag"
	"docent/rag/extract"
	"docent/rag/lang"
	"docent/rag/retrieve"
	"docent/rag/verify"
)

// qualifiers are what a question is about and an answer must be about too: names,
// years, and numbers that name a part. A word that says more generally what it is
// about is none of them: whether that is met is the ranker's to judge.
type qualifiers struct {
	names       []retrieve.QueryWord
	years       []string
	identifiers []identifier
}

// qualifiersOf reads those of a question.
func qualifiersOf(question string, found retrieve.Result) qualifiers {
	var q qualifiers
	for _, d := range lang.Dates(found.Language, question) {
		if year := d.Value[:len("2025")]; year[0] != '-' && !slices.Contains(q.years, year) && !isDecade(question[d.End:]) {
			q.years = append(q.years, year)
		}
	}
	q.identifiers = identifiersOf(found.Language, question, found.Hits)
	for _, w := range found.Words {
		numeral := strings.ContainsFunc(w.Surface, unicode.IsDigit)
		if w.Name && !numeral && !isCalendar(found.Language, w.Surface) && !q.identifies(w.Surface) && !onlyOpens(question, w.Surface) {
			q.names = append(q.names, w)
		}
	}
	return q
}

// isDecade reports whether what follows a year makes more of them of it: "the 1990s".
func isDecade(after string) bool {
	return strings.HasPrefix(after, "s") || strings.HasPrefix(after, "'s") || strings.HasPrefix(after, "’s")
}

// onlyOpens reports whether a word has its capital because it begins a sentence.
func onlyOpens(question, surface string) bool {
	sentences := lang.Sentences(question)
	for _, w := range lang.Words("", question) {
		if w.Surface == surface && !slices.ContainsFunc(sentences, func(s lang.Span) bool {
			return s.Start <= w.Start && !strings.ContainsFunc(question[s.Start:w.Start], lang.IsWordRune)
		}) {
			return false
		}
	}
	return true
}

// isCalendar reports whether a folded word is a day or a month: "open on Tuesday?"
// is answered by "from Monday to Thursday".
func isCalendar(language, word string) bool {
	return verify.IsWeekday(word) || len(lang.Dates(language, "1 "+word)) > 0
}

// identifies reports whether a word is a part of an identifier of the question.
func (q qualifiers) identifies(word string) bool {
	return slices.ContainsFunc(q.identifiers, func(id identifier) bool { return id.noun.Surface == word || strings.Contains(id.value, word) })
}

// none reports whether a question has no qualifier.
func (q qualifiers) none() bool { return len(q.names)+len(q.years)+len(q.identifiers) == 0 }

// carrier is all that says what a unit is about.
type carrier struct {
	// texts are the unit, its context, headings, title, and what else names the
	// document; before is what stands before the unit in its passage, which says
	// who a sentence speaks of.
	texts        []string
	before       string
	years, words map[string]bool
	// capitals are the words that stand there with a capital, as names do.
	capitals map[string]bool
	// foreign is set where it is in another language than the question: then a name
	// may be translated.
	foreign bool
}

// carrierOf reads what a candidate of an edition is about.
func carrierOf(c extract.Candidate, e edition) carrier {
	h := c.Hit
	language := language(h)
	k := carrier{texts: textsOf(c), words: make(map[string]bool), capitals: make(map[string]bool), years: make(map[string]bool)}
	switch c.Unit.Kind {
	case rag.Sentence, rag.Reply, rag.Note:
		if at := c.Unit.Start - h.Start; at > 0 && at <= len(h.Text) {
			k.before = h.Text[:at]
		}
	case rag.Row, rag.Item, rag.Definition, rag.Field, rag.CodeLine, rag.Lead: // what stands before is beside them
	}
	for _, text := range append(slices.Clone(k.texts), k.before) {
		for _, w := range lang.Words(language, text) {
			k.words[w.Surface], k.words[w.Stem] = true, true
			if lang.IsCapital(text[w.Start:]) {
				k.capitals[w.Surface], k.capitals[w.Stem] = true, true
			}
		}
	}
	for _, text := range append(slices.Clone(k.texts), h.Document.Version, h.Document.Date, e.opening) {
		for _, year := range years.FindAllString(text, -1) {
			k.years[year] = true
		}
	}
	return k
}

// textsOf are a unit with its context and all that stands above it.
func textsOf(c extract.Candidate) []string {
	return append(append([]string{c.Text}, contextIn(c.Hit, c.Unit)...), aboveAll(c.Hit)...)
}

// aboveAll is all that stands above a passage or names its document.
func aboveAll(h rag.Hit) []string {
	return append(append(slices.Clone(h.Heading), h.Document.Title, retrieve.FileWords(h.Document)), h.Document.Aliases...)
}

var years = regexp.MustCompile(`(?:1\d|20)\d\d`)

// contextIn are the texts of what a unit is read with, as far as they are in its
// passage.
func contextIn(h rag.Hit, u rag.Unit) []string {
	var texts []string
	for _, s := range u.Context {
		if s.Start >= h.Start && s.End <= h.End {
			texts = append(texts, h.Text[s.Start-h.Start:s.End-h.Start])
		}
	}
	return texts
}

// missing names the qualifiers that a candidate does not carry, as the question has
// them.
func (r *reading) missing(c extract.Candidate) []string {
	q := r.qualifiers
	if q.none() {
		return nil
	}
	e := r.edition(c.Hit.Document)
	k := carrierOf(c, e)
	k.foreign = language(c.Hit) != r.found.Language
	var list []string
	for _, w := range q.names {
		if !k.hasName(w) {
			list = append(list, asWritten(r.question, w.Surface))
		}
	}
	for _, year := range q.years {
		if !k.years[year] {
			list = append(list, year)
		}
	}
	for _, id := range q.identifiers {
		if id.isEdition() {
			if !id.names(e) {
				list = append(list, id.written)
			}
			continue
		}
		if !id.within(append(slices.Clone(k.texts), k.before)...) && !id.numbers(c.Hit.Heading) && !id.inColumn(c) {
			list = append(list, id.written)
		}
	}
	return list
}

// hasName reports whether a name is carried: as it is, misspelt, as another
// language writes it, by what it stands for, or by the initials of what is there.
func (k carrier) hasName(w retrieve.QueryWord) bool {
	if slices.ContainsFunc(w.Terms, func(t string) bool { return k.words[t] }) || slices.ContainsFunc(w.Spelt, func(t string) bool { return k.capitals[t] }) {
		return true
	}
	if k.foreign && slices.ContainsFunc(w.Near(), func(t rag.QueryTerm) bool { return k.words[t.Text] && sameBeginning(w.Surface, t.Text) }) {
		return true
	}
	for said := range k.words {
		if lang.SameName(w.Surface, said) || (k.capitals[said] || len(w.Spelt) == 0) && len(w.Surface) > 5 && lang.IsCognate(w.Surface, said) {
			return true
		}
	}
	for _, p := range w.Phrases {
		if !slices.ContainsFunc(p.Terms, func(terms []string) bool {
			return !slices.ContainsFunc(terms, func(t string) bool { return k.words[t] })
		}) {
			return true
		}
	}
	return w.Acronym != "" && slices.ContainsFunc(k.texts, func(t string) bool { return hasInitials(t, w.Surface) })
}

// sameBeginning reports whether two folded words begin alike, as a name and its
// translation mostly do; among the words near to a name are other names.
func sameBeginning(a, b string) bool {
	const letters = 4
	return len(a) >= letters && len(b) >= letters && a[:letters] == b[:letters]
}

// hasInitials reports whether words that follow each other have the letters of an
// acronym at their beginnings.
func hasInitials(text, acronym string) bool {
	var initials strings.Builder
	for _, w := range lang.Words("", text) {
		if !lang.IsStopAnywhere(w.Surface) {
			initials.WriteString(w.Surface[:1])
		}
	}
	return len(acronym) > 1 && strings.Contains(initials.String(), acronym)
}

// asWritten is a folded word as the question writes it.
func asWritten(question, surface string) string {
	for _, w := range lang.Words("", question) {
		if w.Surface == surface {
			return question[w.Start:w.End]
		}
	}
	return surface
}

func language(h rag.Hit) string {
	if h.Language != "" {
		return h.Language
	}
	return h.Document.Language
}
