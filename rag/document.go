package rag

import (
	"cmp"
	"slices"
	"strings"

	"docent/rag/lang"
)

// DocumentID names a document for as long as it lives: the same file read
// again keeps its ID. It is free of white space and safe to print.
type DocumentID string

// DocumentInfo is what is known of a document without its text.
type DocumentInfo struct {
	ID DocumentID
	// URI is the document's address as its author knows it: the path as it
	// was given, or the url of a record.
	URI   string
	Title string
	// Author is who wrote it, several joined by ", ", or "".
	Author string
	// Format is what its file was recognised as: "PDF".
	Format string
	// Language is a BCP 47 base language ("fr"), or "" when unknown.
	Language string
	// Date is the document's own date as YYYY, YYYY-MM or YYYY-MM-DD, or "".
	Date string
	// Space is the audience boundary that the document belongs to.
	Space string
	// File is the absolute path of the file that the document was read from;
	// a file of records holds many documents.
	File string
	// Hash is the hexadecimal SHA-256 of everything that a re-ingest compares:
	// text, title, author, format, language, date, URI, space, and what follows.
	Hash string
	// Status is what the document says of its own standing.
	Status DocumentStatus
	// Version is the version that the document gives itself: "2.1", or "".
	Version string
	// Aliases are other names that it gives itself.
	Aliases []string
	// Structure is the StructureVersion that its passages were cut with, 0 from
	// before there were units.
	Structure int
	// Passages and Bytes (of text) are set by the library.
	Passages int
	Bytes    int
}

// DocumentStatus says whether a document holds.
type DocumentStatus string

// The statuses of documents.
const (
	Current    DocumentStatus = ""
	Draft      DocumentStatus = "draft"
	Superseded DocumentStatus = "superseded"
	Archived   DocumentStatus = "archived"
)

// StructureVersion grows whenever the same file gives other units in a way that
// makes it worth reading again.
const StructureVersion = 2

// Name is the title with the date, as a list of documents has it.
func (d DocumentInfo) Name() string {
	name := cmp.Or(lang.OneLine(d.Title), d.URI)
	if d.Date != "" {
		name += " (" + d.Date + ")"
	}
	return name
}

// Document is one file or page as its author knows it.
type Document struct {
	DocumentInfo
	// Text is the whole extracted text, normalised once (NFC, "\n" line ends,
	// valid UTF-8). Every offset in docent is a byte offset into it.
	Text string
}

// PassageID names a passage: the Nth of its document, from 1.
type PassageID struct {
	Document DocumentID
	N        int
}

// Passage is a run of whole units of a document: what is indexed and retrieved.
type Passage struct {
	ID PassageID
	// Start and End are byte offsets, Text is Document.Text[Start:End].
	Start, End int
	Text       string
	// Heading is the path of headings above the passage, outermost first.
	Heading []string
	// Page is the page, slide or sheet that the passage is on, from 1;
	// 0 where the format has none.
	Page int
	// Row is the row of its sheet that the passage is, from 1; 0 elsewhere.
	Row      int
	Language string
	// Units are what the passage is made of, in order; nil where nothing is known
	// but its text, see UnitsOf.
	Units []Unit

	// Terms and Vector are what the passage is found by; an Indexer sets them,
	// a library stores them, and neither comes back from Library.Passages.
	Terms  []TermCount
	Vector []float32
}

// TermCount is an index term and how often it occurs.
type TermCount struct {
	Text  string
	Count int
}

// SortHits puts hits in the order of their scores, best first; equals by passage.
func SortHits(hits []Hit) {
	slices.SortFunc(hits, func(a, b Hit) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), ComparePassages(a.ID, b.ID))
	})
}

// ComparePassages orders passages by document and then by place in it.
func ComparePassages(a, b PassageID) int {
	return cmp.Or(strings.Compare(string(a.Document), string(b.Document)), cmp.Compare(a.N, b.N))
}
