package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"docent/rag"
	"docent/rag/library"
	"docent/rag/retrieve"
)

// session is a library that a command works with, and that may live no longer
// than the command.
type session struct {
	*library.Library
	config config
	// embedder is nil for a library that is open for what embeds nothing, and
	// held what it holds open.
	embedder rag.Embedder
	held     closers
	// readers are set where documents will be read.
	readers readers
	// throwAway is the folder to remove at the end, "" for none.
	throwAway string
}

func (s *session) Close() error {
	err := errors.Join(s.Library.Close(), s.held.Close(), s.readers.Close())
	if s.throwAway != "" {
		err = errors.Join(err, os.RemoveAll(s.throwAway))
	}
	return err
}

// retriever searches the library as the configuration has it.
func (s *session) retriever() retrieve.Retriever {
	return retrieve.Retriever{Library: s, Embedder: s.embedder, Aliases: retrieve.NewAliases(s.config.Aliases)}
}

// open opens the library that flags, environment and configuration name.
func (a *app) open(ctx context.Context, options library.Options) (*session, error) {
	return a.openAt(ctx, "", options)
}

// openAt is open for the library at a path, if that is not "".
func (a *app) openAt(ctx context.Context, path string, options library.Options) (*session, error) {
	c, err := a.settings()
	if err != nil {
		return nil, err
	}
	e, held, err := a.embedder(ctx, c)
	if err != nil {
		return nil, err
	}
	options.Fingerprint = rag.FingerprintOf(e)
	s, err := a.openAs(ctx, path, c, options)
	if err != nil {
		return nil, errors.Join(err, held.Close())
	}
	s.embedder, s.held = e, held
	return s, nil
}

// openAny is open for what embeds nothing: whatever the library was made with,
// and whether or not the embedder is there.
func (a *app) openAny(ctx context.Context, options library.Options) (*session, error) {
	c, err := a.settings()
	if err != nil {
		return nil, err
	}
	options.AnyFingerprint = true
	return a.openAs(ctx, "", c, options)
}

func (a *app) openAs(ctx context.Context, path string, c config, options library.Options) (_ *session, err error) {
	if path == "" {
		if path, err = a.libraryPath(c); err != nil {
			return nil, err
		}
	}
	options.Log = a.log
	if k := c.KeepRemoved; k != nil {
		if options.KeepRemoved = *k; *k == 0 {
			options.KeepRemoved = -1
		}
	}
	lib, err := library.Open(ctx, path, options)
	if err != nil {
		if errors.Is(err, rag.ErrNoLibrary) && isMissingOrEmpty(path) {
			err = &hinted{err: err, hint: "make one with: docent ingest PATH, or ask a folder with: docent ask --from PATH"}
		}
		return nil, err
	}
	return &session{Library: lib, config: c}, nil
}

// isMissingOrEmpty reports whether there is no file, or one that was made and not
// yet filled.
func isMissingOrEmpty(path string) bool {
	info, err := os.Stat(path)
	return errors.Is(err, fs.ErrNotExist) || err == nil && info.Size() == 0
}

// openFrom is open after an ingest of the paths: into the library that
// --library names, or else into a throw-away one. Without paths it is open.
func (a *app) openFrom(ctx context.Context, paths []string, space string) (s *session, err error) {
	if len(paths) == 0 {
		return a.open(ctx, library.Options{ReadOnly: true})
	}
	if a.library != "" {
		s, err = a.withFormats(a.open(ctx, library.Options{Create: true}))
	} else {
		s, err = a.withFormats(a.openThrowAway(ctx))
	}
	if err != nil {
		return nil, err
	}
	if s.throwAway != "" {
		s.readers.pool.Cache = a.readCache(s.config)
	}
	report, err := a.fill(ctx, s, paths, space)
	if err != nil {
		return nil, errors.Join(err, s.Close())
	}
	a.warnHeld(report.Held)
	for _, f := range report.Failed {
		a.warn("%s: %s", f.URI, reason(f))
	}
	return s, nil
}

func (a *app) openThrowAway(ctx context.Context) (*session, error) {
	dir, err := os.MkdirTemp("", "docent-")
	if err != nil {
		return nil, &hinted{err: fmt.Errorf("make a throw-away library: %w", err), hint: "name a folder that may be written with TMPDIR"}
	}
	s, err := a.openAt(ctx, filepath.Join(dir, "library.db"), library.Options{Create: true, Temporary: true})
	if err != nil {
		return nil, errors.Join(err, os.RemoveAll(dir))
	}
	s.throwAway = dir
	return s, nil
}

// withFormats completes what was opened with what documents are read with.
func (a *app) withFormats(s *session, err error) (*session, error) {
	if err != nil {
		return nil, err
	}
	if s.readers, err = a.readers(s.config); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

// closeSession closes at the end of a command, whose own error goes first.
func closeSession(s *session, err *error) {
	if closed := s.Close(); *err == nil && closed != nil {
		*err = fmt.Errorf("close the library: %w", closed)
	}
}

// closers are closed together, last first.
type closers []io.Closer

// Close returns the first error.
func (c closers) Close() (err error) {
	for i := len(c) - 1; i >= 0; i-- {
		if closed := c[i].Close(); err == nil {
			err = closed
		}
	}
	return err
}
