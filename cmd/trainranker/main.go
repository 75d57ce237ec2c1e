// Command trainranker fits the ranker that docent carries, which decides what
// answers a question and how sure that is:
//
//	go run ./cmd/trainranker fit -o rag/extract/ranker.bin questions=SET,SET wiki=SET
//
// Each argument is a library: question sets, separated by commas, whose documents
// are searched together. A set is a folder as docent eval takes it. With -help it
// says more.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"runtime"
	"slices"
	"strconv"
	"strings"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	code := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

const usage = `Usage: trainranker COMMAND [flags] [NAME=]SET[,SET…] …

Each argument is a library, made of the documents of its question sets.

Commands:
  fit       fit networks to all folds, calibrate on each fold by networks fitted to
            the others, print figures and write the weights
  folds     print the figures of each fold by networks fitted to the others
  ablation  print such figures without one part of the inputs after the other
  split     print the file of folds for the sets

Examples:
  trainranker split questions=train/company,train/press wiki=eval/fr-wiki > rag/eval/testdata/folds.tsv
  trainranker fit -o rag/extract/ranker.bin questions=train/company,train/press wiki=eval/fr-wiki
  trainranker fit -without 2 -o fold2.bin questions=train/company,train/press   # for figures on fold 2
  trainranker folds -members 1 -only 0 -examples examples.bin questions=train/company,train/press
  trainranker ablation -members 1 -examples examples.bin questions=train/company,train/press

The same questions and flags give the same weights, bit for bit, with the same Go on
one kind of processor, on any number of cores.

Flags:
`

// settings are the flags.
type settings struct {
	Ensemble
	Gathering
	Limits
	out, examples, heldOut, folds string
	without, only                 int
	groups                        []setGroup
	command                       string
}

// setGroup is sets under one name.
type setGroup struct {
	name string
	sets []string
}

func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	s, libraries, err := parse(args, stderr)
	if errors.Is(err, flag.ErrHelp) {
		return 0
	}
	if err != nil {
		return usageError(stderr, err)
	}
	if err := s.do(ctx, libraries, stdout); err != nil {
		s.Log.Error("trainranker", "command", s.command, "err", err)
		return 1
	}
	return 0
}

func usageError(stderr io.Writer, err error) int {
	if _, failed := io.WriteString(stderr, "trainranker: "+err.Error()+"\n"); failed != nil {
		return 1
	}
	return 2
}

func parse(args []string, stderr io.Writer) (settings, []string, error) {
	s := settings{Ensemble: Ensemble{Options: defaults()}}
	flags := flag.NewFlagSet("trainranker", flag.ContinueOnError)
	flags.SetOutput(stderr)
	flags.Usage = func() {
		if _, err := io.WriteString(stderr, usage); err == nil {
			flags.PrintDefaults()
		}
	}
	flags.StringVar(&s.out, "o", "", "write the weights to `FILE`")
	flags.StringVar(&s.examples, "examples", "", "keep what is read of the questions in `FILE`, and take it from there if it exists")
	flags.StringVar(&s.heldOut, "held-out", "rag/eval/testdata/heldout.tsv", "`FILE` of documents that nothing is fitted to")
	flags.StringVar(&s.folds, "folds", "rag/eval/testdata/folds.tsv", "`FILE` of the folds of all others")
	flags.BoolVar(&s.HeldOut, "judge", false, "print figures on the documents that are held out too, in libraries of all")
	flags.IntVar(&s.without, "without", -1, "leave out fold `N` altogether")
	flags.IntVar(&s.only, "only", -1, "judge fold `N` only")
	flags.IntVar(&s.Members, "members", 3, "networks, from as many seeds")
	flags.IntVar(&s.Epochs, "epochs", s.Epochs, "how often each question is seen")
	flags.IntVar(&s.Candidates, "candidates", s.Candidates, "candidates of a question that are seen at once")
	flags.Float64Var(&s.Rate, "rate", s.Rate, "greatest rate of learning")
	flags.Float64Var(&s.Decay, "decay", s.Decay, "decay of weights")
	flags.Float64Var(&s.Dropout, "dropout", s.Dropout, "share of outputs left out")
	flags.Float64Var(&s.WordDropout, "word-dropout", s.WordDropout, "share of words left out")
	flags.Float64Var(&s.Share, "share", 0.5, "share of questions that are asked in a smaller library too")
	s.Sizes = []int{1, 5, 20, 100}
	flags.Func("sizes", "documents of those `N,N…` (default 1,5,20,100)", func(list string) (err error) {
		s.Sizes, err = numbers(list)
		return err
	})
	flags.Float64Var(&s.Wrong, "wrong", 0.15, "share of wrong answers that a threshold allows")
	flags.Float64Var(&s.Absent, "absent", 0.28, "share of answers to what no document says that it allows")
	flags.Func("group", "print figures of sets together: `NAME=SET,SET…`", s.group)
	workers := flags.Int("workers", runtime.NumCPU(), "cores to use; the weights do not depend on it")
	verbose := flags.Bool("v", false, "tell of each epoch")
	if len(args) > 0 && !strings.HasPrefix(args[0], "-") {
		s.command, args = args[0], args[1:]
	}
	if err := flags.Parse(args); err != nil {
		return s, nil, err
	}
	s.Ensemble.Workers, s.Gathering.Workers = *workers, *workers
	level := slog.LevelInfo
	if *verbose {
		level = slog.LevelDebug
	}
	s.Log = slog.New(slog.NewTextHandler(stderr, &slog.HandlerOptions{Level: level}))
	return s, flags.Args(), s.check(flags.Args())
}

func (s *settings) check(libraries []string) error {
	switch {
	case !slices.Contains([]string{"fit", "folds", "ablation", "split"}, s.command):
		return fmt.Errorf("there is no command %q: fit, folds, ablation or split; -help says more", s.command)
	case len(libraries) == 0:
		return errors.New("name the question sets; -help has examples")
	case s.command == "fit" && s.out == "":
		return errors.New("say where to write the weights with -o")
	case s.Members < 1 || s.Epochs < 1 || s.Candidates < 2:
		return errors.New("-members, -epochs and -candidates are too few")
	}
	return nil
}

func (s *settings) group(text string) error {
	name, sets, ok := strings.Cut(text, "=")
	if !ok {
		return errors.New("a group is NAME=SET,SET")
	}
	s.groups = append(s.groups, setGroup{name, strings.Split(sets, ",")})
	return nil
}

func numbers(list string) ([]int, error) {
	var all []int
	for text := range strings.SplitSeq(list, ",") {
		if text == "" {
			continue
		}
		n, err := strconv.Atoi(text)
		if err != nil {
			return nil, err
		}
		all = append(all, n)
	}
	return all, nil
}
