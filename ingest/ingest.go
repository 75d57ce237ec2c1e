package ingest

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"iter"
	"log/slog"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"docent/ingest/read"
	"docent/ingest/read/formats"
	"docent/rag"
)

// Store is a library that also remembers the files it was filled from.
type Store interface {
	rag.Library
	// Files iterates over the records by path. An error ends the iteration.
	Files(ctx context.Context) iter.Seq2[rag.File, error]
	// PutFiles replaces records by path, all or none of them.
	PutFiles(ctx context.Context, files ...rag.File) error
	// DeleteFiles forgets records; unknown paths are no error.
	DeleteFiles(ctx context.Context, paths ...string) error
}

// Checkpointer is a Store whose changes lie beside its file for a while.
type Checkpointer interface {
	// Checkpoint brings them into it, so that a copy of it has them, and holds
	// nobody up.
	Checkpoint(ctx context.Context) error
}

// Holder is a Store that remembers which sources are held, and since when.
type Holder interface {
	// Held iterates over them.
	Held(ctx context.Context) iter.Seq2[rag.Held, error]
	// PutHeld forgets those at the paths, and then records the others.
	PutHeld(ctx context.Context, paths []string, held ...rag.Held) error
}

// Options say how to ingest. The zero value is ready.
type Options struct {
	// Space is the space of all documents of the run; "" means rag.Everyone.
	// A file that is ingested into another space moves there.
	Space string
	// KeepMissing keeps documents whose file or record is gone.
	KeepMissing bool
	// AnyRemoval removes what is gone however much it is. Otherwise a source
	// that would lose all of its documents, or more than 20 and 30 percent of
	// them, or whose disk is another one than it was, keeps them and is in
	// Report.Held.
	AnyRemoval bool
	// Grace is how long that lasts with a Store that is a Holder; 0 means for ever.
	Grace time.Duration
	// FollowLinks has symlinks followed wherever they lead. Otherwise those that
	// leave the folders of the run are passed over.
	FollowLinks bool
	// Exclude are patterns of gitignore(5) of what is not read below the folders,
	// after those that the folders have themselves.
	Exclude []string
	// DryRun writes nothing and reports what would be done.
	DryRun bool
	// Rebuild reads and puts every document again, changed or not.
	Rebuild bool
	// Workers is the number of files read at once; 0 means one a processor.
	Workers int
	// Formats are those that are read; the zero value means all of them, in
	// this process.
	Formats read.Registry
	// WalkEvery is how often Watch walks everything, for what notifications
	// miss; 0 means 30 seconds.
	WalkEvery time.Duration
	// Debounce is how long Watch waits after a change for more to come; 0 means
	// 150 ms.
	Debounce time.Duration
	// Progress is called after each document and each file, always from one
	// goroutine: done of total files need no more work. nil is not called.
	Progress func(done, total int)
	// Log gets what is no failure but may explain one; nil discards it.
	Log *slog.Logger
}

// Indexer gives passages the terms and vectors that they are found by;
// retrieve.Indexer is one.
type Indexer interface {
	// Index sets Terms and Vector of the passages of one document.
	Index(ctx context.Context, doc rag.DocumentInfo, passages []rag.Passage) error
}

// Ingester fills a library from files. One run at a time may use it.
type Ingester struct {
	Store   Store
	Indexer Indexer
	Options Options
}

// ErrNothingRead says that none of the paths could be looked at.
var ErrNothingRead = errors.New("none of the paths can be read")

// Run brings the library in step with the files at and under the paths, and
// checkpoints it if it is a Checkpointer.
//
// What fails for a path, a file or a record is in the report and stops
// nothing else. The error is one of the library or the context, or
// ErrNothingRead; the report then says what was done before it.
func (in *Ingester) Run(ctx context.Context, paths ...string) (Report, error) {
	roots, err := rootsOf(paths)
	if err != nil {
		return Report{}, err
	}
	r := in.newRun(in.folders(roots), roots)
	defer in.checkpoint(ctx)
	return r.do(ctx, roots)
}

// checkpoint fails nothing: what stays beside the file is as safe there.
func (in *Ingester) checkpoint(ctx context.Context) {
	c, ok := in.Store.(Checkpointer)
	if !ok || in.Options.DryRun {
		return
	}
	if err := c.Checkpoint(ctx); err != nil && ctx.Err() == nil {
		in.log().Warn("changes stay in the library's log", "error", err)
	}
}

func (in *Ingester) log() *slog.Logger {
	if in.Options.Log == nil {
		return slog.New(slog.DiscardHandler)
	}
	return in.Options.Log
}

// run is the state of one run.
type run struct {
	store   Store
	indexer Indexer
	options Options
	space   string
	formats read.Registry
	log     *slog.Logger
	source  Source
	// roots are what the run was given, targets what it looks at.
	roots, targets []root

	manifest manifest
	tree     tree
	report   Report
	// total and done count files.
	total, done int
	// lately and removed say, for each root, how many documents were lost
	// shortly before the run, and in it.
	lately, removed []int

	write writer
	// large is done when the run meets a large document, whose copies on the way
	// to the library would take its size many times: what is not needed goes soon.
	large   sync.Once
	percent int // as the collector had it
}

// largeDocument is the size in bytes of the text of one.
const largeDocument = 4 << 20

// meet prepares for a document of so much text.
func (r *run) meet(text int) {
	if text >= largeDocument {
		const frugal = 20
		r.large.Do(func() { r.percent = debug.SetGCPercent(frugal) })
	}
}

func (in *Ingester) folders(roots []root) *folders {
	return &folders{
		roots: roots, log: in.log(), follow: in.Options.FollowLinks,
		usual: rulesOf(".", usualIgnores), exclude: rulesOf(".", strings.Join(in.Options.Exclude, "\n")),
	}
}

func (in *Ingester) newRun(from Source, roots []root) *run {
	r := &run{source: from, roots: roots, store: in.Store, indexer: in.Indexer, options: in.Options, log: in.log()}
	r.space = cmp.Or(in.Options.Space, from.Space(), rag.Everyone)
	r.formats = r.options.Formats
	if len(r.formats.Formats) == 0 {
		r.formats = formats.All(read.Options{})
	}
	r.lately, r.removed = make([]int, len(roots)), make([]int, len(roots))
	return r
}

// do processes the targets, which are roots or lie under them.
func (r *run) do(ctx context.Context, targets []root) (Report, error) {
	began := time.Now()
	r.targets = targets
	err := r.processAll(ctx, targets)
	slices.SortStableFunc(r.report.Failed, func(a, b Failure) int { return strings.Compare(a.URI, b.URI) })
	r.report.Elapsed = time.Since(began)
	r.large.Do(func() { r.percent = 0 })
	if r.percent != 0 {
		debug.SetGCPercent(r.percent)
	}
	return r.report, err
}

func (r *run) processAll(ctx context.Context, targets []root) error {
	if err := r.scan(ctx, targets); err != nil {
		return err
	}
	r.stay()
	r.report.Failed, r.report.Links, r.report.Ignored = r.tree.failed, r.tree.links, r.tree.ignored
	r.write = newWriter(r, r.manifest.vanished(targets, r.tree))
	if err := r.processFiles(ctx); err != nil {
		return err
	}
	if err := r.write.finish(ctx); err != nil {
		return err
	}
	return nothingRead(targets, r.tree)
}

// scan looks at the files and at the library, both at once.
func (r *run) scan(ctx context.Context, targets []root) error {
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() (err error) {
		r.tree, err = r.source.List(ctx, targets)
		return err
	})
	g.Go(func() (err error) {
		r.manifest, err = loadManifest(ctx, r.store)
		return err
	})
	return g.Wait()
}

// stay leaves out the files that the library has in another space by what they
// really are: a symlink must not show to one audience what is of another.
func (r *run) stay() {
	r.tree.files = slices.DeleteFunc(r.tree.files, func(f sourceFile) bool {
		space := r.manifest.spaceOf(f.real())
		leaves := f.real() != f.path && space != "" && space != r.space
		if leaves {
			err := fmt.Errorf("it leads to %s, which is in the space %s", f.real(), space)
			r.tree.failed = append(r.tree.failed, Failure{URI: f.uri, Err: err})
		}
		return leaves
	})
}

// nothingRead is an error when no target can be looked at.
func nothingRead(targets []root, t tree) error {
	open := func(p root) bool { return !slices.Contains(t.unreadable, p.path) }
	if len(targets) == 0 || len(t.files) > 0 || slices.ContainsFunc(targets, open) {
		return nil
	}
	return fmt.Errorf("%w: %w", ErrNothingRead, t.failed[0])
}

func (r *run) workers() int { return cmp.Or(r.options.Workers, runtime.GOMAXPROCS(0)) }
