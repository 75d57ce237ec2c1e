package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"docent/ingest/read"
	"docent/rag"
	"docent/rag/library"
	"docent/rag/retrieve"
)

// opened is a library that a command works with, and that may live no longer
// than the command.
type opened struct {
	*library.Library
	config config
	// embedder is nil for a library that is open for what embeds nothing, and
	// held what it holds open.
	embedder rag.Embedder
	held     closers
	// formats are set where documents will be read.
	formats read.Registry
	// throwAway is the folder to remove at the end, "" for none.
	throwAway string
}

func (o *opened) Close() error {
	err := errors.Join(o.Library.Close(), o.held.Close())
	if o.formats.Pool != nil {
		err = errors.Join(err, o.formats.Pool.Close())
	}
	if o.throwAway != "" {
		err = errors.Join(err, os.RemoveAll(o.throwAway))
	}
	return err
}

// retriever searches the library as the configuration has it.
func (o *opened) retriever() retrieve.Retriever {
	return retrieve.Retriever{Library: o, Embedder: o.embedder, Aliases: retrieve.NewAliases(o.config.Aliases)}
}

// open opens the library that flags, environment and configuration name.
func (a *app) open(ctx context.Context, options library.Options) (*opened, error) {
	c, err := a.settings()
	if err != nil {
		return nil, err
	}
	e, held, err := a.embedder(ctx, c)
	if err != nil {
		return nil, err
	}
	options.Fingerprint = rag.FingerprintOf(e)
	o, err := a.openAs(ctx, c, options)
	if err != nil {
		return nil, errors.Join(err, held.Close())
	}
	o.embedder, o.held = e, held
	return o, nil
}

// openAny is open for what embeds nothing: whatever the library was made with,
// and whether or not the embedder is there.
func (a *app) openAny(ctx context.Context, options library.Options) (*opened, error) {
	c, err := a.settings()
	if err != nil {
		return nil, err
	}
	options.AnyFingerprint = true
	return a.openAs(ctx, c, options)
}

func (a *app) openAs(ctx context.Context, c config, options library.Options) (*opened, error) {
	path, err := a.libraryPath(c)
	if err != nil {
		return nil, err
	}
	options.Log = a.log
	lib, err := library.Open(ctx, path, options)
	if err != nil {
		if errors.Is(err, rag.ErrNoLibrary) && isNothing(path) {
			err = &hinted{err: err, hint: "make one with: docent ingest PATH, or ask a folder with: docent ask --from PATH"}
		}
		return nil, err
	}
	return &opened{Library: lib, config: c}, nil
}

// isNothing reports whether there is no file, or one that was made and not
// yet filled.
func isNothing(path string) bool {
	info, err := os.Stat(path)
	return errors.Is(err, fs.ErrNotExist) || err == nil && info.Size() == 0
}

// openFrom is open after an ingest of the paths: into the library that
// --library names, or else into a throw-away one. Without paths it is open.
func (a *app) openFrom(ctx context.Context, paths []string, space string) (o *opened, err error) {
	if len(paths) == 0 {
		return a.open(ctx, library.Options{ReadOnly: true})
	}
	if a.library != "" {
		o, err = a.toRead(a.open(ctx, library.Options{Create: true}))
	} else {
		o, err = a.toRead(a.openThrowAway(ctx))
	}
	if err != nil {
		return nil, err
	}
	if o.throwAway != "" {
		o.formats.Pool.Kept = a.kept(o.config)
	}
	report, err := a.fill(ctx, o, paths, space)
	if err != nil {
		return nil, errors.Join(err, o.Close())
	}
	a.warnHeld(report.Held)
	for _, f := range report.Failed {
		a.warn("%s: %s", f.URI, reason(f))
	}
	return o, nil
}

func (a *app) openThrowAway(ctx context.Context) (*opened, error) {
	c, err := a.settings()
	if err != nil {
		return nil, err
	}
	e, held, err := a.embedder(ctx, c)
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", "docent-")
	if err != nil {
		return nil, errors.Join(fmt.Errorf("make a throw-away library: %w", err), held.Close())
	}
	lib, err := library.Open(ctx, filepath.Join(dir, "library.db"), library.Options{
		Fingerprint: rag.FingerprintOf(e), Create: true, Temporary: true, Log: a.log,
	})
	if err != nil {
		return nil, errors.Join(err, os.RemoveAll(dir), held.Close())
	}
	return &opened{Library: lib, config: c, embedder: e, held: held, throwAway: dir}, nil
}

// toRead completes what was opened with what documents are read with.
func (a *app) toRead(o *opened, err error) (*opened, error) {
	if err != nil {
		return nil, err
	}
	if o.formats, err = a.formats(o.config); err != nil {
		return nil, errors.Join(err, o.Close())
	}
	return o, nil
}

// closing closes at the end of a command, whose own error goes first.
func closing(o *opened, err *error) {
	if closed := o.Close(); *err == nil && closed != nil {
		*err = fmt.Errorf("close the library: %w", closed)
	}
}
