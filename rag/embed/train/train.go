package train

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"docent/rag/embed"
)

// Options of training; a zero field means its default.
type Options struct {
	// Mixture says where batches come from; nil is DefaultMixture().
	Mixture []Pool
	// Words and Buckets are the rows of the table, 65,000 and 20,000: with 256
	// dimensions that is 12 MB.
	Words, Buckets int
	// Dimension of the vectors, a multiple of 32; 256.
	Dimension int
	// Steps of training, 6,000.
	Steps int
	// Batch is the number of pairs of a step, 512.
	Batch int
	// Seed of all that is random, 1.
	Seed uint64
	// Workers is the number of goroutines that compute, 1. The table does not
	// depend on it.
	Workers int
	// Progress, where set, is called after each step.
	Progress func(Progress)
}

// Progress is how far training has come.
type Progress struct {
	Step, Steps int
	// Loss is the mean cross entropy over about the last hundred steps.
	Loss float64
	Took time.Duration
}

func (o Options) withDefaults() Options {
	if o.Mixture == nil {
		o.Mixture = DefaultMixture()
	}
	defaulted(&o.Words, 65_000)
	defaulted(&o.Buckets, 20_000)
	defaulted(&o.Dimension, 256)
	defaulted(&o.Steps, 6_000)
	defaulted(&o.Batch, 512)
	defaulted(&o.Seed, 1)
	defaulted(&o.Workers, 1)
	return o
}

func defaulted[T comparable](field *T, value T) {
	var zero T
	if *field == zero {
		*field = value
	}
}

const (
	// learningRate is Adam's, after a warm-up falling to zero.
	learningRate = .02
	warmUp       = 50
	// cosineScale is what cosines are multiplied by before they are compared.
	cosineScale = 20
	// dropOut is how often a word is replaced by its n-grams.
	dropOut = .1
)

// rate of a step, counted from 1.
func (o Options) rate(step int) float64 {
	if step <= warmUp {
		return learningRate * float64(step) / warmUp
	}
	return learningRate * float64(o.Steps-step) / float64(max(1, o.Steps-warmUp))
}

// ErrNothing says that no source of the mix has a pair.
var ErrNothing = errors.New("no training text for the mix")

// Train learns a table from the corpus, in the layout that [embed.OpenTable]
// reads.
func Train(ctx context.Context, corpus *Corpus, options Options) ([]byte, error) {
	o := options.withDefaults()
	s := &sampler{corpus: corpus, mix: o.Mixture, batch: o.Batch, drop: dropOut, seed: o.Seed}
	if !slices.ContainsFunc(o.Mixture, func(pool Pool) bool { return s.share(pool) > 0 }) {
		return nil, ErrNothing
	}
	s.words = newVocabulary(corpus, o.Mixture, o.Words, o.Buckets)
	s.counts = make([]int32, len(corpus.names))
	m := newModel(s.words, o)
	if err := learn(ctx, m, s, o); err != nil {
		return nil, err
	}
	n := len(s.words.words)
	m.compose(s.words)
	table, err := embed.Encode(s.words.words, m.rows[:n], m.rows[n:])
	if err != nil {
		return nil, fmt.Errorf("train: %w", err)
	}
	return table, nil
}

// learn takes the steps.
func learn(ctx context.Context, m *model, s *sampler, o Options) error {
	began := time.Now()
	c := &contrastive{workers: o.Workers, scale: cosineScale}
	var b batch
	var loss float64
	for step := 1; step <= o.Steps; step++ {
		if err := ctx.Err(); err != nil {
			return err
		}
		s.draw(&b, step-1)
		c.forward(m, &b)
		now := c.loss(&b)
		c.backward(m, &b, step, o.rate(step))
		loss += (now - loss) / float64(min(step, 100))
		if o.Progress != nil {
			o.Progress(Progress{Step: step, Steps: o.Steps, Loss: loss, Took: time.Since(began)})
		}
	}
	return nil
}
