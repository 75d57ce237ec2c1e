// Command trainembed trains the table of word vectors that docent carries:
//
//	go run ./cmd/trainembed -o rag/embed/builtin.bin laws.jsonl.gz pairs.jsonl.gz more-pairs.jsonl.gz
//
// and counts how frequent the words of that table are, by language:
//
//	go run ./cmd/trainembed -frequencies -table rag/embed/builtin.bin -o rag/embed/frequencies.bin laws.jsonl.gz …
//
// Package docent/rag/embed/train says how, and what the files hold.
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"path/filepath"
	"runtime"
	"time"

	"docent/rag/embed/train"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	code := run(ctx, os.Args[1:], os.Stderr)
	stop()
	os.Exit(code)
}

func run(ctx context.Context, args []string, stderr io.Writer) int {
	flags := flag.NewFlagSet("trainembed", flag.ContinueOnError)
	flags.SetOutput(stderr)
	out := flags.String("o", "builtin.bin", "write the table to `FILE`")
	judged := flags.String("decontaminate", "", "leave out what shares a run of words with the texts of the JSON Lines files of `PATTERN`")
	frequencies := flags.Bool("frequencies", false, "count words instead")
	table := flags.String("table", "rag/embed/builtin.bin", "count the words of this `FILE`")
	var o train.Options
	flags.IntVar(&o.Steps, "steps", 0, "steps of training (default 6000)")
	flags.IntVar(&o.Words, "words", 0, "words of the table (default 65000)")
	flags.IntVar(&o.Buckets, "buckets", 0, "buckets of n-grams (default 20000)")
	flags.IntVar(&o.Dimension, "dimension", 0, "dimension of the vectors (default 256)")
	flags.Uint64Var(&o.Seed, "seed", 0, "seed of all that is random (default 1)")
	flags.IntVar(&o.Workers, "workers", runtime.NumCPU(), "cores to use; the table does not depend on it")
	if err := flags.Parse(args); err != nil {
		return 2
	}
	log := slog.New(slog.NewTextHandler(stderr, nil))
	var err error
	if *frequencies {
		err = makeFrequencies(*out, *table, flags.Args())
	} else {
		err = makeTable(ctx, *out, *judged, flags.Args(), o, log)
	}
	if err != nil {
		log.Error("trainembed", "err", err)
		return 1
	}
	return 0
}

func makeTable(ctx context.Context, out, judged string, files []string, o train.Options, log *slog.Logger) error {
	began := time.Now()
	corpus, err := read(judged, files)
	if err != nil {
		return err
	}
	log.Info("read", "sources", len(corpus.Sources()), "contaminated", corpus.Contaminated(), "took", seconds(time.Since(began)))
	o.Progress = func(p train.Progress) {
		if p.Step%100 == 0 || p.Step == p.Steps {
			left := p.Took / time.Duration(p.Step) * time.Duration(p.Steps-p.Step)
			log.Info("step", "n", p.Step, "of", p.Steps, "loss", fmt.Sprintf("%.3f", p.Loss), "took", seconds(p.Took), "left", seconds(left))
		}
	}
	table, err := train.Train(ctx, corpus, o)
	if err != nil {
		return err
	}
	if err := write(out, table); err != nil {
		return fmt.Errorf("write the table: %w", err)
	}
	log.Info("wrote", "file", out, "bytes", len(table), "took", seconds(time.Since(began)))
	return nil
}

func makeFrequencies(out, table string, files []string) error {
	words, err := os.ReadFile(table)
	if err != nil {
		return fmt.Errorf("read the table of words: %w", err)
	}
	f := train.NewFrequencies(train.DefaultMixture())
	for _, path := range files {
		if err := f.Read(path); err != nil {
			return err
		}
	}
	data, err := f.Encode(words)
	if err != nil {
		return fmt.Errorf("count the words of %s: %w", table, err)
	}
	if err := write(out, data); err != nil {
		return fmt.Errorf("write the frequencies: %w", err)
	}
	return nil
}

func seconds(d time.Duration) time.Duration { return d.Round(time.Second) }

func read(judged string, files []string) (*train.Corpus, error) {
	corpus := train.NewCorpus()
	paths, err := filepath.Glob(judged)
	if err != nil {
		return nil, fmt.Errorf("find the texts to judge by: %w", err)
	}
	for _, path := range paths {
		if err := corpus.Decontaminate(path); err != nil {
			return nil, err
		}
	}
	for _, path := range files {
		if err := corpus.Read(path, train.Names(train.DefaultMixture())); err != nil {
			return nil, err
		}
	}
	return corpus, nil
}

// write leaves the old table or the new one, whole.
func write(path string, table []byte) error {
	beside := path + ".new"
	if err := os.WriteFile(beside, table, 0o644); err != nil { //nolint:gosec // it goes into the repository
		_ = os.Remove(beside) // the first error says more
		return err
	}
	return os.Rename(beside, path)
}
