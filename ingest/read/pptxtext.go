package read

import (
	"encoding/xml"
	"strings"
)

// body reads the paragraphs of a shape as what its place on the slide says.
func (s *slideReader) body() error {
	kind := Paragraph
	switch s.shape.placeholder {
	case "title", "ctrTitle":
		if !s.notes {
			return s.heading()
		}
	case "body", "obj":
		if !s.notes {
			kind = ListItem
		}
	case "dt", "ftr", "hdr", "sldNum", "sldImg":
		if s.notes {
			return nil
		}
		kind = Furniture
	case "":
		if s.notes {
			return nil // what is drawn on the page of notes
		}
	}
	paragraphs, err := s.paragraphs()
	if len(paragraphs) > 0 && kind == Paragraph && (s.highest == 0 || s.shape.top < s.highestTop) {
		s.highest, s.highestTop = len(s.pieces)+1, s.shape.top
	}
	for _, p := range paragraphs {
		s.pieces = append(s.pieces, piece{kind: kind, text: p})
	}
	return err
}

func (s *slideReader) heading() error {
	paragraphs, err := s.paragraphs()
	if text := flatLine(strings.Join(paragraphs, " ")); text != "" {
		s.title = append(s.title, piece{kind: Heading, level: 1, text: text})
	}
	return err
}

// paragraphs reads the paragraphs of a text body, with the numbers that are
// shown before them.
func (s *slideReader) paragraphs() ([]string, error) {
	var all []string
	err := s.x.each(func(e xml.StartElement) error {
		if e.Name.Local != "p" {
			return nil
		}
		var b strings.Builder
		number := ""
		err := s.x.each(func(e xml.StartElement) error {
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
		text, err := s.x.content()
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
	return s.x.each(visit)
}

// number counts a paragraph and returns the number that is shown before it.
func (s *slideReader) number(e xml.StartElement) (string, error) {
	level := min(max(atoi(xmlAttribute(e, "lvl"), 0), 0), listLevels-1)
	clear(s.shape.numbers[level+1:])
	reached := &s.shape.numbers[level]
	shown := ""
	err := s.x.each(func(e xml.StartElement) error {
		if e.Name.Local == "buAutoNum" {
			*reached = max(*reached+1, atoi(xmlAttribute(e, "startAt"), 1))
			shown = autoNumber(*reached, xmlAttribute(e, "type"))
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
	text := formatNumber(n, format)
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
	t := &grid{}
	err := s.x.each(func(e xml.StartElement) error {
		switch e.Name.Local {
		case "tblPr":
			first := xmlAttribute(e, "firstRow")
			t.named = first == "1" || first == "true"
		case "tr":
			t.rows = append(t.rows, gridRow{})
			row := &t.rows[len(t.rows)-1]
			return s.x.each(func(e xml.StartElement) error {
				if e.Name.Local != "tc" {
					return nil
				}
				c, err := s.cell()
				row.cells = append(row.cells, c)
				return err
			})
		}
		return nil
	})
	s.pieces = append(s.pieces, piece{table: t})
	return err
}

func (s *slideReader) cell() (gridCell, error) {
	var c gridCell
	err := s.x.each(func(e xml.StartElement) error {
		if e.Name.Local != "txBody" {
			return nil
		}
		paragraphs, err := s.paragraphs()
		for _, p := range paragraphs {
			c.pieces = append(c.pieces, piece{text: p})
		}
		return err
	})
	return c, err
}
