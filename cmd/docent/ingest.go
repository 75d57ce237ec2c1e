package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/schollz/progressbar/v3"
	"github.com/spf13/cobra"

	"docent/ingest"
	"docent/rag"
	"docent/rag/embed"
	"docent/rag/library"
)

func (a *app) ingestCommand() *cobra.Command {
	var opts ingest.Options
	var watch bool
	c := &cobra.Command{
		Use:   "ingest PATH…",
		Short: "Read files and folders into the library; again, to bring it up to date",
		Long: `Ingest reads .txt, .md, .html and .jsonl files into the library. Run again, it
reads only what changed, replaces changed documents and removes those whose
file is gone. One document's failure never stops the others.`,
		Example: `  docent ingest ./handbook
  docent ingest --space board ./minutes
  docent ingest --watch ./handbook`,
		Args: arguments(cobra.MinimumNArgs(1)),
		RunE: func(cmd *cobra.Command, args []string) (err error) {
			lib, err := a.openForIngest(cmd.Context(), opts)
			if err != nil {
				return err
			}
			defer closing(&err, lib.Close)
			opts.Log = a.log()
			progress := a.progress()
			opts.Progress = progress.show
			in := a.ingester(lib, opts)
			if watch {
				return in.Watch(cmd.Context(), func(r ingest.Report) {
					progress.clear()
					a.printReport(r)
				}, args...)
			}
			report, err := in.Run(cmd.Context(), args...)
			progress.clear()
			if err != nil {
				return err
			}
			a.printReport(report)
			if len(report.Failed) > 0 {
				return silent(exitSomeFailed)
			}
			return nil
		},
	}
	flags := c.Flags()
	flags.StringVar(&opts.Space, "space", rag.Everyone, "the space of the documents, which decides who may see them")
	flags.BoolVar(&opts.KeepMissing, "keep-missing", false, "keep documents whose file is gone")
	flags.BoolVar(&opts.DryRun, "dry-run", false, "say what would be done and do nothing")
	flags.BoolVar(&opts.Rebuild, "rebuild", false, "index all documents anew and read every file again, whatever has changed")
	flags.BoolVar(&watch, "watch", false, "stay and follow the files as they change")
	return c
}

// openForIngest opens the library and, for a rebuild, first brings all that
// it holds up to date: searching goes on meanwhile.
func (a *app) openForIngest(ctx context.Context, opts ingest.Options) (*library.Library, error) {
	options := a.libraryOptions()
	options.Create, options.AnyFingerprint = true, opts.Rebuild
	if opts.DryRun {
		return a.openForDryRun(ctx, options)
	}
	lib, err := library.Open(ctx, a.library(), options)
	if err != nil || !opts.Rebuild {
		return lib, err
	}
	progress := a.progress()
	defer progress.clear()
	err = lib.Rebuild(ctx, rag.Indexer{Embedder: embed.NewHashed()}, func(done, total int) {
		progress.show(ingest.Progress{Done: done, Total: total, Path: "indexing anew"})
	})
	if err != nil {
		return nil, errors.Join(err, lib.Close())
	}
	return lib, nil
}

// openForDryRun leaves no library behind where there was none.
func (a *app) openForDryRun(ctx context.Context, options library.Options) (*library.Library, error) {
	options.ReadOnly = true
	lib, err := library.Open(ctx, a.library(), options)
	if !errors.Is(err, rag.ErrNoLibrary) {
		return lib, err
	}
	return nil, withHint(err, "a dry run compares with a library; the first ingest adds everything")
}

// bar shows progress on a terminal, and nothing in a pipe.
type bar struct {
	bar *progressbar.ProgressBar
}

func (a *app) progress() *bar {
	if a.json || !isTerminal(a.stderr) {
		return &bar{}
	}
	return &bar{bar: progressbar.NewOptions(1, progressbar.OptionSetWriter(a.stderr), progressbar.OptionClearOnFinish(),
		progressbar.OptionSetWidth(30), progressbar.OptionShowCount(), progressbar.OptionThrottle(100_000_000), progressbar.OptionSetDescription("reading"))}
}

func (b *bar) show(p ingest.Progress) {
	if b.bar == nil || p.Total == 0 {
		return
	}
	b.bar.ChangeMax(p.Total)
	_ = b.bar.Set(p.Done)
}

func (b *bar) clear() {
	if b.bar != nil {
		_ = b.bar.Clear()
	}
}

func (a *app) printReport(r ingest.Report) {
	if a.json {
		out := jsonReport{Added: r.Added, Changed: r.Changed, Removed: r.Removed, Unchanged: r.Unchanged,
			Failed: []jsonFailure{}, Passages: r.Passages, Seconds: r.Elapsed.Seconds()}
		for _, f := range r.Failed {
			out.Failed = append(out.Failed, jsonFailure{URI: f.URI, Error: failureText(f)})
		}
		_ = writeJSON(a.stdout, out)
		return
	}
	for _, f := range r.Failed {
		a.report(f)
	}
	fmt.Fprintf(a.stdout, "%d added, %d changed, %d removed, %d unchanged, %d failed; %d passages in %.1f s\n",
		r.Added, r.Changed, r.Removed, r.Unchanged, len(r.Failed), r.Passages, r.Elapsed.Seconds())
}

func failureText(f ingest.Failure) string {
	if f.Line > 0 {
		return fmt.Sprintf("line %d: %v", f.Line, f.Err)
	}
	return f.Err.Error()
}
