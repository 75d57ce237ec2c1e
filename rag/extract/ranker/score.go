package ranker

// Score reads a candidate. It allocates nothing once it has seen longer ones.
func (a *Asked) Score(c *Candidate) Output {
	n := a.ranker.network
	s := n.Shape
	for i, m := range n.Measures {
		a.pooled[i] = m.Standard(c.Measures[a.ranker.at[i]])
	}
	perRow := a.words * len(s.Kernels)
	for i, met := range c.Met[:s.Rows] {
		s.Bells(a.bells[i*perRow:(i+1)*perRow], met[:a.words])
	}
	a.at = a.at[:0]
	for _, w := range c.Words {
		a.at = append(a.at, a.place(w.Text))
	}
	var sum Output
	for i := range a.members {
		o := a.score(i, c)
		sum.Which += o.Which
		sum.Answers += o.Answers
	}
	count := float32(len(a.members))
	return Output{Which: sum.Which / count, Answers: sum.Answers / count}
}

// place is where what the first layers make of a word begins in read.
func (a *Asked) place(word string) int {
	if at, ok := a.known[word]; ok {
		return at
	}
	at, h := len(a.read), a.ranker.network.Shape.Hidden
	p := a.ranker.project(word)
	a.read = append(a.read, make([]float32, h*len(a.members))...)
	for i, m := range a.members {
		Multiply(p, m.Layers[ReadIn].Weights, a.read[at+i*h:at+(i+1)*h])
	}
	a.known[word] = at
	return at
}

// score is what one network says.
func (a *Asked) score(i int, c *Candidate) Output {
	s, m := a.ranker.network.Shape, &a.members[i]
	rest := a.pooled[s.Measures:]
	s.Kernel(rest[:s.Kernelled()], a.bells, m.gates)
	a.readWords(i, c)
	rest, h, words := rest[s.Kernelled():], s.Hidden, len(c.Words)
	Near(a.near, a.rows, m.Layers[ReadNear], h)
	near := a.near[h : (words+1)*h]
	Rectify(near)
	Greatest(rest[:h], near)
	Mean(rest[h:2*h], near)
	copy(a.wide, m.wide)
	Multiply(a.pooled[:s.Pooled()-h], m.Layers[OutWide].Weights, a.wide)
	Rectify(a.wide)
	m.apply(OutNarrow, a.wide, a.narrow)
	Rectify(a.narrow)
	var out [Outputs]float32
	m.apply(Out, a.narrow, out[:])
	return Output{Which: out[0], Answers: out[1]}
}

// readWords sets rows to what the first layers make of the candidate's words.
func (a *Asked) readWords(i int, c *Candidate) {
	s, m := a.ranker.network.Shape, &a.members[i]
	h := s.Hidden
	a.rows = grown(a.rows, len(c.Words)*h)
	a.near = grown(a.near, (len(c.Words)+2)*h)
	for k, w := range c.Words {
		row := a.rows[k*h : (k+1)*h]
		copy(row, m.before)
		at := a.at[k] + i*h
		Axpy(1, a.read[at:at+h], row)
		s.WordInput(a.shape, w.Shape, w.Best)
		Multiply(a.shape, m.Layers[ReadIn].Weights[s.Projected*h:], row)
		Rectify(row)
	}
}

// Kernel sets dst to half the sum over the question's words of what the kernels
// make of each row, weighed by the gates.
func (s Shape) Kernel(dst, bells, gates []float32) {
	clear(dst)
	n := len(s.Kernels)
	for r := range s.Rows {
		row := dst[r*n : (r+1)*n]
		for i, g := range gates {
			Axpy(g/2, bells[(r*len(gates)+i)*n:(r*len(gates)+i+1)*n], row)
		}
	}
}

func grown(s []float32, n int) []float32 {
	if cap(s) < n {
		return make([]float32, n, 2*n)
	}
	return s[:n]
}
