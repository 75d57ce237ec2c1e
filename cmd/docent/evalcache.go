package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"docent/ingest"
	"docent/ingest/read"
	"docent/rag"
	"docent/rag/answer"
	"docent/rag/eval"
	"docent/rag/library"
	"docent/rag/retrieve"
)

// evalCache makes the corpora of question sets searchable, and keeps the libraries
// so that the next run finds them:
//
//	DIR/<content, reading, embedder>/<program>/library.db
//	                                           manifest.json
//
// The program counts, since another one may read and split in another way. A
// library is there whole or not at all, and one that was damaged since is made
// anew.
type evalCache struct {
	app      *app
	config   config
	dir      string
	embedder rag.Embedder
	// program identifies the running program.
	program func() (string, error)
}

func (a *app) newEvalCache(c config, dir string, e rag.Embedder) *evalCache {
	return &evalCache{app: a, config: c, dir: dir, embedder: e, program: sync.OnceValues(programHash)}
}

// programHash is of the program's file. No version will do: a developer's
// program changes without a new one.
func programHash() (string, error) {
	path, err := os.Executable()
	if err != nil {
		return "", err
	}
	sum, err := fileHash(path)
	if err != nil {
		return "", err
	}
	return sum[:12], nil
}

// Open implements eval.Opener.
func (c *evalCache) Open(ctx context.Context, corpus eval.Corpus) (eval.System, error) {
	m, dir, err := c.ensure(ctx, corpus)
	if err != nil {
		return nil, err
	}
	lib, err := library.Open(ctx, filepath.Join(dir, libraryName), library.Options{
		Fingerprint: rag.FingerprintOf(c.embedder), ReadOnly: true, Log: c.app.log,
	})
	if err != nil {
		return nil, fmt.Errorf("open a library made for an evaluation: %w", err)
	}
	retriever := retrieve.Retriever{Library: lib, Embedder: c.embedder}
	return &cachedSystem{Retriever: retriever, Answerer: answer.Answerer{Retriever: retriever}, library: lib, notes: m.Notes}, nil
}

// ensure is where the corpus's library lies, which is made if need be.
func (c *evalCache) ensure(ctx context.Context, corpus eval.Corpus) (_ manifest, dir string, err error) {
	formats, err := c.app.formats(c.config)
	if err != nil {
		return manifest{}, "", err
	}
	defer func() { err = errors.Join(err, formats.Pool.Close()) }()
	if dir, err = c.path(corpus, formats.Pool); err != nil {
		return manifest{}, "", err
	}
	m, err := readManifest(dir)
	if err != nil {
		c.app.log.Debug("making a library", "dir", dir, "because", err)
		m, err = c.create(ctx, dir, corpus, formats)
	}
	return m, dir, err
}

// cachedSystem is a corpus as an evaluation asks it.
type cachedSystem struct {
	retrieve.Retriever
	answer.Answerer
	library *library.Library
	notes   []string
}

func (s *cachedSystem) Close() error    { return s.library.Close() }
func (s *cachedSystem) Notes() []string { return s.notes }

// path is the folder of a corpus's library. How documents are read counts,
// but not where a reader keeps what it could make again.
func (c *evalCache) path(corpus eval.Corpus, pool *read.Pool) (string, error) {
	content, err := corpus.Hash()
	if err != nil {
		return "", err
	}
	program, err := c.program()
	if err != nil {
		return "", fmt.Errorf("identify the program: %w", err)
	}
	options := pool.Options
	options.Cache = ""
	sum := sha256.Sum256(fmt.Appendf(nil, "%s\n%+v\n%d %d\n%s", content, options, pool.Memory, pool.Time, rag.FingerprintOf(c.embedder)))
	return filepath.Join(c.dir, hex.EncodeToString(sum[:8]), program), nil
}

// create ingests the corpus beside the place of its library, and then puts it
// there.
func (c *evalCache) create(ctx context.Context, dir string, corpus eval.Corpus, formats read.Registry) (_ manifest, err error) {
	if err := os.MkdirAll(filepath.Dir(dir), 0o700); err != nil {
		return manifest{}, fmt.Errorf("make the cache: %w", err)
	}
	scratch, err := os.MkdirTemp(filepath.Dir(dir), "new-")
	if err != nil {
		return manifest{}, fmt.Errorf("make the cache: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(scratch)) }()
	m, err := c.build(ctx, scratch, corpus, formats)
	if err != nil {
		return manifest{}, err
	}
	if err := install(filepath.Join(scratch, stagingName), dir); err != nil {
		return manifest{}, fmt.Errorf("keep the library: %w", err)
	}
	return m, evict(filepath.Dir(dir), filepath.Base(dir))
}

// install moves a finished library to its place. One that another process has put
// there meanwhile stays, as it may be in use and is as good; a damaged one goes.
func install(finished, dir string) error {
	moved := os.Rename(finished, dir)
	if moved == nil {
		return nil
	}
	if _, err := readManifest(dir); err == nil {
		return nil
	}
	if err := os.RemoveAll(dir); err != nil {
		return errors.Join(moved, err)
	}
	return os.Rename(finished, dir)
}

// build makes the library and its manifest in the folder stagingName of scratch.
func (c *evalCache) build(ctx context.Context, scratch string, corpus eval.Corpus, formats read.Registry) (manifest, error) {
	whole, unpacked := filepath.Join(scratch, stagingName), filepath.Join(scratch, "unpacked")
	for _, dir := range []string{whole, unpacked} {
		if err := os.Mkdir(dir, 0o700); err != nil {
			return manifest{}, err
		}
	}
	paths, err := corpus.Unpack(unpacked)
	if err != nil {
		return manifest{}, err
	}
	report, err := c.ingest(ctx, filepath.Join(whole, libraryName), formats, paths)
	if err != nil {
		return manifest{}, err
	}
	sum, err := fileHash(filepath.Join(whole, libraryName))
	if err != nil {
		return manifest{}, err
	}
	m := manifest{Sum: sum, Notes: failureNotes(report)}
	data, err := json.Marshal(m)
	if err != nil {
		return manifest{}, err
	}
	return m, os.WriteFile(filepath.Join(whole, manifestName), data, 0o600)
}

func (c *evalCache) ingest(ctx context.Context, path string, formats read.Registry, paths []string) (_ ingest.Report, err error) {
	lib, err := library.Open(ctx, path, library.Options{
		Fingerprint: rag.FingerprintOf(c.embedder), Create: true, Temporary: true, Log: c.app.log,
	})
	if err != nil {
		return ingest.Report{}, err
	}
	s := &session{Library: lib, embedder: c.embedder, formats: formats}
	defer func() { err = errors.Join(err, lib.Close()) }()
	bar := c.app.progressTo()
	defer bar.done()
	report, err := c.app.ingester(s, ingestFlags{}, bar).Run(ctx, paths...)
	if err == nil && report.Added == 0 {
		err = eval.ErrUnreadable
		if len(report.Failed) > 0 {
			err = fmt.Errorf("%w: %s: %s", err, report.Failed[0].URI, reason(report.Failed[0]))
		}
	}
	return report, err
}

// staleAfter is after what time a library of another program is removed.
const staleAfter = 24 * time.Hour

// evict removes the libraries that other programs made of the same corpus
// and have not asked for a day, and what was left behind by a crash.
func evict(dir, keep string) error {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	old := slices.DeleteFunc(entries, func(e fs.DirEntry) bool {
		info, err := e.Info()
		return e.Name() == keep || err != nil || time.Since(info.ModTime()) < staleAfter
	})
	var errs []error
	for _, e := range old {
		errs = append(errs, os.RemoveAll(filepath.Join(dir, e.Name())))
	}
	return errors.Join(errs...)
}
