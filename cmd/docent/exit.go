package main

import (
	"errors"
	"strings"

	"docent/rag"
)

// The exit codes. The README has the same table.
const (
	exitDone        = 0   // answered or done
	exitError       = 1   // any other error
	exitUsage       = 2   // the command line is wrong
	exitSomeFailed  = 3   // some documents failed, the others are in
	exitNotFound    = 4   // not in the documents
	exitLibrary     = 5   // no library, or one made with another embedder
	exitInterrupted = 130 // stopped by a signal
)

// Errors that carry an exit code; those that were reported already are silent.
var (
	errDone        = errors.New("done")
	errSilent      = errors.New("already reported")
	errInterrupted = errors.New("interrupted")
)

// silent is an outcome that the output has told already.
type silent int

func (s silent) Error() string        { return errSilent.Error() }
func (s silent) Is(target error) bool { return target == errSilent || target == errDone }

// usageError is a mistake in the command line.
type usageError struct{ error }

func (e usageError) Unwrap() error { return e.error }

func exitCode(err error) int {
	var outcome silent
	var usage usageError
	var mismatch *rag.MismatchError
	switch {
	case err == nil:
		return exitDone
	case errors.As(err, &outcome):
		return int(outcome)
	case errors.Is(err, errInterrupted):
		return exitInterrupted
	case errors.As(err, &usage), isUnknownCommand(err):
		return exitUsage
	case errors.Is(err, rag.ErrNoLibrary), errors.As(err, &mismatch):
		return exitLibrary
	}
	return exitError
}

// isUnknownCommand knows cobra's one usage error that has no type.
func isUnknownCommand(err error) bool { return strings.HasPrefix(err.Error(), "unknown command") }
