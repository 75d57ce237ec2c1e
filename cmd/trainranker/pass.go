package main

import "docent/rag/extract/ranker"

// pass takes one question through a network, forth and back again. Its buffers
// are used over and over; it is for one goroutine.
type pass struct {
	inputs
	weights ranker.Weights
	// turned are the weights of each layer with a row for each output.
	turned [ranker.Layers][]float32
	slope  ranker.Weights

	asked asked
	// slots has, by word of the vocabulary, where in parts it is if stamps says that
	// it was met in this question.
	slots, stamps []int32
	stamp         int32
	words         []int32
	parts, dparts []float32
	cands         []reading

	dpooled, dnear, drows, dwide, dnarrow []float32
	dgates, dbefore, dasked               []float32
}

// asked is what the network makes of the question.
type asked struct {
	n               int
	in, gate, gates []float32
	rows, near      []float32
	vector, before  []float32
}

// reading is what the network makes of a candidate.
type reading struct {
	of                 *Candidate
	at                 []int32
	bells, pooled      []float32
	rows, near         []float32
	wide, narrow, mask []float32
	out                [ranker.Outputs]float32
}

func newPass(in inputs, w ranker.Weights) *pass {
	s := in.shape
	vocabulary := len(in.embedded) / s.Projected
	p := &pass{
		inputs: in, weights: w, slope: s.Weights(make([]float32, s.Len())),
		slots: make([]int32, vocabulary), stamps: make([]int32, vocabulary),
		dpooled: make([]float32, s.Pooled()), dwide: make([]float32, s.Wide), dnarrow: make([]float32, s.Narrow),
		dbefore: make([]float32, s.Hidden), dasked: make([]float32, s.Hidden),
	}
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

// apply sets y to what a layer makes of x.
func (p *pass) apply(layer int, x, y []float32) {
	copy(y, p.weights.Layers[layer].Bias)
	ranker.Multiply(x, p.weights.Layers[layer].Weights, y)
}

// back takes the slope dy of a layer's output back to its input, adding to dx
// unless that is nil, and to its weights.
func (p *pass) back(layer int, x, dy, dx []float32) {
	slope := p.slope.Layers[layer]
	ranker.Axpy(1, dy, slope.Bias)
	p.backWeights(slope.Weights, x, dy)
	if dx != nil {
		ranker.Multiply(dy, p.turned[layer], dx)
	}
}

func (p *pass) backWeights(slope, x, dy []float32) {
	n := len(dy)
	for i, v := range x {
		if v != 0 {
			ranker.Axpy(v, dy, slope[i*n:(i+1)*n])
		}
	}
}

// backNear takes the slope of a convolution's output, with a row of zeros at
// either end, back to the rows of its input, which have one at either end too.
func (p *pass) backNear(layer int, rows, dnear, drows []float32) {
	h, slope := p.shape.Hidden, p.slope.Layers[layer]
	n := len(rows) / h
	clear(drows)
	for i := range n {
		dy := dnear[(i+1)*h : (i+2)*h]
		ranker.Axpy(1, dy, slope.Bias)
		ranker.Multiply(dy, p.turned[layer], drows[i*h:(i+ranker.Taps)*h])
		p.backWeights(slope.Weights, rows[i*h:(i+1)*h], dnear[i*h:(i+ranker.Taps)*h])
	}
}

// silence clears the slope where a rectifier let nothing through.
func silence(slope, rectified []float32) {
	for i, v := range rectified {
		if v <= 0 {
			slope[i] = 0
		}
	}
}

// backGreatest adds the slope of the greatest of the rows to the row that it came
// from, the first of equal ones.
func backGreatest(slope, greatest, rows, drows []float32) {
	h := len(greatest)
	for k, g := range greatest {
		if g <= 0 || slope[k] == 0 {
			continue
		}
		for at := k; at < len(rows); at += h {
			if rows[at] == g {
				drows[at] += slope[k]
				break
			}
		}
	}
}

func grown[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n, 2*n)
	}
	return s[:n]
}
