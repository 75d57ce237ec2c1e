package lang

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Date is a calendar date that a text states.
type Date struct {
	// Value is "2024-02-07", "2024-02", "2024", or "--02-07" without a year, as
	// ISO 8601 writes them.
	Value      string
	Start, End int
}

// Dates finds the dates of a text in order, never overlapping: "7 février
// 2024", "Feb 7, 2024", "2024-02-07", "07/02/2024", "juillet 2024", "1er
// janvier", "March 3rd", and a year from 1000 to 2100 alone unless it counts
// something. Months are known by their names in all languages.
//
// Of 07/02/2024 the first number is the day in every language, unless only the
// second can be: the same characters must mean the same date in a question and
// in the document it is answered from.
func Dates(language, text string) []Date {
	s := dateScanner{language: language, text: text}
	for at := 0; at < len(text); {
		at = s.step(at)
	}
	return s.found
}

type dateScanner struct {
	language, text string
	found          []Date
}

// step reads a date at at, or passes over a number, a word or a character.
func (s *dateScanner) step(at int) int {
	c := s.text[at]
	var d Date
	var ok bool
	next := at + 1
	switch {
	case IsDigit(c):
		next = at + digitRun(s.text[at:])
		d, ok = s.fromDigits(at, next)
	case c >= utf8.RuneSelf || IsASCIILetter(c):
		size, letter := letterAt(s.text, at)
		if !letter {
			return at + size
		}
		next = wordEnd(s.text, at)
		if d, ok = s.fromMonth(at, next); !ok {
			next += digitRun(s.text[next:]) // no date in B2024
		}
	}
	if !ok {
		return next
	}
	s.found = append(s.found, d)
	return d.End
}

// fromDigits reads a date that begins with the digits from at to end.
func (s *dateScanner) fromDigits(at, end int) (Date, bool) {
	switch end - at {
	case 4:
		if d, ok := s.iso(at, end); ok {
			return d, true
		}
		return s.year(at, end)
	case 1, 2:
		if d, ok := s.numeric(at, end); ok {
			return d, true
		}
		return s.dayMonth(at, end)
	}
	return Date{}, false
}

// iso reads 2024-02-07 and 2024/02/07.
func (s *dateScanner) iso(at, end int) (Date, bool) {
	m := readParts(s.text[end:], "-/", 2)
	if len(m) != 2 || len(m[0]) != 2 || len(m[1]) != 2 {
		return Date{}, false
	}
	stop := end + len("-mm-dd")
	d, ok := dateOf(s.text[at:end], number(m[0]), number(m[1]), at, stop)
	return d, ok && !inCode(s.text, at, stop)
}

// numeric reads 07/02/2024, 7.2.2024, 07-02-2024, 07/02/24 and 02/2024.
func (s *dateScanner) numeric(at, end int) (Date, bool) {
	m := readParts(s.text[end:], "/.-", 2)
	if len(m) == 1 && len(m[0]) == 4 && s.text[end] == '/' && !inCode(s.text, at, end+5) {
		return dateOf(m[0], number(s.text[at:end]), noDay, at, end+5)
	}
	if len(m) != 2 || len(m[0]) > 2 {
		return Date{}, false
	}
	stop := end + 2 + len(m[0]) + len(m[1])
	year := m[1]
	if len(year) == 2 && s.text[end] == '/' {
		year = century(year)
	}
	if len(year) != 4 || inCode(s.text, at, stop) {
		return Date{}, false
	}
	day, month := number(s.text[at:end]), number(m[0])
	if month > 12 {
		day, month = month, day
	}
	return dateOf(year, month, day, at, stop)
}

// readParts reads n runs of digits, each after the same one of the marks.
func readParts(s, marks string, n int) []string {
	if s == "" || strings.IndexByte(marks, s[0]) < 0 {
		return nil
	}
	var parts []string
	mark := s[0]
	for len(parts) < n && s != "" && s[0] == mark {
		run := digitRun(s[1:])
		parts = append(parts, s[1:1+run])
		s = s[1+run:]
	}
	return parts
}

func century(year string) string {
	if year < "70" {
		return "20" + year
	}
	return "19" + year
}

// inCode reports whether digits and marks go on around a run, so that it is
// part of a code or version.
func inCode(text string, start, end int) bool {
	if start > 0 && (IsDigit(text[start-1]) || strings.IndexByte("-/.,", text[start-1]) >= 0 && start > 1 && IsDigit(text[start-2])) {
		return true
	}
	if end < len(text) && IsDigit(text[end]) {
		return true
	}
	return end+1 < len(text) && strings.IndexByte("-/.,", text[end]) >= 0 && IsDigit(text[end+1])
}

// dayMonth reads "7 février 2024", "1er janvier", "7th of February, 2024".
func (s *dateScanner) dayMonth(at, end int) (Date, bool) {
	if at > 0 && isMark(s.text[at-1]) && at > 1 && IsDigit(s.text[at-2]) {
		return Date{}, false
	}
	next := end
	if stop := wordEnd(s.text, end); ordinalSuffixes[lowered(s.text[end:stop])] {
		next = stop
	} else if s.language == "de" && strings.HasPrefix(s.text[end:], ". ") {
		next++
	}
	next += dateGap(s.text[next:])
	next += linked(s.text[next:], "of ", "de ")
	stop := wordEnd(s.text, next)
	month := monthOf(s.text[next:stop])
	if month == 0 || next == end {
		return Date{}, false
	}
	stop += point(s.text, next, stop)
	year, yearEnd := s.yearAfter(stop)
	if year == "" && isVerb(s.text[next:stop]) {
		return Date{}, false
	}
	return dateOf(year, month, number(s.text[at:end]), at, max(stop, yearEnd))
}

// fromMonth reads a date that begins with a month from at to end: "July 2024",
// and "Feb 7, 2024" or "March 3rd", which French does not write.
func (s *dateScanner) fromMonth(at, end int) (Date, bool) {
	name := s.text[at:end]
	month := monthOf(name)
	if month == 0 || at > 0 && afterDigit(s.text, at) {
		return Date{}, false
	}
	end += point(s.text, at, end)
	if year, stop := s.yearAfter(end); year != "" {
		return dateOf(year, month, noDay, at, stop)
	}
	from := end + dateGap(s.text[end:])
	n := digitRun(s.text[from:])
	if s.language == "fr" || n == 0 || n > 2 || from == end {
		return Date{}, false
	}
	stop := from + n
	ordinal := wordEnd(s.text, stop)
	if ordinalSuffixes[lowered(s.text[stop:ordinal])] {
		stop = ordinal
	} else if ordinal > stop {
		return Date{}, false
	}
	year, yearEnd := s.yearAfter(stop)
	if year == "" && (isVerb(name) && ordinal == stop || inCode(s.text, from, from+n)) {
		return Date{}, false
	}
	return dateOf(year, month, number(s.text[from:from+n]), at, max(stop, yearEnd))
}

// yearAfter reads a year after a month or day, and where it ends.
func (s *dateScanner) yearAfter(at int) (string, int) {
	from := at
	if strings.HasPrefix(s.text[from:], ",") {
		from++
	}
	from += dateGap(s.text[from:])
	from += linked(s.text[from:], "of ", "de ", "del ")
	n := digitRun(s.text[from:])
	if n != 4 || from == at || !isYear(s.text[from:from+n]) {
		return "", at
	}
	if r, _ := utf8.DecodeRuneInString(s.text[from+n:]); unicode.IsLetter(r) {
		return "", at
	}
	return s.text[from : from+n], from + n
}

// linked returns the size of the first of the words that s begins with, 0 for none.
func linked(s string, words ...string) int {
	for _, w := range words {
		if strings.HasPrefix(s, w) {
			return len(w)
		}
	}
	return 0
}

// dateGap returns the size of what may stand between the parts of a date: a
// blank, a hyphen, or a line break within wrapped prose.
func dateGap(s string) int {
	if strings.HasPrefix(s, "-") || strings.HasPrefix(s, "\n") {
		return 1
	}
	return blank(s)
}

// point returns the size of the point after a month's abbreviation.
func point(text string, start, end int) int {
	if end < len(text) && text[end] == '.' && end-start <= len("févr")+1 {
		return 1
	}
	return 0
}

// isVerb reports whether a month's name in small letters is an English word:
// "5 may apply".
func isVerb(name string) bool { return name == "may" || name == "march" || name == "mar" }

// number reads a few digits.
func number(s string) int {
	n, _ := strconv.Atoi(s)
	return n
}

// noDay stands for the day of a month as a whole.
const noDay = -1

// dateOf is a date in a run of text, as ISO 8601 writes it; a missing year is "",
// a missing day noDay. It reports false for a day that the month does not have.
func dateOf(year string, month, day, start, end int) (Date, bool) {
	if month < 1 || month > 12 || day == 0 || day > monthDays[month] || year != "" && !isYear(year) {
		return Date{}, false
	}
	value := fmt.Sprintf("%s-%02d", cmp.Or(year, "-"), month)
	if day != noDay {
		value += fmt.Sprintf("-%02d", day)
	}
	return Date{Value: value, Start: start, End: end}, true
}
