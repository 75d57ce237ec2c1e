package render

import (
	"fmt"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"docent/rag"
)

// location says where in a document something is, to stand behind its title:
// " — Heading › Heading, p. 3 (2024-02-07)".
func (cat Catalogue) location(c rag.Citation) string {
	heading := c.Heading
	if len(heading) > 0 && heading[0] == c.Title {
		heading = heading[1:]
	}
	s := ""
	if len(heading) > 0 {
		s = " — " + Truncate(OneLine(strings.Join(heading, " › ")), 200)
	}
	switch {
	case c.Row > 0:
		s += ", " + fmt.Sprintf(cat.Row, c.Row)
	case c.Page > 0 && (c.Format == "PPTX" || c.Format == "ODP" || c.Format == "PPT"):
		s += ", " + fmt.Sprintf(cat.Slide, c.Page)
	case c.Page > 0:
		s += ", " + fmt.Sprintf(cat.Page, c.Page)
	}
	if c.Date != "" {
		s += " (" + OneLine(c.Date) + ")"
	}
	return s
}

// titled is a document's title, which leads to where it has an address, and
// where in it something is. The size is that of the text and the address.
func (cat Catalogue) titled(c rag.Citation, limit int, style *slack.RichTextSectionTextStyle) (elements []slack.RichTextSectionElement, size int) {
	title, where := Truncate(OneLine(c.Title), limit), cat.location(c)
	elements = append(elements, linked(title, c.URI, style))
	if where != "" {
		elements = append(elements, text(where))
	}
	return elements, length(title+where) + len(linkURL(c.URI))
}

// FormatTime formats a time in UTC, for readers in any time zone.
func (cat Catalogue) FormatTime(t time.Time) string {
	if t.IsZero() {
		return cat.Never
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
		return fmt.Sprintf(cat.PromptAbout, title)
	}
	return fmt.Sprintf(cat.PromptIn, title, Truncate(OneLine(heading), 60))
}
