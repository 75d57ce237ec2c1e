package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"docent/ingest"
	"docent/rag"
	"docent/rag/eval"
	"docent/rag/library"
	"docent/rag/retrieve"
)

// Sets are question sets whose documents make one library.
type Sets struct {
	Name string
	Sets []eval.Set
}

// readSets reads a library's sets from "name=folder,folder"; without a name it is
// called as its first folder.
func readSets(arg string) (Sets, error) {
	name, folders, named := strings.Cut(arg, "=")
	if !named {
		folders = arg
	}
	s := Sets{Name: name}
	for folder := range strings.SplitSeq(folders, ",") {
		set, err := eval.Load(folder, eval.Options{})
		if err != nil {
			return s, err
		}
		s.Sets = append(s.Sets, set)
	}
	if !named {
		s.Name = s.Sets[0].Name
	}
	return s, nil
}

// shelved is a library in which each document is in a space of its own, so that
// it can be searched as if it held only some of them.
type shelved struct {
	*library.Library
	// heldOut are documents that it does not take.
	heldOut []string
	spaces  []string
	dir     string
}

// Put implements ingest.Store.
func (s *shelved) Put(ctx context.Context, doc rag.Document, passages []rag.Passage) error {
	if slices.Contains(s.heldOut, string(doc.ID)) {
		return nil
	}
	doc.Space = string(doc.ID)
	return s.Library.Put(ctx, doc, passages)
}

func (s *shelved) Close() error { return errors.Join(s.Library.Close(), os.RemoveAll(s.dir)) }

// build makes a library of the documents of the sets that are not held out.
func (s Sets) build(ctx context.Context, e rag.Embedder, held eval.DocumentList, log *slog.Logger) (*shelved, error) {
	dir, err := os.MkdirTemp("", "trainranker")
	if err != nil {
		return nil, fmt.Errorf("make a library: %w", err)
	}
	lib, err := library.Open(ctx, filepath.Join(dir, "library.db"), library.Options{
		Fingerprint: rag.FingerprintOf(e), Create: true, Temporary: true, Log: log,
	})
	if err != nil {
		return nil, errors.Join(err, os.RemoveAll(dir))
	}
	shelves := &shelved{Library: lib, dir: dir}
	if err := shelves.fill(ctx, s.Sets, e, held, log); err != nil {
		return nil, errors.Join(err, shelves.Close())
	}
	return shelves, nil
}

func (s *shelved) fill(ctx context.Context, sets []eval.Set, e rag.Embedder, held eval.DocumentList, log *slog.Logger) error {
	var paths []string
	for _, set := range sets {
		s.heldOut = append(s.heldOut, held[set.Name]...)
		paths = append(paths, set.Views[0].Corpus.Paths...)
	}
	ingester := ingest.Ingester{Store: s, Indexer: retrieve.Indexer{Embedder: e}, Options: ingest.Options{Log: log}}
	report, err := ingester.Run(ctx, paths...)
	if err == nil && len(report.Failed) > 0 {
		err = fmt.Errorf("read %s: %w", report.Failed[0].URI, report.Failed[0].Err)
	}
	if err != nil {
		return err
	}
	for d, err := range s.Documents(ctx, rag.Operator()) {
		if err != nil {
			return fmt.Errorf("list the documents: %w", err)
		}
		s.spaces = append(s.spaces, d.Space)
	}
	slices.Sort(s.spaces)
	return nil
}

// draw are the spaces of a library of that many documents, with that of the
// question's own; none for all of them. The draw is the question's own.
func (s *shelved) draw(of eval.Question, size int) []string {
	if size == 0 || size >= len(s.spaces) {
		return nil
	}
	var drawn []string
	if slices.Contains(s.spaces, of.Document) {
		drawn = append(drawn, of.Document)
	}
	random := rand.New(rand.NewPCG(hashOf(of.ID), uint64(size))) //nolint:gosec // it must be repeatable, and hides nothing
	for _, at := range random.Perm(len(s.spaces)) {
		if len(drawn) < size && s.spaces[at] != of.Document {
			drawn = append(drawn, s.spaces[at])
		}
	}
	return drawn
}
