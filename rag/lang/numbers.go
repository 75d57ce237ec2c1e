package lang

import (
	"math/big"
	"regexp"
	"strings"
)

// Number is a number that a text states.
type Number struct {
	// Value is the canonical decimal: "5500000000" for "5,5 milliards" and for
	// "5.5 billion".
	Value string
	// Unit is "%", an ISO 4217 currency such as "EUR", or "".
	Unit       string
	Start, End int
}

// number is digits with groups of three and a decimal part, a scale word and a
// unit around it. Groups are parted by spaces, points, commas or apostrophes.
var number = regexp.MustCompile(`(?i)([$€£]|\b(?:eur|usd|gbp)\b)?[  ]?` +
	`(\d{1,3}(?:[   ' ’]\d{3})+(?:[.,]\d+)?|\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:[.,]\d+)?)` +
	`(?:[   ]?(milliards?|millions?|milliers?|billions?|trillions?|thousand|mille|md|mds|bn|mn|m|k)(?:\b|([€$£])|$))?` +
	`(?:[   ]?(?:de |d['’]|of )?([$€£%]|euros?\b|dollars?\b|livres sterling\b|pounds?\b|per ?cent\b|pour ?cent\b|eur\b|usd\b|gbp\b))?`)

// Numbers finds the numbers of a text, in digits or, up to twenty and for
// round ones, in words of the language (both French and English where it is
// unknown).
func Numbers(language, text string) []Number {
	var found []Number
	for _, m := range number.FindAllStringSubmatchIndex(text, -1) {
		group := func(i int) string {
			if m[2*i] < 0 {
				return ""
			}
			return text[m[2*i]:m[2*i+1]]
		}
		if partOfWord(text, m[4]) {
			continue
		}
		end := m[1]
		scale := scaleOf(language, group(3))
		if group(3) != "" && scale == 0 {
			scale, end = 1, m[5]
		}
		value, ok := decimal(group(2), max(scale, 1))
		if !ok {
			continue
		}
		unit := unitOf(group(1) + group(4) + group(5))
		found = append(found, Number{Value: value, Unit: unit, Start: m[4], End: end})
	}
	return append(found, numberWords(language, text)...)
}

// partOfWord reports whether digits continue a word such as "B12".
func partOfWord(text string, at int) bool {
	return at > 0 && (text[at-1] >= 'a' && text[at-1] <= 'z' || text[at-1] >= 'A' && text[at-1] <= 'Z')
}

// scales of the words in lower case. The English billion is the French
// milliard; the French billion, a thousand milliards, is hardly written.
var scales = map[string]int64{
	"mille": 1e3, "millier": 1e3, "milliers": 1e3, "thousand": 1e3, "k": 1e3,
	"million": 1e6, "millions": 1e6, "mn": 1e6,
	"milliard": 1e9, "milliards": 1e9, "md": 1e9, "mds": 1e9, "bn": 1e9, "billion": 1e9, "billions": 1e9,
	"trillion": 1e12, "trillions": 1e12,
}

func scaleOf(language, word string) int64 {
	word = strings.ToLower(word)
	if language == "fr" && strings.HasPrefix(word, "billion") {
		return 1e12
	}
	return scales[word]
}

// decimal reads digits with either convention: of two kinds of separator the
// last is the decimal one, and a single separator before exactly three digits
// parts thousands.
func decimal(digits string, scale int64) (string, bool) {
	digits = groupSpace.Replace(digits)
	last := strings.LastIndexAny(digits, ".,")
	whole, fraction := digits, ""
	if last >= 0 {
		mark := digits[last : last+1]
		grouped := len(digits)-last-1 == 3 && last <= 3 && !strings.HasPrefix(digits, "0")
		several := strings.Count(digits, mark) > 1
		mixed := strings.ContainsAny(digits[:last], ".,") && !several
		if mixed || !(grouped || several) {
			whole, fraction = digits[:last], digits[last+1:]
		}
	}
	whole = strings.NewReplacer(".", "", ",", "").Replace(whole)
	value, ok := new(big.Rat).SetString(whole + "." + fraction + "0")
	if !ok {
		return "", false
	}
	value.Mul(value, new(big.Rat).SetInt64(scale))
	s := value.FloatString(12)
	return strings.TrimSuffix(strings.TrimRight(s, "0"), "."), true
}

var groupSpace = strings.NewReplacer(" ", "", "\u00a0", "", "\u202f", "", "'", "", "’", "")

func unitOf(s string) string {
	s = strings.ToLower(s)
	switch {
	case s == "":
		return ""
	case strings.Contains(s, "%"), strings.Contains(s, "cent"):
		return "%"
	case strings.Contains(s, "€"), strings.Contains(s, "eur"):
		return "EUR"
	case strings.Contains(s, "$"), strings.Contains(s, "usd"), strings.Contains(s, "dollar"):
		return "USD"
	}
	return "GBP"
}

// words for small and round numbers. "un", "une" and "one" are articles and
// pronouns too often to be counted as numbers.
var words = map[string]map[string]string{
	"fr": {"deux": "2", "trois": "3", "quatre": "4", "cinq": "5", "six": "6", "sept": "7", "huit": "8", "neuf": "9", "dix": "10",
		"onze": "11", "douze": "12", "treize": "13", "quatorze": "14", "quinze": "15", "seize": "16", "vingt": "20", "trente": "30",
		"quarante": "40", "cinquante": "50", "soixante": "60", "cent": "100", "mille": "1000"},
	"en": {"two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9", "ten": "10",
		"eleven": "11", "twelve": "12", "thirteen": "13", "fourteen": "14", "fifteen": "15", "sixteen": "16", "seventeen": "17",
		"eighteen": "18", "nineteen": "19", "twenty": "20", "thirty": "30", "forty": "40", "fifty": "50", "sixty": "60",
		"hundred": "100", "thousand": "1000"},
}

func numberWords(language, text string) []Number {
	var found []Number
	for at := 0; at < len(text); {
		start, end := nextWord(text, at)
		if start == end {
			break
		}
		at = end
		w := strings.ToLower(text[start:end])
		value, ok := words[language][w]
		if _, known := words[language]; !known {
			if value, ok = words["fr"][w]; !ok {
				value, ok = words["en"][w]
			}
		}
		if ok && !followsDigit(text, start) {
			found = append(found, Number{Value: value, Start: start, End: end})
		}
	}
	return found
}

// followsDigit reports whether a number word scales digits that stand before
// it, as in "5 thousand": it was read with them.
func followsDigit(text string, at int) bool {
	before := strings.TrimRight(text[:at], " \u00a0\u202f")
	return before != "" && before[len(before)-1] >= '0' && before[len(before)-1] <= '9'
}
