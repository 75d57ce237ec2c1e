package main

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
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
	searchOnly              bool
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
over documents in another.

The libraries made for it are kept in the user's cache folder, or in --cache or
DOCENT_CACHE, and used again for as long as documents and program are the same.`,
		Example: `  docent eval sets/handbook
  docent eval --documents handbook questions.jsonl
  docent eval --json sets/* >before.json
  docent eval --compare before.json --html report.html sets/*
  docent eval --failures failures.jsonl --sample 100 sets/handbook`,
		Args: takes(1, -1, "at least one question set"),
		RunE: func(c *cobra.Command, args []string) error {
			if f.sample < 0 {
				return usage(c, fmt.Errorf("--sample is a number of questions, not %d", f.sample))
			}
			return a.eval(c.Context(), f, args)
		},
	}
	flags := c.Flags()
	flags.StringArrayVar(&f.documents, "documents", nil, "the `path` of the documents that question files are about; may be repeated")
	flags.StringVar(&f.haystack, "haystack", "", "search in the documents of this `set` too")
	flags.IntVar(&f.sample, "sample", 0, "ask at most this `number` of each set's questions")
	flags.BoolVar(&f.searchOnly, "search-only", false, "look the questions up without answering them")
	flags.StringVar(&f.compare, "compare", "", "print the differences to the reports in this `file`, which --json wrote")
	flags.StringVar(&f.failures, "failures", "", "write the questions that failed to this `file`, one JSON object a line")
	flags.StringVar(&f.html, "html", "", "write a report with plots to this `file`")
	flags.StringVar(&f.cache, "cache", "", "keep the libraries in this `folder` (or DOCENT_CACHE)")
	return c
}

func (a *app) eval(ctx context.Context, f evalFlags, paths []string) error {
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
	var reports []eval.Report
	for _, set := range sets {
		some, err := a.evaluate(ctx, f, dir, set)
		if err != nil {
			return err
		}
		reports = append(reports, some...)
	}
	comparisons := eval.Compare(base, reports)
	if err := a.showReports(reports, comparisons); err != nil {
		return err
	}
	return f.write(reports, comparisons)
}

// readBase reads the reports to compare with, before any work is done.
func readBase(path string) ([]eval.Report, error) {
	if path == "" {
		return nil, nil
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("read the reports to compare with: %w", err)
	}
	defer file.Close()
	base, err := eval.ReadReports(file)
	if err != nil {
		return nil, &hinted{err: fmt.Errorf("%s: %w", path, err), hint: "make reports to compare with by: docent eval --json SET... >" + path}
	}
	return base, nil
}

// write writes what the flags ask for besides the figures.
func (f evalFlags) write(reports []eval.Report, comparisons []eval.Comparison) error {
	if f.failures != "" {
		err := writeFile(f.failures, func(w io.Writer) error {
			for _, failure := range eval.Failures(reports) {
				if err := writeJSON(w, failure); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return fmt.Errorf("write the failures: %w", err)
		}
	}
	if f.html == "" {
		return nil
	}
	err := writeFile(f.html, func(w io.Writer) error {
		return eval.WriteHTML(w, eval.Pages{Program: "docent " + cmp.Or(built().Commit, built().Version) + ", " + rag.FingerprintOf(embedder()).String(), Reports: reports, Comparisons: comparisons})
	})
	if err != nil {
		return fmt.Errorf("write the page: %w", err)
	}
	return nil
}

// writeFile replaces a file whole or not at all.
func writeFile(path string, write func(io.Writer) error) (err error) {
	f, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+"-")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.Remove(f.Name()))
		}
	}()
	w := bufio.NewWriter(f)
	if err := errors.Join(write(w), w.Flush(), f.Chmod(0o644), f.Sync(), f.Close()); err != nil {
		return err
	}
	return os.Rename(f.Name(), path)
}

// canWrite finds out before the work whether there is a folder to put its
// outcome into.
func canWrite(paths ...string) error {
	for _, path := range paths {
		if path == "" {
			continue
		}
		if info, err := os.Stat(filepath.Dir(path)); err != nil {
			return fmt.Errorf("write %s: %w", path, err)
		} else if !info.IsDir() {
			return fmt.Errorf("write %s: %s is no folder", path, filepath.Dir(path))
		}
	}
	return nil
}

func loadSets(f evalFlags, paths []string) ([]eval.Set, error) {
	var sets []eval.Set
	for _, path := range paths {
		set, err := eval.Load(path, eval.Options{Documents: f.documents, Haystack: f.haystack})
		switch {
		case errors.Is(err, eval.ErrNoDocuments):
			err = &hinted{err: err, hint: "say what the questions are about with --documents PATH"}
		case errors.Is(err, eval.ErrNoSet):
			err = &hinted{err: err, hint: "docent eval --help says what a set is"}
		}
		if err != nil {
			return nil, err
		}
		if slices.ContainsFunc(sets, func(s eval.Set) bool { return s.Name == set.Name }) {
			set.Name = filepath.Clean(path) // two of one name would be taken for each other
		}
		sets = append(sets, set)
	}
	return sets, nil
}

func (a *app) evaluate(ctx context.Context, f evalFlags, dir string, set eval.Set) ([]eval.Report, error) {
	bar := a.progressTo()
	defer bar.done()
	return eval.Evaluator{
		Opener: a.newShelf(dir), Sample: f.sample, SearchOnly: f.searchOnly,
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
	for _, path := range []string{flag, a.getenv("DOCENT_CACHE")} {
		if path != "" {
			return path, nil
		}
	}
	dir, err := cacheDir(runtime.GOOS, a.getenv)
	if err != nil {
		return "", &hinted{err: err, hint: "say where libraries may be kept with --cache"}
	}
	return filepath.Join(dir, "docent", "eval"), nil
}
