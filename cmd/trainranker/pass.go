package main

import "docent/rag/extract/ranker"

// pass takes one question through a network, forth and back again: each step
// notes what takes the slopes of its outcome back to what it was made of
// (Griewank and Walther, "Evaluating Derivatives", 2008, chapter 6). Its memory is
// used over and over; it is for one goroutine.
type pass struct {
	inputs
	weights, slope ranker.Weights
	// turned are the weights of each layer with a row for each output.
	turned [ranker.Layers][]float32

	// gates, vector and before are what the question was made into.
	gates, vector, before node
	// meanings are what the layer ReadIn makes of the words of the vocabulary that
	// were met in this question.
	meanings map[int32]node
	met      []int32
	// steps back are those of the question and of each candidate; outs are what
	// came of the candidates.
	steps [][]func()
	outs  []node

	memory []float32
	used   int
}

// inputs are the sizes and spreads of what a network reads, and what each word of
// the vocabulary means: the projection of each in a row.
type inputs struct {
	shape    ranker.Shape
	measures []ranker.Measure
	embedded []float32
}

// node is numbers with the slopes of the loss along them; those that nothing is
// fitted through have none.
type node struct{ x, d []float32 }

func (v node) part(from, n int) node { return node{v.x[from : from+n], v.d[from : from+n]} }

func newPass(in inputs, w ranker.Weights) *pass {
	s := in.shape
	p := &pass{inputs: in, weights: w, slope: s.Weights(make([]float32, s.Len())), meanings: make(map[int32]node)}
	for i, size := range s.Sizes() {
		p.turned[i] = make([]float32, size[0]*size[1])
	}
	p.turn()
	return p
}

// turn renews turned after the weights have changed.
func (p *pass) turn() {
	for l, size := range p.shape.Sizes() {
		in, row := size[0], size[1]
		from, to := p.weights.Layers[l].Weights, p.turned[l]
		out, taps := size[2], row/size[2]
		for i := range in {
			for t := range taps {
				for o := range out {
					// What comes before an output lies after its input.
					to[(o*taps+taps-1-t)*in+i] = from[i*row+t*out+o]
				}
			}
		}
	}
}

// numbers are n zeros that last until the next question.
func (p *pass) numbers(n int) []float32 {
	if p.used+n > len(p.memory) {
		p.memory, p.used = make([]float32, 2*(len(p.memory)+n)), 0
	}
	list := p.memory[p.used : p.used+n : p.used+n]
	p.used += n
	clear(list)
	return list
}

func (p *pass) node(n int) node { return node{p.numbers(n), p.numbers(n)} }

// back notes a step back.
func (p *pass) back(step func()) {
	last := len(p.steps) - 1
	p.steps[last] = append(p.steps[last], step)
}

// affine is what a layer makes of each row.
func (p *pass) affine(layer int, in node) node {
	size := p.shape.Sizes()[layer]
	width, n := size[1], len(in.x)/size[0]
	out, slope := p.node(n*width), p.slope.Layers[layer]
	for i := range n {
		y := row(out.x, i, width)
		copy(y, p.weights.Layers[layer].Bias)
		ranker.Multiply(row(in.x, i, size[0]), p.weights.Layers[layer].Weights, y)
	}
	p.back(func() {
		for i := range n {
			dy := row(out.d, i, width)
			ranker.Axpy(1, dy, slope.Bias)
			outer(slope.Weights, row(in.x, i, size[0]), dy)
			if in.d != nil {
				ranker.Multiply(dy, p.turned[layer], row(in.d, i, size[0]))
			}
		}
	})
	return out
}

func row(list []float32, i, width int) []float32 { return list[i*width : (i+1)*width] }

// outer adds the outer product of two vectors to a matrix.
func outer(matrix, x, y []float32) {
	for i, v := range x {
		if v != 0 {
			ranker.Axpy(v, y, row(matrix, i, len(y)))
		}
	}
}

// convolve is the convolution of rows.
func (p *pass) convolve(layer int, in node) node {
	h, slope := p.shape.Hidden, p.slope.Layers[layer]
	n := len(in.x) / h
	out := p.node((n + 2) * h) // a row more at either end
	ranker.Near(out.x, in.x, p.weights.Layers[layer], h)
	p.back(func() {
		din := p.numbers((n + 2) * h)
		for i := range n {
			dy := row(out.d, i+1, h)
			ranker.Axpy(1, dy, slope.Bias)
			ranker.Multiply(dy, p.turned[layer], din[i*h:(i+ranker.Taps)*h])
			outer(slope.Weights, row(in.x, i, h), out.d[i*h:(i+ranker.Taps)*h])
		}
		ranker.Axpy(1, din[h:(n+1)*h], in.d)
	})
	return out.part(h, n*h)
}

func (p *pass) rectify(v node) {
	ranker.Rectify(v.x)
	p.back(func() {
		for i, x := range v.x {
			if x <= 0 {
				v.d[i] = 0
			}
		}
	})
}

func (p *pass) sigmoid(v node) {
	for i, x := range v.x {
		v.x[i] = ranker.Sigmoid(x)
	}
	p.back(func() {
		for i, x := range v.x {
			v.d[i] = v.d[i] * x * (1 - x)
		}
	})
}

// greatest sets out to the greatest of the rows; its slope is that of the first
// of equal ones.
func (p *pass) greatest(rows, out node) {
	ranker.Greatest(out.x, rows.x)
	p.back(func() {
		for k, g := range out.x {
			for at := k; g > 0 && at < len(rows.x); at += len(out.x) {
				if rows.x[at] == g {
					rows.d[at] += out.d[k]
					break
				}
			}
		}
	})
}

func (p *pass) mean(rows, out node) {
	ranker.Mean(out.x, rows.x)
	p.back(func() {
		h := len(out.x)
		n := len(rows.x) / h
		for i := range n {
			ranker.Axpy(1/float32(n+1), out.d, row(rows.d, i, h))
		}
	})
}

// kernels sets out to what the kernels make of how well the words of the question
// are met, weighed by the gates.
func (p *pass) kernels(met []float32, out node) {
	s, n, gates := p.shape, len(p.shape.Kernels), p.gates
	bells := p.numbers(len(met) * n)
	s.Bells(bells, met)
	s.Kernel(out.x, bells, gates.x)
	p.back(func() {
		for r := range s.Rows {
			slope := row(out.d, r, n)
			for i := range gates.d {
				var sum float32
				for k, b := range row(bells, r*len(gates.d)+i, n) {
					sum += float32(b * slope[k])
				}
				gates.d[i] += sum / 2
			}
		}
	})
}
