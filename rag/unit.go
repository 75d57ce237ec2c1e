package rag

import "docent/rag/lang"

// UnitKind says what a unit is.
type UnitKind uint8

// The kinds of unit.
const (
	// Sentence is one sentence of running text.
	Sentence UnitKind = iota
	// Row is a row of a table; its context is the header row.
	Row
	// Item is an item of a list without the items nested in it; its context is
	// the list's lead-in and the items that it is nested in.
	Item
	// Reply is a sentence of what answers a question of the document, as an FAQ has
	// them, or a line of a quoted mail; its context is that question or line.
	Reply
	// Definition is what a term means; its context is the term where the two
	// stand apart.
	Definition
	// Field is a label with its value: "Depot: Bristol".
	Field
	// Note is a footnote or comment; its context is the sentence that it is on.
	Note
	// CodeLine is a line of code.
	CodeLine
	// Lead makes other units readable and answers nothing itself: a header row, a
	// question, the lead-in of a list, a heading with nothing under it.
	Lead
)

// Unit is the smallest run of a document's text that can be read alone, with
// the context that it needs for that. All offsets are bytes of the document's
// text.
type Unit struct {
	Kind UnitKind
	lang.Span
	// Context are the runs that it is read with, outermost first.
	Context []lang.Span
	// Group is the run of the list, table, answer or code that the unit is a part
	// of, from its first part to the end of what is nested in its last; empty for
	// what stands alone. Other text may stand between its parts.
	Group lang.Span
	// Part is which of the Parts of its group it is, from 1; 0 without a group.
	Part, Parts int
	// Cells are where the cells of a Row, of a header row or of a Field stand, one
	// for each column; nil where they are not known. A merged cell stands where its
	// text does, which may be in a row above.
	Cells []lang.Span
}
