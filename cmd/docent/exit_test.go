package main

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/spf13/cobra"

	"docent/rag"
	"docent/rag/library"
)

func TestExitCodes(t *testing.T) {
	for name, c := range map[string]struct {
		err  error
		want int
	}{
		"done":             {nil, 0},
		"any error":        {errors.New("no"), 1},
		"full disk":        {fmt.Errorf("put: %w", library.ErrFull), 1},
		"no such document": {fmt.Errorf("document x: %w", rag.ErrNotFound), 1},
		"usage":            {usage(&cobra.Command{Use: "ask"}, errors.New("no")), 2},
		"empty question":   {rag.ErrEmptyQuestion, 2},
		"long question":    {rag.ErrLongQuestion, 2},
		"some failed":      {errSomeFailed, 3},
		"not answered":     {errNotAnswered, 4},
		"no library":       {&hinted{err: fmt.Errorf("open: %w", rag.ErrNoLibrary)}, 5},
		"another embedder": {fmt.Errorf("open: %w", &rag.MismatchError{}), 5},
		"a newer library":  {fmt.Errorf("open: %w", &library.LayoutError{Library: 9, Program: 2}), 5},
		"interrupted":      {errInterrupted, 130},
		"bad lines":        {errSomeLines, 1},
		"panic":            {&panicError{value: "no"}, 1},
	} {
		t.Run(name, func(t *testing.T) {
			if got := exitCode(c.err); got != c.want {
				t.Errorf("exit code %d, want %d", got, c.want)
			}
			if c.err == nil || isOutcome(c.err) || name == "interrupted" || name == "any error" {
				return
			}
			if c.want != 5 && hint(c.err) == "" {
				t.Error("no hint")
			}
		})
	}
}

// The table of the README is the table of the program.
func TestExitCodesInReadme(t *testing.T) {
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range exits() {
		if row := fmt.Sprintf("\n| %d | %s |\n", e.code, e.meaning); !strings.Contains(string(readme), row) {
			t.Errorf("the README has no row %q", row)
		}
	}
}

// A panic is told as an error, without a stack.
func TestCrash(t *testing.T) {
	var errs strings.Builder
	// Reading from no input at all is a mistake that no user can make.
	code := run(t.Context(), []string{"ask", "--from", handbook, "Who?"}, func(string) string { panic("broken") }, nil, nil, &errs)
	if got := errs.String(); code != 1 || !strings.Contains(got, "internal error: broken") || strings.Contains(got, "goroutine") {
		t.Errorf("exit code %d\n%s", code, got)
	}
	if !strings.Contains(errs.String(), "hint: please report it") {
		t.Errorf("no hint in %s", errs.String())
	}
}
