package answer

import (
	"slices"
	"strings"

	"docent/rag/extract"
	"docent/rag/lang"
	"docent/rag/retrieve"
)

// isNew reports whether a candidate says something that the question does not say
// already. Whether a thing is so is asked in the words of the answer.
func isNew(question string, found retrieve.Result, c extract.Candidate) bool {
	if strings.HasSuffix(strings.TrimRight(c.Text, " \u00a0\u202f)»”\"*_"), "?") {
		return false // it asks
	}
	if found.Wants.Kind == retrieve.AskedHowMuch && says("money", plain(question)) && !statesAmount(c) {
		return false
	}
	if found.Wants.Kind == retrieve.AskedHowMany && !statesNumber(c) {
		return false
	}
	if found.Wants.Kind == retrieve.AskedWhether || found.Wants == (retrieve.Wanted{}) {
		return true
	}
	asked := lang.Words(found.Language, question)
	for _, w := range lang.Words(language(c.Hit), c.Text) {
		known := w.Stop || slices.ContainsFunc(asked, func(a lang.Word) bool {
			return a.Surface == w.Surface || a.Stem == w.Stem || lang.IsCognate(a.Surface, w.Surface)
		})
		if !known {
			return true
		}
	}
	return false
}

// statesNumber reports whether a candidate may say how many: it has a number or a
// measure, as "every quarter" is one, says that there is none, or is of what can be
// counted.
func statesNumber(c extract.Candidate) bool {
	if c.Unit.Group != (lang.Span{}) {
		return true
	}
	text := strings.Join(append(contextIn(c.Hit, c.Unit), c.Text), "\n")
	measures := func(w lang.Word) bool { return lang.UnitOfMeasure(w.Surface) != "" }
	return len(lang.Numbers(language(c.Hit), text)) > 0 || slices.ContainsFunc(lang.Words("", text), measures) || says("no amount", plain(text))
}

// statesAmount reports whether a candidate may say a price: a number that is of money
// or of nothing else, or that there is none.
func statesAmount(c extract.Candidate) bool {
	text := strings.Join(append(contextIn(c.Hit, c.Unit), c.Text), "\n")
	l := language(c.Hit)
	dates := datesAndTimes(l, text)
	for _, n := range lang.Numbers(l, text) {
		if n.Unit != "" || unitOf(n, text) == "" && !within(dates, n.Start) {
			return true
		}
	}
	return says("no amount", plain(text))
}
