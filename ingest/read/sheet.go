package read

import (
	"strings"
)

// sheet composes a sheet of a workbook: its name as a heading, a block a row.
// It finds the rows that name the columns.
type sheet struct {
	*office
	// first is the column that the rows begin at.
	first int
	// named are the rows that the workbook itself says to name columns.
	named map[int]bool
	// row is the last row put, fresh that no row of its run could name columns.
	row   int
	fresh bool
	// candidate is 1 + the block of a row that may name the columns of the next.
	candidate int
	names     []sheetCell
}

// sheetCell is a cell that is not empty.
type sheetCell struct {
	// column is from 0.
	column int
	text   string
	// words says that it is text and no number or date; bold how it looks.
	words, bold bool
}

// defaultSheetNames are those that programs give, with a number after them.
var defaultSheetNames = map[string]bool{
	"sheet": true, "feuil": true, "feuille": true, "tabelle": true, "hoja": true, "foglio": true, "blad": true, "arkusz": true,
	"planilha": true, "plan": true, "folha": true, "лист": true, "ark": true, "list": true, "taul": true, "munka": true,
}

func isDefaultSheetName(name string) bool {
	word := strings.TrimRight(strings.ToLower(strings.TrimSpace(name)), "0123456789")
	return len(word) < len(name) && defaultSheetNames[strings.TrimSpace(word)]
}

// beginSheet adds the name of a sheet, unless nobody gave it one. Below
// another sheet it is needed all the same, to end that.
func (o *office) beginSheet(number int, name string) (*sheet, error) {
	s := &sheet{office: o, fresh: true}
	o.beginTable()
	if isDefaultSheetName(name) && len(o.blocks) == 0 {
		o.page = number
		return s, nil
	}
	return s, o.put(piece{kind: Heading, level: 1, page: number, text: name})
}

// endSheet takes back the name of a sheet on which there is nothing.
func (s *sheet) endSheet() {
	s.composer.row = 0
	if s.row > 0 || len(s.blocks) == 0 {
		return
	}
	last := len(s.blocks) - 1
	if s.blocks[last].Kind != Heading || s.blocks[last].Page != s.page {
		return
	}
	text := s.text.String()[:s.blocks[last].Start]
	s.text.Reset()
	s.text.WriteString(strings.TrimRight(text, "\n"))
	s.blocks = s.blocks[:last]
}

// putRow adds a row; rows come in order. One without text is as one left out.
func (s *sheet) putRow(row int, cells []sheetCell) error {
	if err := s.stopped(); err != nil {
		return err
	}
	if len(cells) == 0 {
		return nil
	}
	gap := row - s.row - 1
	s.row = row
	s.judge(gap, cells)
	before := len(s.blocks)
	s.composer.row = row
	s.addRow(s.texts(cells))
	if len(s.blocks) == before {
		return nil
	}
	switch {
	case s.named[row]:
		s.blocks[before].Header = 0
		s.headerIsLast()
		s.fresh = false
	case s.fresh && mayName(cells):
		s.blocks[before].Header = 0
		s.candidate, s.names = before+1, cells
		s.fresh = false
	case len(cells) > 1:
		s.fresh = false
	}
	return s.fits()
}

// mostBlank is how many empty rows a table may have between its rows.
const mostBlank = 2

// judge decides, by the row after it, whether the candidate names the columns.
func (s *sheet) judge(gap int, cells []sheetCell) {
	candidate := s.candidate
	s.candidate = 0
	s.fresh = s.fresh || gap > 0
	switch {
	case candidate > 0 && gap == 0 && names(s.names, cells):
		s.header = candidate
		return
	case candidate > 0:
		s.blocks[candidate-1].Header = s.header
		// What was taken for names may be a line above them.
		s.fresh = s.fresh || len(cells) > len(s.names)
	}
	if gap > mostBlank {
		s.beginTable()
	}
}

// mayName reports whether cells could name columns: several short and
// different words.
func mayName(cells []sheetCell) bool {
	const longest = 80
	seen := make(map[string]bool, len(cells))
	for _, c := range cells {
		if !c.words || len(c.text) > longest || seen[c.text] {
			return false
		}
		seen[c.text] = true
	}
	return len(cells) > 1
}

// names reports whether the first of two rows names the columns of the second.
// A row of two words above another of two may as well be a name and its value.
func names(header, row []sheetCell) bool {
	if len(row) < 2 || len(row) > len(header)+1 {
		return false
	}
	numbers, bold := false, true
	for _, c := range row {
		numbers = numbers || !c.words
		bold = bold && c.bold
	}
	return len(header) > 2 || numbers || header[0].bold && !bold
}

// mostGap bounds the empty cells in a row; a wider gap is not shown.
const mostGap = 64

func (s *sheet) texts(cells []sheetCell) []string {
	texts := make([]string, 0, len(cells))
	column := s.first
	for _, c := range cells {
		if gap := c.column - column; gap > 0 && gap <= mostGap {
			texts = append(texts, make([]string, gap)...)
		}
		texts = append(texts, c.text)
		column = c.column + 1
	}
	return texts
}
