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

// fit fits a network to the examples of these numbers. The same examples, options
// and seed give the same weights, bit for bit.
func fit(ctx context.Context, x *Examples, in inputs, of []int, o Options, seed uint64) (ranker.Weights, error) {
	random := rand.New(rand.NewPCG(seed, 1)) //nolint:gosec // it must be repeatable, not secret
	w := x.Shape.Weights(make([]float32, x.Shape.Len()))
	begin(x.Shape, w, random)
	p, drop := newPass(in, w), &dropout{words: o.WordDropout, wide: o.Dropout, random: random}
	descent := newAdamW(len(w.All), o.Decay)
	batches := (len(of) + o.Batch - 1) / o.Batch
	step := 0
	for range o.Epochs {
		for order := range slices.Chunk(random.Perm(len(of)), o.Batch) {
			if err := ctx.Err(); err != nil {
				return w, err
			}
			batch := make([]*Example, len(order))
			for k, i := range order {
				batch[k] = &x.List[of[i]]
			}
			p.descend(batch, o.Candidates, drop)
			descent.update(w.All, p.slope.All, o.rate(step, batches*o.Epochs))
			p.turn()
			step++
		}
	}
	return w, nil
}

// descend sets the slope of the loss of some questions, with as many candidates
// of each.
func (p *pass) descend(batch []*Example, candidates int, drop *dropout) {
	clear(p.slope.All)
	chosen, right := make([][]int, len(batch)), 0
	for i, e := range batch {
		chosen[i] = choose(e.Labels, candidates, drop.random)
		if slices.ContainsFunc(chosen[i], func(c int) bool { return e.Labels[c] >= leastRight }) {
			right++
		}
	}
	for i, e := range batch {
		n := len(chosen[i])
		if n == 0 {
			continue
		}
		p.ask(e)
		out, labels, slopes := make([]ranker.Output, n), make([]float32, n), make([]ranker.Output, n)
		for k, c := range chosen[i] {
			out[k], labels[k] = p.read(&e.Candidates[c], drop), e.Labels[c]
		}
		loss(out, labels, right, len(batch), slopes)
		p.backward(slopes)
	}
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
