package ooxml

import (
	"cmp"
	"encoding/xml"
	"errors"
	"strconv"
	"strings"

	"docent/ingest/read"
	"docent/ingest/read/office"
)

// computed is what a formula comes to as its cell shows it. Where that is not
// known, it is what is stored, unless a program has written 0 for it too.
func (w *workbook) computed(sheet string, row int, c rawCell, stored string) string {
	v, ok := w.formulas.Value(sheet, row, c.column)
	switch {
	case ok:
		return office.ShowValue(v, w.styles.Of(c.style).Format, w.look)
	case c.raw != "" && c.raw != "0":
		return stored
	}
	w.formulas.Uncomputed++
	return read.Uncomputed(w.Language())
}

// holdCells has the formulas know all cells of the workbook, also those that are
// hidden. What of a sheet cannot be read is warned of where it is put.
func (w *workbook) holdCells() {
	for _, s := range w.sheets {
		shared := make(map[string]sharedFormula)
		row := 0
		_ = w.rows(s.part, func(x *office.XMLStream, e xml.StartElement) error {
			if e.Name.Local != "row" {
				return nil
			}
			n, err := x.Node(e)
			row = office.Int(n.Attr("r"), row+1)
			for _, c := range rawCells(n) {
				w.formulas.Hold(s.name, row, c.column, w.held(c, row, shared))
			}
			return err
		})
	}
}

// sharedFormula is one that the cells of a range share, with where it is
// written.
type sharedFormula struct {
	formula     string
	row, column int
}

// held is a cell as formulas see it.
func (w *workbook) held(c rawCell, row int, shared map[string]sharedFormula) office.FormulaCell {
	var cell office.FormulaCell
	if f := c.formula; f != nil && c.kind != "str" && (c.raw == "" || w.stale) {
		cell.Formula = f.Content()
		if id := f.Attr("si"); f.Attr("t") == "shared" && id != "" {
			if cell.Formula != "" {
				shared[id] = sharedFormula{cell.Formula, row, c.column}
			}
			from := shared[id]
			cell.Formula, cell.Rows, cell.Columns = from.formula, row-from.row, c.column-from.column
		}
		cell.Formula = cmp.Or(cell.Formula, "=") // one that is nowhere comes to nothing
		return cell
	}
	switch text := w.cell(c.kind, c.style, c.raw, c.inline).Text; c.kind {
	case "s", "inlineStr", "str":
		cell.Value = text
	case "e":
		cell.Value = office.FormulaError(text)
	default:
		if n, err := strconv.ParseFloat(strings.TrimSpace(c.raw), 64); err == nil {
			cell.Value = n
		}
	}
	return cell
}

// errEnough ends the reading of a part.
var errEnough = errors.New("enough is read")

// sampleTexts are texts of the workbook that tell its language.
func (w *workbook) sampleTexts() (texts []string) {
	if len(w.strings) > 0 || len(w.sheets) == 0 || !w.Has(w.sheets[0].part) {
		return w.strings
	}
	rows := 0
	// What cannot be read is warned of where the sheet is put.
	_ = w.rows(w.sheets[0].part, func(x *office.XMLStream, e xml.StartElement) error {
		if e.Name.Local != "row" {
			return nil
		}
		if rows++; rows > office.EnoughStrings {
			return errEnough
		}
		n, err := x.Node(e)
		for _, c := range rawCells(n) {
			if c.inline != "" {
				texts = append(texts, c.inline)
			}
		}
		return err
	})
	return texts
}

// remarks are those on the cells of a sheet, but for those that are done with.
func (w *workbook) remarks(part string) map[cellRef][]string {
	all, err := w.Relations(part)
	if err != nil {
		return nil // the sheet itself says what is wrong
	}
	notes := make(map[cellRef][]string)
	threads := w.Part(all.First("threadedComment"))
	for n := range threads.Each("threadedComment") {
		if !isTrue(n.Attr("done")) {
			addRemark(notes, n.Attr("ref"), n.Child("text").Content())
		}
	}
	if threads.Child("") != nil {
		return notes // the others repeat them, for programs of old
	}
	for n := range w.Part(all.First("comments")).Child("commentList").Each("comment") {
		addRemark(notes, n.Attr("ref"), richText(n.Child("text")))
	}
	return notes
}

func addRemark(notes map[cellRef][]string, ref, text string) {
	column, row := office.CellPlace(ref)
	if text = strings.TrimSpace(text); text != "" && row > 0 {
		notes[cellRef{row, column}] = append(notes[cellRef{row, column}], text)
	}
}
