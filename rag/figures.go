package rag

import (
	"slices"
	"strconv"
	"strings"

	"docent/rag/lang"
)

// figures are the numbers, dates and times of day of a text in the form in
// which all languages agree.
type figures struct {
	numbers []figure
	// dates are ISO 8601, as lang.Dates has them.
	dates  []string
	clocks []lang.Clock
}

// figure is a number.
type figure struct {
	// value is a canonical decimal, unit "%" or a currency, measure what
	// lang.Measure has; both are "" where the text names none.
	value, unit, measure string
	// loose is set for a word that may say the number, see loosely.
	loose bool
	// scaled is the number with the scale and unit of the one that a range
	// ends with: 10 of "10 to 12 million euros". Nil where it is in none.
	scaled *figure
}

func figuresOf(language, s string) figures {
	f := figures{clocks: lang.Clocks(s)}
	dates := lang.Dates(language, s)
	for _, d := range dates {
		f.dates = append(f.dates, d.Value)
	}
	numbers := lang.Numbers(language, s)
	for i, n := range numbers {
		if day, ok := rangeDay(s, n, dates); ok {
			f.dates = append(f.dates, day)
		}
		if f.taken(n, dates) {
			continue
		}
		number := figure{value: n.Value, unit: n.Unit, measure: measureAfter(s, n.End)}
		if i+1 < len(numbers) && isRange(s[n.End:numbers[i+1].Start]) {
			number.scaled = scaledAs(language, s, n, numbers[i+1])
		}
		f.numbers = append(f.numbers, number)
	}
	for _, w := range lang.Words(language, s) {
		if value, ok := ordinals[w.Surface]; ok {
			f.numbers = append(f.numbers, figure{value: strconv.Itoa(value)})
		}
	}
	return f
}

// figureSpans are where the figures of a text stand, with their scales, units
// and months, which are no words then.
func figureSpans(language, s string) []lang.Span {
	var spans []lang.Span
	for _, n := range lang.Numbers(language, s) {
		spans = append(spans, lang.Span{Start: n.Start, End: n.End})
	}
	for _, d := range lang.Dates(language, s) {
		spans = append(spans, lang.Span{Start: d.Start, End: d.End})
	}
	for _, c := range lang.Clocks(s) {
		spans = append(spans, lang.Span{Start: c.Start, End: c.End})
	}
	return spans
}

func isWithin(spans []lang.Span, w lang.Word) bool {
	return isNumeral(w.Surface) || slices.ContainsFunc(spans, func(s lang.Span) bool { return w.Start >= s.Start && w.End <= s.End })
}

// taken reports whether a number is part of a date or a time of day.
func (f figures) taken(n lang.Number, dates []lang.Date) bool {
	return slices.ContainsFunc(dates, func(d lang.Date) bool { return n.Start >= d.Start && n.Start < d.End }) ||
		slices.ContainsFunc(f.clocks, func(c lang.Clock) bool { return c.Clear && n.Start >= c.Start && n.Start < c.End })
}

// ordinals are the ordinal numbers that are nothing else, folded.
var ordinals = func() map[string]int {
	table := make(map[string]int)
	for _, list := range []string{
		"troisieme quatrieme cinquieme sixieme septieme huitieme neuvieme dixieme", "third fourth fifth sixth seventh eighth ninth tenth",
	} {
		for i, word := range strings.Fields(list) {
			table[word] = i + 3
		}
	}
	return table
}()

// loosely are words that say a number on the side of the evidence only, since
// in a claim they may mean nothing of the kind.
var loosely = map[string]string{
	"un": "1", "une": "1", "one": "1", "a": "1", "an": "1", "premier": "1", "premiere": "1", "first": "1", "once": "1",
	"second": "2", "seconde": "2", "deuxieme": "2", "twice": "2", "double": "2", "tiers": "3", "quart": "4", "quarter": "4",
	"douzaine": "12", "dozen": "12",
}

// measureAfter is the measure of what is counted: the word after the number or
// the one after that, as in "25 working days".
func measureAfter(s string, at int) string {
	words := lang.Words("", firstBytes(s[at:], 40))
	for i, w := range words[:min(2, len(words))] {
		between := s[at : at+w.Start]
		if strings.ContainsAny(between, ".,;:()\n") {
			return ""
		}
		if m := lang.Measure(w.Surface); m != "" && (i == 0 || len(w.Surface) > 2) {
			return m
		}
	}
	return ""
}

func firstBytes(s string, n int) string { return strings.ToValidUTF8(s[:min(n, len(s))], "") }

// isRange reports whether what stands between two numbers makes a range of
// them.
func isRange(between string) bool {
	switch strings.ToLower(strings.Trim(between, " \u00a0\u202f")) {
	case "à", "a", "-", "–", "—", "et", "to", "and", "through", "ou", "or", "au":
		return true
	}
	return false
}

// scaledAs reads the digits of n with what follows the digits of next.
func scaledAs(language, s string, n, next lang.Number) *figure {
	tail := s[next.Start:min(len(s), next.End)]
	digits := strings.LastIndexAny(tail, "0123456789") + 1
	own := strings.Trim(s[n.Start:n.End], " \u00a0€$£%")
	if digits == 0 || strings.Trim(own, "0123456789.,\u00a0\u202f ") != "" {
		return nil
	}
	read := lang.Numbers(language, own+tail[digits:])
	if len(read) != 1 {
		return nil
	}
	return &figure{value: read[0].Value, unit: next.Unit, measure: measureAfter(s, next.End)}
}

// rangeDay is the date of a number that is the first day of "7 to 9 February
// 2024" or the last of "February 7–9".
func rangeDay(s string, n lang.Number, dates []lang.Date) (string, bool) {
	if len(n.Value) > 2 || n.Value == "0" || strings.ContainsAny(n.Value, "-.") {
		return "", false
	}
	for i, d := range dates {
		if strings.Count(d.Value, "-") < 2 {
			continue
		}
		before := n.End <= d.Start && isRange(s[n.End:d.Start])
		after := n.Start >= d.End && isRange(s[d.End:n.Start])
		if !before && !after {
			continue
		}
		day := n.Value
		if len(day) == 1 {
			day = "0" + day
		}
		value := d.Value[:len(d.Value)-2] + day
		if after && strings.HasPrefix(value, "--") && i+1 < len(dates) && len(dates[i+1].Value) == 4 {
			value = dates[i+1].Value + value[1:]
		}
		return value, true
	}
	return "", false
}

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
	for _, n := range f.numbers {
		q.numbers = append(q.numbers, n)
		if n.scaled != nil {
			q.numbers = append(q.numbers, *n.scaled)
		}
	}
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
	if n.scaled != nil && q.bear(*n.scaled) {
		return true
	}
	if slices.ContainsFunc(q.numbers, func(f figure) bool { return f.value == n.value && q.sameUnit(n, f) }) {
		return true
	}
	return n.unit == "" && (n.measure == "" || n.measure == "hour") && slices.ContainsFunc(q.clocks, func(c lang.Clock) bool {
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

func (q *quotedFigures) bearClock(c lang.Clock) bool {
	return slices.ContainsFunc(q.clocks, func(k lang.Clock) bool { return k.Value == c.Value })
}

// bearNumbers reports whether the quotes say every number of a claim.
func (q *quotedFigures) bearNumbers(f figures) bool {
	return !slices.ContainsFunc(f.numbers, func(n figure) bool { return !q.bear(n) })
}

// bearTimes reports whether they say every date and time of day.
func (q *quotedFigures) bearTimes(f figures) bool {
	return !slices.ContainsFunc(f.dates, func(d string) bool { return !q.bearDate(d) }) &&
		!slices.ContainsFunc(f.clocks, func(c lang.Clock) bool { return c.Clear && !q.bearClock(c) })
}
