package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"docent/rag"
)

// question is one line of a batch.
type question struct {
	ID       string `json:"id"`
	Question string `json:"question"`
}

// maxLine bounds a line of a batch in memory; a question is refused long
// before it.
const maxLine = 4 << 20

// each calls answer for the question of the command line or, for "-", for
// every line of standard input in order. One line's error is reported and
// does not stop the others; the command then ends with an error.
func (a *app) each(ctx context.Context, args []string, answer func(context.Context, question) (found bool, err error)) error {
	if len(args) != 1 || args[0] != "-" {
		found, err := answer(ctx, question{Question: strings.Join(args, " ")})
		if err == nil && !found {
			return silent(exitNotFound)
		}
		return err
	}
	failed := false
	lines := bufio.NewScanner(a.stdin)
	lines.Buffer(nil, maxLine)
	for n := 1; lines.Scan(); n++ {
		if err := ctx.Err(); err != nil {
			return err
		}
		line := bytes.TrimSpace(lines.Bytes())
		if len(line) == 0 {
			continue
		}
		q, err := parseQuestion(line)
		if err == nil {
			_, err = answer(ctx, q)
		}
		if isOutcome(err) {
			failed = true
			a.report(withHint(fmt.Errorf("line %d: %w", n, err), hintFor(err)))
			continue
		}
		if err != nil {
			return err
		}
	}
	if err := lines.Err(); err != nil {
		return fmt.Errorf("read questions from standard input: %w", err)
	}
	if failed {
		return silent(exitError)
	}
	return nil
}

var errQuestionLine = errors.New(`the line is neither plain text nor {"id": …, "question": …}`)

func parseQuestion(line []byte) (question, error) {
	if line[0] != '{' {
		return question{Question: string(line)}, nil
	}
	var q question
	if err := json.Unmarshal(line, &q); err != nil {
		return q, fmt.Errorf("%w: %w", errQuestionLine, err)
	}
	return q, nil
}

// isOutcome reports whether an error is the question's own, so that the next
// one may fare better.
func isOutcome(err error) bool {
	return errors.Is(err, rag.ErrEmptyQuestion) || errors.Is(err, rag.ErrLongQuestion) || errors.Is(err, errQuestionLine)
}

func writeJSON(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	return e.Encode(v)
}
