package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"strings"

	"docent/rag"
)

// question is one to look up.
type question struct {
	// id is as it was given, a JSON string or number; "" without one.
	id   json.RawMessage
	text string
	// line is that of standard input, from 1; 0 for the command line.
	line int
}

var noID = json.RawMessage(`""`)

// fromStdin reports whether the arguments ask for questions of standard input.
func fromStdin(args []string) bool { return len(args) == 1 && args[0] == "-" }

// eachQuestion looks up the question of the command line, or those of standard input
// one after the other. Of those, a line that is no question is told with its
// number, and the next ones are looked up all the same.
func (a *app) eachQuestion(ctx context.Context, args []string, look func(question) error) error {
	if !fromStdin(args) {
		return look(question{id: noID, text: strings.Join(args, " ")})
	}
	failed := false
	for q, err := range parseLines(readLines(ctx, a.stdin)) {
		if err == nil {
			err = look(q)
		}
		switch {
		case err == nil, errors.Is(err, errNotAnswered):
		case isBadLine(err):
			failed = true
			a.printProblem(fmt.Sprintf("standard input, line %d: %v", q.line, err), hint(err))
		default:
			return err
		}
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	if failed {
		return errSomeLines
	}
	return nil
}

// lineError is a line of standard input that is no question.
type lineError struct{ err error }

func (e *lineError) Error() string { return e.err.Error() }
func (e *lineError) Unwrap() error { return e.err }

func isBadLine(err error) bool {
	return errors.As(err, new(*lineError)) || errors.Is(err, rag.ErrEmptyQuestion) || errors.Is(err, rag.ErrLongQuestion)
}

type inputLine struct {
	text []byte
	// n counts from 1.
	n   int
	err error
}

// longestLine is how much of a line is kept, in bytes: any question fits, also
// as JSON with every character escaped.
const longestLine = 1 << 20

// readLines reads lines until the input or the context ends. A read cannot be
// interrupted, so that the goroutine of one that waits ends with the process.
func readLines(ctx context.Context, r io.Reader) iter.Seq[inputLine] {
	return func(yield func(inputLine) bool) {
		ctx, cancel := context.WithCancel(ctx)
		defer cancel()
		read := make(chan inputLine)
		go func() {
			defer close(read)
			in := bufio.NewReaderSize(r, 64<<10)
			for n := 1; ; n++ {
				text, err := readLine(in)
				if len(text) == 0 && errors.Is(err, io.EOF) {
					return
				}
				select {
				case read <- inputLine{text: text, n: n, err: err}:
				case <-ctx.Done():
					return
				}
				if err != nil {
					return
				}
			}
		}()
		for {
			select {
			case line, open := <-read:
				if !open || !yield(line) {
					return
				}
			case <-ctx.Done():
				return
			}
		}
	}
}

// readLine reads to the end of a line and keeps its first longestLine bytes.
func readLine(in *bufio.Reader) ([]byte, error) {
	var line []byte
	for {
		part, err := in.ReadSlice('\n')
		line = append(line, part[:min(len(part), longestLine+1-len(line))]...)
		if !errors.Is(err, bufio.ErrBufferFull) {
			return line, err
		}
	}
}

// parseLines gives the questions of the lines. Blank lines are passed over.
func parseLines(lines iter.Seq[inputLine]) iter.Seq2[question, error] {
	return func(yield func(question, error) bool) {
		for l := range lines {
			if l.err != nil && !errors.Is(l.err, io.EOF) {
				yield(question{line: l.n}, fmt.Errorf("read standard input: %w", l.err))
				return
			}
			if len(bytes.TrimSpace(l.text)) == 0 {
				continue
			}
			q, err := parseQuestion(l.text)
			q.line = l.n
			if !yield(q, err) {
				return
			}
		}
	}
}

// parseQuestion takes plain text, or an object with a "question" and perhaps
// an "id". Further fields are ignored, so that a set of questions can be asked
// as it is.
func parseQuestion(line []byte) (question, error) {
	q := question{id: noID}
	if len(line) > longestLine {
		return q, rag.ErrLongQuestion
	}
	line = bytes.TrimSpace(bytes.TrimPrefix(line, []byte("\uFEFF")))
	if len(line) == 0 || line[0] != '{' {
		q.text = string(line)
		return q, nil
	}
	var object struct {
		ID       json.RawMessage `json:"id"`
		Question *string         `json:"question"`
	}
	if err := json.Unmarshal(line, &object); err != nil {
		return q, &lineError{unmarshalError(err)}
	}
	if object.Question == nil {
		return q, &lineError{errors.New(`there is no "question" in the object`)}
	}
	q.text = *object.Question
	if len(object.ID) > 0 && string(object.ID) != "null" {
		if c := object.ID[0]; c == '{' || c == '[' {
			return q, &lineError{errors.New(`the "id" is neither a string nor a number`)}
		}
		q.id = object.ID
	}
	return q, nil
}
