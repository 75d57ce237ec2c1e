package office

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"docent/ingest/read"
)

// headerRows is how many rows at the top name the columns.
func (t *Table) headerRows() int {
	n := 0
	for n < len(t.Rows) && t.Rows[n].Header {
		n++
	}
	if n == 0 && len(t.Rows) > 1 && (t.Named && t.Rows[0].namesColumns() || t.contrasts()) {
		n = t.underGroups()
	}
	if n == len(t.Rows) {
		return 0
	}
	return n
}

// namesColumns reports whether all cells but perhaps one, at the corner, have
// text: the first row of a form has not.
func (r Row) namesColumns() bool {
	filled := r.Filled()
	return filled > 1 && filled >= len(r.Cells)-1
}

// underGroups is how many rows the first stands for as a header: under one that
// names groups of columns, and whose other cells go on below, stand the columns.
func (t *Table) underGroups() int {
	groups := false
	for _, c := range t.Rows[0].Cells {
		groups = groups || c.Span > 1
	}
	for _, c := range t.Rows[1].Cells {
		if groups && c.Merged && len(t.Rows) > 2 {
			return 2
		}
	}
	return 1
}

// contrasts reports whether the first row differs from the others as names do
// from values: it is set in bold and they are not all, or its cells look otherwise.
func (t *Table) contrasts() bool {
	first := t.Rows[0]
	if !first.namesColumns() || !first.areNames() {
		return false
	}
	bold, differs := true, false
	texts := make([][]string, len(t.Rows))
	for i, r := range t.Rows {
		for _, c := range r.Cells {
			filled := len(c.Pieces) > 0
			bold = bold && (i > 0 || !filled || c.isBold())
			differs = differs || i > 0 && filled && !c.isBold()
			texts[i] = append(texts[i], c.text())
		}
	}
	return bold && differs || read.HeaderRows(texts) > 0
}

// areNames reports whether the cells of a row, but perhaps the first, are short
// and different words.
func (r Row) areNames() bool {
	const longest = 80
	seen := make(map[string]bool, len(r.Cells))
	for i, c := range r.Cells {
		text := strings.TrimSpace(c.text())
		if len(text) > longest || isNumber(text) || text == "" && i > 0 || text != "" && seen[text] {
			return false
		}
		seen[text] = true
	}
	return true
}

func (c Cell) isBold() bool {
	for _, p := range c.Pieces {
		if !p.Bold {
			return false
		}
	}
	return len(c.Pieces) > 0
}

// isNumber reports whether a text begins as a number, an amount or a date does.
func isNumber(text string) bool {
	r, _ := utf8.DecodeRuneInString(strings.TrimLeft(text, "+-−–±~<>≤≥( $€£\u00a0"))
	return unicode.IsDigit(r)
}
