package lang

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

func isYear(s string) bool { return len(s) == 4 && s >= "1000" && s <= "2100" }

// year reads a year that stands alone from at to end.
func (s *dateScanner) year(at, end int) (Date, bool) {
	d := Date{Value: s.text[at:end], Start: at, End: end}
	if !isYear(d.Value) || s.countsBefore(at) || s.countsAfter(at, end) {
		return Date{}, false
	}
	return d, true
}

// countsBefore reports whether what stands before four digits makes them an
// amount, a number of something or part of a longer number.
func (s *dateScanner) countsBefore(at int) bool {
	before := s.text[:at]
	r, size := utf8.DecodeLastRuneInString(before)
	if isBlank(r) {
		before = before[:len(before)-size]
		r, _ = utf8.DecodeLastRuneInString(before)
		if numbering[lowered(s.wordBefore(at))] {
			return true
		}
		return strings.ContainsRune("$€£#°º№§", r)
	}
	if at > 1 && strings.IndexByte(".,'", before[at-1]) >= 0 && IsDigit(before[at-2]) {
		return true
	}
	return strings.ContainsRune("$€£#°º№§", r) && size > 0
}

// countsAfter reports whether what follows four digits makes them an amount, a
// number of something or part of a longer number or code.
func (s *dateScanner) countsAfter(at, end int) bool {
	rest := s.text[end:]
	if rest == "" {
		return false
	}
	next, size := utf8.DecodeRuneInString(rest)
	if unicode.IsLetter(next) {
		return !strings.HasPrefix(rest, "s") || wordEnd(s.text, end) > end+1 // the 1990s
	}
	if len(rest) > 1 && IsDigit(rest[1]) {
		switch rest[0] {
		case '.', ',', '\'', ':':
			return true
		case '-', '/':
			n := digitRun(rest[1:])
			return n != 2 && n != 4 // 2019-2020 and 2019/20, but no. 2024-906
		}
	}
	if !isBlank(next) {
		return next == '%' || next == '€' || next == '$' || next == '°'
	}
	return s.counted(at, end+size)
}

// counted reports whether the word from at on is what the digits before it
// count: a unit, a scale, or a plural in small letters, unless the word before
// the digits announces a year.
func (s *dateScanner) counted(digits, at int) bool {
	if at < len(s.text) && strings.ContainsRune("%€$£°", firstRune(s.text[at:])) {
		return true
	}
	word := s.text[at:wordEnd(s.text, at)]
	lower := lowered(word)
	if counters[lower] || unitWords[lower] != "" || scales[lower] != "" {
		return true
	}
	if len(word) < 4 || lower != word || strings.LastIndexByte(lower, 's') != len(lower)-1 {
		return false
	}
	return !announcing[lowered(s.wordBefore(digits))]
}

// wordBefore returns the word before at, which blanks part from it.
func (s *dateScanner) wordBefore(at int) string {
	before := strings.TrimRight(s.text[max(0, at-20):at], " \u00a0\u202f\n(")
	return before[strings.LastIndexAny(before, " \n(’'")+1:]
}

func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

// counters are units of measure.
var counters = WordSet("km m cm mm kg g t l ml ha kwh mwh gwh w kw mw go mo ko gb mb kb h ha heures jours hours days personnes people fois times")

// numbering are words before a number that is a name.
var numbering = WordSet("no n nos num numéro numero number article art page p")

// announcing are words before a year.
var announcing = WordSet("en in since depuis année années annee annees year years an the by avant après before after until till jusqu'en dès from exercice fin début")
