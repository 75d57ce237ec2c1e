package main

import (
	"context"

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
	// outputs are what it says of the examples that it read.
	outputs [][]ranker.Output
}

// run fits the ensembles of all tasks.
func (c Ensemble) run(ctx context.Context, x *Examples, embedded []float32, tasks []task) ([]ensemble, error) {
	all := make([]ensemble, len(tasks))
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(max(1, c.Workers))
	said := make([][][][]ranker.Output, len(tasks))
	for i, t := range tasks {
		in := inputs{shape: x.Shape, measures: x.spread(t.fitted), embedded: embedded}
		all[i] = ensemble{inputs: in, members: make([]ranker.Weights, c.Members)}
		said[i] = make([][][]ranker.Output, c.Members)
		for m := range c.Members {
			group.Go(func() (err error) {
				o := c.Options
				o.Seed = uint64(m)
				if all[i].members[m], err = fit(ctx, x, in, t.fitted, o); err == nil {
					said[i][m] = readAll(x, in, all[i].members[m], t.read)
				}
				return err
			})
		}
	}
	if err := group.Wait(); err != nil {
		return nil, err
	}
	for i := range all {
		all[i].outputs = mean(said[i])
	}
	return all, nil
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

// mean is the mean of what the members say, in their order.
func mean(members [][][]ranker.Output) [][]ranker.Output {
	out := members[0]
	for i := range out {
		for k := range out[i] {
			for _, m := range members[1:] {
				out[i][k].Which += m[i][k].Which
				out[i][k].Answers += m[i][k].Answers
			}
			out[i][k].Which /= float32(len(members))
			out[i][k].Answers /= float32(len(members))
		}
	}
	return out
}
