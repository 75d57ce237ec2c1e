package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"github.com/spf13/cobra"

	"docent/bot"
	"docent/ingest/read"
	"docent/ingest/read/sandbox"
	"docent/rag"
	"docent/rag/embed"
	"docent/rag/library"
	"docent/rag/llm"
)

// hinted is an error with what to do about it.
type hinted struct {
	err  error
	hint string
}

func (e *hinted) Error() string { return e.err.Error() }
func (e *hinted) Unwrap() error { return e.err }

// usageError is a mistake in how a command was called.
type usageError struct {
	err     error
	command string
}

func (e *usageError) Error() string { return e.err.Error() }
func (e *usageError) Unwrap() error { return e.err }

func usage(c *cobra.Command, err error) error {
	return &usageError{err: err, command: c.CommandPath()}
}

// panicError is a panic on its way to the user.
type panicError struct{ value any }

func (e *panicError) Error() string {
	return fmt.Sprintf("internal error: %v", e.value)
}

// hint is what people can do about an error; "" where there is nothing to add.
func hint(err error) string {
	var h *hinted
	var u *usageError
	var model *llm.Error
	var setup *bot.SetupError
	var layout *library.LayoutError
	var mismatch *rag.MismatchError
	switch {
	case errors.As(err, &setup):
		return setup.Cure
	case errors.As(err, &h):
		return h.hint
	case errors.As(err, &u):
		return fmt.Sprintf("see: %s --help", u.command)
	case errors.As(err, new(*panicError)):
		return "please report it with the command and the output of: docent version; --verbose tells more"
	case errors.Is(err, library.ErrRebuilt):
		return "start this program again: it then takes the embedder that docent.yaml has now"
	case errors.Is(err, library.ErrRebuilding):
		return "let that end, or run this one again for the embedder of docent.yaml"
	case errors.As(err, &mismatch):
		return mismatchHint(mismatch)
	case errors.As(err, &layout):
		return layoutHint(layout, errors.Is(err, library.ErrReadOnly))
	case errors.Is(err, library.ErrDamaged):
		return "see what is damaged with: docent check; mend it with: docent check --repair, or restore a backup with: docent restore FILE"
	case errors.Is(err, fs.ErrExist):
		return "choose another file"
	case errors.Is(err, rag.ErrNoLibrary):
		return "choose another file with --library, or restore this one from a backup"
	case errors.Is(err, library.ErrFull):
		return "make room on the disk and run the command again; the library is whole, and keeps what it has"
	case errors.Is(err, library.ErrReadOnly):
		return "make the file and its folder writable, or choose another with --library"
	case errors.Is(err, rag.ErrNotFound):
		return "list what there is with: docent documents list"
	case errors.Is(err, read.ErrProtected):
		return "write its password on a line of a file, and name that with --password-file"
	case errors.Is(err, read.ErrScanned):
		return "install tesseract and the data of its languages, and read it again; see --ocr"
	case errors.As(err, &model):
		return modelHint(model)
	case errors.As(err, new(*sandbox.StoppedError)), errors.As(err, new(*read.LimitError)):
		return "split the document, or raise the limit under read: in docent.yaml"
	case errors.Is(err, rag.ErrEmptyQuestion):
		return `ask something, as in: docent ask "Who signs purchase orders?"`
	case errors.Is(err, rag.ErrLongQuestion):
		return "ask for one thing in a sentence or two; what is longer belongs into a document"
	case errors.Is(err, fs.ErrNotExist):
		return "check the spelling of the path; what was read from it before is kept"
	case errors.Is(err, fs.ErrPermission):
		return "check who may read and write the path"
	}
	return ""
}

// mismatchHint also says how to keep the model that made a library, where
// docent.yaml names none: older docents computed one in a folder themselves.
func mismatchHint(e *rag.MismatchError) string {
	again := "index it anew with: docent ingest --rebuild"
	model := e.Library.Name
	if e.Program.Name != embed.BuiltinName || model == embed.BuiltinName {
		return again
	}
	again += "; or, to have " + model + " again, first name its server under embedder: in docent.yaml"
	if strings.ContainsAny(model, "/:") {
		return again
	}
	return again + "; if it lay in a folder, " + serveHint(model)
}

func layoutHint(e *library.LayoutError, readOnly bool) string {
	switch {
	case !e.Older():
		return "use the docent that made it or a newer one, or choose another file with --library"
	case readOnly:
		return "make the file and its folder writable, and run this once again"
	}
	return "read the documents into another file with: docent ingest --library FILE PATH"
}

// printError writes an error to standard error.
func (a *app) printError(err error) {
	a.log.Debug("failed", "error", err)
	a.printProblem(err.Error(), hint(err))
}

// printProblem writes a message and what to do about it. That standard error
// cannot be written to is told to nobody.
func (a *app) printProblem(message, hint string) {
	if a.json {
		_ = writeJSON(a.stderr, errorJSON{Error: message, Hint: hint})
		return
	}
	t := a.terminal(a.stderr)
	_, _ = fmt.Fprintf(a.stderr, "%s %s\n", t.red("docent:"), printable(message))
	if hint != "" {
		_, _ = fmt.Fprintf(a.stderr, "%s %s\n", t.faint("hint:"), printable(hint))
	}
}

// warn is printProblem for what does not end the command.
func (a *app) warn(format string, args ...any) { a.printProblem(fmt.Sprintf(format, args...), "") }

func unmarshalError(err error) error {
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	switch {
	case errors.As(err, &syntax):
		return fmt.Errorf("not valid JSON at byte %d: %w", syntax.Offset, err)
	case errors.As(err, &kind):
		return fmt.Errorf("the field %q is a %s", kind.Field, kind.Value)
	}
	return err
}
