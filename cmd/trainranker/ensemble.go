package main

import (
	"context"
	"slices"

	"golang.org/x/sync/errgroup"

	"docent/rag/extract/ranker"
)

// Ensemble says how networks are fitted and put together.
type Ensemble struct {
	Options
	// Members is how many networks, from as many seeds.
	Members int
	// Workers is how many are fitted at once; what comes out does not depend on it.
	Workers int
}

// task is an ensemble that is fitted to some examples and reads others.
type task struct {
	fitted, read []int
}

// ensemble is what was fitted.
type ensemble struct {
	inputs
	members []ranker.Weights
	// said is what each member says of the examples that the ensemble read.
	said [][][]ranker.Output
}

// run fits the ensembles of all tasks.
func (c Ensemble) run(ctx context.Context, x *Examples, embedded []float32, tasks []task) ([]ensemble, error) {
	all := make([]ensemble, len(tasks))
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(max(1, c.Workers))
	for i, t := range tasks {
		e := &all[i]
		e.inputs = inputs{shape: x.Shape, measures: x.spread(t.fitted), embedded: embedded}
		e.members, e.said = make([]ranker.Weights, c.Members), make([][][]ranker.Output, c.Members)
		for m := range c.Members {
			group.Go(func() (err error) {
				if e.members[m], err = fit(ctx, x, e.inputs, t.fitted, c.Options, uint64(m)); err == nil {
					e.said[m] = readAll(x, e.inputs, e.members[m], t.read)
				}
				return err
			})
		}
	}
	return all, group.Wait()
}

// readAll is what the network says of all candidates of the examples.
func readAll(x *Examples, in inputs, w ranker.Weights, of []int) [][]ranker.Output {
	p := newPass(in, w)
	all := make([][]ranker.Output, len(of))
	for i, at := range of {
		e := &x.List[at]
		p.ask(e)
		for k := range e.Candidates {
			all[i] = append(all[i], p.read(&e.Candidates[k], nil))
		}
	}
	return all
}

// outputs are the mean of what the members say of an example, in their order.
func (e *ensemble) outputs(example int) []ranker.Output {
	out := slices.Clone(e.said[0][example])
	for k := range out {
		for _, said := range e.said[1:] {
			out[k].Which += said[example][k].Which
			out[k].Answers += said[example][k].Answers
		}
		out[k].Which /= float32(len(e.said))
		out[k].Answers /= float32(len(e.said))
	}
	return out
}
