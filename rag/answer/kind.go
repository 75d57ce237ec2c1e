package answer

import (
	"slices"
	"strings"

	"docent/rag/lang"
	"docent/rag/retrieve"
	"docent/rag/verify"
)

// alsoAnswered reports whether what answers other parts of a question answers one
// too: it says something of the kind that the part asks for, and has its words, but
// for one that only asks for that kind.
func alsoAnswered(found retrieve.Result, replies []reply) bool {
	for _, reply := range replies {
		for _, s := range reply.statements {
			unmet := 0
			for _, w := range found.Words {
				if !meets(w, s.text) {
					unmet++
				}
			}
			if clear, ok := ofKind(found, s.text); ok && (unmet == 0 || clear && unmet == 1) {
				return true
			}
		}
	}
	return false
}

// ofKind reports whether a text may say what is asked for, and whether that is
// clear from its form.
func ofKind(found retrieve.Result, text string) (clear, may bool) {
	kind := found.Wants.Kind
	switch lang.UnitOfMeasure(found.Wants.Noun) {
	case "day", "month", "year", "hour": // "on which days"
		if kind == retrieve.AskedList || kind == retrieve.AskedAnything {
			kind = retrieve.AskedWhen
		}
	}
	switch kind {
	case retrieve.AskedWhen:
		clear = len(lang.Dates(found.Language, text)) > 0 || len(lang.TimesOfDay(text)) > 0 || slices.ContainsFunc(strings.Fields(plain(text)), verify.IsWeekday)
		return clear, clear
	case retrieve.AskedHowMuch:
		for _, n := range lang.Numbers(found.Language, text) {
			clear = clear || n.Unit != ""
		}
		return clear, clear
	case retrieve.AskedHowMany:
		clear = len(lang.Numbers(found.Language, text)) > 0
		return clear, clear
	default:
		return false, true
	}
}
