package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"

	"docent/ingest"
	"docent/rag"
	"docent/rag/embed"
	"docent/rag/library"
)

func (a *app) log() *slog.Logger {
	if !a.verbose {
		return slog.New(slog.DiscardHandler)
	}
	return slog.New(slog.NewTextHandler(a.stderr, &slog.HandlerOptions{Level: slog.LevelDebug}))
}

func (a *app) libraryOptions() library.Options {
	return library.Options{Fingerprint: rag.FingerprintOf(embed.NewHashed()), Log: a.log()}
}

// from is the flags of a command that searches: what, and for whom.
type from struct {
	paths  []string
	user   string
	spaces []string
	limit  int
}

// source opens what a question is put to: the library, or, with --from, the
// folders, ingested into the library when one is named and else into one that
// is thrown away by done.
func (a *app) open(ctx context.Context, f from) (lib *library.Library, done func() error, err error) {
	if len(f.paths) == 0 {
		opts := a.libraryOptions()
		opts.ReadOnly = true
		lib, err := library.Open(ctx, a.library(), opts)
		if err != nil {
			return nil, nil, err
		}
		return lib, lib.Close, nil
	}
	path, remove := a.libraryPath, func() error { return nil }
	opts := a.libraryOptions()
	opts.Create = true
	if path == "" {
		dir, err := os.MkdirTemp("", "docent-")
		if err != nil {
			return nil, nil, fmt.Errorf("make a throw-away library: %w", err)
		}
		path, remove = filepath.Join(dir, "library.db"), func() error { return os.RemoveAll(dir) }
		opts.Temporary = true
	}
	lib, err = library.Open(ctx, path, opts)
	if err != nil {
		return nil, nil, errors.Join(err, remove())
	}
	done = func() error { return errors.Join(lib.Close(), remove()) }
	if err := a.ingestFirst(ctx, lib, f.paths); err != nil {
		return nil, nil, errors.Join(err, done())
	}
	return lib, done, nil
}

// ingestFirst fills the library from the folders. What could not be read is
// said, and the rest is searched.
func (a *app) ingestFirst(ctx context.Context, lib *library.Library, paths []string) error {
	in := a.ingester(lib, ingest.Options{Space: rag.Everyone, Log: a.log()})
	report, err := in.Run(ctx, paths...)
	if err != nil {
		return err
	}
	for _, f := range report.Failed {
		a.report(f)
	}
	if report.Added+report.Changed+report.Unchanged == 0 {
		return withHint(fmt.Errorf("no document could be read from %v", paths), "docent reads .txt, .md, .html and .jsonl")
	}
	return nil
}

func (a *app) ingester(lib *library.Library, opts ingest.Options) *ingest.Ingester {
	return &ingest.Ingester{Store: lib, Indexer: rag.Indexer{Embedder: embed.NewHashed()}, Options: opts}
}

func retriever(lib *library.Library, f from) rag.Retriever {
	return rag.Retriever{Library: lib, Embedder: embed.NewHashed(), Limit: f.limit}
}

// closing joins the error of a close to the error that a command ends with.
func closing(err *error, done func() error) { *err = errors.Join(*err, done()) }

func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}
