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
			unmet := 0
			for _, w := range r.found.Words {
				if !meets(w, s.text) {
					unmet++
				}
			}
			if clear, ok := r.ofKind(s.text); ok && (unmet == 0 || clear && unmet == 1) {
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
		if clear, _ := r.ofKind(c.Text); clear && (r.kind() != reply.reading.kind() || r.found.Wants.Noun != reply.reading.found.Wants.Noun) {
			return false
		}
		return !slices.ContainsFunc(r.found.Words, func(w retrieve.QueryWord) bool {
			return meets(w, c.Text) && !meets(w, reply.reading.question)
		})
	}
	return false
}

// ofKind reports whether a text may say what is asked for, and whether that is
// clear from its form.
func (r *reading) ofKind(text string) (clear, may bool) {
	language := r.found.Language
	switch r.kind() {
	case retrieve.AskedWhen:
		clear = len(lang.Dates(language, text)) > 0 || len(lang.TimesOfDay(text)) > 0 || slices.ContainsFunc(strings.Fields(plain(text)), verify.IsWeekday)
		return clear, clear
	case retrieve.AskedHowMuch:
		for _, n := range lang.Numbers(language, text) {
			clear = clear || n.Unit != ""
		}
		return clear, clear
	case retrieve.AskedHowMany:
		clear = len(lang.Numbers(language, text)) > 0
		return clear, clear
	default:
		return false, true
	}
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
