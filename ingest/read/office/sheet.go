package office

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"docent/ingest/read"
	"docent/rag/lang"
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
	// hiding are the columns that are not shown.
	hiding []columns
	// rows are the blocks of the rows that were put, hidden counts those that were
	// not for being hidden, and left whether a cell of a hidden column was left out.
	rows   []sheetRow
	hidden int
	left   map[int]bool
	// merged counts the places of merged cells.
	merged int
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
	// Notes are the remarks on it.
	Notes []string
}

// columns are a run of columns from 0.
type columns struct{ first, last int }

// sheetRow is where a row of a sheet stands. Shifted says that its cells do not
// stand in their columns, for a gap that was too wide.
type sheetRow struct {
	row, block int
	shifted    bool
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

// EnoughStrings is how many of a workbook's texts tell its language.
const EnoughStrings = 200

// SheetLanguage is the language of a workbook, "" where it does not show: as it
// declares it, as its program called its sheets, or as its texts are.
func (o *Composer) SheetLanguage(texts, names []string) string {
	for _, name := range names {
		if word := strings.ToLower(strings.TrimRight(name, "0123456789")); isDefaultSheetName(name) && strings.HasPrefix(word, "feuil") {
			o.language = "fr"
		}
	}
	if o.Meta.Language == "" && o.language == "" {
		text := strings.Join(append(names, texts[:min(len(texts), EnoughStrings)]...), "\n")
		o.language = cmp.Or(lang.DetectQuestion(text), lang.Detect(text)) // names of places look like their language
	}
	return o.Language()
}

// NewSheet composes the sheet of a number and name. The name is a heading above
// its first row, unless nobody gave it one. Below another sheet it is needed
// all the same, to end that.
func (o *Composer) NewSheet(number int, name string) *Sheet {
	o.Page = number
	return &Sheet{Composer: o, number: number, name: name, fresh: true, left: make(map[int]bool)}
}

// Hide notes that columns are not shown.
func (s *Sheet) Hide(first, last int) {
	const most = 256
	if first >= 0 && last >= first && len(s.hiding) < most {
		s.hiding = append(s.hiding, columns{first, last})
	}
}

// hides reports whether a column is not shown.
func (s *Sheet) hides(column int) bool {
	return slices.ContainsFunc(s.hiding, func(c columns) bool { return column >= c.first && column <= c.last })
}

// SkipRow leaves out a row that is hidden.
func (s *Sheet) SkipRow(cells []SheetCell) {
	if len(cells) > 0 {
		s.hidden++
	}
	for _, c := range cells {
		s.Composer.Hide(c.Text)
	}
}

// End says what was left out for being hidden.
func (s *Sheet) End() {
	if s.hidden > 0 {
		s.Warn("sheet %q: %s left out", s.name, read.Count(s.hidden, "hidden row"))
	}
	if n := len(s.left); n > 0 {
		s.Warn("sheet %q: %s left out", s.name, read.Count(n, "hidden column"))
	}
}

// SkipSheet leaves out a sheet that is hidden.
func (o *Composer) SkipSheet(name string) { o.Warn("sheet %q is hidden and left out", name) }

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
	if cells = s.shown(cells); len(cells) == 0 {
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
	texts, shifted := s.texts(cells)
	s.AddRow(texts)
	if len(s.Blocks) == before {
		return nil
	}
	s.rows = append(s.rows, sheetRow{row, before, shifted})
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
	for _, c := range cells {
		if err := s.putUnder(before, remarks(c.Notes, s.number)); err != nil {
			return err
		}
	}
	return s.Fits()
}

// remarks are remarks on a row.
func remarks(texts []string, page int) []Piece {
	var notes []Piece
	for _, text := range texts {
		notes = append(notes, Piece{Kind: read.Note, Page: page, Text: text, At: math.MaxInt})
	}
	return notes
}

// shown are the cells of a row that stand in a column which is.
func (s *Sheet) shown(cells []SheetCell) []SheetCell {
	if len(s.hiding) == 0 {
		return cells
	}
	var shown []SheetCell
	for _, c := range cells {
		if s.hides(c.Column) {
			s.left[c.Column] = true
			s.Composer.Hide(c.Text)
			continue
		}
		c.Column = s.place(c.Column)
		shown = append(shown, c)
	}
	return shown
}

// place is which of the columns that are shown a column is.
func (s *Sheet) place(column int) int {
	place := column
	for _, c := range s.hiding {
		if c.first < column {
			place -= min(c.last+1, column) - c.first
		}
	}
	return place
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

func (s *Sheet) texts(cells []SheetCell) (texts []string, shifted bool) {
	texts = make([]string, 0, len(cells))
	column := s.place(s.First)
	for _, c := range cells {
		gap := c.Column - column
		if gap > 0 && gap <= mostGap {
			texts = append(texts, make([]string, gap)...)
		}
		shifted = shifted || gap < 0 || gap > mostGap
		texts = append(texts, c.Text)
		column = c.Column + 1
	}
	return texts, shifted
}

// mostMerged bounds the places of merged cells, of a sheet and of one row.
const mostMerged = 100_000

// Merge has the rows that were put know a merged cell, which they hold in its
// first row and column only.
func (s *Sheet) Merge(fromRow, fromColumn, toRow, toColumn int) {
	at, found := slices.BinarySearchFunc(s.rows, fromRow, func(r sheetRow, row int) int { return cmp.Compare(r.row, row) })
	if !found || s.rows[at].shifted || s.hides(fromColumn) {
		return
	}
	first := s.place(fromColumn) - s.place(s.First)
	cells := s.Blocks[s.rows[at].block].Cells
	if first < 0 || first >= len(cells) || cells[first].Start == cells[first].End {
		return
	}
	last := first + min(s.place(toColumn)-s.place(fromColumn), MostSpan)
	for _, r := range s.rows[at:] {
		if r.row > toRow || s.merged > mostMerged {
			break
		}
		for column := first; column <= last && !r.shifted; column++ {
			s.merged++
			share(&s.Blocks[r.block], column, cells[first])
		}
	}
}

// share makes a column of a row a part of a merged cell, unless it has text of its
// own.
func share(b *read.Block, column int, cell read.Span) {
	for len(b.Cells) <= column {
		b.Cells = append(b.Cells, read.Span{Start: b.End, End: b.End})
	}
	if own := b.Cells[column]; own.Start == own.End {
		b.Cells[column] = cell
	}
}
