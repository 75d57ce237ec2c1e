package plain

import (
	"strings"
	"unicode"

	"docent/ingest/read"
)

// rows takes the lines of a table, cells parted by bars or tabs: two rows at
// least, which no empty line parts.
func (p *parser) rows() bool {
	sign := cellSign(p.of(p.at))
	if sign == "" {
		return false
	}
	end, ruled, cells := p.at, -1, [][]read.Span(nil)
	for ; end < len(p.lines) && (end == p.at || !p.lines[end].gap); end++ {
		switch text := p.of(end); {
		case isTableRule(text):
			if ruled < 0 {
				ruled = len(cells)
			}
		case cellSign(text) == sign:
			cells = append(cells, cellSpans(text, sign))
		default:
			goto ended
		}
	}
ended:
	if len(cells) < 2 {
		return false
	}
	p.endLists()
	p.table(end, cells, p.headerRows(end, cells, ruled))
	return true
}

// table adds the lines up to end, of which the first rows are headers.
func (p *parser) table(end int, cells [][]read.Span, headers int) {
	header := 0
	for row := 0; p.at < end; {
		l := p.lines[p.at]
		b := read.Block{Kind: read.TableRow, Start: l.start, End: l.end}
		if isTableRule(p.of(p.at)) {
			b.Kind = read.Furniture
			p.add(b, 1)
			continue
		}
		b.Cells = shifted(cells[row], l.start)
		if row < headers {
			b.Lead = header
			header = len(p.blocks) + 1
		} else {
			b.Header = header
		}
		row++
		p.add(b, 1)
	}
}

// cellSign is what parts the cells of a line, "" where there is one.
func cellSign(text string) string {
	switch {
	case strings.Contains(text, " | ") || strings.HasPrefix(text, "|") && strings.Count(text, "|") > 1:
		return "|"
	case strings.Contains(text, "\t"):
		return "\t"
	}
	return ""
}

// isTableRule reports whether a line only draws the edges of cells.
func isTableRule(text string) bool {
	return strings.Trim(text, "|+-=: ") == "" && strings.Contains(text, "--") && strings.ContainsAny(text, "|+")
}

// cellSpans are where the cells of a line stand, without bars around them all.
func cellSpans(text, sign string) []read.Span {
	from, to := 0, len(text)
	if sign == "|" {
		if strings.HasPrefix(text, "|") {
			from = 1
		}
		if strings.HasSuffix(text, "|") && to-1 > from {
			to--
		}
	}
	var cells []read.Span
	used := 0
	for at := from; at <= to; {
		n := strings.Index(text[at:to], sign)
		if n < 0 {
			n = to - at
		}
		cell := text[at : at+n]
		start := at + len(cell) - len(strings.TrimLeftFunc(cell, unicode.IsSpace))
		c := read.Span{Start: start, End: start + len(strings.TrimSpace(cell))}
		if cells = append(cells, c); c.Start < c.End {
			used = len(cells)
		}
		at += n + len(sign)
	}
	return cells[:used]
}

// headerRows is how many of the rows name the columns. A rule below them tells;
// else what the cells look like does.
func (p *parser) headerRows(end int, spans [][]read.Span, ruled int) int {
	if ruled > 0 {
		return ruled
	}
	var rows [][]string
	for n := p.at; n < end; n++ {
		if isTableRule(p.of(n)) {
			continue
		}
		var cells []string
		for _, c := range spans[len(rows)] {
			cells = append(cells, p.of(n)[c.Start:c.End])
		}
		rows = append(rows, cells)
	}
	return read.HeaderRows(rows)
}

// countIn counts the cells of a column for which something holds.
func countIn(rows [][]string, column int, is func(cell string) bool) int {
	n := 0
	for _, row := range rows {
		if column < len(row) && is(row[column]) {
			n++
		}
	}
	return n
}
