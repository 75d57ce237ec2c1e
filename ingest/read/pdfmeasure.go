package read

import "unicode/utf8"

type edges struct{ left, right float32 }

// measure finds the size of most letters.
func (t *pdfText) measure() {
	var capital, tall, low mode
	for _, l := range t.lines {
		n := utf8.RuneCountInString(l.text)
		capital.add(l.size.capital, n)
		tall.add(l.size.tall, n)
		low.add(l.size.low, n)
	}
	t.body = letterSize{capital.most(), tall.most(), low.most()}
}

// mode finds the most frequent of values that are about the same.
type mode struct{ counts map[int]int }

func (m *mode) add(value float32, weight int) {
	if value <= 0 || value > 1000 {
		return
	}
	if m.counts == nil {
		m.counts = make(map[int]int)
	}
	m.counts[int(value*4+0.5)] += weight
}

func (m *mode) most() float32 {
	best, bestCount := 0, 0
	for value, count := range m.counts {
		count += (m.counts[value-1] + m.counts[value+1]) / 2
		if count > bestCount || count == bestCount && value < best {
			best, bestCount = value, count
		}
	}
	return float32(best) / 4
}

// alike reports whether two lines are of one size.
func (t *pdfText) alike(a, b pdfLine) bool {
	ratio := a.size.ratio(b.size)
	return ratio > 1/t.params.SameSize && ratio < t.params.SameSize
}

// follows reports whether line b stands right under line a, without more room
// between them than lines of a paragraph have.
func (t *pdfText) follows(a, b pdfLine) bool {
	down, em := a.base-b.base, max(a.em(), b.em())
	return a.page == b.page && t.alike(a, b) && down > 0.3*em && down < t.params.LineGap*em && b.left < a.right && a.left < b.right
}

// findEdges finds the columns: runs of lines that follow one another.
func (t *pdfText) findEdges() {
	t.edges = make([]edges, len(t.lines))
	for start := 0; start < len(t.lines); {
		e := edges{t.lines[start].left, t.lines[start].right}
		end := start + 1
		for ; end < len(t.lines) && t.follows(t.lines[end-1], t.lines[end]); end++ {
			e.left, e.right = min(e.left, t.lines[end].left), max(e.right, t.lines[end].right)
		}
		for i := start; i < end; i++ {
			t.edges[i] = e
		}
		start = end
	}
}
