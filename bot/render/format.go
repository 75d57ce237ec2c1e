package render

import (
	"fmt"
	"strings"
	"time"
)

// location says where in a document something is, to stand behind its title:
// " — Heading › Heading, p. 3 (2024-02-07)".
func (cat Catalogue) location(title string, heading []string, format string, page, row int, date string) string {
	if len(heading) > 0 && heading[0] == title {
		heading = heading[1:]
	}
	s := ""
	if len(heading) > 0 {
		s = " — " + Truncate(OneLine(strings.Join(heading, " › ")), 200)
	}
	switch {
	case row > 0:
		s += ", " + fmt.Sprintf(cat.row, row)
	case page > 0 && (format == "PPTX" || format == "ODP" || format == "PPT"):
		s += ", " + fmt.Sprintf(cat.slide, page)
	case page > 0:
		s += ", " + fmt.Sprintf(cat.page, page)
	}
	if date != "" {
		s += " (" + OneLine(date) + ")"
	}
	return s
}

// FormatTime formats a time in UTC, for readers in any time zone.
func (cat Catalogue) FormatTime(t time.Time) string {
	if t.IsZero() {
		return cat.never
	}
	if cat.Language == "fr" {
		return t.UTC().Format("02/01/2006 à 15:04 UTC")
	}
	return t.UTC().Format("2 Jan 2006, 15:04 UTC")
}

// Prompt is a question about a document, or about a heading in it if that is not
// empty.
func (cat Catalogue) Prompt(title, heading string) string {
	title = Truncate(OneLine(title), 60)
	if heading == "" {
		return fmt.Sprintf(cat.promptAbout, title)
	}
	return fmt.Sprintf(cat.promptIn, title, Truncate(OneLine(heading), 60))
}
