package verify

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
	clocks []lang.TimeOfDay
}

// figure is a number.
type figure struct {
	// value is a canonical decimal, unit "%" or a currency, measure what
	// lang.UnitOfMeasure has; both are "" where the text names none.
	value, unit, measure string
	// loose is set for a word that may say the number, see loosely.
	loose bool
}

func figuresOf(language, s string) figures {
	f := figures{clocks: lang.TimesOfDay(s)}
	dates := lang.Dates(language, s)
	for _, d := range dates {
		f.dates = append(f.dates, d.Value)
	}
	numbers := lang.Numbers(language, s)
	for _, n := range numbers {
		if day, ok := rangeDay(s, n, dates); ok {
			f.dates = append(f.dates, day)
		}
		if f.taken(n, dates) {
			continue
		}
		f.numbers = append(f.numbers, figure{value: n.Value, unit: n.Unit, measure: measureAfter(s, n.End)})
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
	for _, c := range lang.TimesOfDay(s) {
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
		slices.ContainsFunc(f.clocks, func(c lang.TimeOfDay) bool { return c.Clear && n.Start >= c.Start && n.Start < c.End })
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
	"douzaine": "12", "dozen": "12", "biennal": "2", "biennale": "2", "triennal": "3", "triennale": "3", "triennales": "3", "quinquennal": "5",
}

// measureAfter is the measure of what is counted: the word after the number or
// the one after that, as in "25 working days".
func measureAfter(s string, at int) string {
	words := lang.Words("", lang.FirstBytes(s[at:], 40))
	for i, w := range words[:min(2, len(words))] {
		between := s[at : at+w.Start]
		if strings.ContainsAny(between, ".,;:()\n") {
			return ""
		}
		if m := lang.UnitOfMeasure(w.Surface); m != "" && (i == 0 || len(w.Surface) > 2) {
			return m
		}
	}
	return ""
}

// isRange reports whether what stands between two numbers makes a range of
// them.
func isRange(between string) bool {
	switch strings.ToLower(strings.Trim(between, " \u00a0\u202f")) {
	case "à", "a", "-", "–", "—", "et", "to", "and", "through", "ou", "or", "au":
		return true
	}
	return false
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
