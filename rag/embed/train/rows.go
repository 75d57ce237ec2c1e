package train

// byRow says, for each row that a batch touches, in which texts.
type byRow struct {
	// touched rows, in order.
	touched []int32
	at      []int32
	texts   []int32
	weights []float32
	counts  []int32
}

// sort turns a batch around: from rows by text to texts by row.
func (r *byRow) sort(b *batch, rows int) {
	if len(r.counts) != rows {
		r.counts = make([]int32, rows)
	}
	clear(r.counts)
	for _, row := range b.rows {
		r.counts[row]++
	}
	r.touched, r.at = r.touched[:0], r.at[:0]
	next := int32(0)
	for row, n := range r.counts {
		if n > 0 {
			r.touched, r.at = append(r.touched, int32(row)), append(r.at, next)
			r.counts[row] = next
			next += n
		}
	}
	r.at = append(r.at, next)
	r.texts, r.weights = grown(r.texts, len(b.rows)), grown(r.weights, len(b.rows))
	for i := range 2 * b.n {
		for j := b.at[i]; j < b.at[i+1]; j++ {
			at := &r.counts[b.rows[j]]
			r.texts[*at], r.weights[*at] = int32(i), b.weights[j]
			*at++
		}
	}
}

func grown[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n+n/2)[:n]
	}
	return s[:n]
}

// backward adds up each touched row's gradient and moves the row.
func (c *contrast) backward(m *model, b *batch, step int, rate float64) {
	c.byRow.sort(b, len(m.rows))
	r := &c.byRow
	gradients, buffers := matrix(c.workers, m.dimension), matrix(c.workers, m.dimension)
	parallelWith(c.workers, len(r.touched), func(worker, i int) {
		gradient := gradients[worker]
		clear(gradient)
		for j := r.at[i]; j < r.at[i+1]; j++ {
			addScaled(gradient, c.gradients[r.texts[j]], r.weights[j], buffers[worker])
		}
		m.update(r.touched[i], gradient, step, rate, buffers[worker])
	})
}
