package lang

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Number is a number that a text states.
type Number struct {
	// Value is the canonical decimal: "5500000000" for "5,5 milliards" and for
	// "5.5 billion"; no leading zeros, no trailing ones after the point.
	Value string
	// Unit is "%", an ISO 4217 currency such as "EUR", or "".
	Unit       string
	Start, End int
}

// Numbers finds the numbers of a text in order, never overlapping: in digits
// ("1 000", "1,234.56", "-3,5 %", "$10 billion", "10 Md€") and in words of
// French and English ("vingt-cinq", "two hundred and five"), of both where the
// language is unknown or another. Spans take in scale words and units.
//
// "1.234" and "1,234" are read as the language writes numbers, as thousands
// where it is unknown. "un", "une" and "one" alone are articles and pronouns
// and no numbers; of a version or section such as 2.3.1, each part is one.
func Numbers(language, text string) []Number {
	s := numberScanner{language: language, text: text, words: numberWordsOf(language)}
	for at := 0; at < len(text); {
		at = s.step(at)
	}
	return s.found
}

type numberScanner struct {
	language, text string
	words          map[string]numberWord
	found          []Number
}

// step reads the number or word at at, or passes over one character.
func (s *numberScanner) step(at int) int {
	c := s.text[at]
	switch {
	case IsDigit(c):
		return s.digits(at)
	case c >= utf8.RuneSelf || IsASCIILetter(c):
		size, letter := letterAt(s.text, at)
		if !letter {
			return at + size
		}
		end := wordEnd(s.text, at)
		if _, ok := s.words[lowered(s.text[at:end])]; ok {
			return s.spelled(at)
		}
		if afterDigit(s.text, at) && s.text[at:end] == "h" {
			return end // 14h30
		}
		return end + digitRun(s.text[end:]) // no number in B12 and CO2
	}
	return at + 1
}

// digits reads a number in digits with all that belongs to it.
func (s *numberScanner) digits(at int) int {
	d := readDigits(s.language, s.text[at:], at > 1 && isMark(s.text[at-1]) && IsDigit(s.text[at-2]))
	end := at + d.length
	n := Number{Start: s.sign(at), End: end}
	shift, scaled := 0, end
	if !d.part {
		shift, scaled = s.scale(end)
	}
	n.Value = shifted(d.whole, d.fraction, shift)
	if n.Start < at && n.Value != "0" {
		n.Value = "-" + n.Value
	}
	n.End = scaled
	return s.add(n)
}

// sign returns where a number begins: at a minus before it, when nothing of a
// word or number stands before that.
func (s *numberScanner) sign(at int) int {
	before := s.text[:at]
	for _, minus := range []string{"-", "−"} {
		if !strings.HasSuffix(before, minus) {
			continue
		}
		start := at - len(minus)
		r, size := utf8.DecodeLastRuneInString(s.text[:start])
		if size == 0 || unicode.IsSpace(r) && r != '\n' || r == '(' {
			return start
		}
	}
	return at
}

// add completes a number with its unit, before or after it, and returns where
// to go on.
func (s *numberScanner) add(n Number) int {
	if unit, start := unitBefore(s.text, s.from(), n.Start); unit != "" {
		n.Unit, n.Start = unit, start
	}
	if unit, end := unitAfter(s.text, n.End); unit != "" && (n.Unit == "" || n.Unit == unit) {
		n.Unit, n.End = unit, end
	}
	s.found = append(s.found, n)
	return n.End
}

// from is the offset before which everything belongs to earlier numbers.
func (s *numberScanner) from() int {
	if len(s.found) == 0 {
		return 0
	}
	return s.found[len(s.found)-1].End
}

func afterDigit(text string, at int) bool { return at > 0 && IsDigit(text[at-1]) }

func isMark(c byte) bool { return c == '.' || c == ',' }

// letterAt returns the size of the character at at, and whether it is a letter.
func letterAt(text string, at int) (int, bool) {
	r, size := utf8.DecodeRuneInString(text[at:])
	return size, unicode.IsLetter(r) || unicode.IsMark(r)
}

// wordEnd returns the end of the letters that begin at at.
func wordEnd(text string, at int) int {
	for at < len(text) {
		size, letter := letterAt(text, at)
		if !letter {
			break
		}
		at += size
	}
	return at
}

// shifted writes digits with the point moved to the right by shift places, in
// canonical form.
func shifted(whole, fraction string, shift int) string {
	for ; shift > 0; shift-- {
		if fraction == "" {
			whole += strings.Repeat("0", shift)
			break
		}
		whole, fraction = whole+fraction[:1], fraction[1:]
	}
	whole = strings.TrimLeft(whole, "0")
	fraction = strings.TrimRight(fraction, "0")
	if whole == "" {
		whole = "0"
	}
	if fraction == "" {
		return whole
	}
	return whole + "." + fraction
}
