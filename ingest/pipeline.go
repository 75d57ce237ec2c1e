package ingest

import (
	"context"
	"slices"

	"golang.org/x/sync/errgroup"
)

// readAll has workers examine the files that are not proved unchanged, while
// the writer takes what they find in the order of the paths.
func (p *pass) readAll(ctx context.Context) error {
	var jobs []job
	p.total = len(p.tree.files)
	for _, f := range p.tree.files {
		if !p.options.Rebuild && p.known.untouched(f, p.space) {
			p.write.untouched(f)
			continue
		}
		jobs = append(jobs, job{file: f})
	}
	p.startFirst(jobs)
	p.done = p.total - len(jobs)
	p.write.await(jobs)
	if err := p.examineJobs(ctx, jobs); err != nil {
		return err
	}
	return p.examineJobs(ctx, p.write.deferredJobs())
}

// startFirst moves the first file that starts an engine before all others,
// which are then read while it starts: of a few dozen files, that is half of
// the time.
func (p *pass) startFirst(jobs []job) {
	i := slices.IndexFunc(jobs, func(j job) bool { return p.formats.StartsEngine(j.file.path) })
	if i < 0 {
		return
	}
	first := jobs[i]
	copy(jobs[1:], jobs[:i])
	jobs[0] = first
}

// examineJobs runs the jobs to their end. Each has a channel of its own, and
// the writer empties them one after the other: a worker that is ahead waits.
func (p *pass) examineJobs(ctx context.Context, jobs []job) error {
	if len(jobs) == 0 {
		return nil
	}
	g, ctx := errgroup.WithContext(ctx)
	todo := make(chan job)
	inOrder := make(chan job, 16*p.workers())
	g.Go(func() error {
		defer close(todo)
		defer close(inOrder)
		for _, j := range jobs {
			j.out = make(chan finding, 8)
			for _, to := range []chan job{inOrder, todo} {
				select {
				case to <- j:
				case <-ctx.Done():
					return ctx.Err()
				}
			}
		}
		return nil
	})
	for range p.workers() {
		g.Go(func() error {
			for j := range todo {
				p.examine(ctx, j)
			}
			return nil
		})
	}
	g.Go(func() error {
		for j := range inOrder {
			if err := p.write.job(ctx, j); err != nil {
				return err
			}
		}
		return ctx.Err()
	})
	return g.Wait()
}
