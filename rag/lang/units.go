package lang

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// signs are units of one character or more that stand on either side.
var signs = []struct{ sign, unit string }{{"%", "%"}, {"€", "EUR"}, {"$", "USD"}, {"£", "GBP"}, {"¥", "JPY"}}

// unitWords are units as words, lower case, in the languages known. A "pound"
// alone is a weight as often as money, and none.
var unitWords = map[string]string{
	"euro": "EUR", "euros": "EUR", "eur": "EUR", "dollar": "USD", "dollars": "USD", "dólares": "USD", "dollari": "USD", "usd": "USD", "gbp": "GBP",
	"chf": "CHF", "jpy": "JPY", "yen": "JPY", "yens": "JPY", "cad": "CAD", "percent": "%", "pourcent": "%", "prozent": "%",
	"livres sterling": "GBP", "livre sterling": "GBP", "pounds sterling": "GBP", "pound sterling": "GBP", "pour cent": "%", "per cent": "%",
	"por ciento": "%", "per cento": "%", "francs suisses": "CHF", "swiss francs": "CHF", "us dollars": "USD", "american dollars": "USD",
}

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
	for _, link := range []string{"de ", "d'", "d’", "of ", "di "} {
		if strings.HasPrefix(text[rest:], link) {
			rest += len(link)
			break
		}
	}
	end := wordEnd(text, rest)
	if end == rest {
		return "", at
	}
	if more := end + blank(text[end:]); more > end {
		two := wordEnd(text, more)
		if unit := unitWords[lowered(text[rest:end])+" "+lowered(text[more:two])]; unit != "" {
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

// scales are powers of ten, in words of lower case. The English billion is the
// French milliard; see longScales.
var scales = map[string]int{
	"mille": 3, "millier": 3, "milliers": 3, "thousand": 3, "tausend": 3, "mil": 3, "mila": 3,
	"million": 6, "millions": 6, "millionen": 6, "mio": 6, "mn": 6, "millón": 6, "millones": 6, "milione": 6, "milioni": 6,
	"milliard": 9, "milliards": 9, "milliarde": 9, "milliarden": 9, "miliardo": 9, "miliardi": 9, "md": 9, "mds": 9, "mrd": 9, "bn": 9,
	"billion": 9, "billions": 9, "trillion": 12, "trillions": 12, "hundred": 2,
}

// scaleLanguages are those of scale words that mean something else in another
// language: the French "mn" are minutes.
var scaleLanguages = map[string]string{"mil": "es", "mila": "it", "mn": "en"}

// longScales are the long scale's words, where the language counts by it.
var longScales = map[string]int{"billion": 12, "billions": 12, "billionen": 12, "billones": 12, "trillion": 18, "trillions": 18}

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

func (s *numberScanner) scaleOf(word string, start, end, number int) int {
	switch word {
	case "k", "m":
		if !s.besideMoney(end, number) && (word == "m" || start > number) {
			return 0
		}
		return map[string]int{"k": 3, "m": 6}[word]
	}
	if language, ok := scaleLanguages[word]; ok && language != s.language {
		return 0
	}
	if p, ok := longScales[word]; ok && s.language != "en" && s.language != "" {
		return p
	}
	return scales[word]
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
