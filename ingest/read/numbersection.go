package read

import (
	"math"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// mostPlaces bounds the places for digits in a format.
const mostPlaces = 64

// parseSection reads one section of the code of a number format.
func parseSection(code string) formatSection {
	var s formatSection
	commas := 0
	for code != "" {
		c, n := utf8.DecodeRuneInString(code)
		token := code[:n]
		switch {
		case c == '"':
			text, rest, _ := strings.Cut(code[1:], `"`)
			s.literal(text)
			code = rest
			continue
		case c == '\\' || c == '_' || c == '*':
			_, m := utf8.DecodeRuneInString(code[n:])
			if c == '\\' {
				s.literal(code[n : n+m])
			} else if c == '_' {
				s.literal(" ")
			}
			code = code[n+m:]
			continue
		case c == '[':
			inside, rest, _ := strings.Cut(code[1:], "]")
			s.bracket(inside)
			code = rest
			continue
		case len(code) >= 7 && strings.EqualFold(code[:7], "General"):
			s.tokens = append(s.tokens, formatToken{place: 'G'})
			code = code[7:]
			continue
		case c == 'E' && len(code) > 1 && (code[1] == '+' || code[1] == '-') && s.kind == digitSection:
			s.exponent++
			code = strings.TrimLeft(code[2:], "0#?")
			continue
		case c == '0' || c == '#' || c == '?':
			commas = s.digit(byte(c), commas)
		case c == '.' && s.kind != dateSection:
			s.scale(&commas)
			s.tokens = append(s.tokens, formatToken{place: '.'})
			s.kind = digitSection
		case c == ',' && s.kind == digitSection:
			commas++
		case c == '%':
			s.percents = min(s.percents+1, 4)
			s.literal("%")
		case c == '@':
			s.kind = textSection
			s.tokens = append(s.tokens, formatToken{place: '@'})
		case strings.ContainsRune("yYmMdDhHsSaA", c) && s.kind != digitSection:
			code = s.dateToken(code)
			continue
		default:
			s.literal(token)
		}
		code = code[n:]
	}
	s.scale(&commas)
	s.finish()
	return s
}

func (s *formatSection) literal(text string) {
	s.tokens = append(s.tokens, formatToken{literal: text})
}

// digit adds the place of a digit. Commas between two group the digits.
func (s *formatSection) digit(c byte, commas int) int {
	if s.kind == dateSection || s.integer+s.decimals >= mostPlaces {
		return 0 // fractions of a second
	}
	s.kind = digitSection
	if s.decimal() {
		s.decimals++
	} else {
		s.integer++
		s.grouped = s.grouped || commas > 0
	}
	s.tokens = append(s.tokens, formatToken{place: c})
	return 0
}

func (s *formatSection) decimal() bool {
	for _, t := range s.tokens {
		if t.place == '.' {
			return true
		}
	}
	return false
}

// scale takes the commas after the last digit for thousands that are not shown.
func (s *formatSection) scale(commas *int) {
	s.thousands = min(s.thousands+*commas, 4)
	*commas = 0
}

// bracket reads a colour, a condition, a currency or an elapsed time.
func (s *formatSection) bracket(inside string) {
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
func (s *formatSection) dateToken(code string) string {
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
func (s *formatSection) finish() {
	if s.kind != digitSection {
		return
	}
	for _, t := range s.tokens {
		if t.literal == "/" {
			*s = formatSection{operator: s.operator, bound: s.bound}
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

// numberMarks are how a language writes numbers: the zero value as English.
type numberMarks string

const (
	spacedMarks numberMarks = "\u00a0,"
	dottedMarks numberMarks = ".,"
)

func (m numberMarks) decimal() string {
	if m == "" {
		return "."
	}
	return ","
}

func (m numberMarks) group() string {
	if m == "" {
		return ","
	}
	return strings.TrimSuffix(string(m), ",")
}

// marksOf returns the marks of a Windows locale in hexadecimal, "40C".
func marksOf(locale string) numberMarks {
	id, err := strconv.ParseUint(locale, 16, 32)
	if err != nil {
		return ""
	}
	const swissGerman, mexican, language, locales = 0x807, 0x80a, 0x3ff, 0xffff
	if id &= locales; id <= language || id == swissGerman || id == mexican {
		return ""
	}
	switch id & language {
	case 0x0c, 0x05, 0x0b, 0x14, 0x15, 0x19, 0x1b, 0x1d, 0x22: // fr cs fi nb pl ru sk sv uk
		return spacedMarks
	case 0x07, 0x0a, 0x10, 0x13, 0x16, 0x18, 0x06, 0x08, 0x1f, 0x1a: // de es it nl pt ro da el tr hr
		return dottedMarks
	}
	return ""
}

// dateParts says what of a moment a format shows.
type dateParts struct {
	year, month, day, hour, minute, second, elapsed bool
	last                                            byte
	// pending says that an m after which no s has come is the month.
	pending bool
}

// add notes a letter. An m after h or before s is for minutes.
func (d *dateParts) add(c byte) {
	switch c {
	case 'y':
		d.year = true
	case 'd':
		d.day = true
	case 'h':
		d.hour = true
	case 's':
		d.second = true
		if d.pending {
			d.month, d.minute = false, true
		}
	case 'm':
		if d.last == 'h' || d.elapsed {
			d.minute = true
		} else {
			d.pending = !d.month
			d.month = true
		}
	}
	if c != 'm' {
		d.pending = false
	}
	d.last = c
}

// epoch is the day that a workbook counts from.
type epoch int

const (
	since1900 epoch = iota
	since1904
)

// show writes a number of days, "" for what is none.
func (d dateParts) show(value float64, since epoch) string {
	const last = 2_958_466 // 9999-12-31
	if d.elapsed {
		return d.duration(value)
	}
	if value < 0 || value >= last || math.IsNaN(value) {
		return ""
	}
	from := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
	switch {
	case since == since1904:
		from = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
	case value < 60:
		from = from.AddDate(0, 0, 1) // there was no 1900-02-29, which is day 60
	}
	days, rest := math.Modf(value)
	seconds := math.Round(rest * 86_400)
	moment := from.AddDate(0, 0, int(days)).Add(time.Duration(seconds) * time.Second)
	layout := ""
	switch {
	case d.day || d.year && d.month && d.hour:
		layout = "2006-01-02"
	case d.year && d.month:
		layout = "2006-01"
	case d.year:
		layout = "2006"
	case d.month:
		layout = "2006-01"
	}
	switch {
	case d.minute && d.second && !d.hour:
		layout += " 04:05"
	case d.second:
		layout += " 15:04:05"
	case d.hour || d.minute:
		layout += " 15:04"
	}
	return moment.Format(strings.TrimSpace(layout))
}

// duration writes hours beyond a day.
func (d dateParts) duration(value float64) string {
	if math.Abs(value) > 1e9 || math.IsNaN(value) {
		return ""
	}
	sign := ""
	if value < 0 {
		sign, value = "-", -value
	}
	seconds := int64(math.Round(value * 86_400))
	text := sign + strconv.FormatInt(seconds/3600, 10) + ":" + twoDigits(seconds/60%60)
	if d.second {
		text += ":" + twoDigits(seconds%60)
	}
	return text
}

func twoDigits(n int64) string { return string(rune('0'+n/10)) + string(rune('0'+n%10)) }
