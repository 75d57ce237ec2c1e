package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"slices"

	"golang.org/x/term"
)

// editor reads lines that somebody types at a terminal, who may move in them,
// correct them, and fetch earlier ones with the arrows. What is written between
// two lines goes to a terminal that is as it was.
type editor struct {
	in     io.Reader
	out    io.Writer
	prompt string
	// raw has the terminal hand over each key as it is pressed, until restored.
	raw func() (restore func(), err error)
	// size is the terminal's, in columns and rows; a width of 0 is not known.
	size func() (width, height int)

	terminal *term.Terminal
	history  history // of all terminals
	// interrupts counts how often ^C was pressed in a row.
	interrupts int
}

// newEditor edits at the terminal that stdin and stdout are.
func newEditor(in, out *os.File, prompt string) *editor {
	return &editor{
		in: in, out: out, prompt: prompt,
		raw: func() (func(), error) {
			before, err := term.MakeRaw(int(in.Fd()))
			if err != nil {
				return nil, err
			}
			return func() { _ = term.Restore(int(in.Fd()), before) }, nil
		},
		size: func() (int, int) {
			width, height, err := term.GetSize(int(out.Fd()))
			if err != nil {
				return 0, 0
			}
			return width, height
		},
	}
}

// lines are read one by one, as they are asked for. As with lines, a read that
// waits when the context ends goes on until the process ends.
func (e *editor) lines(ctx context.Context) iter.Seq[inputLine] {
	return func(yield func(inputLine) bool) {
		for n := 1; ; n++ {
			restore, err := e.raw()
			if err != nil {
				yield(inputLine{n: n, err: fmt.Errorf("read key by key: %w", err)})
				return
			}
			read := make(chan inputLine, 1)
			go func() {
				text, err := e.line()
				read <- inputLine{text: []byte(text), n: n, err: err}
			}()
			var line inputLine
			select {
			case line = <-read:
				restore()
			case <-ctx.Done():
				restore()
				return
			}
			if errors.Is(line.err, io.EOF) || !yield(line) || line.err != nil {
				return
			}
		}
	}
}

// line reads one line. ^C gives up the line, and the conversation where it is
// pressed twice; so does ^D on an empty line.
func (e *editor) line() (string, error) {
	for {
		if e.terminal == nil {
			e.terminal = term.NewTerminal(e, e.prompt)
			if e.history.History == nil {
				e.history.History = e.terminal.History
			}
			e.terminal.History = e.history
		}
		if width, height := e.size(); width > 0 {
			if err := e.terminal.SetSize(width, height); err != nil {
				return "", err
			}
		}
		text, err := e.terminal.ReadLine()
		switch {
		case err == nil || e.interrupts == 0:
			return text, err
		case e.interrupts > 1:
			return "", errInterrupted
		}
		// What was typed so far is in the terminal that is given up.
		e.terminal = nil
		if _, err := io.WriteString(e.out, "^C (again, or ^D, to end)\r\n"); err != nil {
			return "", err
		}
	}
}

// Read implements io.Reader for the terminal, and takes note of ^C, which the
// terminal does not tell from the end of the input.
func (e *editor) Read(p []byte) (int, error) {
	const ctrlC = 3
	n, err := e.in.Read(p)
	if e.interrupts++; !slices.Contains(p[:n], ctrlC) {
		e.interrupts = 0
	}
	return n, err
}

// Write implements io.Writer for the terminal.
func (e *editor) Write(p []byte) (int, error) { return e.out.Write(p) }

// history are the lines typed before, of which neither nothing nor the same twice
// is kept.
type history struct{ term.History }

// Add implements term.History.
func (h history) Add(line string) {
	if line != "" && (h.Len() == 0 || h.At(0) != line) {
		h.History.Add(line)
	}
}
