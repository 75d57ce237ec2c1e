package ooxml

import (
	"strings"

	"docent/ingest/read"
	"docent/ingest/read/office"
)

// body reads the paragraphs of a shape as what its place on the slide says.
func (s *slideReader) body(n *office.Node) {
	kind := read.Paragraph
	switch s.shape.placeholder {
	case "title", "ctrTitle":
		if !s.Notes {
			s.AddTitle(s.paragraphs(n))
			return
		}
	case "body", "obj":
		if !s.Notes {
			kind = read.ListItem
		}
	case "dt", "ftr", "hdr", "sldNum", "sldImg":
		if s.Notes {
			return
		}
		kind = read.Furniture
	case "":
		if s.Notes {
			return // what is drawn on the page of notes
		}
	}
	paragraphs := s.paragraphs(n)
	for i := range paragraphs {
		if paragraphs[i].Kind = kind; kind != read.ListItem {
			paragraphs[i].Level = 0
		}
	}
	s.Add(paragraphs, s.shape.top, kind == read.Paragraph)
}

// paragraphs are those of a text body, with the numbers that are shown before
// them, as items of their levels.
func (s *slideReader) paragraphs(body *office.Node) []office.Piece {
	var all []office.Piece
	for p := range body.Each("p") {
		number, properties := "", p.Child("pPr")
		if properties != nil {
			number = s.number(properties)
		}
		text, bold := s.runs(p)
		if text = strings.TrimSpace(text); text != "" {
			all = append(all, office.Piece{Text: strings.TrimSpace(number + " " + text), Level: 1 + level(properties), Bold: bold})
		}
	}
	return all
}

// level is how deep a paragraph stands in others, from 0.
func level(properties *office.Node) int {
	return min(max(office.Int(properties.Attr("lvl"), 0), 0), office.ListLevels-1)
}

// runs is what is within a paragraph, without what is struck through, and
// whether all of it is bold.
func (s *slideReader) runs(paragraph *office.Node) (text string, bold bool) {
	var b strings.Builder
	bold = true
	paragraph.Walk(func(n *office.Node) bool {
		switch n.Name {
		case "r", "fld":
			properties := n.Child("rPr")
			if strike := properties.Attr("strike"); strike != "" && strike != "noStrike" {
				s.Struck++
				return false
			}
			if !s.look(properties).Seen() {
				s.Hide(drawnText(n))
				return false
			}
			bold = bold && isTrue(properties.Attr("b"))
		case "t":
			b.WriteString(n.Content())
			return false
		case "br":
			b.WriteByte('\n')
			return false
		}
		return true
	})
	return b.String(), bold
}

// number counts a paragraph and returns the number that is shown before it.
func (s *slideReader) number(properties *office.Node) string {
	level := level(properties)
	clear(s.shape.numbers[level+1:])
	reached := &s.shape.numbers[level]
	if n := properties.Child("buAutoNum"); n != nil {
		*reached = max(*reached+1, office.Int(n.Attr("startAt"), 1))
		return autoNumber(*reached, n.Attr("type"))
	}
	*reached = 0
	return ""
}

// numberSchemes are the parts of what ST_TextAutonumberScheme names a way to
// number, as office.FormatNumber names it or with the signs around it.
var numberSchemes = strings.NewReplacer(
	"alphaLc", "lowerLetter", "alphaUc", "upperLetter", "romanLc", "lowerRoman", "romanUc", "upperRoman",
	"ParenBoth", " ( )", "ParenR", "  )", "Period", "  .",
)

// autoNumber writes a number in a way: "arabicPeriod", "alphaLcParenBoth".
func autoNumber(n int, scheme string) string {
	format, signs, _ := strings.Cut(numberSchemes.Replace(scheme), " ")
	before, after, _ := strings.Cut(signs, " ")
	return before + office.FormatNumber(n, format) + after
}

// table reads a table of a slide.
func (s *slideReader) table(n *office.Node) {
	t := &office.Table{}
	t.Named = isTrue(n.Child("tblPr").Attr("firstRow"))
	for tr := range n.Each("tr") {
		var row office.Row
		for tc := range tr.Each("tc") {
			if isTrue(tc.Attr("hMerge")) {
				continue // a part of the cell before it
			}
			c := office.Cell{Span: office.Int(tc.Attr("gridSpan"), 1), Merged: isTrue(tc.Attr("vMerge"))}
			s.shape.ground = paintOf(tc.Child("tcPr"))
			if s.shape.ground == 0 && n.Child("tblPr").Child("tableStyleId") != nil && tc.Child("tcPr").Child("noFill") == nil {
				s.shape.ground = read.Pictured
			}
			for _, p := range s.paragraphs(tc.Child("txBody")) {
				p.Level = 0
				c.Pieces = append(c.Pieces, p)
			}
			row.Cells = append(row.Cells, c)
		}
		t.Rows = append(t.Rows, row)
	}
	s.Pieces = append(s.Pieces, office.Piece{Table: t})
}
