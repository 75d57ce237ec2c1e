package ranker

import (
	"errors"
	"fmt"
)

// Shape is the sizes of a network.
type Shape struct {
	// Vector is the dimension of the words' vectors, Projected what it is brought
	// down to.
	Vector, Projected int
	// QuestionBits and WordBits count the bits of the words' shapes.
	QuestionBits, WordBits int
	// Rows counts the rows of Candidate.Met, Measures those of Candidate.Measures.
	Rows, Measures int
	// Kernels are what how well a word is met goes through.
	Kernels []Kernel
	// Gate is the width of the layer that weighs the question's words, Hidden of
	// those that read words; Wide and Narrow of the two before the outputs.
	Gate, Hidden, Wide, Narrow int
}

// Kernel is a Gaussian.
type Kernel struct{ Centre, Width float32 }

// The layers of a network, in the order of its weights.
const (
	// GateIn and GateOut weigh a word of the question.
	GateIn = iota
	GateOut
	// AskIn and AskNear read the question; AskNear is a convolution.
	AskIn
	AskNear
	// ReadIn, ReadAsked and ReadNear read a candidate; ReadAsked adds what is asked,
	// ReadNear is a convolution.
	ReadIn
	ReadAsked
	ReadNear
	// OutWide, OutNarrow and Out make the two outputs.
	OutWide
	OutNarrow
	Out
	// Layers is how many there are.
	Layers
)

// Taps is how many words beside each other a convolution reads.
const Taps = 3

// Outputs is how many numbers the last layer makes, those of Output.
const Outputs = 2

// Asked is the width of what is read of a word of the question.
func (s Shape) Asked() int { return s.Projected + s.QuestionBits + 2 }

// Read is the width of what is read of a word of a candidate.
func (s Shape) Read() int { return s.Projected + s.WordBits + 1 }

// Kernelled is how much the kernels make of a candidate.
func (s Shape) Kernelled() int { return s.Rows * len(s.Kernels) }

// Pooled is the width of all that is read of a candidate and its question: the
// measures, the kernels, the greatest and the mean of the convolution, the
// question.
func (s Shape) Pooled() int { return s.Measures + s.Kernelled() + 3*s.Hidden }

// Sizes are inputs, width of a row and biases of each layer. The row of an input
// of a convolution has the weights of the word before, the word and the word after.
func (s Shape) Sizes() [Layers][3]int {
	h := s.Hidden
	return [Layers][3]int{
		GateIn: {s.Asked(), s.Gate, s.Gate}, GateOut: {s.Gate, 1, 1},
		AskIn: {s.Asked(), h, h}, AskNear: {h, Taps * h, h},
		ReadIn: {s.Read(), h, h}, ReadAsked: {h, h, h}, ReadNear: {h, Taps * h, h},
		OutWide: {s.Pooled(), s.Wide, s.Wide}, OutNarrow: {s.Wide, s.Narrow, s.Narrow}, Out: {s.Narrow, Outputs, Outputs},
	}
}

// Len is the number of a network's weights.
func (s Shape) Len() (n int) {
	for _, l := range s.Sizes() {
		n += l[0]*l[1] + l[2]
	}
	return n
}

// most is the most that a size of a network may be: a corrupt file must not ask
// for all memory.
const most = 1024

func (s Shape) check() error {
	for _, n := range []int{s.Vector, s.Projected, s.Rows, s.Measures, s.Gate, s.Hidden, s.Wide, s.Narrow, len(s.Kernels), s.Kernelled()} {
		if n < 1 || n > most {
			return fmt.Errorf("a size of %d", n)
		}
	}
	if s.QuestionBits < 0 || s.QuestionBits > 32 || s.WordBits < 0 || s.WordBits > 32 {
		return fmt.Errorf("shapes of %d and %d bits", s.QuestionBits, s.WordBits)
	}
	for _, k := range s.Kernels {
		if !(k.Width > 0) {
			return errors.New("a kernel without width")
		}
	}
	return nil
}

// Layer is an affine map. Weights has a row for each input.
type Layer struct {
	Weights, Bias []float32
}

// Weights are those of one network, all in one slice and by layer.
type Weights struct {
	All    []float32
	Layers [Layers]Layer
}

// Weights gives the weights of a network of this shape their places in all, which
// has length Len.
func (s Shape) Weights(all []float32) Weights {
	w := Weights{All: all}
	for i, l := range s.Sizes() {
		n := l[0] * l[1]
		w.Layers[i] = Layer{Weights: all[:n:n], Bias: all[n : n+l[2] : n+l[2]]}
		all = all[n+l[2]:]
	}
	return w
}
