package answer

import (
	"regexp"
	"strings"

	"docent/rag"
	"docent/rag/lang"
	"docent/rag/verify"
)

var (
	itemForm = regexp.MustCompile(`^[-*•–]\s+`)
	stepForm = regexp.MustCompile(`^\d{1,2}[.)]\s+`)
	ruleForm = regexp.MustCompile(`^[\s|:-]+$`)
)

// formOf parts a claim's text from the form that it is written in.
func (w *writing) formOf(text string) rag.Claim {
	switch {
	case itemForm.MatchString(text):
		return rag.Claim{Text: itemForm.ReplaceAllString(text, ""), Form: rag.ListItem}
	case stepForm.MatchString(text):
		return rag.Claim{Text: stepForm.ReplaceAllString(text, ""), Form: rag.Step}
	case strings.HasPrefix(text, "|"):
		cells := rowCells(text)
		return rag.Claim{Text: w.rowText(cells), Form: rag.TableRow, Cells: cells}
	}
	return rag.Claim{Text: text}
}

// rowCells are the cells of a row in Markdown.
func rowCells(row string) []string {
	cells := strings.Split(strings.Trim(strings.TrimSpace(row), "|"), "|")
	for i, c := range cells {
		cells[i] = strings.TrimSpace(c)
	}
	return cells
}

// rowText is a row as it reads alone: each cell under the name of its column.
func (w *writing) rowText(cells []string) string {
	var said []string
	for i, c := range cells {
		switch {
		case c == "":
		case i < len(w.table) && w.table[i] != "" && len(w.table) == len(cells):
			said = append(said, w.table[i]+": "+c)
		default:
			said = append(said, c)
		}
	}
	return strings.Join(said, "; ")
}

// bearsHeading reports whether a heading says nothing that the question or a claim
// below it, with its quotes and where they stand, does not.
func (w *writing) bearsHeading(claim rag.Claim, found []rag.Citation) bool {
	if verify.SafeText(w.heading) != w.heading {
		return false
	}
	said := []string{claim.Text, w.Question}
	for _, c := range found {
		said = append(append(said, c.Quote, c.Title), c.Heading...)
	}
	words := lang.Words("", strings.Join(said, "\n"))
	for _, h := range lang.Words("", w.heading) {
		if !verify.HasWord(words, h) {
			return false
		}
	}
	return true
}
