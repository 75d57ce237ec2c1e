package read

import (
	"fmt"

	"docent/rag/lang"
)

// Kind says what a block is.
type Kind int

// The kinds of block.
const (
	Paragraph Kind = iota
	// Heading has a level.
	Heading
	// ListItem is one item, without the items nested in it.
	ListItem
	// TableRow is one row, its cells joined by " | ", see Block.Header.
	TableRow
	// Code keeps its line ends and indentation.
	Code
	Caption
	// Question is one that the document answers itself, as an FAQ does; what
	// answers it has it as Block.Lead.
	Question
	// Term is what a Definition says the meaning of; it is the definition's
	// Block.Lead. A definition that names its term in the same line has the two as
	// Block.Cells instead.
	Term
	Definition
	// Field is a label with its value, "Depot: Bristol", with both as Block.Cells.
	Field
	// Note is a footnote, an endnote or a comment; what it is on is its Block.Lead,
	// and where in that its mark stood its one cell.
	Note
	// Quoted is what a mail quotes of another, with the marks before its lines;
	// Level is how deep, and what replies to it has it as Block.Lead.
	Quoted
	// Furniture is what a page carries for its own use: navigation, forms,
	// cookie notices, running heads and page numbers. It stays in the text and
	// is not indexed.
	Furniture
	// Unseen is what nobody sees who opens the document: text that is hidden, in
	// the colour of its ground, too small, or off the page, see Ink. It is neither
	// indexed nor quoted, and stands after all that is seen.
	Unseen
)

var kindNames = [...]string{"paragraph", "heading", "list item", "table row", "code", "caption", "question", "term", "definition", "field", "note", "quoted", "furniture", "unseen"}

func (k Kind) String() string {
	if k < 0 || int(k) >= len(kindNames) {
		return fmt.Sprintf("kind %d", int(k))
	}
	return kindNames[k]
}

// Block is a run of a document's text. Blocks come in order, do not overlap,
// are not empty, and hold all of the text but white space between them.
type Block struct {
	Kind Kind
	// Level is 1 to 6 for a heading, for an item of a list how deep the list
	// stands in others, from 1, or 0 where that is not known, and for what is
	// quoted how often it was, from 1; else 0.
	Level int
	// Start and End are byte offsets into the text.
	Start, End int
	// Page is the page, slide or sheet from 1, or 0 where there are none.
	Page int
	// Row is the row of its sheet that a TableRow is, from 1, as a spreadsheet
	// numbers it; 0 elsewhere. A row of a sheet is a passage of its own.
	Row int
	// Header is 1 + the index of the block that names the columns of a
	// TableRow, or 0 where none does. It stands before the row.
	Header int
	// Lead is 1 + the index of the block before this one that it is read with, or 0:
	// the question that it answers, which may be a heading; the term that it
	// defines; the lead-in of its list, table or code; the item that it is nested
	// in or goes on with; the line that it replies to; the text that it is a note
	// on; the header row above a second one. Leads are followed up to a block
	// without one. Of a lead-in of several sentences it is the last that leads.
	Lead int
	// Cells are where the cells of a TableRow stand in the text, in the order of
	// the columns, up to the last that is not empty; an empty one before it has no
	// length. A merged cell has its text once: where it goes on, in a later column
	// or row, the cell is that run again. nil where they are not known. Field,
	// Definition and Note say what theirs are.
	Cells []Span
}

// Span is a run of a document's text.
type Span = lang.Span

// Document is what was read.
type Document struct {
	// Format is what it was recognised as, a Format's name: "PDF".
	Format string
	// Key is the id that a record gives itself, "" for a file's one document.
	Key string
	// Member is the path within the file of a document that is one of several
	// in an archive or mailbox, with "/" between its parts; "" elsewhere.
	Member string
	// URI is the url that a record gives itself, or "".
	URI   string
	Title string
	// Author is who wrote it, as the document says, several joined by ", ".
	Author string
	// Language is a BCP 47 base language in lower case ("fr") as the document
	// declares it, or "".
	Language string
	// Date is YYYY, YYYY-MM or YYYY-MM-DD as the document declares it, or "".
	Date string
	// Status is what the document says of its own standing: "draft", "superseded"
	// or "archived"; "" where it is current or does not say.
	Status string
	// Version is that of the document as it says itself, "2.1", or "".
	Version string
	// Aliases are other names that the document gives itself.
	Aliases []string
	// Text is normalised: NFC, "\n" line ends, valid UTF-8 without control
	// and invisible characters (see Clean), no white space at its ends.
	Text   string
	Blocks []Block
	// Line is the line of a record in its file, from 1; 0 for a file's one
	// document.
	Line int
	// Warnings say, for people, what of the file could not be read although
	// the document could: "3 of 12 pages are scanned".
	Warnings []string
}
