package main

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"docent/rag/extract/ranker"
)

func small() ranker.Shape {
	return ranker.Shape{
		Vector: 8, Projected: 4, QuestionBits: 3, WordBits: 2, Rows: 2, Measures: 3,
		Kernels: []ranker.Kernel{{Centre: 1, Width: .1}, {Centre: .5, Width: .2}, {Width: .2}},
		Gate:    5, Hidden: 6, Wide: 7, Narrow: 4,
	}
}

// made are examples without meaning, but that the measure "told" tells a little
// of the label and the word 0 stands in what is right.
func made(n int) *Examples {
	random := rand.New(rand.NewPCG(7, 7))
	x := &Examples{Shape: small(), Measures: []string{"told", "noise", "more"}}
	for i := range 40 {
		x.Words = append(x.Words, fmt.Sprint("w", i))
		for range x.Shape.Vector {
			x.Vectors = append(x.Vectors, float32(random.NormFloat64()))
		}
	}
	for i := range n {
		e := Example{ID: fmt.Sprint(i), Set: "made", Fold: i % 5, Answerable: i%4 > 0, Passages: 10}
		for range 1 + random.IntN(5) {
			e.Words = append(e.Words, int32(random.IntN(40)))
			e.Shapes = append(e.Shapes, uint32(random.IntN(8)))
			e.IDF = append(e.IDF, float32(random.IntN(3)))
		}
		count := 2 + random.IntN(6)
		right := random.IntN(count)
		for k := range count {
			c := madeCandidate(x.Shape, len(e.Words), random)
			label := float32(0)
			if k == right && e.Answerable {
				label = 1
				c.Measures[0] += 1
				c.Words[0] = 0
			}
			e.Candidates, e.Labels = append(e.Candidates, c), append(e.Labels, label)
		}
		x.List = append(x.List, e)
	}
	return x
}

func madeCandidate(s ranker.Shape, asked int, random *rand.Rand) (c Candidate) {
	for range 1 + random.IntN(6) {
		c.Words = append(c.Words, int32(1+random.IntN(39)))
		c.Shapes = append(c.Shapes, uint16(random.IntN(4)))
		c.Best = append(c.Best, float32(random.IntN(3))/2)
	}
	for range s.Rows * asked {
		c.Met = append(c.Met, random.Float32())
	}
	for range s.Measures {
		c.Measures = append(c.Measures, float32(random.NormFloat64()))
	}
	return c
}

// The network that is fitted is the one that docent runs.
func TestPassIsTheNetwork(t *testing.T) {
	x := made(20)
	embedded, projection := x.project()
	random := rand.New(rand.NewPCG(3, 3))
	w := x.Shape.Weights(make([]float32, x.Shape.Len()))
	begin(x.Shape, w, random)
	n := &ranker.Network{Shape: x.Shape, Measures: x.spread(x.where(func(*Example) bool { return true })), Projection: projection, Members: []ranker.Weights{w}}
	r, err := ranker.New(n, x.Measures, x.vector)
	if err != nil {
		t.Fatal(err)
	}
	p := newPass(inputs{shape: x.Shape, measures: n.Measures, embedded: embedded}, w)
	for i := range x.List {
		e := &x.List[i]
		asked := r.Ask(x.question(e))
		p.ask(e)
		for k := range e.Candidates {
			c := x.candidate(&e.Candidates[k], len(e.Words))
			want := asked.Score(&c)
			got := p.read(&e.Candidates[k], nil)
			if math.Abs(float64(got.Which-want.Which)) > 1e-5 || math.Abs(float64(got.Answers-want.Answers)) > 1e-5 {
				t.Fatalf("candidate %d of question %d: %v, not %v", k, i, got, want)
			}
		}
	}
}

func (x *Examples) vector(dst []float32, word string) bool {
	i := slices.Index(x.Words, word)
	copy(dst, x.Vectors[i*len(dst):])
	return true
}

func (x *Examples) question(e *Example) (q ranker.Question) {
	for i, w := range e.Words {
		q.Words = append(q.Words, ranker.QuestionWord{Text: x.Words[w], Shape: e.Shapes[i], IDF: e.IDF[i]})
	}
	return q
}

func (x *Examples) candidate(c *Candidate, asked int) ranker.Candidate {
	out := ranker.Candidate{Measures: c.Measures}
	for i, w := range c.Words {
		out.Words = append(out.Words, ranker.Word{Text: x.Words[w], Shape: uint32(c.Shapes[i]), Best: c.Best[i]})
	}
	for r := range x.Shape.Rows {
		out.Met = append(out.Met, c.Met[r*asked:(r+1)*asked])
	}
	return out
}

// TestGradient: along many directions in each layer the slope is what the loss
// shows.
func TestGradient(t *testing.T) {
	x := made(12)
	embedded, _ := x.project()
	all := x.where(func(*Example) bool { return true })
	random := rand.New(rand.NewPCG(5, 5))
	w := x.Shape.Weights(make([]float32, x.Shape.Len()))
	begin(x.Shape, w, random)
	p := newPass(inputs{shape: x.Shape, measures: x.spread(all), embedded: embedded}, w)
	measure := func(back bool) (total float64) {
		clear(p.slope.All)
		p.turn()
		for _, i := range all {
			e := &x.List[i]
			// What is dropped is the same each time.
			drop := &dropout{words: .2, wide: .3, random: rand.New(rand.NewPCG(9, uint64(i)))}
			p.ask(e)
			var out []ranker.Output
			for k := range e.Candidates {
				out = append(out, p.read(&e.Candidates[k], drop))
			}
			slopes := make([]ranker.Output, len(out))
			total += loss(out, e.Labels, 9, 12, slopes)
			if back {
				p.backward(slopes)
			}
		}
		return total
	}
	measure(true)
	slope := x.Shape.Weights(slices.Clone(p.slope.All))
	for l := range w.Layers {
		t.Run(fmt.Sprintf("weights %d", l), func(t *testing.T) {
			checkSlope(t, w.Layers[l].Weights, slope.Layers[l].Weights, random, measure)
		})
		t.Run(fmt.Sprintf("bias %d", l), func(t *testing.T) {
			checkSlope(t, w.Layers[l].Bias, slope.Layers[l].Bias, random, measure)
		})
	}
}

func checkSlope(t *testing.T, w, slope []float32, random *rand.Rand, measure func(bool) float64) {
	const step = 2e-4 // a longer one meets the kinks of rectifiers, a shorter one rounding
	kept := slices.Clone(w)
	var off, size float64
	for range 25 {
		direction := make([]float32, len(w))
		var want float64
		for i := range direction {
			direction[i] = float32(random.NormFloat64())
			want += float64(direction[i]) * float64(slope[i])
		}
		ranker.Axpy(step, direction, w)
		above := measure(false)
		copy(w, kept)
		ranker.Axpy(-step, direction, w)
		below := measure(false)
		copy(w, kept)
		got := (above - below) / (2 * step)
		off += math.Abs(got - want)
		size += math.Abs(got)
	}
	if size < 1e-4 || off > .01*size {
		t.Errorf("slopes differ by %.2g from %.2g on the average", off/25, size/25)
	}
}
