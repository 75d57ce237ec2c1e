package train

import (
	"math"

	"github.com/viterin/vek/vek32"
)

// contrastive holds what a step computes, kept for the next step.
type contrastive struct {
	workers int
	scale   float32
	// sums are the texts' vectors before they are made one long.
	sums, units, gradients [][]float32
	lengths                []float32
	// soft is the matrix of exp(scale·cosine), then the loss's derivative, of
	// first texts against second ones; across is its transpose.
	soft, across [][]float32
	// columns are the units, a dimension a row: first texts, second texts.
	columns [2][][]float32
	// words are the vectors of the batch's words, then their derivatives.
	words         [][]float32
	byWord, byRow transposed
}

// forward computes the texts' unit vectors.
func (c *contrastive) forward(m *model, b *batch) {
	c.fit(b, m.dimension)
	buffers := matrix(c.workers, m.dimension)
	parallel(c.workers, b.words.len(), func(worker, i int) {
		b.words.sum(c.words[i], i, m.rows, buffers[worker])
	})
	parallel(c.workers, 2*b.n, func(worker, i int) {
		sum := c.sums[i]
		b.texts.sum(sum, i, c.words, buffers[worker])
		length := float32(math.Sqrt(float64(vek32.Dot(sum, sum))))
		c.lengths[i] = length
		vek32.MulNumber_Into(c.units[i], sum, 1/max(length, 1e-12))
	})
	parallel(c.workers, 2*m.dimension, func(_, i int) {
		side, d := i/m.dimension, i%m.dimension
		row := c.columns[side][d]
		for j := range b.n {
			row[j] = c.units[side*b.n+j][d]
		}
	})
}

// loss compares all texts, and leaves the derivatives by the texts' sums in
// gradients. The cross entropy is that of both directions, per pair.
func (c *contrastive) loss(b *batch) float64 {
	n := b.n
	firsts, seconds := c.units[:n], c.units[n:2*n]
	rows, columns := make([]float32, n), make([]float32, n)
	parallel(c.workers, n, func(_, i int) {
		rows[i] = c.exponentials(c.soft[i], firsts[i], seconds)
		columns[i] = c.exponentials(c.across[i], seconds[i], firsts)
	})
	var sum float64
	for i := range n {
		own := math.Log(float64(c.soft[i][i]))
		sum += math.Log(float64(rows[i])) + math.Log(float64(columns[i])) - 2*own
	}
	factor := c.scale / float32(2*n)
	parallel(c.workers, 2*n, func(_, i int) {
		if i < n {
			derive(c.soft[i], i, rows[i], columns, factor)
		} else {
			derive(c.across[i-n], i-n, columns[i-n], rows, factor)
		}
	})
	parallel(c.workers, 2*n, func(_, i int) { c.back(i, n) })
	return sum / float64(2*n)
}

// exponentials sets row to exp(scale·cosine) of a text with others, and returns
// its sum.
func (c *contrastive) exponentials(row, own []float32, others [][]float32) float32 {
	for j, u := range others {
		row[j] = c.scale * vek32.Dot(own, u)
	}
	vek32.Exp_Inplace(row)
	return vek32.Sum(row)
}

// derive turns a row of exponentials into the loss's derivative by the cosines.
func derive(row []float32, own int, sum float32, others []float32, factor float32) {
	inverse := 1 / sum
	for j, e := range row {
		row[j] = factor * e * (inverse + 1/others[j])
	}
	row[own] -= 2 * factor
}

// back is the derivative by the sum of text i, through its unit vector.
func (c *contrastive) back(i, n int) {
	g, weights, others := c.gradients[i], c.soft, c.columns[1]
	at := i
	if i >= n {
		weights, others, at = c.across, c.columns[0], i-n
	}
	for d := range g {
		g[d] = vek32.Dot(weights[at], others[d])
	}
	u := c.units[i]
	along := vek32.Dot(g, u)
	inverse := 1 / max(c.lengths[i], 1e-12)
	for d := range g {
		g[d] = (g[d] - along*u[d]) * inverse
	}
}

// backward adds up the derivatives by words, then by rows, and moves the rows.
func (c *contrastive) backward(m *model, b *batch, step int, rate float64) {
	gradients, buffers := matrix(c.workers, m.dimension), matrix(c.workers, m.dimension)
	c.byWord.turn(&b.texts, b.words.len())
	parallel(c.workers, len(c.byWord.rows), func(worker, i int) {
		c.byWord.sum(c.words[c.byWord.rows[i]], i, c.gradients, buffers[worker])
	})
	c.byRow.turn(&b.words, len(m.rows))
	parallel(c.workers, len(c.byRow.rows), func(worker, i int) {
		c.byRow.sum(gradients[worker], i, c.words, buffers[worker])
		m.update(c.byRow.rows[i], gradients[worker], step, rate, buffers[worker])
	})
}

// fit sizes the buffers for a batch.
func (c *contrastive) fit(b *batch, dimension int) {
	if n := b.words.len(); len(c.words) < n {
		c.words = matrix(n+n/4, dimension)
	}
	n := b.n
	if len(c.soft) == n {
		return
	}
	c.sums, c.units, c.gradients = matrix(2*n, dimension), matrix(2*n, dimension), matrix(2*n, dimension)
	c.lengths = make([]float32, 2*n)
	c.soft, c.across = matrix(n, n), matrix(n, n)
	c.columns = [2][][]float32{matrix(dimension, n), matrix(dimension, n)}
}
