package ooxml

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"docent/ingest/read"
	"docent/ingest/read/office"
)

// readGraphic reads what an element of a drawing refers to: the data of a
// chart, the points of a SmartArt graphic. Others are nil.
func readGraphic(o *office.Composer, rels map[string]string, n *office.Node) []office.Piece {
	parse, id := readChart, "id"
	switch n.Name {
	case "chart":
	case "relIds":
		parse, id = readDiagram, "dm"
	default:
		return nil
	}
	return parse(o.Part(rels[relationID(n.Attrs, id)]))
}

// chartSeries is a row of values of a chart, by the index of their point.
type chartSeries struct {
	name           string
	labels, values map[int]string
}

// mostPoints bounds the points of a chart that are read.
const mostPoints = 10_000

// readChart reads the data of a chart as its titles and a table: a row a point, a
// column a series.
func readChart(root *office.Node) []office.Piece {
	var pieces []office.Piece
	var all []*chartSeries
	root.Walk(func(n *office.Node) bool {
		switch n.Name {
		case "title":
			pieces = append(pieces, office.Piece{Kind: read.Caption, Text: drawnText(n)})
		case "ser":
			all = append(all, readSeries(n))
		case "externalData", "txPr", "spPr", "userShapes":
		default:
			return true
		}
		return false
	})
	if t := chartGrid(all); len(t.Rows) > 1 {
		pieces = append(pieces, office.Piece{Table: t})
	}
	return pieces
}

func readSeries(n *office.Node) *chartSeries {
	s := &chartSeries{labels: make(map[int]string), values: make(map[int]string)}
	for _, c := range n.Nodes {
		switch c.Name {
		case "tx":
			s.name = drawnText(c)
		case "cat", "xVal":
			readPoints(c, s.labels)
		case "val", "yVal":
			readPoints(c, s.values)
		}
	}
	return s
}

// readPoints reads the values that a chart keeps of the cells it shows. Labels
// of several levels are joined.
func readPoints(n *office.Node, to map[int]string) {
	at := 0
	n.Walk(func(n *office.Node) bool {
		switch n.Name {
		case "pt":
			at = office.Int(n.Attr("idx"), at)
		case "v":
			if len(to) < mostPoints {
				to[at] = strings.TrimSpace(to[at] + " " + n.Content())
			}
			return false
		}
		return true
	})
}

func chartGrid(all []*chartSeries) *office.Table {
	t := &office.Table{Named: true, Rows: []office.Row{{Cells: make([]office.Cell, 1)}}}
	labels := make(map[int]string)
	for _, s := range all {
		t.Rows[0].Cells = append(t.Rows[0].Cells, textCell(s.name))
		for i := range s.values {
			labels[i] = cmp.Or(labels[i], s.labels[i])
		}
		for i, label := range s.labels {
			labels[i] = cmp.Or(labels[i], label)
		}
	}
	points := slices.Sorted(maps.Keys(labels))
	for _, i := range points[:min(len(points), mostPoints)] {
		r := office.Row{Cells: []office.Cell{textCell(labels[i])}}
		for _, s := range all[:min(len(all), office.MostSpan)] {
			r.Cells = append(r.Cells, textCell(s.values[i]))
		}
		t.Rows = append(t.Rows, r)
	}
	// A chart of one series may have no name for it.
	t.Rows[0].Header = t.Rows[0].Filled() > 0
	return t
}

func textCell(text string) office.Cell {
	if text == "" {
		return office.Cell{}
	}
	return office.Cell{Pieces: []office.Piece{{Text: text}}}
}

// drawnText is the text of DrawingML in an element: the words of its runs and
// the values that it keeps of cells.
func drawnText(n *office.Node) string {
	var b strings.Builder
	n.Walk(func(n *office.Node) bool {
		switch n.Name {
		case "t", "v":
			b.WriteString(n.Content())
			return false
		case "p", "br":
			b.WriteByte(' ')
		}
		return true
	})
	return read.FlatLine(b.String())
}

// readDiagram reads the points of a SmartArt graphic as the items of a list.
func readDiagram(root *office.Node) []office.Piece {
	var pieces []office.Piece
	root.Walk(func(n *office.Node) bool {
		switch n.Name {
		case "ptLst":
			return true
		case "pt":
			t := n.Attr("type")
			return t == "" || t == "node" || t == "asst"
		case "t":
			pieces = append(pieces, office.Piece{Kind: read.ListItem, Text: drawnText(n)})
		}
		return false
	})
	return pieces
}
