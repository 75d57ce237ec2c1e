package pdf

type edges struct{ left, right float32 }

// measure finds the size of most letters.
func (t *layout) measure() {
	capital, tall, low := make(mode), make(mode), make(mode)
	for _, l := range t.lines {
		capital.add(l.size.capital, len(l.text))
		tall.add(l.size.tall, len(l.text))
		low.add(l.size.low, len(l.text))
	}
	t.body = letterSize{capital.most(), tall.most(), low.most()}
}

// mode finds the most frequent of values, in quarters, that are about the same.
type mode map[int]int

func (m mode) add(value float32, weight int) { m[int(value*4+0.5)] += weight }

func (m mode) most() float32 {
	var best, most int
	for value := range m {
		n := m[value] + (m[value-1]+m[value+1])/2
		if value > 0 && (n > most || n == most && value < best) {
			best, most = value, n
		}
	}
	return float32(best) / 4
}

// alike reports whether two lines are of one size.
func (t *layout) alike(a, b textLine) bool {
	ratio := a.size.ratio(b.size)
	return ratio > 1/t.params.SameSize && ratio < t.params.SameSize
}

// follows reports whether line b stands right under line a, without more room
// between them than lines of a paragraph have.
func (t *layout) follows(a, b textLine) bool {
	down, em := a.base-b.base, max(a.em(), b.em())
	return a.page == b.page && t.alike(a, b) && down > 0.3*em && down < t.params.LineGap*em && b.left < a.right && a.left < b.right
}

// findEdges finds the columns: runs of lines that follow one another.
func (t *layout) findEdges() {
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
