package lang

import "strings"

// digits is a number as it is written in digits.
type digits struct {
	whole, fraction string
	length          int
	// part is set for one part of several that points hold together, such as
	// a version, which no scale or unit follows.
	part bool
}

// readDigits reads the number that s begins with. Groups of three digits are
// parted by white space that does not break the line, by points, commas or
// apostrophes; of a point and a comma the second is the decimal mark. A number
// that continues one part of several has neither.
func readDigits(language, s string, continues bool) digits {
	n := digitRun(s)
	d := digits{whole: s[:n], length: n, part: continues}
	if continues {
		return d
	}
	if n <= 3 {
		d.groups(s)
	}
	rest := s[d.length:]
	if len(rest) < 2 || !isMark(rest[0]) || !IsDigit(rest[1]) {
		return d
	}
	run := digitRun(rest[1:])
	after := rest[1+run:]
	switch {
	case len(after) > 1 && after[0] == rest[0] && IsDigit(after[1]):
		d.part = true // 2.3.1, 07.02.2024
	case run == 3 && d.length == n && n <= 3 && s[0] != '0' && partsThousands(language, rest[0]):
		d.whole, d.length = s[:n]+rest[1:4], n+4
	default:
		d.fraction, d.length = rest[1:1+run], d.length+1+run
	}
	return d
}

// groups extends the whole part by groups of three after one separator.
// A single group after a point or comma may be decimals, and is left.
func (d *digits) groups(s string) {
	end := d.length
	separator := groupSeparator(s[end:])
	if separator == "" {
		return
	}
	count := 0
	var b strings.Builder
	for strings.HasPrefix(s[end:], separator) && digitRun(s[end+len(separator):]) == 3 {
		if count == 0 {
			b.WriteString(d.whole)
		}
		end += len(separator)
		b.WriteString(s[end : end+3])
		end += 3
		count++
	}
	single := separator == "." || separator == ","
	if count == 0 || s[0] == '0' || single && count == 1 && !otherMarkFollows(s[end:], separator) {
		return
	}
	d.whole, d.length = b.String(), end
}

// otherMarkFollows reports whether after a group there is the other one of
// point and comma with digits: "1.234,56".
func otherMarkFollows(s, separator string) bool {
	return len(s) > 1 && isMark(s[0]) && s[:1] != separator && IsDigit(s[1])
}

func groupSeparator(s string) string {
	for _, separator := range []string{" ", "\u00a0", "\u202f", "\u2009", ".", ",", "'", "’"} {
		if strings.HasPrefix(s, separator) {
			return separator
		}
	}
	return ""
}

// partsThousands reports whether a mark before three digits parts thousands in a
// language rather than decimals.
func partsThousands(language string, mark byte) bool {
	switch language {
	case "en":
		return mark == ','
	case "":
		return true
	}
	return mark == '.'
}

func digitRun(s string) int {
	n := 0
	for n < len(s) && IsDigit(s[n]) {
		n++
	}
	return n
}
