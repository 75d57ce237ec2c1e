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
			text := read.FlatLine(strings.Join(s.paragraphs(n), " "))
			if text != "" {
				s.Title = append(s.Title, office.Piece{Kind: read.Heading, Level: 1, Text: text})
			}
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
	if len(paragraphs) > 0 && kind == read.Paragraph && (s.Highest == 0 || s.shape.top < s.HighestTop) {
		s.Highest, s.HighestTop = len(s.Pieces)+1, s.shape.top
	}
	for _, p := range paragraphs {
		s.Pieces = append(s.Pieces, office.Piece{Kind: kind, Text: p})
	}
}

// paragraphs are those of a text body, with the numbers that are shown before
// them.
func (s *slideReader) paragraphs(body *office.Node) []string {
	var all []string
	for p := range body.Each("p") {
		number := ""
		if properties := p.Child("pPr"); properties != nil {
			number = s.number(properties)
		}
		if text := strings.TrimSpace(runs(p)); text != "" {
			all = append(all, strings.TrimSpace(number+" "+text))
		}
	}
	return all
}

// runs is what is within a paragraph.
func runs(paragraph *office.Node) string {
	var b strings.Builder
	paragraph.Walk(func(n *office.Node) bool {
		switch n.Name {
		case "t":
			b.WriteString(n.Content())
			return false
		case "br":
			b.WriteByte('\n')
			return false
		}
		return true
	})
	return b.String()
}

// number counts a paragraph and returns the number that is shown before it.
func (s *slideReader) number(properties *office.Node) string {
	level := min(max(office.Int(properties.Attr("lvl"), 0), 0), office.ListLevels-1)
	clear(s.shape.numbers[level+1:])
	reached := &s.shape.numbers[level]
	if n := properties.Child("buAutoNum"); n != nil {
		*reached = max(*reached+1, office.Int(n.Attr("startAt"), 1))
		return autoNumber(*reached, n.Attr("type"))
	}
	*reached = 0
	return ""
}

// autoNumber writes a number as ST_TextAutonumberScheme names it:
// "arabicPeriod", "alphaLcParenBoth".
func autoNumber(n int, scheme string) string {
	format := "decimal"
	switch {
	case strings.HasPrefix(scheme, "alphaLc"):
		format = "lowerLetter"
	case strings.HasPrefix(scheme, "alphaUc"):
		format = "upperLetter"
	case strings.HasPrefix(scheme, "romanLc"):
		format = "lowerRoman"
	case strings.HasPrefix(scheme, "romanUc"):
		format = "upperRoman"
	}
	text := office.FormatNumber(n, format)
	switch {
	case strings.HasSuffix(scheme, "ParenBoth"):
		return "(" + text + ")"
	case strings.HasSuffix(scheme, "ParenR"):
		return text + ")"
	case strings.HasSuffix(scheme, "Period"):
		return text + "."
	}
	return text
}

// table reads a table of a slide.
func (s *slideReader) table(n *office.Node) {
	t := &office.Table{}
	first := n.Child("tblPr").Attr("firstRow")
	t.Named = first == "1" || first == "true"
	for tr := range n.Each("tr") {
		var row office.Row
		for tc := range tr.Each("tc") {
			var c office.Cell
			for _, p := range s.paragraphs(tc.Child("txBody")) {
				c.Pieces = append(c.Pieces, office.Piece{Text: p})
			}
			row.Cells = append(row.Cells, c)
		}
		t.Rows = append(t.Rows, row)
	}
	s.Pieces = append(s.Pieces, office.Piece{Table: t})
}
