package main

import (
	"errors"
	"fmt"
	"strings"
	"syscall"

	"github.com/spf13/cobra"

	"docent/rag"
)

// Outcomes are exit codes without a message: what there is to say stands on
// standard output, or was told when it came up.
var (
	errSomeFailed  = errors.New("some documents failed or were held")
	errNotAnswered = errors.New("not in the documents")
	errSomeLines   = errors.New("some lines failed")
	errFallback    = errors.New("the language model failed")
)

var errInterrupted = errors.New("interrupted")

// errTerminated is why a context ends by the signal of a service manager: what runs
// until it is stopped has done its work then.
var errTerminated = errors.New("terminated")

// isOutcome holds for a reader that went away (`docent … | head`) too, which
// wants to know no more.
func isOutcome(err error) bool {
	return errors.Is(err, errSomeFailed) || errors.Is(err, errNotAnswered) || errors.Is(err, errSomeLines) || errors.Is(err, errFallback) || errors.Is(err, errCheckFailed) || errors.Is(err, syscall.EPIPE)
}

type exit struct {
	code    int
	meaning string
	is      func(error) bool
}

// exits is the one table of exit codes, in the order of the codes. The rows
// exclude each other, but for the row of all other errors.
func exits() []exit {
	return []exit{
		{0, "answered or done", func(err error) bool { return err == nil }},
		{1, "error", func(error) bool { return false }},
		{2, "usage", isUsage},
		{3, "some documents failed or were held, the others are in", is(errSomeFailed)},
		{4, "not in the documents", is(errNotAnswered)},
		{5, "library missing, or made with another embedder", isWrongLibrary},
		{130, "interrupted", is(errInterrupted)},
	}
}

func exitCode(err error) int {
	for _, e := range exits() {
		if e.is(err) {
			return e.code
		}
	}
	return 1
}

func is(target error) func(error) bool {
	return func(err error) bool { return errors.Is(err, target) }
}

func isUsage(err error) bool {
	return errors.As(err, new(*usageError)) || errors.Is(err, rag.ErrEmptyQuestion) || errors.Is(err, rag.ErrLongQuestion)
}

func isWrongLibrary(err error) bool {
	return errors.As(err, new(*rag.MismatchError)) || errors.Is(err, rag.ErrNoLibrary)
}

// exitCodesTopic is `docent help exit-codes`.
func exitCodesTopic() *cobra.Command {
	var b strings.Builder
	b.WriteString("What docent leaves behind as its exit code:\n\n")
	for _, e := range exits() {
		fmt.Fprintf(&b, "  %3d  %s\n", e.code, e.meaning)
	}
	b.WriteString("\nWith questions from standard input, a question that the documents do not answer\n" +
		"is an outcome like any other: the code is 0 if every line was a question, else 1.")
	return &cobra.Command{Use: "exit-codes", Short: "What the exit codes mean", Long: b.String()}
}
