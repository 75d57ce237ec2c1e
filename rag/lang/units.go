package lang

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// signs are units of one character or more that stand on either side.
var signs = []struct{ sign, unit string }{{"%", "%"}, {"€", "EUR"}, {"$", "USD"}, {"£", "GBP"}, {"¥", "JPY"}}

// unitWords are units as words, lower case, "_" between two.
var unitWords = wordTable("currencies")

// unitBefore finds a currency before a number, "$10" or "EUR 10", not before
// from, and where it begins.
func unitBefore(text string, from, at int) (string, int) {
	before := text[from:at]
	if r, size := utf8.DecodeLastRuneInString(before); isBlank(r) {
		before = before[:len(before)-size]
	}
	for _, s := range signs[1:] {
		if strings.HasSuffix(before, s.sign) {
			return s.unit, from + len(before) - len(s.sign)
		}
	}
	if len(before) < 3 {
		return "", at
	}
	code := before[len(before)-3:]
	if r, _ := utf8.DecodeLastRuneInString(before[:len(before)-3]); unicode.IsLetter(r) || strings.ToUpper(code) != code {
		return "", at
	}
	return unitWords[strings.ToLower(code)], from + len(before) - 3
}

// unitAfter finds a unit after a number, "10 %", "10 euros", "10 milliards de
// dollars", and where it ends.
func unitAfter(text string, at int) (string, int) {
	rest := at + blank(text[at:])
	for _, s := range signs {
		if strings.HasPrefix(text[rest:], s.sign) {
			return s.unit, rest + len(s.sign)
		}
	}
	if strings.HasPrefix(text[rest:], "US$") {
		return "USD", rest + len("US$")
	}
	rest += linked(text[rest:], "de ", "d'", "d’", "of ", "di ")
	end := wordEnd(text, rest)
	if end == rest {
		return "", at
	}
	if more := end + blank(text[end:]); more > end {
		two := wordEnd(text, more)
		if unit := unitWords[lowered(text[rest:end])+"_"+lowered(text[more:two])]; unit != "" {
			return unit, two
		}
	}
	return unitWords[lowered(text[rest:end])], end
}

// blank returns the size of one blank at the beginning of s, or 0.
func blank(s string) int {
	if r, size := utf8.DecodeRuneInString(s); isBlank(r) {
		return size
	}
	return 0
}

// scales are powers of ten, in words of lower case.
var scales = wordTable("scales")

// scaleLanguages are those of scale words that mean something else in another
// language: the French "mn" are minutes.
var scaleLanguages = map[string]string{"mil": "es", "mila": "it", "mn": "en"}

// longScales are the long scale's words, where the language counts by it.
var longScales = wordTable("longscales")

// scale reads the scale words after a number that ends at at, and returns the
// power of ten and where they end. A lone k or M is one only beside money:
// "10 M€", "$5m", or k on the digits: "5k".
func (s *numberScanner) scale(at int) (power, end int) {
	end = at
	for {
		start := end + blank(s.text[end:])
		next := wordEnd(s.text, start)
		p := s.scaleOf(lowered(s.text[start:next]), start, next, at)
		if p == 0 || power+p > 24 {
			return power, end
		}
		power, end = power+p, next
	}
}

func (s *numberScanner) scaleOf(word string, start, end, digits int) int {
	switch word {
	case "k", "m":
		if !s.besideMoney(end, digits) && (word == "m" || start > digits) {
			return 0
		}
		return map[string]int{"k": 3, "m": 6}[word]
	}
	if language, ok := scaleLanguages[word]; ok && language != s.language {
		return 0
	}
	if p, ok := longScales[word]; ok && s.language != "en" && s.language != "" {
		return number(p)
	}
	return number(scales[word])
}

// besideMoney reports whether a currency follows end or stands before the
// number that ends at at.
func (s *numberScanner) besideMoney(end, at int) bool {
	if unit, _ := unitAfter(s.text, end); unit != "" && unit != "%" {
		return true
	}
	start := at
	for start > 0 && (IsDigit(s.text[start-1]) || strings.IndexByte("., ", s.text[start-1]) >= 0) {
		start--
	}
	for start < at && !IsDigit(s.text[start]) {
		start++
	}
	unit, _ := unitBefore(s.text, s.from(), max(start, s.from()))
	return unit != ""
}
