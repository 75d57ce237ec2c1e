package read

import (
	"strings"
	"time"
)

// ISODate returns a date as YYYY, YYYY-MM or YYYY-MM-DD if it is written that
// way, also with slashes or a time after it, and "" for anything else: a date
// that could be read in two ways is not guessed.
func ISODate(s string) string {
	s = strings.ReplaceAll(strings.TrimSpace(s), "/", "-")
	for _, layout := range []string{"2006-01-02", "2006-01", "2006"} {
		n := len(layout)
		if len(s) < n || len(s) > n && s[n] != 'T' && s[n] != ' ' {
			continue
		}
		if _, err := time.Parse(layout, s[:n]); err == nil {
			return s[:n]
		}
	}
	return ""
}

// BaseLanguage returns "fr" for "fr-CA" and "FR_ca", and "" for what is no
// language tag.
func BaseLanguage(tag string) string {
	base, _, _ := strings.Cut(strings.ReplaceAll(strings.ToLower(strings.TrimSpace(tag)), "_", "-"), "-")
	if len(base) < 2 || len(base) > 3 || strings.Trim(base, "abcdefghijklmnopqrstuvwxyz") != "" {
		return ""
	}
	return base
}
