package plain

import (
	"strings"

	"docent/ingest/read"
)

// faq is a table whose rows are questions with answers, as teams export them.
type faq struct {
	// question and answer are columns, names those of the columns.
	question, answer int
	names            []string
}

// faqOf looks for a column of questions: most cells of it ask, and those of
// others do not. The answers are the longest of these.
func faqOf(rows [][]string, header bool) (faq, bool) {
	f := faq{question: -1, answer: -1}
	if header && len(rows) > 0 {
		f.names, rows = rows[0], rows[1:]
	}
	longest := 0
	for column := range columnsIn(rows) {
		asking, size := countIn(rows, column, read.Asks), 0
		for _, row := range rows {
			if column < len(row) {
				size += len(row[column])
			}
		}
		switch {
		case asking > 1 && asking*5 >= len(rows)*4:
			if f.question < 0 {
				f.question = column
			}
		case size > longest && countIn(rows, column, hasLetter)*2 > len(rows):
			f.answer, longest = column, size
		}
	}
	return f, f.question >= 0 && f.answer >= 0
}

func columnsIn(rows [][]string) int {
	n := 0
	for _, row := range rows {
		n = max(n, len(row))
	}
	return n
}

// write adds a row: its question, the answer, and what else it says of them.
func (f faq) write(c *read.Builder, cells []string) {
	cell := func(column int) string {
		if column < len(cells) {
			return strings.TrimSpace(cells[column])
		}
		return ""
	}
	before := len(c.Blocks)
	if c.Add(read.Question, 0, read.FlatLine(cell(f.question))); len(c.Blocks) > before {
		c.Lead = len(c.Blocks)
	}
	c.Include(ParseMessage(cell(f.answer)))
	for column := range cells {
		switch text := read.FlatLine(cell(column)); {
		case column == f.question || column == f.answer:
		case column < len(f.names):
			c.AddField(f.names[column], text)
		default:
			c.Add(read.Paragraph, 0, text)
		}
	}
	c.Lead = 0
}
