package main

import (
	"math/rand/v2"

	"docent/rag/extract/ranker"
)

// dropout are the shares of what is left out while a network is fitted.
type dropout struct {
	// words of a candidate lose their meaning, wide are outputs of the layer OutWide.
	words, wide float64
	random      *rand.Rand
}

// ask reads the question.
func (p *pass) ask(e *Example) {
	p.used, p.met, p.outs, p.steps = 0, p.met[:0], p.outs[:0], append(p.steps[:0], nil)
	clear(p.meanings)
	asked := node{x: p.numbers(len(e.Words) * p.shape.Asked())}
	for i, w := range e.Words {
		in := row(asked.x, i, p.shape.Asked())
		p.shape.AskedInput(in, p.word(w), ranker.QuestionWord{Shape: e.Shapes[i], IDF: e.IDF[i]})
	}
	gate := p.affine(ranker.GateIn, asked)
	p.rectify(gate)
	p.gates = p.affine(ranker.GateOut, gate)
	p.sigmoid(p.gates)
	rows := p.affine(ranker.AskIn, asked)
	p.rectify(rows)
	p.vector = p.node(p.shape.Hidden)
	p.greatest(p.convolve(ranker.AskNear, rows), p.vector)
	before := p.affine(ranker.ReadAsked, p.vector)
	ranker.Axpy(1, p.weights.Layers[ranker.ReadIn].Bias, before.x)
	p.back(func() { ranker.Axpy(1, before.d, p.slope.Layers[ranker.ReadIn].Bias) })
	p.before = before
}

func (p *pass) word(w int32) []float32 { return row(p.embedded, int(w), p.shape.Projected) }

// meaning is what the layer ReadIn makes of what a word means.
func (p *pass) meaning(w int32) node {
	m, known := p.meanings[w]
	if !known {
		m = p.node(p.shape.Hidden)
		ranker.Multiply(p.word(w), p.weights.Layers[ranker.ReadIn].Weights, m.x)
		p.meanings[w] = m
		p.met = append(p.met, w)
	}
	return m
}

// read reads the next candidate. drop may be nil.
func (p *pass) read(c *Candidate, drop *dropout) ranker.Output {
	p.steps = append(p.steps, nil)
	s := p.shape
	h, kernelled := s.Hidden, s.Kernelled()
	pooled := p.node(s.Pooled())
	for i, m := range p.measures {
		pooled.x[i] = m.Standard(c.Measures[i])
	}
	p.kernels(c.Met, pooled.part(s.Measures, kernelled))
	near := p.convolve(ranker.ReadNear, p.words(c, drop))
	p.rectify(near)
	at := s.Measures + kernelled
	p.greatest(near, pooled.part(at, h))
	p.mean(near, pooled.part(at+h, h))
	asked, vector := pooled.part(at+2*h, h), p.vector
	copy(asked.x, vector.x)
	p.back(func() { ranker.Axpy(1, asked.d, vector.d) })
	wide := p.affine(ranker.OutWide, pooled)
	p.rectify(wide)
	p.drop(wide, drop)
	narrow := p.affine(ranker.OutNarrow, wide)
	p.rectify(narrow)
	out := p.affine(ranker.Out, narrow)
	p.outs = append(p.outs, out)
	return ranker.Output{Which: out.x[0], Answers: out.x[1]}
}

// words are what the layer ReadIn makes of each word of the candidate.
func (p *pass) words(c *Candidate, drop *dropout) node {
	s, h, n := p.shape, p.shape.Hidden, len(c.Words)
	shapes, width := p.numbers(n*(s.WordBits+1)), s.WordBits+1
	weights, slope := p.weights.Layers[ranker.ReadIn].Weights[s.Projected*h:], p.slope.Layers[ranker.ReadIn].Weights[s.Projected*h:]
	rows, meanings, before := p.node(n*h), make([]node, n), p.before
	for i, w := range c.Words {
		y, shape := row(rows.x, i, h), row(shapes, i, width)
		copy(y, before.x)
		if drop == nil || drop.random.Float64() >= drop.words {
			meanings[i] = p.meaning(w)
			ranker.Axpy(1, meanings[i].x, y)
		}
		s.WordInput(shape, uint32(c.Shapes[i]), c.Best[i])
		ranker.Multiply(shape, weights, y)
	}
	p.back(func() {
		for i, m := range meanings {
			dy := row(rows.d, i, h)
			ranker.Axpy(1, dy, before.d)
			if m.d != nil {
				ranker.Axpy(1, dy, m.d)
			}
			outer(slope, row(shapes, i, width), dy)
		}
	})
	p.rectify(rows)
	return rows
}

func (p *pass) drop(v node, drop *dropout) {
	if drop == nil {
		return
	}
	mask := p.numbers(len(v.x))
	for i := range mask {
		if drop.random.Float64() >= drop.wide {
			mask[i] = float32(1 / (1 - drop.wide))
		}
		v.x[i] *= mask[i]
	}
	p.back(func() {
		for i, m := range mask {
			v.d[i] *= m
		}
	})
}

// backward adds the slopes of the weights, given those of the outputs of each
// candidate.
func (p *pass) backward(slopes []ranker.Output) {
	for k, o := range slopes {
		p.outs[k].d[0], p.outs[k].d[1] = o.Which, o.Answers
		undo(p.steps[1+k])
	}
	for _, w := range p.met {
		outer(p.slope.Layers[ranker.ReadIn].Weights, p.word(w), p.meanings[w].d)
	}
	undo(p.steps[0])
}

func undo(steps []func()) {
	for i := len(steps) - 1; i >= 0; i-- {
		steps[i]()
	}
}
