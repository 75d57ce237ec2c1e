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
	s, a := p.shape, &p.asked
	n, h, width := len(e.Words), s.Hidden, s.Asked()
	a.n = n
	a.in, a.gate, a.gates = grown(a.in, n*width), grown(a.gate, n*s.Gate), grown(a.gates, n)
	a.rows, a.near = grown(a.rows, n*h), grown(a.near, (n+2)*h)
	a.vector, a.before = grown(a.vector, h), grown(a.before, h)
	for i, w := range e.Words {
		in, gate := a.in[i*width:(i+1)*width], a.gate[i*s.Gate:(i+1)*s.Gate]
		s.AskedInput(in, p.word(w), ranker.QuestionWord{Shape: e.Shapes[i], IDF: e.IDF[i]})
		p.apply(ranker.GateIn, in, gate)
		ranker.Rectify(gate)
		p.apply(ranker.GateOut, gate, a.gates[i:i+1])
		a.gates[i] = ranker.Sigmoid(a.gates[i])
		p.apply(ranker.AskIn, in, a.rows[i*h:(i+1)*h])
	}
	ranker.Rectify(a.rows)
	ranker.Near(a.near, a.rows, p.weights.Layers[ranker.AskNear], h)
	ranker.Greatest(a.vector, a.near[h:(n+1)*h])
	p.apply(ranker.ReadAsked, a.vector, a.before)
	ranker.Axpy(1, p.weights.Layers[ranker.ReadIn].Bias, a.before)
	p.stamp++
	p.words, p.parts = p.words[:0], p.parts[:0]
}

func (p *pass) word(w int32) []float32 {
	n := p.shape.Projected
	return p.embedded[int(w)*n : (int(w)+1)*n]
}

// slot is where in parts stands what the layer ReadIn makes of a word's meaning.
func (p *pass) slot(w int32) int32 {
	if p.stamps[w] == p.stamp {
		return p.slots[w]
	}
	at, h := len(p.words), p.shape.Hidden
	p.stamps[w], p.slots[w] = p.stamp, int32(at)
	p.words = append(p.words, w)
	for range h {
		p.parts = append(p.parts, 0)
	}
	ranker.Multiply(p.word(w), p.weights.Layers[ranker.ReadIn].Weights, p.parts[at*h:(at+1)*h])
	return int32(at)
}

// read reads the candidate into number k of cands. drop may be nil.
func (p *pass) read(k int, c *Candidate, drop *dropout) ranker.Output {
	for len(p.cands) <= k {
		p.cands = append(p.cands, reading{})
	}
	s, r := p.shape, &p.cands[k]
	r.of = c
	r.pooled = grown(r.pooled, s.Pooled())
	for i, m := range p.measures {
		r.pooled[i] = m.Standard(c.Measures[i])
	}
	r.bells = grown(r.bells, len(c.Met)*len(s.Kernels))
	s.Bells(r.bells, c.Met)
	rest := r.pooled[s.Measures:]
	s.Kernel(rest[:s.Kernelled()], r.bells, p.asked.gates)
	p.readWords(r, drop)
	h, n := s.Hidden, len(c.Words)
	ranker.Near(r.near, r.rows, p.weights.Layers[ranker.ReadNear], h)
	near := r.near[h : (n+1)*h]
	ranker.Rectify(near)
	rest = rest[s.Kernelled():]
	ranker.Greatest(rest[:h], near)
	ranker.Mean(rest[h:2*h], near)
	copy(rest[2*h:], p.asked.vector)
	for _, i := range p.mute {
		r.pooled[i] = 0
	}
	p.judge(r, drop)
	return ranker.Output{Which: r.out[0], Answers: r.out[1]}
}

func (p *pass) readWords(r *reading, drop *dropout) {
	s, c := p.shape, r.of
	h, n := s.Hidden, len(c.Words)
	r.at, r.rows, r.near = grown(r.at, n), grown(r.rows, n*h), grown(r.near, (n+2)*h)
	weights := p.weights.Layers[ranker.ReadIn].Weights
	for i, w := range c.Words {
		row := r.rows[i*h : (i+1)*h]
		copy(row, p.asked.before)
		r.at[i] = -1
		if drop == nil || drop.random.Float64() >= drop.words {
			r.at[i] = p.slot(w)
			at := int(r.at[i]) * h
			ranker.Axpy(1, p.parts[at:at+h], row)
		}
		s.AddShape(row, weights, uint32(c.Shapes[i]), c.Best[i])
	}
	ranker.Rectify(r.rows)
}

// judge makes the outputs of what was pooled.
func (p *pass) judge(r *reading, drop *dropout) {
	s := p.shape
	r.wide, r.narrow, r.mask = grown(r.wide, s.Wide), grown(r.narrow, s.Narrow), grown(r.mask, s.Wide)
	p.apply(ranker.OutWide, r.pooled, r.wide)
	ranker.Rectify(r.wide)
	if drop != nil {
		for i := range r.wide {
			r.mask[i] = 0
			if drop.random.Float64() >= drop.wide {
				r.mask[i] = float32(1 / (1 - drop.wide))
			}
			r.wide[i] *= r.mask[i]
		}
	}
	p.apply(ranker.OutNarrow, r.wide, r.narrow)
	ranker.Rectify(r.narrow)
	p.apply(ranker.Out, r.narrow, r.out[:])
}
