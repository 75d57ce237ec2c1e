package answer

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"docent/rag"
	"docent/rag/extract"
	"docent/rag/lang"
	"docent/rag/verify"
)

// identifier is a number or code that names a part, with the noun it stands behind:
// article 12, room 4, form T-12. It is met by the same number behind that noun and
// by no equal quantity.
type identifier struct {
	// noun has no surface where the value is a code, which names a thing alone.
	noun lang.Word
	// value is folded and without what parts letters from digits; written is all of
	// it as it was asked.
	value, written string
}

// numbered is a number, roman or not, or a letter with a number.
var numbered = regexp.MustCompile(`^(?:\p{L}{0,3}[-./]?\d+(?:[-.]\d+)*\p{L}?|[IVXLC]+|[A-Z])$`)

// code is letters with a number: T-12, B12, COUL-2, ISO 9001 in one word.
var code = regexp.MustCompile(`\b\p{L}+-?\d+(?:-\d+)*\b|\b\d+-?\p{Lu}+\b`)

// identifiersOf finds those of a question: codes, and numbers behind a noun that
// count nothing, or whose noun the hits number too.
func identifiersOf(language, question string, hits []rag.Hit) []identifier {
	var list []identifier
	for _, at := range code.FindAllStringIndex(question, -1) {
		written := question[at[0]:at[1]]
		if !isAmountWord(language, written) {
			list = append(list, identifier{value: compact(written), written: written})
		}
	}
	taken := figureSpans(language, question)
	words := lang.Words(language, question)
	for i := 1; i < len(words); i++ {
		noun, number := words[i-1], words[i]
		if noun.Stop || strings.ContainsFunc(noun.Surface, unicode.IsDigit) || isCalendar(language, noun.Surface) || !adjoining(question[noun.End:number.Start]) || lang.UnitOfMeasure(noun.Surface) != "" || within(taken, number.Start) {
			continue
		}
		value := question[number.Start:number.End]
		if !numbered.MatchString(value) || code.MatchString(value) || slices.ContainsFunc(list, func(id identifier) bool { return strings.Contains(id.written, value) }) {
			continue
		}
		id := identifier{noun: noun, value: compact(value), written: question[noun.Start:number.End]}
		if digits := strings.ContainsFunc(value, unicode.IsDigit); digits && !counts(question, words, i) || numbers(hits, noun, digits) {
			list = append(list, id)
		}
	}
	return list
}

// isAmountWord reports whether a code is a quantity with its unit: "12h", "30mn".
func isAmountWord(language, written string) bool {
	letters := strings.Trim(lang.Fold(written), "0123456789-.,")
	return lang.UnitOfMeasure(letters) != "" || len(lang.TimesOfDay(written)) > 0 || len(lang.Dates(language, written)) > 0
}

// figureSpans are where a question has dates, times of day, and numbers with a unit.
func figureSpans(language, question string) []lang.Span {
	spans := datesAndTimes(language, question)
	for _, n := range lang.Numbers(language, question) {
		if n.Unit != "" {
			spans = append(spans, lang.Span{Start: n.Start, End: n.End})
		}
	}
	return spans
}

func within(spans []lang.Span, at int) bool {
	return slices.ContainsFunc(spans, func(s lang.Span) bool { return at >= s.Start && at < s.End })
}

// adjoining reports whether what stands between a noun and a number lets the number
// name it: a blank, "no.", "n°", "#".
func adjoining(between string) bool {
	return strings.Trim(between, " \u00a0\u202f°º#-‑–:") == "" || strings.TrimSpace(lang.Fold(between)) == "no."
}

// counts reports whether a number of a question counts what follows it.
func counts(question string, words []lang.Word, i int) bool {
	return i+1 < len(words) && !words[i+1].Stop && strings.TrimSpace(question[words[i].End:words[i+1].Start]) == ""
}

// numbers reports whether the hits have the noun with a number behind it, or with a
// letter, as names of parts have.
func numbers(hits []rag.Hit, noun lang.Word, digits bool) bool {
	return slices.ContainsFunc(hits, func(h rag.Hit) bool {
		return slices.ContainsFunc(append(slices.Clone(h.Heading), h.Text), func(text string) bool {
			return slices.ContainsFunc(numbersBehind(language(h), text, noun), func(n string) bool { return digits == strings.ContainsFunc(n, unicode.IsDigit) })
		})
	})
}

// numbersBehind are the values that stand behind a noun in a text, also those of
// "lots 1, 2 and 4".
func numbersBehind(language, text string, noun lang.Word) []string {
	var values []string
	words := lang.Words(language, text)
	for i := 1; i < len(words); i++ {
		w := words[i-1]
		if !verify.HasWord(words[i-1:i], noun) || !adjoining(text[w.End:words[i].Start]) {
			continue
		}
		for ; i < len(words); i++ {
			if value := text[words[i].Start:words[i].End]; numbered.MatchString(value) {
				values = append(values, compact(value))
			} else if !joinsNumbers[words[i].Surface] {
				break
			}
		}
	}
	return values
}

var joinsNumbers = lang.WordSet("et ou and or")

// within reports whether one of the texts has the identifier.
func (id identifier) within(texts ...string) bool {
	return slices.ContainsFunc(texts, func(text string) bool {
		if id.noun.Surface == "" {
			return slices.ContainsFunc(code.FindAllString(text, -1), func(c string) bool { return compact(c) == id.value })
		}
		return slices.Contains(numbersBehind("", text, id.noun), id.value)
	})
}

// inColumn reports whether a row has the number in a cell, under a header with the
// noun. That of a sheet stands in the heading path.
func (id identifier) inColumn(c extract.Candidate) bool {
	if c.Unit.Kind != rag.Row || id.noun.Surface == "" {
		return false
	}
	cell := slices.ContainsFunc(strings.Split(c.Text, cellGap), func(cell string) bool { return compact(cell) == id.value })
	return cell && slices.ContainsFunc(append(contextIn(c.Hit, c.Unit), c.Hit.Heading...), func(header string) bool {
		return verify.HasWord(lang.Words(language(c.Hit), header), id.noun)
	})
}

// numbers reports whether a heading begins with the number alone: "12. Delays".
func (id identifier) numbers(headings []string) bool {
	return slices.ContainsFunc(headings, func(h string) bool {
		first, _, _ := strings.Cut(strings.TrimLeft(h, "§ "), " ")
		return id.noun.Surface != "" && compact(strings.TrimRight(first, ".):–-")) == id.value
	})
}

// compact is a code without what parts its letters from its digits, folded.
func compact(code string) string {
	return strings.Map(func(r rune) rune {
		if lang.IsWordRune(r) || r == '.' {
			return r
		}
		return -1
	}, strings.Trim(lang.Fold(code), "."))
}
