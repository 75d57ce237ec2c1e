package main

import (
	"cmp"
	"math"
	"math/rand/v2"
	"slices"

	"docent/rag/extract/ranker"
)

// loudness is what projections are multiplied by: the vectors have length one,
// and many numbers.
const loudness = 4

// rounds of the power iteration; the share of the vectors' energy that is kept
// does not change after a few dozen.
const rounds = 100

// project finds the principal axes of the vocabulary's vectors by orthogonal
// iteration (Golub and Van Loan, "Matrix Computations", 8.2.4). It returns the
// projection of each word and what projects others.
func (x *Examples) project() (embedded, projection []float32) {
	d, p := x.Shape.Vector, x.Shape.Projected
	axes := principal(covariance(x.Vectors, d), d, p)
	projection = make([]float32, d*p)
	for k, axis := range axes {
		for i, v := range axis {
			projection[i*p+k] = float32(v * loudness)
		}
	}
	n := &ranker.Network{Projection: projection}
	embedded = make([]float32, len(x.Words)*p)
	for i := range x.Words {
		n.Project(embedded[i*p:(i+1)*p], x.Vectors[i*d:(i+1)*d])
	}
	return embedded, projection
}

// covariance is that of the rows, about zero.
func covariance(rows []float32, d int) []float64 {
	c := make([]float64, d*d)
	for at := 0; at+d <= len(rows); at += d {
		row := rows[at : at+d]
		for i, v := range row {
			if v == 0 {
				continue
			}
			to := c[i*d : i*d+i+1]
			for j, u := range row[:i+1] {
				to[j] += float64(float64(v) * float64(u))
			}
		}
	}
	for i := range d {
		for j := range i {
			c[j*d+i] = c[i*d+j]
		}
	}
	return c
}

// principal are the n axes of the greatest eigenvalues of a symmetric matrix,
// each with its largest number positive.
func principal(matrix []float64, d, n int) [][]float64 {
	random := rand.New(rand.NewPCG(1, 1)) //nolint:gosec // it must be repeatable, not secret
	axes := make([][]float64, min(n, d))
	for k := range axes {
		axes[k] = make([]float64, d)
		for i := range axes[k] {
			axes[k][i] = random.NormFloat64()
		}
	}
	orthonormal(axes)
	for range rounds {
		for k, axis := range axes {
			next := make([]float64, d)
			for i, v := range axis {
				addScaled(next, matrix[i*d:(i+1)*d], v)
			}
			axes[k] = next
		}
		orthonormal(axes)
	}
	for _, axis := range axes {
		if most := slices.MaxFunc(axis, func(a, b float64) int { return cmp.Compare(math.Abs(a), math.Abs(b)) }); most < 0 {
			for i := range axis {
				axis[i] = -axis[i]
			}
		}
	}
	return axes
}

// orthonormal makes the axes orthogonal and of length one, in order.
func orthonormal(axes [][]float64) {
	for k, a := range axes {
		for _, b := range axes[:k] {
			addScaled(a, b, -dot(a, b))
		}
		length := math.Sqrt(dot(a, a))
		for i := range a {
			a[i] /= max(length, 1e-30)
		}
	}
}

func addScaled(dst, x []float64, a float64) {
	for i, v := range x {
		dst[i] += float64(a * v)
	}
}

func dot(a, b []float64) (sum float64) {
	for i, v := range a {
		sum += float64(v * b[i])
	}
	return sum
}
