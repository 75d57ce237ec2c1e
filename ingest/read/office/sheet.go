package office

import (
	"strings"

	"docent/ingest/read"
)

// Sheet composes a sheet of a workbook: its name as a heading, a block a row.
// It finds the rows that name the columns.
type Sheet struct {
	*Composer
	number int
	name   string
	// First is the column that the rows begin at.
	First int
	// Named are the rows that the workbook itself says to name columns.
	Named map[int]bool
	// row is the last row put, fresh that no row of its run could name columns.
	row   int
	fresh bool
	// candidate is 1 + the block of a row that may name the columns of the next.
	candidate int
	names     []SheetCell
}

// SheetCell is a cell that is not empty.
type SheetCell struct {
	// Column is from 0.
	Column int
	Text   string
	// Words says that it is text and no number or date; Bold how it looks.
	Words, Bold bool
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

// NewSheet composes the sheet of a number and name. The name is a heading above
// its first row, unless nobody gave it one. Below another sheet it is needed
// all the same, to end that.
func (o *Composer) NewSheet(number int, name string) *Sheet {
	return &Sheet{Composer: o, number: number, name: name, fresh: true}
}

// begin adds the name.
func (s *Sheet) begin() error {
	s.BeginTable()
	s.Page = s.number
	if isDefaultSheetName(s.name) && len(s.Blocks) == 0 {
		return nil
	}
	return s.Put(Piece{Kind: read.Heading, Level: 1, Page: s.number, Text: s.name})
}

// PutRow adds a row; rows come in order. One without text is as one left out.
func (s *Sheet) PutRow(row int, cells []SheetCell) error {
	if err := s.Stopped(); err != nil {
		return err
	}
	if len(cells) == 0 {
		return nil
	}
	if s.row == 0 {
		if err := s.begin(); err != nil {
			return err
		}
	}
	gap := row - s.row - 1
	s.row = max(row, 1)
	s.judge(gap, cells)
	before := len(s.Blocks)
	s.Builder.Row = row
	s.AddRow(s.texts(cells))
	if len(s.Blocks) == before {
		return nil
	}
	switch {
	case s.Named[row]:
		s.Blocks[before].Header = 0
		s.HeaderIsLast()
		s.fresh = false
	case s.fresh && mayName(cells):
		s.Blocks[before].Header = 0
		s.candidate, s.names = before+1, cells
		s.fresh = false
	case len(cells) > 1:
		s.fresh = false
	}
	return s.Fits()
}

// mostBlank is how many empty rows a table may have between its rows.
const mostBlank = 2

// judge decides, by the row after it, whether the candidate names the columns.
func (s *Sheet) judge(gap int, cells []SheetCell) {
	candidate := s.candidate
	s.candidate = 0
	s.fresh = s.fresh || gap > 0
	switch {
	case candidate > 0 && gap == 0 && names(s.names, cells):
		s.Header = candidate
		return
	case candidate > 0:
		s.Blocks[candidate-1].Header = s.Header
		// What was taken for names may be a line above them.
		s.fresh = s.fresh || len(cells) > len(s.names)
	}
	if gap > mostBlank {
		s.BeginTable()
	}
}

// mayName reports whether cells could name columns: several short and
// different words.
func mayName(cells []SheetCell) bool {
	const longest = 80
	seen := make(map[string]bool, len(cells))
	for _, c := range cells {
		if !c.Words || len(c.Text) > longest || seen[c.Text] {
			return false
		}
		seen[c.Text] = true
	}
	return len(cells) > 1
}

// names reports whether the first of two rows names the columns of the second.
// A row of two words above another of two may as well be a name and its value.
func names(header, row []SheetCell) bool {
	if len(row) < 2 || len(row) > len(header)+1 {
		return false
	}
	numbers, bold := false, true
	for _, c := range row {
		numbers = numbers || !c.Words
		bold = bold && c.Bold
	}
	return len(header) > 2 || numbers || header[0].Bold && !bold
}

// mostGap bounds the empty cells in a row; a wider gap is not shown.
const mostGap = 64

func (s *Sheet) texts(cells []SheetCell) []string {
	texts := make([]string, 0, len(cells))
	column := s.First
	for _, c := range cells {
		if gap := c.Column - column; gap > 0 && gap <= mostGap {
			texts = append(texts, make([]string, gap)...)
		}
		texts = append(texts, c.Text)
		column = c.Column + 1
	}
	return texts
}
