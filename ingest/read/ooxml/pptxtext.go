package ooxml

import (
	"encoding/xml"
	"strings"

	"docent/ingest/read"
	"docent/ingest/read/office"
)

// body reads the paragraphs of a shape as what its place on the slide says.
func (s *slideReader) body() error {
	kind := read.Paragraph
	switch s.shape.placeholder {
	case "title", "ctrTitle":
		if !s.Notes {
			return s.heading()
		}
	case "body", "obj":
		if !s.Notes {
			kind = read.ListItem
		}
	case "dt", "ftr", "hdr", "sldNum", "sldImg":
		if s.Notes {
			return nil
		}
		kind = read.Furniture
	case "":
		if s.Notes {
			return nil // what is drawn on the page of notes
		}
	}
	paragraphs, err := s.paragraphs()
	if len(paragraphs) > 0 && kind == read.Paragraph && (s.Highest == 0 || s.shape.top < s.HighestTop) {
		s.Highest, s.HighestTop = len(s.Pieces)+1, s.shape.top
	}
	for _, p := range paragraphs {
		s.Pieces = append(s.Pieces, office.Piece{Kind: kind, Text: p})
	}
	return err
}

func (s *slideReader) heading() error {
	paragraphs, err := s.paragraphs()
	if text := read.FlatLine(strings.Join(paragraphs, " ")); text != "" {
		s.Title = append(s.Title, office.Piece{Kind: read.Heading, Level: 1, Text: text})
	}
	return err
}

// paragraphs reads the paragraphs of a text body, with the numbers that are
// shown before them.
func (s *slideReader) paragraphs() ([]string, error) {
	var all []string
	err := s.x.Each(func(e xml.StartElement) error {
		if e.Name.Local != "p" {
			return nil
		}
		var b strings.Builder
		number := ""
		err := s.x.Each(func(e xml.StartElement) error {
			if e.Name.Local == "pPr" {
				var err error
				number, err = s.number(e)
				return err
			}
			return s.runs(e, &b)
		})
		text := strings.TrimSpace(b.String())
		switch {
		case text == "":
		case number != "":
			all = append(all, number+" "+text)
		default:
			all = append(all, text)
		}
		return err
	})
	return all, err
}

// runs reads what is within a paragraph.
func (s *slideReader) runs(e xml.StartElement, to *strings.Builder) error {
	visit := func(e xml.StartElement) error { return s.runs(e, to) }
	switch e.Name.Local {
	case "t":
		text, err := s.x.Content()
		to.WriteString(text)
		return err
	case "br":
		to.WriteByte('\n')
		return nil
	case "rPr", "endParaRPr":
		return nil
	case "AlternateContent":
		return alternate(s.x, visit)
	}
	return s.x.Each(visit)
}

// number counts a paragraph and returns the number that is shown before it.
func (s *slideReader) number(e xml.StartElement) (string, error) {
	level := min(max(office.Atoi(office.Attribute(e, "lvl"), 0), 0), office.ListLevels-1)
	clear(s.shape.numbers[level+1:])
	reached := &s.shape.numbers[level]
	shown := ""
	err := s.x.Each(func(e xml.StartElement) error {
		if e.Name.Local == "buAutoNum" {
			*reached = max(*reached+1, office.Atoi(office.Attribute(e, "startAt"), 1))
			shown = autoNumber(*reached, office.Attribute(e, "type"))
		}
		return nil
	})
	if shown == "" {
		*reached = 0
	}
	return shown, err
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
func (s *slideReader) table() error {
	t := &office.Grid{}
	err := s.x.Each(func(e xml.StartElement) error {
		switch e.Name.Local {
		case "tblPr":
			first := office.Attribute(e, "firstRow")
			t.Named = first == "1" || first == "true"
		case "tr":
			t.Rows = append(t.Rows, office.GridRow{})
			row := &t.Rows[len(t.Rows)-1]
			return s.x.Each(func(e xml.StartElement) error {
				if e.Name.Local != "tc" {
					return nil
				}
				c, err := s.cell()
				row.Cells = append(row.Cells, c)
				return err
			})
		}
		return nil
	})
	s.Pieces = append(s.Pieces, office.Piece{Table: t})
	return err
}

func (s *slideReader) cell() (office.GridCell, error) {
	var c office.GridCell
	err := s.x.Each(func(e xml.StartElement) error {
		if e.Name.Local != "txBody" {
			return nil
		}
		paragraphs, err := s.paragraphs()
		for _, p := range paragraphs {
			c.Pieces = append(c.Pieces, office.Piece{Text: p})
		}
		return err
	})
	return c, err
}
