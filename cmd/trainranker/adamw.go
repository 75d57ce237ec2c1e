package main

import (
	"math"
	"math/rand/v2"

	"docent/rag/extract/ranker"
)

// adamW is stochastic descent with momentum, a rate of its own for each weight
// and decay apart from it (Loshchilov and Hutter, "Decoupled Weight Decay
// Regularization", 2019).
type adamW struct {
	decay         float64
	first, second []float32
	step          int
}

// The constants of Adam, as its authors propose.
const (
	beta1, beta2 = 0.9, 0.999
	epsilon      = 1e-8
)

// steepest is the length that a slope is cut down to.
const steepest = 5

func newAdamW(n int, decay float64) *adamW {
	return &adamW{decay: decay, first: make([]float32, n), second: make([]float32, n)}
}

func (a *adamW) update(weights, slope []float32, rate float64) {
	a.step++
	var squares float64
	for _, g := range slope {
		squares += float64(g) * float64(g)
	}
	scale := min(1, steepest/(math.Sqrt(squares)+1e-6))
	correct1 := 1 - math.Pow(beta1, float64(a.step))
	correct2 := math.Sqrt(1 - math.Pow(beta2, float64(a.step)))
	for i, s := range slope {
		g := float64(s) * scale
		m := beta1*float64(a.first[i]) + (1-beta1)*g
		v := beta2*float64(a.second[i]) + (1-beta2)*g*g
		a.first[i], a.second[i] = float32(m), float32(v)
		w := float64(weights[i]) * (1 - rate*a.decay)
		weights[i] = float32(w - rate/correct1*m/(math.Sqrt(v)/correct2+epsilon))
	}
}

// begin sets the weights to random ones, uniform and narrower the more inputs
// their layer has.
func begin(s ranker.Shape, w ranker.Weights, random *rand.Rand) {
	for i, size := range s.Sizes() {
		width := 1 / math.Sqrt(float64(size[0]*size[1]/size[2]))
		for _, list := range [][]float32{w.Layers[i].Weights, w.Layers[i].Bias} {
			for k := range list {
				list[k] = float32((2*random.Float64() - 1) * width)
			}
		}
	}
}
