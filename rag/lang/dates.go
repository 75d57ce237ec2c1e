package lang

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// Date is a calendar date that a text states.
type Date struct {
	// Value is "2024-02-07", "2024-02", "2024", or "--02-07" without a year.
	Value      string
	Start, End int
}

var months = map[string]int{
	"janvier": 1, "janv": 1, "january": 1, "jan": 1, "fevrier": 2, "fevr": 2, "fev": 2, "february": 2, "feb": 2,
	"mars": 3, "march": 3, "mar": 3, "avril": 4, "avr": 4, "april": 4, "apr": 4, "mai": 5, "may": 5, "juin": 6, "june": 6, "jun": 6,
	"juillet": 7, "juil": 7, "july": 7, "jul": 7, "aout": 8, "august": 8, "aug": 8,
	"septembre": 9, "september": 9, "sept": 9, "sep": 9, "octobre": 10, "october": 10, "oct": 10,
	"novembre": 11, "november": 11, "nov": 11, "decembre": 12, "december": 12, "dec": 12,
}

const monthName = `(janvier|janv\.?|january|jan\.?|f[ée]vrier|f[ée]vr\.?|f[ée]v\.?|february|feb\.?|mars|march|mar\.|avril|avr\.?|april|apr\.?|mai|may|` +
	`juin|june|jun\.?|juillet|juil\.?|july|jul\.?|ao[ûu]t|august|aug\.?|septembre|september|sept\.?|sep\.?|octobre|october|oct\.?|` +
	`novembre|november|nov\.?|d[ée]cembre|december|dec\.?|d[ée]c\.?)`

// datePatterns in the order in which they are tried; a later one does not
// match within an earlier one's match.
var datePatterns = []struct {
	pattern          *regexp.Regexp
	year, month, day int
}{
	{regexp.MustCompile(`\b(\d{4})-(\d{2})-(\d{2})\b`), 1, 2, 3},
	{regexp.MustCompile(`(?i)\b(\d{1,2})(?:er|st|nd|rd|th)?[  ]+(?:of )?` + monthName + `,?[  ]+(\d{4})\b`), 3, 2, 1},
	{regexp.MustCompile(`(?i)\b` + monthName + `[  ]+(\d{1,2})(?:st|nd|rd|th)?,?[  ]+(\d{4})\b`), 3, 1, 2},
	{regexp.MustCompile(`\b(\d{1,2})[/.](\d{1,2})[/.](\d{4})\b`), 3, 2, 1},
	{regexp.MustCompile(`(?i)\b(\d{1,2})(?:er|st|nd|rd|th)?[  ]+(?:of )?` + monthName), 0, 2, 1},
	{regexp.MustCompile(`(?i)\b` + monthName + `,?[  ]+(\d{4})\b`), 2, 1, 0},
	{regexp.MustCompile(`(?i)\b` + monthName + `[  ]+(\d{1,2})(?:st|nd|rd|th)?\b`), 0, 1, 2},
	{regexp.MustCompile(`\b(1\d{3}|20\d{2})\b`), 1, 0, 0},
}

// Dates finds the dates of a text in French and English, in order. Of
// 07/02/2024 the first number is the day, unless only the second can be one.
func Dates(_, text string) []Date {
	var found []Date
	for _, p := range datePatterns {
		for _, m := range p.pattern.FindAllStringSubmatchIndex(text, -1) {
			part := func(i int) string {
				if i == 0 {
					return ""
				}
				return text[m[2*i]:m[2*i+1]]
			}
			value, ok := dateValue(part(p.year), part(p.month), part(p.day))
			if !ok || slices.ContainsFunc(found, func(d Date) bool { return m[0] < d.End && d.Start < m[1] }) || insideNumber(text, m[0], m[1]) {
				continue
			}
			found = append(found, Date{Value: value, Start: m[0], End: m[1]})
		}
	}
	slices.SortFunc(found, func(a, b Date) int { return cmp.Compare(a.Start, b.Start) })
	return found
}

// insideNumber keeps "2 024,50" and "1500 €" from being years.
func insideNumber(text string, start, end int) bool {
	after := strings.TrimLeft(text[end:], " \u00a0\u202f")
	if end < len(text)-1 && (text[end] == ',' || text[end] == '.') && text[end+1] >= '0' && text[end+1] <= '9' {
		return true
	}
	return strings.HasPrefix(after, "€") || strings.HasPrefix(after, "%") || strings.HasPrefix(after, "$") ||
		strings.HasPrefix(after, "euros") || strings.HasPrefix(after, "dollars") ||
		start > 0 && (text[start-1] == '$' || text[start-1] == ',' || text[start-1] == '.')
}

func dateValue(year, month, day string) (string, bool) {
	m, ok := monthOf(month)
	if month != "" && !ok {
		return "", false
	}
	d, _ := strconv.Atoi(day)
	if m > 12 && d <= 12 {
		m, d = d, m
	}
	if m > 12 || d > 31 || (day != "" && d < 1) || (month != "" && m < 1) {
		return "", false
	}
	switch {
	case month == "":
		return year, true
	case day == "":
		return fmt.Sprintf("%s-%02d", year, m), true
	case year == "":
		return fmt.Sprintf("--%02d-%02d", m, d), true
	}
	return fmt.Sprintf("%s-%02d-%02d", year, m, d), true
}

func monthOf(s string) (int, bool) {
	if n, err := strconv.Atoi(s); err == nil {
		return n, true
	}
	n, ok := months[strings.TrimSuffix(Fold(s), ".")]
	return n, ok
}
