package train

// sparse is a matrix of few numbers: row i adds up weights[j] times what of[j]
// names, j from at[i] to at[i+1].
type sparse struct {
	at      []int32
	of      []int32
	weights []float32
}

func (s *sparse) reset() {
	s.at, s.of, s.weights = append(s.at[:0], 0), s.of[:0], s.weights[:0]
}

// put adds to the row that is being written, close ends it.
func (s *sparse) put(of int32, weight float32) {
	s.of, s.weights = append(s.of, of), append(s.weights, weight)
}

func (s *sparse) close() { s.at = append(s.at, int32(len(s.of))) }

func (s *sparse) len() int { return len(s.at) - 1 }

// sum sets dst to row i times the vectors, by way of buffer.
func (s *sparse) sum(dst []float32, i int, vectors [][]float32, buffer []float32) {
	clear(dst)
	for j := s.at[i]; j < s.at[i+1]; j++ {
		addScaled(dst, vectors[s.of[j]], s.weights[j], buffer)
	}
}

// transposed is a sparse matrix turned around, without its empty rows.
type transposed struct {
	sparse
	// rows are the numbers of the rows, in order.
	rows   []int32
	counts []int32
}

// turn sets t to s turned around; what s names is less than n.
func (t *transposed) turn(s *sparse, n int) {
	t.counts = grown(t.counts, n)
	clear(t.counts)
	for _, of := range s.of {
		t.counts[of]++
	}
	t.rows, t.at = t.rows[:0], t.at[:0]
	next := int32(0)
	for row, count := range t.counts {
		if count > 0 {
			t.rows, t.at = append(t.rows, int32(row)), append(t.at, next)
			t.counts[row] = next
			next += count
		}
	}
	t.at = append(t.at, next)
	t.of, t.weights = grown(t.of, len(s.of)), grown(t.weights, len(s.of))
	for i := range s.len() {
		for j := s.at[i]; j < s.at[i+1]; j++ {
			to := &t.counts[s.of[j]]
			t.of[*to], t.weights[*to] = int32(i), s.weights[j]
			*to++
		}
	}
}

// grown returns n elements of s, or of a longer slice.
func grown[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n, n+n/2)
	}
	return s[:n]
}
