package main

import "docent/rag/extract/ranker"

// backward adds the slopes of the weights, given those of the outputs of the
// first len(slopes) of cands; with dropout if they were read with it.
func (p *pass) backward(slopes []ranker.Output, dropped bool) {
	p.dgates = grown(p.dgates, p.asked.n)
	p.dparts = grown(p.dparts, len(p.parts))
	clear(p.dgates)
	clear(p.dparts)
	clear(p.dbefore)
	clear(p.dasked)
	for k, o := range slopes {
		r := &p.cands[k]
		p.backJudge(r, o, dropped)
		p.backKernel(r)
		p.backRead(r)
	}
	p.backParts()
	p.backAsk()
}

// backJudge sets dpooled.
func (p *pass) backJudge(r *reading, o ranker.Output, dropped bool) {
	clear(p.dnarrow)
	clear(p.dwide)
	clear(p.dpooled)
	dout := [ranker.Outputs]float32{o.Which, o.Answers}
	p.back(ranker.Out, r.narrow, dout[:], p.dnarrow)
	silence(p.dnarrow, r.narrow)
	p.back(ranker.OutNarrow, r.wide, p.dnarrow, p.dwide)
	silence(p.dwide, r.wide)
	if dropped {
		for i, m := range r.mask {
			p.dwide[i] *= m
		}
	}
	p.back(ranker.OutWide, r.pooled, p.dwide, p.dpooled)
	for _, i := range p.mute {
		p.dpooled[i] = 0
	}
	ranker.Axpy(1, p.dpooled[len(p.dpooled)-p.shape.Hidden:], p.dasked)
}

func (p *pass) backKernel(r *reading) {
	s, n := p.shape, p.asked.n
	kernels := len(s.Kernels)
	for row := range s.Rows {
		slope := p.dpooled[s.Measures+row*kernels : s.Measures+(row+1)*kernels]
		for i := range n {
			var sum float32
			for k, b := range r.bells[(row*n+i)*kernels : (row*n+i+1)*kernels] {
				sum += float32(b * slope[k])
			}
			p.dgates[i] += sum / 2
		}
	}
}

func (p *pass) backRead(r *reading) {
	s := p.shape
	h, n := s.Hidden, len(r.of.Words)
	begin := s.Measures + s.Kernelled()
	greatest, dgreatest, dmean := r.pooled[begin:begin+h], p.dpooled[begin:begin+h], p.dpooled[begin+h:begin+2*h]
	p.dnear, p.drows = grown(p.dnear, (n+2)*h), grown(p.drows, (n+2)*h)
	clear(p.dnear)
	near, dnear := r.near[h:(n+1)*h], p.dnear[h:(n+1)*h]
	for i := range n {
		ranker.Axpy(1/float32(n+1), dmean, dnear[i*h:(i+1)*h])
	}
	backGreatest(dgreatest, greatest, near, dnear)
	silence(dnear, near)
	p.backNear(ranker.ReadNear, r.rows, p.dnear, p.drows)
	drows := p.drows[h : (n+1)*h]
	silence(drows, r.rows)
	slope := p.slope.Layers[ranker.ReadIn].Weights
	for i := range n {
		row := drows[i*h : (i+1)*h]
		ranker.Axpy(1, row, p.dbefore)
		if at := int(r.at[i]); at >= 0 {
			ranker.Axpy(1, row, p.dparts[at*h:(at+1)*h])
		}
		addShape(s, slope, row, r.of.Shapes[i], r.of.Best[i])
	}
}

// backParts takes what was added up for each word back to the layer ReadIn.
func (p *pass) backParts() {
	h, slope := p.shape.Hidden, p.slope.Layers[ranker.ReadIn]
	for i, w := range p.words {
		p.backWeights(slope.Weights, p.word(w), p.dparts[i*h:(i+1)*h])
	}
	ranker.Axpy(1, p.dbefore, slope.Bias)
}

func (p *pass) backAsk() {
	s, a := p.shape, &p.asked
	h, n, width := s.Hidden, a.n, s.Asked()
	p.back(ranker.ReadAsked, a.vector, p.dbefore, p.dasked)
	p.dnear, p.drows = grown(p.dnear, (n+2)*h), grown(p.drows, (n+2)*h)
	clear(p.dnear)
	backGreatest(p.dasked, a.vector, a.near[h:(n+1)*h], p.dnear[h:(n+1)*h])
	p.backNear(ranker.AskNear, a.rows, p.dnear, p.drows)
	silence(p.drows[h:(n+1)*h], a.rows)
	dgate := make([]float32, s.Gate)
	for i := range n {
		in, gate := a.in[i*width:(i+1)*width], a.gate[i*s.Gate:(i+1)*s.Gate]
		p.back(ranker.AskIn, in, p.drows[(i+1)*h:(i+2)*h], nil)
		dg := p.dgates[i] * a.gates[i] * (1 - a.gates[i])
		clear(dgate)
		p.back(ranker.GateOut, gate, []float32{dg}, dgate)
		silence(dgate, gate)
		p.back(ranker.GateIn, in, dgate, nil)
	}
}

// addShape adds the slope of a row to the weights that ranker.Shape.AddShape took
// it from.
func addShape(s ranker.Shape, slope, row []float32, shape uint16, best float32) {
	h := s.Hidden
	slope = slope[s.Projected*h:]
	for b := range s.WordBits {
		if shape>>b&1 != 0 {
			ranker.Axpy(1, row, slope[b*h:(b+1)*h])
		}
	}
	if best != 0 {
		ranker.Axpy(best, row, slope[s.WordBits*h:(s.WordBits+1)*h])
	}
}
