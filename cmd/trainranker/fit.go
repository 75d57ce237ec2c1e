package main

import (
	"context"
	"math/rand/v2"
	"slices"

	"docent/rag/extract/ranker"
)

// Options of fitting. They were found on the folds.
type Options struct {
	// Epochs is how often each question is seen, Batch how many at once, and
	// Candidates how many of each.
	Epochs, Batch, Candidates int
	// Rate is the greatest rate of learning, reached after Warm steps and falling
	// evenly from then; Decay that of the weights.
	Rate, Decay float64
	Warm        int
	// WordDropout and Dropout are the shares of words and of outputs of the first
	// of the last layers that are left out.
	WordDropout, Dropout float64
	Seed                 uint64
}

func defaults() Options {
	return Options{Epochs: 4, Batch: 32, Candidates: 20, Rate: 2e-3, Decay: 1e-4, Warm: 100, WordDropout: 0.1, Dropout: 0.2}
}

// leastRate is what is left of the rate at the end.
const leastRate = 0.05

func (o Options) rate(step, steps int) float64 {
	warm := min(1, float64(step+1)/float64(o.Warm))
	return o.Rate * warm * (1 - (1-leastRate)*float64(step)/float64(steps))
}

// fitting is one network being fitted. The same examples and options give the
// same weights, bit for bit.
type fitting struct {
	Options
	x      *Examples
	of     []int
	pass   *pass
	random *rand.Rand
	drop   *dropout
}

// fit fits a network to the examples of these numbers.
func fit(ctx context.Context, x *Examples, in inputs, of []int, o Options) (ranker.Weights, error) {
	random := rand.New(rand.NewPCG(o.Seed, 1)) //nolint:gosec // it must be repeatable, not secret
	w := x.Shape.Weights(make([]float32, x.Shape.Len()))
	begin(x.Shape, w, random)
	f := &fitting{
		Options: o, x: x, of: of, pass: newPass(in, w), random: random,
		drop: &dropout{words: o.WordDropout, wide: o.Dropout, random: random},
	}
	descent := newAdamW(len(w.All), o.Decay)
	batches := (len(of) + o.Batch - 1) / o.Batch
	step := 0
	for range o.Epochs {
		for order := range slices.Chunk(random.Perm(len(of)), o.Batch) {
			if err := ctx.Err(); err != nil {
				return w, err
			}
			f.batch(order)
			descent.update(w.All, f.pass.slope.All, o.rate(step, batches*o.Epochs))
			f.pass.turn()
			step++
		}
	}
	return w, nil
}

// batch sets the slope of the loss of some questions.
func (f *fitting) batch(order []int) {
	clear(f.pass.slope.All)
	chosen, right := make([][]int, len(order)), 0
	for k, i := range order {
		labels := f.x.List[f.of[i]].Labels
		chosen[k] = choose(labels, f.Candidates, f.random)
		if slices.ContainsFunc(chosen[k], func(c int) bool { return labels[c] >= leastRight }) {
			right++
		}
	}
	for k, i := range order {
		if len(chosen[k]) > 0 {
			f.question(&f.x.List[f.of[i]], chosen[k], right, len(order))
		}
	}
}

func (f *fitting) question(e *Example, chosen []int, right, all int) {
	f.pass.ask(e)
	out, labels, slopes := make([]ranker.Output, len(chosen)), make([]float32, len(chosen)), make([]ranker.Output, len(chosen))
	for k, c := range chosen {
		out[k], labels[k] = f.pass.read(&e.Candidates[c], f.drop), e.Labels[c]
	}
	loss(out, labels, right, all, slopes)
	f.pass.backward(slopes)
}

// choose draws n of the candidates, which come with what looks best at first
// sight before others: up to half of them right ones, of the wrong ones two
// thirds those that look best and the others any.
func choose(labels []float32, n int, random *rand.Rand) []int {
	var right, wrong []int
	for i, y := range labels {
		if y >= leastRight {
			right = append(right, i)
		} else {
			wrong = append(wrong, i)
		}
	}
	if len(labels) <= n {
		return append(right, wrong...)
	}
	right = right[:min(len(right), n/2)]
	n -= len(right)
	hard := min(len(wrong), n*2/3)
	chosen := append(right, wrong[:hard]...)
	rest := wrong[hard:]
	for _, i := range random.Perm(len(rest))[:min(len(rest), n-hard)] {
		chosen = append(chosen, rest[i])
	}
	return chosen
}
