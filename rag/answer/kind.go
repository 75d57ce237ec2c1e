package answer

import (
	"slices"
	"strings"

	"docent/rag/extract"
	"docent/rag/lang"
	"docent/rag/retrieve"
	"docent/rag/verify"
)

// alsoAnswered reports whether what answers other parts of a question answers one
// too: it says something of the kind that the part asks for, and has its words, but
// for one that only asks for that kind.
func (r *reading) alsoAnswered() bool {
	for _, reply := range r.before {
		for _, s := range reply.statements {
			unmet := len(r.found.Words) - len(r.met(s.text))
			if unmet == 0 && !r.asksForFigure() || unmet <= 1 && r.isOfKind(s.text) {
				return true
			}
		}
	}
	return false
}

// isTold reports whether a candidate answered a part before, and has nothing of what
// this one asks beyond that.
func (r *reading) isTold(c extract.Candidate) bool {
	for _, reply := range r.before {
		if !slices.ContainsFunc(reply.statements, func(s statement) bool { return s.holds(c.Hit.ID.Document, c.Unit.Span) }) {
			continue
		}
		if r.isOfKind(c.Text) && (r.kind() != reply.reading.kind() || r.found.Wants.Noun != reply.reading.found.Wants.Noun) {
			return false
		}
		return !slices.ContainsFunc(r.met(c.Text), func(w retrieve.QueryWord) bool { return !r.meets(w, reply.reading.question) })
	}
	return false
}

// isOfKind reports whether it is clear from the form of a text that it says what is
// asked for.
func (r *reading) isOfKind(text string) bool {
	language := r.found.Language
	numbers := lang.Numbers(language, text)
	switch r.kind() {
	case retrieve.AskedWhen:
		return len(lang.Dates(language, text)) > 0 || len(lang.TimesOfDay(text)) > 0 || slices.ContainsFunc(strings.Fields(plain(text)), verify.IsWeekday)
	case retrieve.AskedHowMuch:
		return slices.ContainsFunc(numbers, func(n lang.Number) bool { return n.Unit != "" })
	default:
		return r.kind() == retrieve.AskedHowMany && len(numbers) > 0
	}
}

// asksForFigure reports whether the question asks for what the form of a text shows.
func (r *reading) asksForFigure() bool {
	kind := r.kind()
	return kind == retrieve.AskedWhen || kind == retrieve.AskedHowMuch || kind == retrieve.AskedHowMany
}

// kind is what the question asks for, also where it has no word of its own for that:
// "what does it cost", "the opening hours".
func (r *reading) kind() retrieve.QuestionType {
	kind := r.found.Wants.Kind
	if kind != retrieve.AskedAnything && kind != retrieve.AskedList && kind != retrieve.AskedDefinition {
		return kind
	}
	switch question := plain(r.question); {
	case says("money", question):
		return retrieve.AskedHowMuch
	case says("time", question):
		return retrieve.AskedWhen
	}
	return kind
}

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
