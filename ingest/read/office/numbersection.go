package office

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// mostPlaces bounds the places for digits in a format.
const mostPlaces = 64

// parseSection reads one section of the code of a number format.
func parseSection(code string) formatSection {
	var p sectionParser
	for code != "" {
		rest, done := p.quoted(code)
		if !done {
			rest, done = p.word(code)
		}
		if !done {
			c, n := utf8.DecodeRuneInString(code)
			p.character(c, code[:n])
			rest = code[n:]
		}
		code = rest
	}
	p.scale()
	p.finish()
	return p.formatSection
}

// sectionParser builds a section.
type sectionParser struct {
	formatSection
	// commas counts those since the last place of a digit.
	commas int
}

// quoted reads what stands for itself, or in brackets for something else.
func (s *sectionParser) quoted(code string) (rest string, done bool) {
	switch code[0] {
	case '"':
		text, rest, _ := strings.Cut(code[1:], `"`)
		s.literal(text)
		return rest, true
	case '[':
		inside, rest, _ := strings.Cut(code[1:], "]")
		s.bracket(inside)
		return rest, true
	case '\\', '_', '*':
		_, n := utf8.DecodeRuneInString(code[1:])
		switch code[0] {
		case '\\':
			s.literal(code[1 : 1+n])
		case '_': // as wide as the next character
			s.literal(" ")
		}
		return code[1+n:], true
	}
	return code, false
}

// word reads what is longer than one character.
func (s *sectionParser) word(code string) (rest string, done bool) {
	const general = "General"
	switch c := code[0]; {
	case len(code) >= len(general) && strings.EqualFold(code[:len(general)], general):
		s.tokens = append(s.tokens, formatToken{place: 'G'})
		return code[len(general):], true
	case c == 'E' && len(code) > 1 && (code[1] == '+' || code[1] == '-') && s.kind == digitSection:
		s.exponent++
		return strings.TrimLeft(code[2:], "0#?"), true
	case strings.IndexByte("yYmMdDhHsSaA", c) >= 0 && s.kind != digitSection:
		return s.dateToken(code), true
	}
	return code, false
}

func (s *sectionParser) character(c rune, token string) {
	switch {
	case c == '0' || c == '#' || c == '?':
		s.digit(byte(c))
	case c == '.' && s.kind != dateSection:
		s.scale()
		s.tokens = append(s.tokens, formatToken{place: '.'})
		s.kind = digitSection
	case c == ',' && s.kind == digitSection:
		s.commas++
	case c == '%':
		s.percents = min(s.percents+1, 4)
		s.literal(token)
	case c == '@':
		s.kind = textSection
		s.tokens = append(s.tokens, formatToken{place: '@'})
	default:
		s.literal(token)
	}
}

func (s *sectionParser) literal(text string) {
	s.tokens = append(s.tokens, formatToken{literal: text})
}

// digit adds the place of a digit. Commas between two group the digits.
func (s *sectionParser) digit(c byte) {
	commas := s.commas
	s.commas = 0
	if s.kind == dateSection || s.integer+s.decimals >= mostPlaces {
		return // fractions of a second
	}
	s.kind = digitSection
	if s.decimal() {
		s.decimals++
	} else {
		s.integer++
		s.grouped = s.grouped || commas > 0
	}
	s.tokens = append(s.tokens, formatToken{place: c})
}

func (s *sectionParser) decimal() bool {
	for _, t := range s.tokens {
		if t.place == '.' {
			return true
		}
	}
	return false
}

// scale takes the commas after the last digit for thousands that are not shown.
func (s *sectionParser) scale() {
	s.thousands = min(s.thousands+s.commas, 4)
	s.commas = 0
}

// bracket reads a colour, a condition, a currency or an elapsed time.
func (s *sectionParser) bracket(inside string) {
	lower := strings.ToLower(inside)
	switch {
	case strings.HasPrefix(inside, "$"):
		symbol, locale, _ := strings.Cut(inside[1:], "-")
		s.literal(symbol)
		s.marks = marksOf(locale)
	case lower != "" && strings.Trim(lower, lower[:1]) == "" && strings.Contains("hms", lower[:1]):
		s.kind = dateSection
		s.date.elapsed = true
		s.date.add(lower[0])
	default:
		operator := inside[:len(inside)-len(strings.TrimLeft(inside, "<>="))]
		if bound, err := strconv.ParseFloat(inside[len(operator):], 64); err == nil && operator != "" {
			s.operator, s.bound = operator, bound
		}
	}
}

// dateToken reads a run of one letter of a date and returns what is after it.
func (s *sectionParser) dateToken(code string) string {
	upper := strings.ToUpper(code)
	for _, half := range []string{"AM/PM", "A/P"} {
		if strings.HasPrefix(upper, half) {
			s.kind = dateSection
			return code[len(half):]
		}
	}
	c := upper[0]
	if c == 'A' {
		s.literal(code[:1])
		return code[1:]
	}
	s.kind = dateSection
	s.date.add(c | 0x20)
	n := 1
	for n < len(code) && upper[n] == c {
		n++
	}
	return code[n:]
}

// finish drops what the kind of a section has no use for. A fraction is shown
// as a decimal.
func (s *sectionParser) finish() {
	if s.kind != digitSection {
		return
	}
	for _, t := range s.tokens {
		if t.literal == "/" {
			s.formatSection = formatSection{operator: s.operator, bound: s.bound}
			return
		}
	}
	if s.exponent > 0 {
		kept := s.tokens[:0]
		for _, t := range s.tokens {
			if t.place == 0 || len(kept) == 0 || kept[len(kept)-1].place == 0 {
				kept = append(kept, t)
			}
		}
		s.tokens = kept
	}
}
