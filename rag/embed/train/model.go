package train

import (
	"math"
	"math/rand/v2"
)

// model is the table while it is learnt, with Adam's moments.
type model struct {
	dimension int
	rows      [][]float32
	first     [][]float32
	second    [][]float32
}

// newModel begins with random vectors as long as the words' inverse document
// frequency: a random projection of TF-IDF.
func newModel(v *vocabulary, o Options) *model {
	m := &model{dimension: o.Dimension}
	n := len(v.words) + o.Buckets
	m.rows, m.first, m.second = matrix(n, o.Dimension), matrix(n, o.Dimension), matrix(n, o.Dimension)
	lengths := make([]float64, n)
	var longest float64
	for k, row := range v.own {
		if row >= 0 {
			lengths[row] = v.idf[k]
			longest = max(longest, v.idf[k])
		}
	}
	for i := len(v.words); i < n; i++ {
		lengths[i] = .8 * longest
	}
	random := rand.New(rand.NewPCG(o.Seed, 0)) //nolint:gosec // it must be repeatable, not secret
	for i, row := range m.rows {
		scale := lengths[i] / math.Sqrt(float64(o.Dimension))
		for d := range row {
			row[d] = float32(random.NormFloat64() * scale)
		}
	}
	return m
}

// matrix is n rows of one block.
func matrix(n, dimension int) [][]float32 {
	block := make([]float32, n*dimension)
	rows := make([][]float32, n)
	for i := range rows {
		rows[i] = block[i*dimension : (i+1)*dimension : (i+1)*dimension]
	}
	return rows
}

// update moves a row against its gradient, which it overwrites. The moments of
// a row change only in the steps that touch it.
func (m *model) update(row int32, gradient []float32, step int, rate float64, buffer []float32) {
	adam(m.rows[row], m.first[row], m.second[row], gradient, step, rate, buffer)
}

// compose adds their n-grams to the words, as they were in training.
func (m *model) compose(v *vocabulary) {
	buffer := make([]float32, m.dimension)
	for kind, row := range v.own {
		if row >= 0 {
			v.eachGram(int32(kind), gramShare, func(gram int32, weight float32) {
				addScaled(m.rows[row], m.rows[gram], weight, buffer)
			})
		}
	}
}
