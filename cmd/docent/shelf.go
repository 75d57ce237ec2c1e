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

// shelf makes the corpora of question sets searchable, and keeps the libraries
// so that the next run finds them:
//
//	DIR/<content, reading, embedder>/<program>/library.db
//	                                           shelf.json
//
// The program counts, since another one may read and split in another way. A
// library is there whole or not at all, and one that was damaged since is made
// anew.
type shelf struct {
	app      *app
	config   config
	dir      string
	embedder rag.Embedder
	// program identifies the running program.
	program func() (string, error)
}

func (a *app) newShelf(c config, dir string, e rag.Embedder) *shelf {
	return &shelf{app: a, config: c, dir: dir, embedder: e, program: sync.OnceValues(programHash)}
}

// programHash is of the program's file. No version will do: a developer's
// program changes without a new one.
func programHash() (string, error) {
	path, err := os.Executable()
	if err != nil {
		return "", err
	}
	sum, err := sumOf(path)
	if err != nil {
		return "", err
	}
	return sum[:12], nil
}

// Open implements eval.Opener.
func (s *shelf) Open(ctx context.Context, corpus eval.Corpus) (eval.System, error) {
	l, dir, err := s.find(ctx, corpus)
	if err != nil {
		return nil, err
	}
	lib, err := library.Open(ctx, filepath.Join(dir, shelvedName), library.Options{
		Fingerprint: rag.FingerprintOf(s.embedder), ReadOnly: true, Log: s.app.log,
	})
	if err != nil {
		return nil, fmt.Errorf("open a library made for an evaluation: %w", err)
	}
	retriever := retrieve.Retriever{Library: lib, Embedder: s.embedder}
	return &shelved{Retriever: retriever, Answerer: answer.Answerer{Retriever: retriever}, library: lib, notes: l.Notes}, nil
}

// find is where the corpus's library lies, which is made if need be.
func (s *shelf) find(ctx context.Context, corpus eval.Corpus) (_ label, dir string, err error) {
	formats, err := s.app.formats(s.config)
	if err != nil {
		return label{}, "", err
	}
	defer func() { err = errors.Join(err, formats.Pool.Close()) }()
	if dir, err = s.place(corpus, formats.Pool); err != nil {
		return label{}, "", err
	}
	l, err := readLabel(dir)
	if err != nil {
		s.app.log.Debug("making a library", "dir", dir, "because", err)
		l, err = s.make(ctx, dir, corpus, formats)
	}
	return l, dir, err
}

// shelved is a corpus as an evaluation asks it.
type shelved struct {
	retrieve.Retriever
	answer.Answerer
	library *library.Library
	notes   []string
}

func (s *shelved) Close() error    { return s.library.Close() }
func (s *shelved) Notes() []string { return s.notes }

// place is the folder of a corpus's library. How documents are read counts,
// but not where a reader keeps what it could make again.
func (s *shelf) place(corpus eval.Corpus, pool *read.Pool) (string, error) {
	content, err := corpus.Hash()
	if err != nil {
		return "", err
	}
	program, err := s.program()
	if err != nil {
		return "", fmt.Errorf("identify the program: %w", err)
	}
	options := pool.Options
	options.Cache = ""
	sum := sha256.Sum256(fmt.Appendf(nil, "%s\n%+v\n%d %d\n%s", content, options, pool.Memory, pool.Time, rag.FingerprintOf(s.embedder)))
	return filepath.Join(s.dir, hex.EncodeToString(sum[:8]), program), nil
}

// make ingests the corpus beside the place of its library, and then puts it
// there.
func (s *shelf) make(ctx context.Context, dir string, corpus eval.Corpus, formats read.Registry) (_ label, err error) {
	if err := os.MkdirAll(filepath.Dir(dir), 0o700); err != nil {
		return label{}, fmt.Errorf("make the cache: %w", err)
	}
	scratch, err := os.MkdirTemp(filepath.Dir(dir), "new-")
	if err != nil {
		return label{}, fmt.Errorf("make the cache: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(scratch)) }()
	l, err := s.fill(ctx, scratch, corpus, formats)
	if err != nil {
		return label{}, err
	}
	if err := put(filepath.Join(scratch, wholeName), dir); err != nil {
		return label{}, fmt.Errorf("keep the library: %w", err)
	}
	return l, tidyShelf(filepath.Dir(dir), filepath.Base(dir))
}

// put moves a finished library to its place. One that another process has put
// there meanwhile stays, as it may be in use and is as good; a damaged one goes.
func put(finished, dir string) error {
	moved := os.Rename(finished, dir)
	if moved == nil {
		return nil
	}
	if _, err := readLabel(dir); err == nil {
		return nil
	}
	if err := os.RemoveAll(dir); err != nil {
		return errors.Join(moved, err)
	}
	return os.Rename(finished, dir)
}

// fill makes the library and its label in the folder wholeName of scratch.
func (s *shelf) fill(ctx context.Context, scratch string, corpus eval.Corpus, formats read.Registry) (label, error) {
	whole, unpacked := filepath.Join(scratch, wholeName), filepath.Join(scratch, "unpacked")
	for _, dir := range []string{whole, unpacked} {
		if err := os.Mkdir(dir, 0o700); err != nil {
			return label{}, err
		}
	}
	paths, err := corpus.Unpack(unpacked)
	if err != nil {
		return label{}, err
	}
	report, err := s.ingest(ctx, filepath.Join(whole, shelvedName), formats, paths)
	if err != nil {
		return label{}, err
	}
	sum, err := sumOf(filepath.Join(whole, shelvedName))
	if err != nil {
		return label{}, err
	}
	l := label{Sum: sum, Notes: notesOf(report)}
	data, err := json.Marshal(l)
	if err != nil {
		return label{}, err
	}
	return l, os.WriteFile(filepath.Join(whole, labelName), data, 0o600)
}

func (s *shelf) ingest(ctx context.Context, path string, formats read.Registry, paths []string) (_ ingest.Report, err error) {
	lib, err := library.Open(ctx, path, library.Options{
		Fingerprint: rag.FingerprintOf(s.embedder), Create: true, Temporary: true, Log: s.app.log,
	})
	if err != nil {
		return ingest.Report{}, err
	}
	o := &opened{Library: lib, embedder: s.embedder, formats: formats}
	defer func() { err = errors.Join(err, lib.Close()) }()
	bar := s.app.progressTo()
	defer bar.done()
	report, err := s.app.ingester(o, ingestFlags{}, bar).Run(ctx, paths...)
	if err == nil && report.Added == 0 {
		err = eval.ErrUnreadable
		if len(report.Failed) > 0 {
			err = fmt.Errorf("%w: %s: %s", err, report.Failed[0].URI, reason(report.Failed[0]))
		}
	}
	return report, err
}

// unused is after what time a library of another program is removed.
const unused = 24 * time.Hour

// tidyShelf removes the libraries that other programs made of the same corpus
// and have not asked for a day, and what was left behind by a crash.
func tidyShelf(dir, keep string) error {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	old := slices.DeleteFunc(entries, func(e fs.DirEntry) bool {
		info, err := e.Info()
		return e.Name() == keep || err != nil || time.Since(info.ModTime()) < unused
	})
	var errs []error
	for _, e := range old {
		errs = append(errs, os.RemoveAll(filepath.Join(dir, e.Name())))
	}
	return errors.Join(errs...)
}
