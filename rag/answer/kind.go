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
