package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"

	"docent/rag"
	"docent/rag/eval"
)

// evalFlags are those of eval.
type evalFlags struct {
	documents               []string
	haystack, cache         string
	compare, html, failures string
	sample                  int
	searchOnly, together    bool
	only, except            string
	sizes                   []int
}

func (a *app) evalCommand() *cobra.Command {
	var f evalFlags
	c := &cobra.Command{
		Use:   "eval SET...",
		Short: "Measure how well sets of questions are answered",
		Long: `eval puts sets of questions to their documents and prints how well they are
found and answered, each figure with its 95 % interval.

A set is a folder with corpus.jsonl (or .gz), queries.jsonl and qrels.tsv, as
BEIR has them, and if you like answers.jsonl; or a questions.jsonl with its
documents beside it or in --documents. With a folder docs/, its files are read
and hits judged by page. Each qrels.Q-D.tsv judges questions in one language
over documents in another. A folder with docs.jsonl and questions.jsonl has the
runs of each document that answer, and what is shown is judged by them.

Questions are looked up and answered as search and ask do it with the same
docent.yaml and without a language model.

The libraries made for it are kept in the user's cache folder, or in --cache or
DOCENT_CACHE, and used again for as long as documents and program are the same.`,
		Example: `  docent eval sets/handbook
  docent eval --documents handbook questions.jsonl
  docent eval --json sets/* >before.json
  docent eval --compare before.json --html report.html sets/*
  docent eval --together --questions-of documents.tsv sets/*
  docent eval --library-sizes 1,5,20,100 --haystack sets/news sets/handbook
  docent eval --failures failures.jsonl --sample 100 sets/handbook`,
		Args: takes(1, -1, "at least one question set"),
		RunE: func(c *cobra.Command, args []string) error {
			switch {
			case f.sample < 0:
				return usage(c, fmt.Errorf("--sample is a number of questions, not %d", f.sample))
			case len(f.sizes) > 0 && (slices.Min(f.sizes) < 1 || f.searchOnly):
				return usage(c, errors.New("--library-sizes are numbers of documents to answer from, from 1"))
			}
			return a.eval(c.Context(), f, args)
		},
	}
	flags := c.Flags()
	flags.StringArrayVar(&f.documents, "documents", nil, "the `path` of the documents that question files are about; may be repeated")
	flags.StringVar(&f.haystack, "haystack", "", "search in the documents of this `set` too")
	flags.BoolVar(&f.together, "together", false, "ask all sets as one, over the documents of all of them")
	flags.StringVar(&f.only, "questions-of", "", "ask only what is asked of the documents in this `file`: a set and a document a line, tab-separated")
	flags.StringVar(&f.except, "questions-not-of", "", "ask only what is not asked of the documents in this `file`")
	flags.IntSliceVar(&f.sizes, "library-sizes", nil, "answer 400 questions of each set (or --sample) in libraries of so many `documents`: their own and others, drawn")
	flags.IntVar(&f.sample, "sample", 0, "ask at most this `number` of each set's questions")
	flags.BoolVar(&f.searchOnly, "search-only", false, "look the questions up without answering them")
	flags.StringVar(&f.compare, "compare", "", "print the differences to the reports in this `file`, which --json wrote")
	flags.StringVar(&f.failures, "failures", "", "write the questions that failed to this `file`, one JSON object a line")
	flags.StringVar(&f.html, "html", "", "write a report with plots to this `file`")
	flags.StringVar(&f.cache, "cache", "", "keep the libraries in this `folder` (or DOCENT_CACHE)")
	a.readFlags(c)
	return c
}

func (a *app) eval(ctx context.Context, f evalFlags, paths []string) (err error) {
	c, err := a.settings()
	if err != nil {
		return err
	}
	dir, err := a.cachePath(f.cache)
	if err != nil {
		return err
	}
	if err := canWrite(f.failures, f.html); err != nil {
		return err
	}
	sets, err := loadSets(f, paths)
	if err != nil {
		return err
	}
	base, err := readBase(f.compare)
	if err != nil {
		return err
	}
	program, err := programHash()
	if err != nil {
		return err
	}
	e, held, err := a.embedder(ctx, c)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, held.Close()) }()
	opener := evalOpener{app: a, config: c, dir: dir, embedder: e, program: program}
	var reports []eval.Report
	for _, set := range sets {
		some, err := a.evaluate(ctx, f, opener, set)
		if err != nil {
			return err
		}
		reports = append(reports, some...)
	}
	comparisons := eval.Compare(base, reports)
	if err := a.showReports(reports, comparisons); err != nil {
		return err
	}
	return f.write(reports, comparisons, rag.FingerprintOf(e))
}

func loadSets(f evalFlags, paths []string) ([]eval.Set, error) {
	var sets []eval.Set
	options := eval.Options{Documents: f.documents, Haystack: f.haystack}
	if f.together {
		options.Haystack = ""
	}
	for _, path := range paths {
		set, err := eval.Load(path, options)
		switch {
		case errors.Is(err, eval.ErrNoDocuments):
			err = &hinted{err: err, hint: "say what the questions are about with --documents PATH"}
		case errors.Is(err, eval.ErrNoSet):
			err = &hinted{err: err, hint: "docent eval --help says what a set is"}
		}
		if err != nil {
			return nil, err
		}
		if err := f.keep(&set); err != nil {
			return nil, err
		}
		if slices.ContainsFunc(sets, func(s eval.Set) bool { return s.Name == set.Name }) {
			set.Name = filepath.Clean(path) // two of one name would be taken for each other
		}
		sets = append(sets, set)
	}
	if f.together {
		all, err := eval.Join(sets)
		if err != nil {
			return nil, &hinted{err: err, hint: "ask them one by one, without --together"}
		}
		if err := all.AddHaystack(f.haystack); err != nil {
			return nil, err
		}
		sets = []eval.Set{all}
	}
	sets = slices.DeleteFunc(sets, func(s eval.Set) bool { return len(s.Questions) == 0 })
	if len(sets) == 0 {
		return nil, &hinted{err: errNoQuestions, hint: "list the set, as its folder is called, and the document, tab-separated"}
	}
	return sets, nil
}

// errNoQuestions says that the flags leave nothing to ask.
var errNoQuestions = errors.New("no question is left to ask")

// keep leaves of a set the questions that the flags ask for.
func (f evalFlags) keep(set *eval.Set) error {
	for _, by := range []struct {
		file string
		want bool
	}{{f.only, true}, {f.except, false}} {
		if by.file == "" {
			continue
		}
		list, err := eval.ReadDocumentList(by.file)
		if err != nil {
			return fmt.Errorf("read the documents to ask of: %w", err)
		}
		set.Keep(func(q eval.Question) bool { return list.Holds(set.Name, q) == by.want })
	}
	return nil
}

func (a *app) evaluate(ctx context.Context, f evalFlags, opener evalOpener, set eval.Set) ([]eval.Report, error) {
	bar := a.progressTo()
	defer bar.done()
	return eval.Evaluator{
		Opener: opener, Sample: f.sample, SearchOnly: f.searchOnly, Sizes: f.sizes,
		Progress: func(done, total int) {
			bar.set(done, total, "asking")
			if done == total { // the next view may begin with an ingest, which has its own
				bar.done()
			}
		},
	}.Run(ctx, set)
}

// cachePath is where the libraries of evaluations are kept: the flag before
// the environment before the user's cache directory.
func (a *app) cachePath(flag string) (string, error) {
	if dir := cmp.Or(flag, a.getenv("DOCENT_CACHE"), a.cached("eval")); dir != "" {
		return dir, nil
	}
	return "", &hinted{err: errNoHome, hint: "say where libraries may be kept with --cache"}
}
