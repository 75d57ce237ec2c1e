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
  fit    fit networks to all folds, calibrate on each fold by networks fitted to
         the others, print figures and write the weights
  folds  print the figures of each fold by networks fitted to the others
  split  print the fold of each document: a set, a document and a fold

Examples:
  trainranker fit -o rag/extract/ranker.bin questions=train/company,train/press wiki=eval/fr-wiki
  trainranker fit -without 2 -o fold2.bin questions=train/company,train/press   # for figures on fold 2
  trainranker folds -members 1 -examples examples.bin questions=train/company,train/press
  trainranker folds -members 1 -examples examples.bin -mute kernels questions=train/company,train/press

The same questions and flags give the same weights, bit for bit, with the same Go on
one kind of processor, on any number of cores. Figures of what is held out are those
of: docent eval --questions-of rag/eval/testdata/heldout.tsv SET…

Flags:
`

// settings are the flags.
type settings struct {
	Ensemble
	out, examples, heldOut string
	mute                   string
	without                int
	command                string
	log                    *slog.Logger
}

func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	s, libraries, err := parse(args, stderr)
	if errors.Is(err, flag.ErrHelp) {
		return 0
	}
	if err != nil {
		_, _ = fmt.Fprintln(stderr, "trainranker:", err)
		return 2
	}
	if err := s.do(ctx, libraries, stdout); err != nil {
		s.log.Error("trainranker", "command", s.command, "err", err)
		return 1
	}
	return 0
}

func parse(args []string, stderr io.Writer) (settings, []string, error) {
	s := settings{Ensemble: Ensemble{Options: defaults()}, log: slog.New(slog.NewTextHandler(stderr, nil))}
	flags := flag.NewFlagSet("trainranker", flag.ContinueOnError)
	flags.SetOutput(stderr)
	flags.Usage = func() {
		_, _ = fmt.Fprint(stderr, usage)
		flags.PrintDefaults()
	}
	flags.StringVar(&s.out, "o", "", "write the weights to `FILE`")
	flags.StringVar(&s.examples, "examples", "", "keep what is read of the questions in `FILE`, and take it from there if it exists")
	flags.StringVar(&s.heldOut, "held-out", "rag/eval/testdata/heldout.tsv", "`FILE` of documents that nothing is fitted to")
	flags.StringVar(&s.mute, "mute", "", "leave out the inputs called `NAME`, to see what they are worth: words, kernels or how measures begin")
	flags.IntVar(&s.without, "without", -1, "leave out fold `N` altogether")
	flags.IntVar(&s.Members, "members", 3, "networks, from as many seeds")
	flags.IntVar(&s.Epochs, "epochs", s.Epochs, "how often each question is seen")
	flags.IntVar(&s.Workers, "workers", runtime.NumCPU(), "cores to use; the weights do not depend on it")
	if len(args) > 0 && !strings.HasPrefix(args[0], "-") {
		s.command, args = args[0], args[1:]
	}
	if err := flags.Parse(args); err != nil {
		return s, nil, err
	}
	return s, flags.Args(), s.check(flags.Args())
}

func (s *settings) check(libraries []string) error {
	switch {
	case !slices.Contains([]string{"fit", "folds", "split"}, s.command):
		return fmt.Errorf("there is no command %q: fit, folds or split; -help says more", s.command)
	case len(libraries) == 0:
		return errors.New("name the question sets; -help has examples")
	case s.command == "fit" && s.out == "":
		return errors.New("say where to write the weights with -o")
	case s.Members < 1 || s.Epochs < 1:
		return errors.New("-members and -epochs are too few")
	}
	return nil
}
