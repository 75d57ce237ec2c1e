package main

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"iter"
	"math"
	"os"
	"path/filepath"

	"docent/ingest"
	"docent/ingest/read/sandbox"
	"docent/rag"
	"docent/rag/answer"
	"docent/rag/eval"
	"docent/rag/library"
	"docent/rag/retrieve"
)

// evalOpener makes the corpora of question sets searchable.
type evalOpener struct {
	app      *app
	config   config
	dir      string
	embedder rag.Embedder
	// program is programHash.
	program string
}

// programHash is of the program's file. No version will do: a developer's
// program changes without a new one.
func programHash() (string, error) {
	path, err := os.Executable()
	var program *os.File
	if err == nil {
		program, err = os.Open(path)
	}
	sum := sha256.New()
	if err == nil {
		defer program.Close()
		_, err = io.Copy(sum, program)
	}
	if err != nil {
		return "", fmt.Errorf("identify the program: %w", err)
	}
	return fmt.Sprintf("%x", sum.Sum(nil)[:6]), nil
}

// Open implements eval.Opener.
func (o evalOpener) Open(ctx context.Context, corpus eval.Corpus) (_ eval.System, err error) {
	readers, err := o.app.readers(o.config)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, readers.Close()) }()
	path, notes, err := eval.Cache{
		Dir: o.dir, Settings: o.settings(readers.pool), Program: o.program, Log: o.app.log,
		Build: func(ctx context.Context, path string, documents []string) ([]string, error) {
			return o.build(ctx, path, readers, documents, corpus.Apart)
		},
	}.Library(ctx, corpus)
	if err != nil {
		return nil, err
	}
	lib, err := library.Open(ctx, path, library.Options{
		Fingerprint: rag.FingerprintOf(o.embedder), ReadOnly: true, Log: o.app.log,
	})
	if err != nil {
		return nil, fmt.Errorf("open a library made for an evaluation: %w", err)
	}
	return o.system(&session{Library: lib, config: o.config, embedder: o.embedder}, notes)
}

// system asks a library as ask and search do without a language model.
func (o evalOpener) system(s *session, notes []string) (eval.System, error) {
	retriever, err := o.app.retriever(s)
	if err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return &evalSystem{Retriever: retriever, Answerer: extractive(s, retriever, 0), session: s, notes: notes}, nil
}

// settings is what libraries of one corpus differ in; but for where a reader
// keeps what it could make again.
func (o evalOpener) settings(pool *sandbox.Pool) string {
	options := pool.Options
	options.Cache = ""
	return fmt.Sprintf("%+v\n%d %d\n%s", options, pool.Memory, pool.Time, rag.FingerprintOf(o.embedder))
}

// evalSystem is a corpus as an evaluation asks it.
type evalSystem struct {
	retrieve.Retriever
	answer.Answerer
	session *session
	notes   []string
}

func (s *evalSystem) Close() error    { return s.session.Close() }
func (s *evalSystem) Notes() []string { return s.notes }

// Attempt implements eval.System.
func (s *evalSystem) Attempt(ctx context.Context, req rag.SearchRequest) (rag.Answer, error) {
	whatever := s.Answerer
	whatever.Threshold = math.SmallestNonzeroFloat64
	return whatever.Answer(ctx, req)
}

func (s *evalSystem) Document(ctx context.Context, id rag.DocumentID, a rag.Audience) (rag.Document, error) {
	return s.session.Document(ctx, id, a)
}

func (s *evalSystem) Documents(ctx context.Context, a rag.Audience) iter.Seq2[rag.DocumentInfo, error] {
	return s.session.Documents(ctx, a)
}

// apartStore puts each document into a space of its own.
type apartStore struct{ *session }

func (s apartStore) Put(ctx context.Context, doc rag.Document, passages []rag.Passage) error {
	doc.Space = string(doc.ID)
	return s.session.Put(ctx, doc, passages)
}

// build ingests the documents into a library at the path.
func (o evalOpener) build(ctx context.Context, path string, readers readers, documents []string, apart bool) (notes []string, err error) {
	lib, err := library.Open(ctx, path, library.Options{
		Fingerprint: rag.FingerprintOf(o.embedder), Create: true, Temporary: true, Log: o.app.log,
	})
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, lib.Close()) }()
	bar := o.app.progressTo()
	defer bar.done()
	s := &session{Library: lib, embedder: o.embedder, readers: readers}
	ingester := o.app.ingester(s, ingestFlags{}, bar)
	if apart {
		ingester.Store = apartStore{s}
	}
	report, err := ingester.Run(ctx, documents...)
	if err == nil && report.Added == 0 {
		err = eval.ErrUnreadable
		if len(report.Failed) > 0 {
			err = fmt.Errorf("%w: %s: %s", err, report.Failed[0].URI, reason(report.Failed[0]))
		}
	}
	return failureNotes(report), err
}

// mostNotes bounds how many failures are told one by one.
const mostNotes = 5

func failureNotes(r ingest.Report) []string {
	notes := []string{}
	for i, f := range r.Failed {
		if i == mostNotes {
			notes = append(notes, fmt.Sprintf("%d more failed", len(r.Failed)-i))
			break
		}
		notes = append(notes, fmt.Sprintf("%s: %s", filepath.Base(f.URI), reason(f)))
	}
	return notes
}
