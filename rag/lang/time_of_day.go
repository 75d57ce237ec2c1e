package lang

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// TimeOfDay is a time of day that a text states.
type TimeOfDay struct {
	// Value is "14:30".
	Value      string
	Start, End int
	// Clear is false for "8 h" and "8 heures", which may be a duration.
	Clear bool
}

var timeForms = regexp.MustCompile(`(?i)\b(\d{1,2})(?:[:h.](\d{2}))?[ \x{00a0}\x{202f}]?(a\.?m\b\.?|p\.?m\b\.?)|` +
	`\b(\d{1,2})[ \x{00a0}\x{202f}]?h(?:eures?)?(?:[ \x{00a0}\x{202f}]?(\d{2})\b|\b)|` +
	`\b(\d{1,2}):(\d{2})\b|` +
	`\b(noon|midday|midnight|midi|minuit)\b`)

// TimesOfDay finds the times of day of a text in order, as French and English
// write them: "14h30", "14 h 30", "14 h", "2:30 p.m.", "14:30", "midi". Of 9 a.m.
// to 5 p.m. both are found, of "9 to 5 p.m." the last.
func TimesOfDay(text string) []TimeOfDay {
	var found []TimeOfDay
	for _, m := range timeForms.FindAllStringSubmatchIndex(text, -1) {
		group := func(i int) string {
			if m[2*i] < 0 {
				return ""
			}
			return text[m[2*i]:m[2*i+1]]
		}
		c := TimeOfDay{Start: m[0], End: m[1], Clear: true}
		var ok bool
		switch {
		case group(1) != "":
			c.Value, ok = halfDay(group(1), group(2), group(3))
		case group(4) != "":
			c.Clear = group(5) != ""
			c.Value, ok = clock(number(group(4)), group(5))
		case group(6) != "":
			c.Value, ok = clock(number(group(6)), group(7))
		default:
			c.Value, ok = "12:00", true
			if name := strings.ToLower(group(8)); name == "midnight" || name == "minuit" {
				c.Value = "00:00"
			}
		}
		if ok {
			found = append(found, c)
		}
	}
	return found
}

// halfDay reads "2", "30", "p.m.".
func halfDay(hour, minutes, half string) (string, bool) {
	h := number(hour)
	if h < 1 || h > 12 {
		return clock(h, minutes)
	}
	h %= 12
	if half[0] == 'p' || half[0] == 'P' {
		h += 12
	}
	return clock(h, minutes)
}

func clock(hour int, minutes string) (string, bool) {
	m, _ := strconv.Atoi(minutes) // "" is on the hour
	if hour == 24 && m == 0 {
		hour = 0
	}
	return fmt.Sprintf("%02d:%02d", hour, m), hour < 24 && m < 60
}
