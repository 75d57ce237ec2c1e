package ranker

// Asked is a question that candidates are held against. It is for one goroutine.
type Asked struct {
	ranker *Ranker
	words  int
	// members are what each network makes of the question.
	members []member
	// known is where in read, by word, stands what the first layer of each network
	// makes of it.
	known map[string]int
	read  []float32

	// What follows is overwritten by each candidate.
	at                       []int
	bells, pooled, shape     []float32
	rows, near, wide, narrow []float32
}

// member is what a network makes of the question.
type member struct {
	Weights
	// gates weigh the words.
	gates []float32
	// before is what a word of a candidate is added to.
	before []float32
	// wide is what the layer OutWide begins with.
	wide []float32
}

// Ask reads a question.
func (r *Ranker) Ask(q Question) *Asked {
	s := r.network.Shape
	a := &Asked{
		ranker: r, words: len(q.Words), known: make(map[string]int),
		bells: make([]float32, len(q.Words)*s.Rows*len(s.Kernels)), pooled: make([]float32, s.Pooled()), shape: make([]float32, s.WordBits+1),
		wide: make([]float32, s.Wide), narrow: make([]float32, s.Narrow),
	}
	in := make([]float32, len(q.Words)*s.Asked())
	for i, w := range q.Words {
		s.AskedInput(in[i*s.Asked():(i+1)*s.Asked()], r.project(w.Text), w)
	}
	for _, w := range r.network.Members {
		a.members = append(a.members, s.ask(w, in))
	}
	return a
}

func (s Shape) ask(w Weights, in []float32) member {
	n, h := len(in)/s.Asked(), s.Hidden
	m := member{Weights: w, gates: make([]float32, n), before: make([]float32, h), wide: make([]float32, s.Wide)}
	gate, rows := make([]float32, s.Gate), make([]float32, n*h)
	for i := range n {
		word := in[i*s.Asked() : (i+1)*s.Asked()]
		w.apply(GateIn, word, gate)
		Rectify(gate)
		w.apply(GateOut, gate, m.gates[i:i+1])
		m.gates[i] = Sigmoid(m.gates[i])
		w.apply(AskIn, word, rows[i*h:(i+1)*h])
	}
	Rectify(rows)
	near, asked := make([]float32, (n+2)*h), make([]float32, h)
	Near(near, rows, w.Layers[AskNear], h)
	Greatest(asked, near[h:(n+1)*h])
	w.apply(ReadAsked, asked, m.before)
	Axpy(1, w.Layers[ReadIn].Bias, m.before)
	copy(m.wide, w.Layers[OutWide].Bias)
	Multiply(asked, w.Layers[OutWide].Weights[(s.Pooled()-h)*s.Wide:], m.wide)
	return m
}

// apply sets y to what a layer makes of x.
func (w Weights) apply(layer int, x, y []float32) {
	copy(y, w.Layers[layer].Bias)
	Multiply(x, w.Layers[layer].Weights, y)
}
