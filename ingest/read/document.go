package read

import "fmt"

// Kind says what a block is.
type Kind int

// The kinds of block.
const (
	Paragraph Kind = iota
	// Heading has a level.
	Heading
	// ListItem is one item, without the items nested in it.
	ListItem
	// TableRow is one row, its cells joined by " | ".
	TableRow
	// Code keeps its line ends and indentation.
	Code
	Caption
	// Furniture is what a page carries for its own use: navigation, forms,
	// cookie notices. It stays in the text and is not indexed.
	Furniture
)

var kindNames = [...]string{"paragraph", "heading", "list item", "table row", "code", "caption", "furniture"}

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
	// Level is 1 to 6 for a heading, else 0.
	Level int
	// Start and End are byte offsets into the text.
	Start, End int
	// Page is the page, slide or sheet from 1, or 0 where there are none.
	Page int
}

// Document is what was read.
type Document struct {
	// Key is the id that a record gives itself, "" for a file's one document.
	Key string
	// URI is the url that a record gives itself, or "".
	URI   string
	Title string
	// Language is a BCP 47 base language in lower case ("fr") as the document
	// declares it, or "".
	Language string
	// Date is YYYY, YYYY-MM or YYYY-MM-DD as the document declares it, or "".
	Date string
	// Text is normalised: NFC, "\n" line ends, valid UTF-8 without control
	// characters, byte order marks and soft hyphens, no white space at its ends.
	Text   string
	Blocks []Block
	// Line is the line of a record in its file, from 1; 0 for a file's one
	// document.
	Line int
}
