package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/spf13/cobra"

	"docent/ingest"
	"docent/ingest/read"
	"docent/rag"
	"docent/rag/library"
	"docent/rag/retrieve"
)

type ingestFlags struct {
	space                                     string
	exclude                                   []string
	keepMissing, dryRun, rebuild, follow, yes bool
}

func (a *app) ingestCommand() *cobra.Command {
	var f ingestFlags
	c := &cobra.Command{
		Use:   "ingest PATH...",
		Short: "Read documents into the library and keep it in step with them",
		Long: `ingest reads files, and folders with all that is in them: PDF, office documents,
web pages, mail, archives, text of many kinds (docent read FILE shows what is
read in one), and JSON Lines with one document a line. Files that have not changed are not
read again, and documents whose file is gone are removed. What cannot be read
is reported at the end and stops nothing else.

Where all documents of a folder are gone, or more than 20 and 30 % of those of a
PATH, nothing of it is removed: the disk may be away. That is said, and done with
--yes.

A symbolic link that leads out of its PATH is passed over; read: links: follow in
docent.yaml follows it. What a .gitignore or .docentignore below a PATH names is
not read, nor is node_modules and the like; !node_modules/ takes that back.`,
		Example: `  docent ingest handbook contracts.jsonl
  docent ingest --space direction comptes-rendus
  docent ingest --exclude '*.bak' --exclude /drafts handbook
  docent ingest --watch --json handbook
  docent ingest --rebuild`,
		Args: func(c *cobra.Command, args []string) error {
			if f.rebuild && !f.follow {
				return nil
			}
			return takes(1, -1, "at least one file or folder")(c, args)
		},
		RunE: func(c *cobra.Command, args []string) error {
			if err := f.check(c); err != nil {
				return err
			}
			return a.ingest(c.Context(), f, args)
		},
	}
	c.Flags().StringVar(&f.space, "space", "", "put the documents into this `space` (default "+rag.Everyone+")")
	c.Flags().BoolVar(&f.keepMissing, "keep-missing", false, "keep documents whose file is gone")
	c.Flags().BoolVar(&f.yes, "yes", false, "remove documents whose file is gone, however many")
	c.Flags().BoolVar(&f.dryRun, "dry-run", false, "say what would be done, and do nothing")
	c.Flags().BoolVar(&f.rebuild, "rebuild", false, "read everything anew, changed or not; without a PATH, index anew what the library holds")
	c.Flags().StringArrayVar(&f.exclude, "exclude", nil, "do not read what this `pattern` of gitignore matches; may be said again")
	a.readFlags(c)
	c.Flags().BoolVar(&f.follow, "watch", false, "stay, and follow what changes, until interrupted")
	return c
}

func (f *ingestFlags) check(c *cobra.Command) error {
	switch {
	case c.Flags().Changed("space") && strings.TrimSpace(f.space) == "", strings.ContainsFunc(f.space, unicode.IsControl):
		return usage(c, fmt.Errorf("%q cannot be the name of a space", f.space))
	case f.follow && f.dryRun:
		return usage(c, errors.New("--watch and --dry-run exclude each other"))
	case f.follow && f.yes:
		return usage(c, errors.New("--watch and --yes exclude each other: what is held at one time is no reason to remove what is at another"))
	}
	return nil
}

func (a *app) ingest(ctx context.Context, f ingestFlags, paths []string) (err error) {
	o, err := a.withFormats(a.openToIngest(ctx, f, len(paths) > 0))
	if err != nil {
		return err
	}
	defer closeSession(o, &err)
	began := time.Now()
	report := ingest.Report{}
	if f.rebuild && !f.dryRun {
		if report.Passages, err = a.reindex(ctx, o, len(paths) == 0); err != nil {
			return err
		}
	}
	if err := staysInSpace(ctx, o, paths, f.space); err != nil {
		return err
	}
	if f.follow {
		return a.watch(ctx, o, f, paths)
	}
	if len(paths) > 0 {
		bar := a.progressTo()
		report, err = a.ingester(o, f, bar).Run(ctx, paths...)
		bar.done()
	}
	if err != nil {
		return fmt.Errorf("ingest: %w", err)
	}
	if len(paths) == 0 {
		report.Elapsed = time.Since(began)
	}
	if err := a.showReport(report, f.dryRun); err != nil {
		return err
	}
	if len(report.Failed)+len(report.Held) > 0 {
		return errSomeFailed
	}
	return nil
}

// openToIngest makes the library if there is none; for a dry run it makes an
// empty one to throw away.
func (a *app) openToIngest(ctx context.Context, f ingestFlags, create bool) (*session, error) {
	if !f.dryRun {
		return a.open(ctx, library.Options{Create: create, AnyFingerprint: f.rebuild})
	}
	o, err := a.open(ctx, library.Options{ReadOnly: true, AnyFingerprint: f.rebuild})
	if errors.Is(err, rag.ErrNoLibrary) && errors.As(err, new(*hinted)) {
		return a.openThrowAway(ctx)
	}
	return o, err
}

func (a *app) ingester(o *session, f ingestFlags, bar *progress) *ingest.Ingester {
	return &ingest.Ingester{Store: o, Indexer: retrieve.Indexer{Embedder: o.embedder}, Options: ingest.Options{
		Space: f.space, KeepMissing: f.keepMissing, AnyRemoval: f.yes, DryRun: f.dryRun, Rebuild: f.rebuild, Formats: o.readers.Registry, Progress: bar.show, Log: a.log,
		Grace: o.config.RemovalGrace, FollowLinks: o.config.Read.Links == "follow", Exclude: slices.Concat(o.config.Read.Exclude, f.exclude),
	}}
}

// fill is the ingest of --from.
func (a *app) fill(ctx context.Context, o *session, paths []string, space string) (ingest.Report, error) {
	if err := staysInSpace(ctx, o, paths, space); err != nil {
		return ingest.Report{}, err
	}
	bar := a.progressTo()
	defer bar.done()
	return a.ingester(o, ingestFlags{space: space}, bar).Run(ctx, paths...)
}

// staysInSpace refuses to move documents to everyone because --space was
// forgotten: whoever means it says so.
func staysInSpace(ctx context.Context, o *session, paths []string, space string) error {
	if space != "" {
		return nil
	}
	for f, err := range o.Files(ctx) {
		if err != nil {
			return err
		}
		if f.Space == rag.Everyone {
			continue
		}
		for _, p := range paths {
			if abs, err := filepath.Abs(p); err == nil && ingest.IsUnder(f.Path, abs) {
				return &hinted{
					err:  fmt.Errorf("%s is in the space %s, and without --space it would move to everyone's", f.Path, f.Space),
					hint: fmt.Sprintf("say --space %s to keep it there, or --space %s to move it", f.Space, rag.Everyone),
				}
			}
		}
	}
	return nil
}

// reindex indexes anew what the library holds, if it was made with another
// embedder or if that is all there is to do, and returns the number of its
// passages.
func (a *app) reindex(ctx context.Context, o *session, always bool) (int, error) {
	stats, err := o.Stats(ctx)
	if err != nil {
		return 0, err
	}
	indexer := retrieve.Indexer{Embedder: o.embedder}
	if !always && stats.Fingerprint == rag.FingerprintOf(indexer.Embedder) {
		return 0, nil
	}
	bar := a.progressTo()
	defer bar.done()
	return stats.Passages, o.Rebuild(ctx, indexer, func(done, total int) { bar.set(done, total, "indexing") })
}

func (a *app) watch(ctx context.Context, o *session, f ingestFlags, paths []string) error {
	bar := a.progressTo()
	var broken error
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	err := a.ingester(o, f, bar).Watch(ctx, func(r ingest.Report) {
		bar.done()
		if err := a.showReport(r, false); err != nil {
			broken = err
			cancel()
		}
	}, paths...)
	switch {
	case broken != nil:
		return broken
	case err == nil && errors.Is(context.Cause(ctx), errTerminated):
		return nil
	case err == nil && ctx.Err() != nil:
		return errInterrupted
	case err != nil:
		return fmt.Errorf("watch: %w", err)
	}
	return nil
}

func (a *app) showReport(r ingest.Report, dryRun bool) error {
	if a.json {
		a.warnHeld(r.Held)
		return writeJSON(a.stdout, reportOf(r))
	}
	p := page{terminal: a.terminal(a.stdout)}
	would := ""
	if dryRun {
		would = "would be: "
	}
	p.line("%s%d added, %d changed, %d removed, %d unchanged, %d failed; %d passages in %s",
		would, r.Added, r.Changed, r.Removed, r.Unchanged, len(r.Failed), r.Passages, r.Elapsed.Round(time.Millisecond))
	if r.Skipped > 0 {
		p.line("%d files of other kinds passed over", r.Skipped)
	}
	if r.Ignored > 0 {
		p.line("%d files and folders passed over that an ignore file or --exclude names, or that programs keep", r.Ignored)
	}
	if r.Links > 0 {
		p.line("%s out of its PATH passed over; read: {links: follow} in docent.yaml follows all", read.Count(r.Links, "symbolic link"))
	}
	for _, h := range r.Held {
		p.line("%s %s: %s", p.red("held:"), printable(h.URI), heldBack(h))
		p.line("      %s", p.faint(printable(heldHint)))
	}
	for _, f := range r.Failed {
		p.line("%s %s: %s", p.red("failed:"), printable(f.URI), printable(reason(f)))
		if cure := hint(f.Err); cure != "" {
			p.line("        %s", p.faint(printable(cure)))
		}
	}
	return p.print()
}

// heldBack says what a source would have lost.
func heldBack(h rag.Held) string {
	if h.Away {
		return fmt.Sprintf("%d of %d documents are gone from it, and the disk that they were on is not there; all are kept", h.Lost, h.Of)
	}
	return fmt.Sprintf("%d of %d documents are gone from it, too many to be removed unasked; all are kept", h.Lost, h.Of)
}

// warnHeld tells of held sources on standard error.
func (a *app) warnHeld(held []rag.Held) {
	for _, h := range held {
		a.printProblem(h.URI+": "+heldBack(h), heldHint)
	}
}

// heldHint names no path and no flag but the one that matters: the others are
// those that it was ingested with.
const heldHint = "see whether its disk is there; if they are to go, ingest it as before, with --yes"

// reason says why a path failed, with the number of the line that did.
func reason(f ingest.Failure) string {
	if f.Line > 0 {
		return fmt.Sprintf("line %d: %v", f.Line, f.Err)
	}
	return f.Err.Error()
}
