package ooxml

import (
	"encoding/xml"
	"slices"
	"strings"

	"docent/ingest/read"
	"docent/ingest/read/office"
)

// chartSeries is a row of values of a chart, by the index of their point.
type chartSeries struct {
	name           string
	labels, values map[int]string
}

// mostPoints bounds the points of a chart that are read.
const mostPoints = 10_000

// readChart reads the data of a chart as its titles and a table: a row a point, a
// column a series.
func readChart(o *office.Composer, part string) ([]office.Piece, error) {
	var pieces []office.Piece
	var all []*chartSeries
	err := o.XML(part, func(x *office.XMLStream, _ xml.StartElement) error {
		var visit func(e xml.StartElement) error
		visit = func(e xml.StartElement) error {
			switch e.Name.Local {
			case "title":
				text, err := drawnText(x)
				pieces = append(pieces, office.Piece{Kind: read.Caption, Text: text})
				return err
			case "ser":
				s := &chartSeries{labels: make(map[int]string), values: make(map[int]string)}
				all = append(all, s)
				return x.Each(func(e xml.StartElement) error { return s.property(x, e) })
			case "externalData", "txPr", "spPr", "userShapes":
				return nil
			case "AlternateContent":
				return alternate(x, visit)
			}
			return x.Each(visit)
		}
		return x.Each(visit)
	})
	if t := chartGrid(all); len(t.Rows) > 1 {
		pieces = append(pieces, office.Piece{Table: t})
	}
	return pieces, err
}

func (s *chartSeries) property(x *office.XMLStream, e xml.StartElement) error {
	var err error
	switch e.Name.Local {
	case "tx":
		s.name, err = drawnText(x)
	case "cat", "xVal":
		err = readPoints(x, s.labels)
	case "val", "yVal":
		err = readPoints(x, s.values)
	}
	return err
}

// readPoints reads the values that a chart keeps of the cells it shows. Labels
// of several levels are joined.
func readPoints(x *office.XMLStream, to map[int]string) error {
	at := 0
	var visit func(e xml.StartElement) error
	visit = func(e xml.StartElement) error {
		switch e.Name.Local {
		case "pt":
			at = office.Atoi(office.Attribute(e, "idx"), at)
		case "v":
			text, err := x.Content()
			if len(to) < mostPoints {
				to[at] = strings.TrimSpace(to[at] + " " + text)
			}
			return err
		case "f", "formatCode":
			return nil
		}
		return x.Each(visit)
	}
	return x.Each(visit)
}

func chartGrid(all []*chartSeries) *office.Grid {
	t := &office.Grid{Named: true, Rows: []office.GridRow{{Cells: make([]office.GridCell, 1)}}}
	labels := make(map[int]string)
	var points []int
	for _, s := range all {
		t.Rows[0].Cells = append(t.Rows[0].Cells, textCell(s.name))
		for _, of := range []map[int]string{s.labels, s.values} {
			for i := range of {
				if _, known := labels[i]; !known {
					points = append(points, i)
					labels[i] = ""
				}
			}
		}
		for i, label := range s.labels {
			if labels[i] == "" {
				labels[i] = label
			}
		}
	}
	slices.Sort(points)
	for _, i := range points[:min(len(points), mostPoints)] {
		r := office.GridRow{Cells: []office.GridCell{textCell(labels[i])}}
		for _, s := range all[:min(len(all), office.MostSpan)] {
			r.Cells = append(r.Cells, textCell(s.values[i]))
		}
		t.Rows = append(t.Rows, r)
	}
	// A chart of one series may have no name for it.
	t.Rows[0].Header = t.Rows[0].Filled() > 0
	return t
}

func textCell(text string) office.GridCell {
	if text == "" {
		return office.GridCell{}
	}
	return office.GridCell{Pieces: []office.Piece{{Text: text}}}
}

// drawnText is the text of DrawingML in an element: the words of its runs and
// the values that it keeps of cells.
func drawnText(x *office.XMLStream) (string, error) {
	var b strings.Builder
	var visit func(e xml.StartElement) error
	visit = func(e xml.StartElement) error {
		switch e.Name.Local {
		case "t", "v":
			text, err := x.Content()
			b.WriteString(text)
			return err
		case "p", "br":
			if b.Len() > 0 {
				b.WriteByte(' ')
			}
		case "f", "formatCode":
			return nil
		}
		return x.Each(visit)
	}
	err := x.Each(visit)
	return read.FlatLine(b.String()), err
}

// readDiagram reads the points of a SmartArt graphic as the items of a list.
func readDiagram(o *office.Composer, part string) ([]office.Piece, error) {
	var pieces []office.Piece
	err := o.XML(part, func(x *office.XMLStream, _ xml.StartElement) error {
		var visit func(e xml.StartElement) error
		visit = func(e xml.StartElement) error {
			switch e.Name.Local {
			case "ptLst":
				return x.Each(visit)
			case "pt":
				if t := office.Attribute(e, "type"); t != "" && t != "node" && t != "asst" {
					return nil
				}
				return x.Each(visit)
			case "t":
				text, err := drawnText(x)
				pieces = append(pieces, office.Piece{Kind: read.ListItem, Text: text})
				return err
			}
			return nil
		}
		return x.Each(visit)
	})
	return pieces, err
}
