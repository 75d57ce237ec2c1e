package main

import (
	"math"
	"strings"

	"docent/rag/extract/ranker"
)

// inputs are what a network reads: the sizes and spreads of it, and what each
// word of the vocabulary means.
type inputs struct {
	shape    ranker.Shape
	measures []ranker.Measure
	// embedded has the projection of each word in a row.
	embedded []float32
	// mute are inputs of the layer OutWide that are left out.
	mute []int
}

// part is a group of inputs that can be left out.
type part struct {
	name string
	mute []int
	// meaning leaves out what words mean.
	meaning bool
}

// parts are what an ablation leaves out, one after the other.
func parts(x *Examples) []part {
	s := x.Shape
	kernels, words := s.Measures, s.Measures+s.Kernelled()
	list := []part{
		{name: "nothing"}, {name: "what words mean", meaning: true},
		{name: "kernels", mute: sequence(kernels, s.Kernelled())},
		{name: "words of the candidate", mute: sequence(words, 2*s.Hidden)},
		{name: "words of the question", mute: sequence(words+2*s.Hidden, s.Hidden)},
		{name: "all words", mute: sequence(words, 3*s.Hidden)},
	}
	for r := range s.Rows {
		name := "kernels of " + x.Rows[r]
		list = append(list, part{name: name, mute: sequence(kernels+r*len(s.Kernels), len(s.Kernels))})
	}
	list = append(list, part{name: "all measures", mute: sequence(0, s.Measures)})
	at := make(map[string]int)
	for i, name := range x.Measures {
		group, _, _ := strings.Cut(name, ".")
		k, known := at[group]
		if !known {
			k = len(list)
			at[group] = k
			list = append(list, part{name: "measures: " + group})
		}
		list[k].mute = append(list[k].mute, i)
	}
	return list
}

func sequence(from, n int) []int {
	list := make([]int, n)
	for i := range list {
		list[i] = from + i
	}
	return list
}

// without are the inputs without a part.
func (in inputs) without(p part) inputs {
	in.mute = p.mute
	if p.meaning {
		in.embedded = make([]float32, len(in.embedded))
	}
	return in
}

// leastDeviation keeps a measure that is hardly ever set from becoming loud.
const leastDeviation = 0.01

// spread is how the measures are spread over the candidates of the examples.
func (x *Examples) spread(of []int) []ranker.Measure {
	n := len(x.Measures)
	sum, squares, count := make([]float64, n), make([]float64, n), 0.0
	for _, i := range of {
		for _, c := range x.List[i].Candidates {
			count++
			for k, v := range c.Measures {
				sum[k] += float64(v)
				squares[k] += float64(float64(v) * float64(v))
			}
		}
	}
	measures := make([]ranker.Measure, n)
	for k, name := range x.Measures {
		mean := sum[k] / max(1, count)
		deviation := math.Sqrt(max(0, squares[k]/max(1, count)-float64(mean*mean)))
		measures[k] = ranker.Measure{Name: name, Mean: float32(mean), Deviation: float32(deviation) + leastDeviation}
	}
	return measures
}
