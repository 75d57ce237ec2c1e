package plain

import (
	"cmp"
	"path/filepath"
	"strings"
	"unicode"
	"unicode/utf8"

	"docent/ingest/read"
)

// CSV is the format of rows, comma, semicolon or tab between the cells.
func CSV(l read.Limits) read.Format {
	return read.Format{
		Name: "CSV", Extensions: []string{".csv", ".tsv", ".tab"},
		Reader: read.TextReader{Limits: l, Parse: parseTable},
	}
}

// parseTable reads a table of text, one row a record: CSV with whatever parts
// the cells, and TSV. Each row knows its number, as a spreadsheet counts, and
// the row that names the columns where there is one.
func parseTable(name, text string) (read.Document, error) {
	tabs := strings.EqualFold(filepath.Ext(name), ".tsv") || strings.EqualFold(filepath.Ext(name), ".tab")
	rows := newRows(text, tabs)
	columns, header := tableShape(rows.Rest, rows.Comma)
	var c read.Builder
	for n := rows.first; rows.Next(); n++ {
		c.Row = n
		if header && c.Header == 0 && namesOf(rows.Cells, columns) {
			c.AddHeader(rows.Cells)
		} else {
			c.AddRow(rows.Cells)
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
func newRows(text string, tabs bool) *TableRows {
	text = strings.TrimPrefix(text, "\ufeff")
	line, rest, _ := strings.Cut(text, "\n")
	if said, ok := strings.CutPrefix(strings.ToLower(strings.TrimSpace(line)), "sep="); ok && len(said) <= 1 {
		return &TableRows{Rest: rest, Comma: cmp.Or(said, "\t")[0], first: 2}
	}
	best, most := byte(','), 0.0
	for _, c := range []byte(commas) {
		n := alike(text, c)
		if tabs && c == '\t' && n > 0 {
			n += 1000
		}
		if n > most {
			best, most = c, n
		}
	}
	return &TableRows{Rest: text, Comma: best, first: 1}
}

// alike is how much a text looks like a table whose cells c parts: the share
// of rows with the commonest number of cells, weighed by that number.
func alike(text string, c byte) float64 {
	counts := make(map[int]int)
	var total int
	for rows := (&TableRows{Rest: text, Comma: c}); total < sampleRows && rows.Next(); {
		if len(rows.Cells) > 1 || rows.Cells[0] != "" {
			counts[len(rows.Cells)]++
			total++
		}
	}
	var best float64
	for n, times := range counts {
		if n > 1 {
			share := float64(times) / float64(total)
			best = max(best, share*share*(1+min(float64(n), 50)/100))
		}
	}
	return best
}

// tableShape is the commonest number of cells in a row, and whether a row names the
// columns: the first that fills as many cells.
func tableShape(text string, comma byte) (columns int, header bool) {
	var sample [][]string
	counts := make(map[int]int)
	for rows := (&TableRows{Rest: text, Comma: comma}); len(sample) < sampleRows && rows.Next(); {
		sample = append(sample, rows.Cells)
		counts[len(rows.Cells)]++
		if n := len(rows.Cells); n > 1 && counts[n] >= counts[columns] {
			columns = n
		}
	}
	for _, cells := range sample {
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
	var n int
	for _, c := range cells {
		if strings.TrimSpace(c) != "" {
			n++
		}
	}
	return n
}

func hasLetter(s string) bool { return strings.IndexFunc(s, unicode.IsLetter) >= 0 }
