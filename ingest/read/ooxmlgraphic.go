package read

import (
	"encoding/xml"
	"slices"
	"strings"
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
func readChart(o *office, part string) ([]piece, error) {
	var pieces []piece
	var all []*chartSeries
	err := o.xml(part, func(x *xmlStream, _ xml.StartElement) error {
		var visit func(e xml.StartElement) error
		visit = func(e xml.StartElement) error {
			switch e.Name.Local {
			case "title":
				text, err := drawnText(x)
				pieces = append(pieces, piece{kind: Caption, text: text})
				return err
			case "ser":
				s := &chartSeries{labels: make(map[int]string), values: make(map[int]string)}
				all = append(all, s)
				return x.each(func(e xml.StartElement) error { return s.property(x, e) })
			case "externalData", "txPr", "spPr", "userShapes":
				return nil
			case "AlternateContent":
				return alternate(x, visit)
			}
			return x.each(visit)
		}
		return x.each(visit)
	})
	if t := chartGrid(all); len(t.rows) > 1 {
		pieces = append(pieces, piece{table: t})
	}
	return pieces, err
}

func (s *chartSeries) property(x *xmlStream, e xml.StartElement) error {
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
func readPoints(x *xmlStream, to map[int]string) error {
	at := 0
	var visit func(e xml.StartElement) error
	visit = func(e xml.StartElement) error {
		switch e.Name.Local {
		case "pt":
			at = atoi(xmlAttribute(e, "idx"), at)
		case "v":
			text, err := x.content()
			if len(to) < mostPoints {
				to[at] = strings.TrimSpace(to[at] + " " + text)
			}
			return err
		case "f", "formatCode":
			return nil
		}
		return x.each(visit)
	}
	return x.each(visit)
}

func chartGrid(all []*chartSeries) *grid {
	t := &grid{named: true, rows: []gridRow{{cells: make([]gridCell, 1)}}}
	labels := make(map[int]string)
	var points []int
	for _, s := range all {
		t.rows[0].cells = append(t.rows[0].cells, textCell(s.name))
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
		r := gridRow{cells: []gridCell{textCell(labels[i])}}
		for _, s := range all[:min(len(all), mostSpan)] {
			r.cells = append(r.cells, textCell(s.values[i]))
		}
		t.rows = append(t.rows, r)
	}
	// A chart of one series may have no name for it.
	t.rows[0].header = t.rows[0].filled() > 0
	return t
}

func textCell(text string) gridCell {
	if text == "" {
		return gridCell{}
	}
	return gridCell{pieces: []piece{{text: text}}}
}

// drawnText is the text of DrawingML in an element: the words of its runs and
// the values that it keeps of cells.
func drawnText(x *xmlStream) (string, error) {
	var b strings.Builder
	var visit func(e xml.StartElement) error
	visit = func(e xml.StartElement) error {
		switch e.Name.Local {
		case "t", "v":
			text, err := x.content()
			b.WriteString(text)
			return err
		case "p", "br":
			if b.Len() > 0 {
				b.WriteByte(' ')
			}
		case "f", "formatCode":
			return nil
		}
		return x.each(visit)
	}
	err := x.each(visit)
	return flatLine(b.String()), err
}

// readDiagram reads the points of a SmartArt graphic as the items of a list.
func readDiagram(o *office, part string) ([]piece, error) {
	var pieces []piece
	err := o.xml(part, func(x *xmlStream, _ xml.StartElement) error {
		var visit func(e xml.StartElement) error
		visit = func(e xml.StartElement) error {
			switch e.Name.Local {
			case "ptLst":
				return x.each(visit)
			case "pt":
				if t := xmlAttribute(e, "type"); t != "" && t != "node" && t != "asst" {
					return nil
				}
				return x.each(visit)
			case "t":
				text, err := drawnText(x)
				pieces = append(pieces, piece{kind: ListItem, text: text})
				return err
			}
			return nil
		}
		return x.each(visit)
	})
	return pieces, err
}
