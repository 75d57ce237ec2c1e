package read

// pdfParams are the rules of the layout and their numbers.
type pdfParams struct {
	// OutsidePage drops what stands outside of the page: nobody sees it.
	OutsidePage bool
	// Overprint drops a letter that is drawn again at almost the same place.
	Overprint bool
	// Accents puts accents that are letters of their own on their letters.
	Accents bool
	// Nameless reads the letters of TeX's fonts that have no name in the file.
	Nameless bool
	// LineBreaks ends a line where the next letter stands on another, whatever
	// the engine says.
	LineBreaks bool
	// FormFields puts the values of fields beside their labels.
	FormFields bool
	// JoinRows makes one line of pieces that stand at one height.
	JoinRows bool
	// Rows makes table rows of lines with wide gaps or leaders.
	Rows bool
	// RunningHeads marks running heads and feet and page numbers.
	RunningHeads bool
	// Bookmarks makes headings of the lines that the outline names.
	Bookmarks bool
	// LargeHeadings makes headings of lines in large letters.
	LargeHeadings bool
	// Articles makes headings of what begins like the articles of a law.
	Articles bool
	// Lists makes items of lines that begin with a mark.
	Lists bool
	// Columns goes on with a sentence in the next column or on the next page.
	Columns bool
	// Hyphens keeps a hyphen at a line's end where the word has one elsewhere.
	Hyphens bool
	// WholeSentences keeps a sentence over two pages in one block.
	WholeSentences bool

	// CellGap is the gap between cells, in ems.
	CellGap float32
	// LineGap is the largest distance of two lines of a paragraph, in ems.
	LineGap float32
	// Room is by how much, in ems, the next line's first word would have to find
	// room on a line for that to be the last of its paragraph.
	Room float32
	// HeadingRatio is how much larger than the body a heading is at least.
	HeadingRatio float32
	// SameSize is how far the sizes of letters of one kind may differ.
	SameSize float32
	// PageEdge is how much of a page, at its top and at its foot, may be running
	// heads or feet.
	PageEdge float32
	// RunningPages is on how many of the seven pages around it a running head
	// is, at least.
	RunningPages int
}

func defaultPDFParams() pdfParams {
	return pdfParams{
		OutsidePage: true, Overprint: true, Accents: true, Nameless: true, LineBreaks: true, FormFields: true,
		JoinRows: true, Rows: true, RunningHeads: true, Bookmarks: true, LargeHeadings: true, Articles: true, Lists: true,
		Columns: true, Hyphens: true, WholeSentences: true,
		CellGap: 2.2, LineGap: 1.8, Room: 0.6, HeadingRatio: 1.12, SameSize: 1.1, PageEdge: 0.15, RunningPages: 3,
	}
}
