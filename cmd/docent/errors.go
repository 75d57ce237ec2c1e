package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"

	"docent/ingest/read"
	"docent/rag"
	"docent/rag/library"
)

// hinted is an error with what a person can do about it.
type hinted struct {
	error
	hint string
}

func (e hinted) Unwrap() error { return e.error }

func withHint(err error, hint string) error { return hinted{error: err, hint: hint} }

// report prints an error with its hint on stderr: for people, or as JSON.
func (a *app) report(err error) {
	hint := hintFor(err)
	if a.json {
		_ = json.NewEncoder(a.stderr).Encode(struct {
			Error string `json:"error"`
			Hint  string `json:"hint"`
		}{printable(err.Error()), hint})
		return
	}
	fmt.Fprintf(a.stderr, "docent: %s\n", printable(err.Error()))
	if hint != "" {
		fmt.Fprintf(a.stderr, "  hint: %s\n", hint)
	}
}

// hints for the errors that have a cure.
var hints = []struct {
	is   error
	hint string
}{
	{library.ErrFull, "make room on the disk and run the same command again; what was ingested is kept"},
	{library.ErrReadOnly, "give the file and its folder write permission, or name another with --library"},
	{rag.ErrNoLibrary, "make one with: docent ingest PATH…, name another with --library, or ask folders directly with --from PATH"},
	{rag.ErrNotFound, "list what there is with: docent documents list"},
	{rag.ErrEmptyQuestion, `ask in a sentence: docent ask "Who signs purchase orders?"`},
	{rag.ErrLongQuestion, "ask a short question; to add a long text to the library use: docent ingest FILE"},
	{read.ErrEmpty, "there is no text in it to find or quote"},
	{fs.ErrNotExist, "check the path; it is read from the folder you are in"},
	{fs.ErrPermission, "give yourself permission to read it: chmod u+r"},
}

func hintFor(err error) string {
	var h hinted
	if errors.As(err, &h) {
		return h.hint
	}
	var mismatch *rag.MismatchError
	if errors.As(err, &mismatch) {
		return "bring the library up to date with: docent ingest --rebuild PATH…"
	}
	for _, known := range hints {
		if errors.Is(err, known.is) {
			return known.hint
		}
	}
	var usage usageError
	if errors.As(err, &usage) || isUnknownCommand(err) {
		return "docent --help shows the commands"
	}
	return ""
}
