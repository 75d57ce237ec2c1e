package pdf

// Params are the rules of the layout and their numbers. Behind each stands
// what is lost without it, in points, as TestAblation prints it: words and
// pairs are the F1 of words, and of words with the next, of six files with a
// reference text; whole is the share of sentences that stand whole in a block,
// true and found are precision and recall of headings, nDCG that of pages, over
// these and 712 pages of reports, laws and circulars in English and French. A
// rule that loses nothing there is needed by a case of TestBlocks.
type Params struct {
	// Overprint drops a letter that is drawn again at almost the same place:
	// 0.20 words.
	Overprint bool
	// Accents puts accents that are letters of their own on their letters. 0
	// here, where no file has any; files of old LaTeX are unreadable without.
	Accents bool
	// Nameless reads the letters of TeX's fonts that have no name in the file. 0
	// here, where no file has any.
	Nameless bool
	// LineBreaks ends a line where the next letter stands on another, whatever
	// the engine says. It gains 0.7 words to lose it, since one reference has
	// the hyphens of line ends; words that a line cuts are whole by it.
	LineBreaks bool
	// FormFields puts the values of fields beside their labels: 1.1 pairs.
	FormFields bool
	// JoinRows makes one line of pieces that stand at one height: 0.2 whole (1.5
	// in the six files), 0.6 true.
	JoinRows bool
	// Rows makes table rows of lines with wide gaps or leaders: 4.3 true, for
	// cells in large letters are no headings.
	Rows bool
	// TableHeaders has the first row of a table name its columns, where it differs
	// from the others as names do from values. 0 here, where no text changes.
	TableHeaders bool
	// RunningHeads marks running heads and feet and page numbers: 0.04 whole,
	// 5.4 true, 0.8 nDCG.
	RunningHeads bool
	// Bookmarks makes headings of the lines that the outline names: 9.5 found.
	Bookmarks bool
	// LargeHeadings makes headings of lines in large letters: 25 found (77 in
	// the one file with all headings known).
	LargeHeadings bool
	// Articles makes headings of what begins like the articles of a law. 0 here,
	// 0.5 nDCG of passages (docent eval), whose headings they are.
	Articles bool
	// Lists makes items of lines that begin with a mark: 0.6 true.
	Lists bool
	// Columns goes on with a sentence in the next column or on the next page:
	// 0.1 whole (0.8 in the six files).
	Columns bool
	// Hyphens keeps a hyphen at a line's end where the word has one elsewhere. It
	// gains 0.3 whole to lose it, since most references drop all hyphens.
	Hyphens bool
	// WholeSentences keeps a sentence over two pages in one block: 0.04 whole
	// (0.6 in the six files).
	WholeSentences bool

	// CellGap is the gap between cells, in ems. From 1.8 to 2.8 little changes.
	CellGap float32
	// LineGap is the largest distance of two lines of a paragraph, in ems. With
	// 1.4 it is 0.5 whole less, with 2.2 it is 1.2 found less.
	LineGap float32
	// Room is by how much, in ems, the next line's first word would have to find
	// room on a line for that to be the last of its paragraph. 0 is 0.3 whole
	// less.
	Room float32
	// HeadingRatio is how much larger than the body a heading is at least. With
	// 0.9 it is 38 true less, with 1.4 it is 10 found less and 12 true more.
	HeadingRatio float32
	// SameSize is how far the sizes of letters of one kind may differ. With 1.38
	// it is 1.2 found less.
	SameSize float32
	// PageEdge is how much of a page, at its top and at its foot, may be running
	// heads or feet. With 0 they are the outermost lines only: 0.1 nDCG less.
	PageEdge float32
	// RunningPages is on how many of the seven pages around it a running head
	// is, at least. With 2 it is 11 found less, with 4 it is 0.8 true less.
	RunningPages int
}

// DefaultParams are those that documents are read with.
func DefaultParams() Params {
	return Params{
		Overprint: true, Accents: true, Nameless: true, LineBreaks: true, FormFields: true,
		JoinRows: true, Rows: true, TableHeaders: true, RunningHeads: true, Bookmarks: true, LargeHeadings: true, Articles: true, Lists: true,
		Columns: true, Hyphens: true, WholeSentences: true,
		CellGap: 2.2, LineGap: 1.8, Room: 0.6, HeadingRatio: 1.12, SameSize: 1.1, PageEdge: 0.15, RunningPages: 3,
	}
}
