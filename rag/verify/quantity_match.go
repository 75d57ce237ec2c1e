package verify

import (
	"slices"
	"strings"

	"docent/rag/lang"
)

// quotedFigures are the figures of quotes, with all that they imply.
type quotedFigures struct {
	figures
	// texts are the quotes, for units that stand apart from their numbers.
	texts []string
}

// add takes in a quote.
func (q *quotedFigures) add(language, text string) {
	f := figuresOf(language, text)
	q.texts = append(q.texts, text)
	q.dates = append(q.dates, f.dates...)
	q.clocks = append(q.clocks, f.clocks...)
	q.numbers = append(q.numbers, f.numbers...)
	for _, w := range lang.Words(language, text) {
		if value, ok := loosely[w.Surface]; ok && (language == "en" || w.Surface != "a") { // nor is "à" one
			q.numbers = append(q.numbers, figure{value: value, loose: true})
		}
	}
	// "on 7 February 2024" bears "on the 7th", "in 2024".
	for _, d := range f.dates {
		if year := d[:len("2024")]; year[0] != '-' {
			q.numbers = append(q.numbers, figure{value: year})
		}
		if strings.Count(d, "-") >= 2 && len(d) > len("2024-02") || strings.HasPrefix(d, "--") {
			q.numbers = append(q.numbers, figure{value: strings.TrimLeft(d[len(d)-2:], "0")})
		}
	}
}

// bear reports whether the quotes say a number of a claim.
func (q *quotedFigures) bear(n figure) bool {
	if slices.ContainsFunc(q.numbers, func(f figure) bool { return f.value == n.value && q.sameUnit(n, f) }) {
		return true
	}
	return n.unit == "" && (n.measure == "" || n.measure == "hour") && slices.ContainsFunc(q.clocks, func(c lang.TimeOfDay) bool {
		hour, minutes, _ := strings.Cut(c.Value, ":")
		return strings.TrimPrefix(hour, "0") == n.value && (minutes == "00" || n.measure == "")
	})
}

// sameUnit reports whether a claim's number may be one of the quotes by its
// unit: 12 % are not 12, and 10 € not 10 $. A claim may leave a currency out,
// and take one from elsewhere in the quotes.
func (q *quotedFigures) sameUnit(claimed, quoted figure) bool {
	if claimed.measure != "" && quoted.measure != "" && claimed.measure != quoted.measure {
		return false
	}
	switch {
	case claimed.unit == quoted.unit:
		return true
	case claimed.unit == "":
		return quoted.unit != "%"
	case quoted.unit != "" || quoted.measure != "", quoted.loose && claimed.unit == "%":
		return false
	}
	return slices.ContainsFunc(q.texts, func(t string) bool { return namesUnit(t, claimed.unit) })
}

// namesUnit reports whether a text has a unit anywhere, as the head of a table
// does.
func namesUnit(text, unit string) bool {
	for word := range strings.FieldsSeq(text) {
		for _, n := range lang.Numbers("", "2 "+strings.Trim(word, "()[]|,;:.")) {
			if n.Unit == unit {
				return true
			}
		}
	}
	return false
}

// bearDate reports whether the quotes say a date, or one that is more exact. A
// day and a year may stand apart.
func (q *quotedFigures) bearDate(date string) bool {
	for _, d := range q.dates {
		if d == date || strings.HasPrefix(d, date+"-") || strings.HasPrefix(date, "--") && strings.HasSuffix(d, date[1:]) {
			return true
		}
	}
	if len(date) == len("2024-02-07") && slices.Contains(q.dates, date[:4]) && slices.Contains(q.dates, "-"+date[4:]) {
		return true
	}
	return len(date) == 4 && slices.ContainsFunc(q.numbers, func(n figure) bool { return n.value == date && n.unit == "" })
}

func (q *quotedFigures) bearClock(c lang.TimeOfDay) bool {
	return slices.ContainsFunc(q.clocks, func(k lang.TimeOfDay) bool { return k.Value == c.Value })
}

// bearNumbers reports whether the quotes say every number of a claim.
func (q *quotedFigures) bearNumbers(f figures) bool {
	return !slices.ContainsFunc(f.numbers, func(n figure) bool { return !q.bear(n) })
}

// bearTimes reports whether they say every date and time of day.
func (q *quotedFigures) bearTimes(f figures) bool {
	return !slices.ContainsFunc(f.dates, func(d string) bool { return !q.bearDate(d) }) &&
		!slices.ContainsFunc(f.clocks, func(c lang.TimeOfDay) bool { return c.Clear && !q.bearClock(c) })
}
