package ingest

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"

	"docent/rag"
)

const (
	defaultWalkEvery = 30 * time.Second
	defaultDebounce  = 150 * time.Millisecond
	// maxDebounce bounds the wait while changes keep coming.
	maxDebounce = time.Second
	// maxDirty is the number of changed paths from which on everything is
	// walked, which is then no slower.
	maxDirty = 500
	// idleAfter is how long nothing may come before the library is checkpointed.
	idleAfter = time.Second
	// lossWindow is the time within which removals count as one, so that a
	// folder that is emptied slowly is held like one that is empty at once.
	lossWindow = time.Hour
)

// Watch runs once and then follows the paths until the context ends, which is
// no error: a file that is new, changed, renamed or deleted is searchable, or
// gone, within two seconds, and the library checkpointed a second later. Where the
// system does not notify, or no longer, a walk of everything finds it
// (Options.WalkEvery).
//
// changed is called after the first run, and after each later one that changed,
// failed or held something; a failure or a hold that stays is reported once. After
// the first run nothing stops it: an error of the library is reported as a
// failure, and the next walk tries again.
func (in *Ingester) Watch(ctx context.Context, changed func(Report), paths ...string) error {
	roots, err := rootsOf(paths)
	if err != nil {
		return err
	}
	w := &watch{in: in, source: in.folders(roots), roots: roots, changed: changed, batches: make(chan batch)}
	g, inner := errgroup.WithContext(ctx)
	changes, err := w.source.Changes(inner)
	if err != nil {
		return fmt.Errorf("watch for changes: %w", err)
	}
	g.Go(func() error { return w.collect(inner, changes) })
	g.Go(func() error { return w.follow(inner) })
	if err := g.Wait(); ctx.Err() == nil {
		return err
	}
	return nil
}

// watch has two goroutines: collect gathers what changed, follow ingests it.
type watch struct {
	in      *Ingester
	source  Source
	roots   []root
	changed func(Report)
	batches chan batch

	// Of follow alone: the failures and the held sources (with what they would
	// lose) that were reported, and what was removed.
	failed map[string]bool
	held   map[string]int
	losses []loss
}

// loss is how many documents a run removed, by root.
type loss struct {
	at time.Time
	by []int
}

// batch is what changed meanwhile.
type batch struct {
	// dirty paths are absolute.
	dirty map[string]bool
	// all stands for every path.
	all bool
}

// collect gathers notifications until there have been none for a while, and
// hands them over as soon as the last batch is done.
func (w *watch) collect(ctx context.Context, changes <-chan change) error {
	defer func() {
		for range changes { // until its sender has seen that all is over
		}
	}()
	quiet := time.NewTimer(time.Hour)
	walk := time.NewTicker(cmp.Or(w.in.Options.WalkEvery, defaultWalkEvery))
	defer walk.Stop()
	defer quiet.Stop()
	pending := batch{dirty: make(map[string]bool)}
	var since time.Time
	var out chan batch
	for {
		select {
		case c, ok := <-changes:
			switch {
			case !ok && ctx.Err() != nil:
				return ctx.Err()
			case !ok:
				return errors.New("watch for changes: the notifications ended")
			case c == "":
				pending.all = true
			default:
				pending.dirty[string(c)] = true
			}
		case <-walk.C:
			pending.all = true
			out = w.batches
			continue
		case <-quiet.C:
			out = w.batches
			continue
		case out <- pending:
			pending = batch{dirty: make(map[string]bool)}
			since, out = time.Time{}, nil
			continue
		case <-ctx.Done():
			return ctx.Err()
		}
		if since.IsZero() {
			since = time.Now()
		}
		quiet.Reset(min(cmp.Or(w.in.Options.Debounce, defaultDebounce), maxDebounce-time.Since(since)))
	}
}

// follow makes the first run and then one for each batch.
func (w *watch) follow(ctx context.Context) error {
	report, err := w.run(ctx, w.roots)
	if err != nil {
		return err
	}
	w.report(report, true)
	idle := time.NewTimer(idleAfter)
	defer idle.Stop()
	for {
		select {
		case b := <-w.batches:
			w.batch(ctx, b)
			idle.Reset(idleAfter)
		case <-idle.C:
			w.in.checkpoint(ctx)
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

func (w *watch) batch(ctx context.Context, b batch) {
	targets := w.targets(b)
	report, err := w.run(ctx, targets)
	switch {
	case ctx.Err() != nil:
		return
	case err != nil && !errors.Is(err, ErrNothingRead):
		report.Failed = append(report.Failed, Failure{URI: targets[0].uri, Err: err})
	}
	w.report(report, b.all)
}

func (w *watch) run(ctx context.Context, targets []root) (Report, error) {
	r := w.in.newRun(w.source, w.roots)
	w.losses = slices.DeleteFunc(w.losses, func(l loss) bool { return time.Since(l.at) > lossWindow })
	for _, l := range w.losses {
		for i, n := range l.by {
			r.lately[i] += n
		}
	}
	report, err := r.do(ctx, targets)
	if report.Removed > 0 {
		w.losses = append(w.losses, loss{at: time.Now(), by: r.removed})
	}
	return report, err
}

// targets are where a run must look: at all roots, or where the dirty paths lie
// under them, outermost only. A folder that was to be followed is expected to
// be there, a file may have been deleted.
func (w *watch) targets(b batch) []root {
	var targets []root
	if b.all || len(b.dirty) > maxDirty {
		for _, r := range w.roots {
			r.optional = !r.dir
			targets = append(targets, r)
		}
		return targets
	}
	for _, path := range slices.Sorted(maps.Keys(b.dirty)) {
		if slices.ContainsFunc(targets, func(p root) bool { return IsUnder(path, p.path) }) {
			continue
		}
		i := slices.IndexFunc(w.roots, func(r root) bool { return IsUnder(path, r.path) })
		target := w.roots[i]
		if path != target.path {
			target.uri = filepath.Join(target.uri, strings.TrimPrefix(path, target.path))
			target.path, target.dir = path, false
		}
		target.optional = !target.dir
		targets = append(targets, target)
	}
	return targets
}

// report reports a run that was of note. Of a walk of everything, what was
// reported before is not: failures, and sources held back with the same figures.
// That nothing is held any longer is of note.
func (w *watch) report(r Report, all bool) {
	first, failed, held := w.failed == nil, make(map[string]bool), make(map[string]int)
	if !all {
		maps.Copy(failed, w.failed)
		maps.Copy(held, w.held)
	}
	r.Failed = slices.DeleteFunc(r.Failed, func(f Failure) bool {
		failed[f.Error()] = true
		return w.failed[f.Error()] && all
	})
	r.Held = slices.DeleteFunc(r.Held, func(h rag.Held) bool {
		lost, known := w.held[h.URI]
		if all || !known {
			held[h.URI] = h.Lost
		}
		return known && (!all || lost == h.Lost)
	})
	released := len(w.held) > 0 && len(held) == 0
	w.failed, w.held = failed, held
	if first || released || !r.Quiet() {
		w.changed(r)
	}
}
