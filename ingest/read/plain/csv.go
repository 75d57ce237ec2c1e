package plain

import (
	"cmp"
	"path/filepath"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"docent/ingest/read"
)

// CSV is the format of rows, comma, semicolon or tab between the cells.
func CSV(l read.Limits) read.Format {
	return read.TextFormat("CSV", l, parseTable, ".csv", ".tsv", ".tab")
}

// parseTable reads a table of text, one row a record: CSV with whatever parts
// the cells, and TSV. Each row knows its number, as a spreadsheet counts, and
// the row that names the columns where there is one. Rows of questions with
// answers are these instead.
func parseTable(name, text string) (read.Document, error) {
	tabs := strings.EqualFold(filepath.Ext(name), ".tsv") || strings.EqualFold(filepath.Ext(name), ".tab")
	rows := newRows(text, tabs)
	first := sample(rows.rest, rows.comma)
	columns, header := tableShape(first)
	var c read.Builder
	if f, ok := faqOf(first, header && namesOf(first[0], columns)); ok {
		for named := f.names != nil; rows.next(); named = false {
			if named {
				c.Add(read.Furniture, 0, read.JoinCells(rows.cells))
			} else {
				f.write(&c, rows.cells)
			}
		}
		return c.Document(), nil
	}
	for n := rows.first; rows.next(); n++ {
		c.Row = n
		if header && c.Header == 0 && namesOf(rows.cells, columns) {
			c.AddHeader(rows.cells)
		} else {
			c.AddRow(rows.cells)
		}
	}
	return read.Document{Text: c.Text.String(), Blocks: c.Blocks}, nil
}

// sampleRows is how many rows a table is judged by.
const sampleRows = 200

// commas are what may part cells. A bar or a semicolon is rarer in words than
// a comma, and comes first where all else is equal.
const commas = "\t;|,"

// newRows finds out what parts the cells: what does so into most columns in
// most rows alike. Some programs say it in a first line, "sep=;".
func newRows(text string, tabs bool) *tableRows {
	text = strings.TrimPrefix(text, "\ufeff")
	line, rest, _ := strings.Cut(text, "\n")
	if said, ok := strings.CutPrefix(strings.ToLower(strings.TrimSpace(line)), "sep="); ok && len(said) <= 1 {
		return &tableRows{rest: rest, comma: cmp.Or(said, "\t")[0], first: 2}
	}
	best, most := byte(','), 0.0
	for _, c := range []byte(commas) {
		n := alike(sample(text, c))
		if tabs && c == '\t' && n > 0 {
			n += 1000
		}
		if n > most {
			best, most = c, n
		}
	}
	return &tableRows{rest: text, comma: best, first: 1}
}

// sample are the first rows of a text whose cells comma parts.
func sample(text string, comma byte) [][]string {
	var all [][]string
	for rows := (&tableRows{rest: text, comma: comma}); len(all) < sampleRows && rows.next(); {
		all = append(all, rows.cells)
	}
	return all
}

// alike is how much rows look like those of a table: the share of rows with
// the commonest number of cells, weighed by that number.
func alike(rows [][]string) float64 {
	counts := make(map[int]int)
	var total, best float64
	for _, cells := range rows {
		if len(cells) > 1 || cells[0] != "" {
			counts[len(cells)]++
			total++
		}
	}
	for n, times := range counts {
		if share := float64(times) / total; n > 1 {
			best = max(best, share*share*(1+min(float64(n), 50)/100))
		}
	}
	return best
}

// tableShape is the commonest number of cells in a row, and whether a row names
// the columns: the first that fills as many cells.
func tableShape(rows [][]string) (columns int, header bool) {
	counts := make(map[int]int)
	for _, cells := range rows {
		n := len(cells)
		if counts[n]++; n > 1 && counts[n] >= counts[columns] {
			columns = n
		}
	}
	for _, cells := range rows {
		if columns > 1 && len(cells) >= columns && filled(cells)*2 > columns {
			return columns, namesOf(cells, columns)
		}
	}
	return columns, false
}

// namesOf reports whether cells may name columns: as many of them, none long,
// different words and no figures. A row of words that is none of names does
// little harm as one: it is read with the rows below it.
func namesOf(cells []string, columns int) bool {
	if len(cells) < columns || columns < 2 {
		return false
	}
	seen := make(map[string]bool)
	var named int
	for i, cell := range cells {
		cell = strings.TrimSpace(cell)
		if cell == "" {
			continue
		}
		word := hasLetter(cell) && !(i == 0 && unicode.IsDigit(rune(cell[0])))
		year := named > 0 && read.ISODate(cell) != ""
		if seen[cell] || utf8.RuneCountInString(cell) > 300 || !word && !year {
			return false
		}
		seen[cell] = true
		named++
	}
	return named*2 > columns
}

func filled(cells []string) int {
	return len(slices.DeleteFunc(slices.Clone(cells), func(c string) bool { return strings.TrimSpace(c) == "" }))
}

func hasLetter(s string) bool { return strings.IndexFunc(s, unicode.IsLetter) >= 0 }
