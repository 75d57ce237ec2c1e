package ingest

import (
	"context"
	"slices"

	"golang.org/x/sync/errgroup"
)

// processFiles has workers process the files that are not proved unchanged, while
// the writer takes what they find in the order of the paths.
func (r *run) processFiles(ctx context.Context) error {
	var jobs []job
	r.total = len(r.tree.files)
	for _, f := range r.tree.files {
		if !r.options.Rebuild && r.manifest.unchanged(f, r.space) {
			r.write.unchanged(f)
			continue
		}
		jobs = append(jobs, job{file: f})
	}
	r.done = r.total - len(jobs)
	r.write.await(jobs)
	if err := r.processJobs(ctx, jobs); err != nil {
		return err
	}
	return r.processJobs(ctx, r.write.deferredJobs())
}

// processJobs runs the jobs to their end. Each has a channel of its own, and
// the writer empties them one after the other: a worker that is ahead waits.
func (r *run) processJobs(ctx context.Context, jobs []job) error {
	if len(jobs) == 0 {
		return nil
	}
	g, ctx := errgroup.WithContext(ctx)
	todo := make(chan job)
	inOrder := make(chan job, 16*r.workers())
	g.Go(func() error {
		defer close(todo)
		defer close(inOrder)
		return r.feed(ctx, jobs, todo, inOrder)
	})
	for range r.workers() {
		g.Go(func() error {
			for j := range todo {
				r.process(ctx, j)
			}
			return nil
		})
	}
	g.Go(func() error {
		for j := range inOrder {
			if err := r.write.job(ctx, j); err != nil {
				return err
			}
		}
		return ctx.Err()
	})
	return g.Wait()
}

// feed hands the jobs to the workers, in order but for the one that begins early,
// and to the writer in order.
func (r *run) feed(ctx context.Context, jobs []job, todo, inOrder chan<- job) error {
	begin := func(i int) error {
		jobs[i].out = make(chan result, 32)
		return send(ctx, todo, jobs[i])
	}
	early := r.early(jobs)
	if early >= 0 {
		if err := begin(early); err != nil {
			return err
		}
	}
	for i := range jobs {
		if i != early {
			if err := begin(i); err != nil {
				return err
			}
		}
		if err := send(ctx, inOrder, jobs[i]); err != nil {
			return err
		}
	}
	return nil
}

// early is the first job that starts an engine, -1 for none. It is begun before
// all others, which are read while the engine starts: of a few dozen files,
// that is a quarter of the time. A worker may have to wait with what it found
// until the writer comes to it, so that there must be another one.
func (r *run) early(jobs []job) int {
	if r.workers() < 2 {
		return -1
	}
	return slices.IndexFunc(jobs, func(j job) bool { return r.formats.StartsEngine(j.file.path) })
}

func send[T any](ctx context.Context, to chan<- T, what T) error {
	select {
	case to <- what:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
