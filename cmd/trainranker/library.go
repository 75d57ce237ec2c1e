package main

import (
	"bufio"
	"context"
	"encoding/json"
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
	var s Sets
	for folder := range strings.SplitSeq(folders, ",") {
		set, err := eval.Load(folder, eval.Options{})
		if err != nil {
			return s, err
		}
		s.Sets = append(s.Sets, set)
	}
	s.Name = name
	if !named {
		s.Name = s.Sets[0].Name
	}
	return s, nil
}

// shelved is a library in which each document is in a space of its own, so that
// it can be searched as if it held only some of them.
type shelved struct {
	*library.Library
	spaces []string
	dir    string
}

// Put implements ingest.Store.
func (s *shelved) Put(ctx context.Context, doc rag.Document, passages []rag.Passage) error {
	doc.Space = string(doc.ID)
	return s.Library.Put(ctx, doc, passages)
}

func (s *shelved) Close() error { return errors.Join(s.Library.Close(), os.RemoveAll(s.dir)) }

// build makes a library of the documents of the sets that keep says yes to.
func (s Sets) build(ctx context.Context, e rag.Embedder, keep func(set, document string) bool, log *slog.Logger) (_ *shelved, err error) {
	dir, err := os.MkdirTemp("", "trainranker")
	if err != nil {
		return nil, fmt.Errorf("make a library: %w", err)
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.RemoveAll(dir))
		}
	}()
	var paths []string
	for _, set := range s.Sets {
		for i, path := range set.Views[0].Corpus.Paths {
			to := filepath.Join(dir, fmt.Sprint(set.Name, i), filepath.Base(path))
			if err := filtered(path, to, func(id string) bool { return keep(set.Name, id) }); err != nil {
				return nil, fmt.Errorf("read the documents of %s: %w", set.Name, err)
			}
			paths = append(paths, to)
		}
	}
	lib, err := library.Open(ctx, filepath.Join(dir, "library.db"), library.Options{
		Fingerprint: rag.FingerprintOf(e), Create: true, Temporary: true, Log: log,
	})
	if err != nil {
		return nil, err
	}
	shelves := &shelved{Library: lib, dir: dir}
	ingester := ingest.Ingester{Store: shelves, Indexer: retrieve.Indexer{Embedder: e}, Options: ingest.Options{Log: log}}
	report, err := ingester.Run(ctx, paths...)
	if err == nil && len(report.Failed) > 0 {
		err = fmt.Errorf("read %s: %w", report.Failed[0].URI, report.Failed[0].Err)
	}
	if err == nil {
		shelves.spaces, err = spacesOf(ctx, lib)
	}
	if err != nil {
		return nil, errors.Join(err, lib.Close())
	}
	return shelves, nil
}

func spacesOf(ctx context.Context, lib rag.Library) ([]string, error) {
	var spaces []string
	for d, err := range lib.Documents(ctx, rag.Operator()) {
		if err != nil {
			return nil, fmt.Errorf("list the documents: %w", err)
		}
		spaces = append(spaces, d.Space)
	}
	slices.Sort(spaces)
	return spaces, nil
}

// filtered copies the records of a JSON Lines file whose ID is kept.
func filtered(from, to string, keep func(id string) bool) error {
	if err := os.MkdirAll(filepath.Dir(to), 0o700); err != nil {
		return err
	}
	out, err := os.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	w := bufio.NewWriter(out)
	err = eachRecord(from, func(r record) error {
		if !keep(r.ID + r.BEIR) {
			return nil
		}
		_, err := w.Write(append(r.line, '\n'))
		return err
	})
	return errors.Join(err, w.Flush(), out.Close())
}

// record is a document in a file of them, of one form or the other.
type record struct {
	ID    string `json:"id"`
	BEIR  string `json:"_id"`
	Title string `json:"title"`
	line  []byte
}

func eachRecord(path string, use func(record) error) error {
	return eachLine(path, func(line []byte) error {
		r := record{line: line}
		if err := json.Unmarshal(line, &r); err != nil {
			return err
		}
		return use(r)
	})
}

// longestLine is the longest of a file of documents, in bytes.
const longestLine = 1 << 26

func eachLine(path string, use func(line []byte) error) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, longestLine)
	for lines.Scan() {
		if err := use(lines.Bytes()); err != nil {
			return err
		}
	}
	return lines.Err()
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
		if len(drawn) >= size {
			break
		}
		if s.spaces[at] != of.Document {
			drawn = append(drawn, s.spaces[at])
		}
	}
	return drawn
}
