package office

import (
	"slices"
	"strconv"
	"strings"

	"github.com/xuri/nfp"
)

// formatSection is the format of some of the numbers.
type formatSection struct {
	parts []formatPart
	// operator and bound say which numbers, "" by the place of the section.
	operator string
	bound    float64
	// date is "" for a format of numbers.
	date dateFormat
	// places and decimals count the places of digits before and after the point.
	places, decimals int
	// percents and thousands are how often the number is multiplied by a
	// hundred and divided by a thousand.
	percents, thousands  int
	grouped, exponential bool
	// marks are those of the language that the format itself names.
	marks *numberMarks
}

// formatPart is a literal, the place of a digit ('0', '#' or '?'), the decimal
// point or, as '@', the place of the whole number.
type formatPart struct {
	literal string
	place   byte
}

func (p formatPart) isDigit() bool { return p.place != 0 && p.place != '.' && p.place != '@' }

func parseSection(tokens []nfp.Token) formatSection {
	var s formatSection
	for i, t := range tokens {
		switch t.TType {
		case nfp.TokenTypeGeneral, nfp.TokenTypeTextPlaceHolder:
			s.parts = append(s.parts, formatPart{place: '@'})
		case nfp.TokenTypeZeroPlaceHolder, nfp.TokenTypeHashPlaceHolder, nfp.TokenTypeDigitalPlaceHolder:
			s.digits(t.TValue)
		case nfp.TokenTypeDecimalPoint:
			s.point()
		case nfp.TokenTypeThousandsSeparator:
			s.thousands++
		case nfp.TokenTypeExponential:
			s.exponential = true
		case nfp.TokenTypeFraction: // shown as a decimal
			first := slices.IndexFunc(s.parts, formatPart.isDigit)
			return formatSection{operator: s.operator, bound: s.bound, parts: append(s.parts[:max(first, 0)], formatPart{place: '@'})}
		case nfp.TokenTypePercent:
			s.percents++
			s.literal(t.TValue)
		case nfp.TokenTypeDateTimes, nfp.TokenTypeElapsedDateTimes:
			s.time(t)
		case nfp.TokenTypeCondition, nfp.TokenTypeCurrencyLanguage:
			s.bracket(t.Parts)
		case nfp.TokenTypeColor, nfp.TokenTypeRepeatsChar, nfp.TokenTypeSwitchArgument:
		default:
			if t.TValue == "," && tokens[max(i-1, 0)].TType == nfp.TokenTypeThousandsSeparator {
				s.thousands++
				continue
			}
			s.literal(t.TValue)
		}
	}
	s.date = s.date.minutes()
	return s
}

func (s *formatSection) literal(text string) {
	s.parts = append(s.parts, formatPart{literal: text})
}

// digits adds places of digits. Commas before one group the digits, those
// after the last are thousands that are not shown.
func (s *formatSection) digits(places string) {
	if s.date != "" || s.exponential {
		return // fractions of a second, or digits of the exponent
	}
	if s.thousands > 0 && s.decimals == 0 {
		s.grouped, s.thousands = true, 0
	}
	for i := range len(places) {
		if slices.ContainsFunc(s.parts, func(p formatPart) bool { return p.place == '.' }) {
			s.decimals++
		}
		s.places++
		s.parts = append(s.parts, formatPart{place: places[i]})
	}
}

func (s *formatSection) point() {
	if s.date != "" {
		return
	}
	if s.places == 0 {
		s.digits("#")
	}
	s.parts = append(s.parts, formatPart{place: '.'})
}

// time adds a run of one letter of a date or time. Letters that are none of
// these, or that stand by digits, are literals.
func (s *formatSection) time(t nfp.Token) {
	letter := strings.ToLower(t.TValue[:1])
	switch {
	case letter == "a" && len(t.TValue) > 1: // AM/PM
	case s.places > 0 || !strings.Contains("ymdhs", letter):
		s.literal(t.TValue)
	case t.TType == nfp.TokenTypeElapsedDateTimes:
		s.date += elapsed + dateFormat(letter)
	default:
		s.date += dateFormat(letter)
	}
}

// bracket reads a condition, or a currency and the language of the number.
func (s *formatSection) bracket(parts []nfp.Part) {
	for _, p := range parts {
		switch t := p.Token; t.TType {
		case nfp.TokenTypeOperator:
			s.operator = t.TValue
		case nfp.TokenTypeOperand:
			s.bound, _ = strconv.ParseFloat(t.TValue, 64) // 0 where there is no number
		case nfp.TokenSubTypeCurrencyString:
			s.literal(t.TValue)
		case nfp.TokenSubTypeLanguageInfo:
			marks := marksOf(t.TValue)
			s.marks = &marks
		}
	}
}

// numberMarks are how a language writes numbers: the zero value as English.
type numberMarks struct {
	group string
	// comma says that a comma parts the decimals.
	comma bool
}

// frenchMarks are how French writes numbers.
func frenchMarks() numberMarks { return numberMarks{group: "\u00a0", comma: true} }

// marksOf returns the marks of a Windows locale in hexadecimal, "40C".
func marksOf(locale string) numberMarks {
	id, err := strconv.ParseUint(locale, 16, 32)
	if err != nil {
		return numberMarks{}
	}
	const swissGerman, mexican, language, locales = 0x807, 0x80a, 0x3ff, 0xffff
	if id &= locales; id <= language || id == swissGerman || id == mexican {
		return numberMarks{}
	}
	switch id & language {
	case 0x0c, 0x05, 0x0b, 0x14, 0x15, 0x19, 0x1b, 0x1d, 0x22: // fr cs fi nb pl ru sk sv uk
		return frenchMarks()
	case 0x07, 0x0a, 0x10, 0x13, 0x16, 0x18, 0x06, 0x08, 0x1f, 0x1a: // de es it nl pt ro da el tr hr
		return numberMarks{group: ".", comma: true}
	}
	return numberMarks{}
}
