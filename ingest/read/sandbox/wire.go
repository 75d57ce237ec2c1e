package sandbox

import (
	"bufio"
	"errors"
	"io"
	"sync"
	"time"

	"docent/ingest/read"
)

// What a Pool and the processes that Serve tell each other: lines of JSON, and in
// answer values of gob, since those of a large table would take ten times the
// memory.

// settings are the first line to a process.
type settings struct {
	Options read.Options
	// Memory is in bytes. Time is when the process gives up by itself, should
	// nobody be left to end it.
	Memory int64
	Time   time.Duration
}

// request asks for a file, which is passed on open where Passed says so; else Size
// bytes follow the line. Or it
// asks to start the engine of a format, which is answered when that is done.
type request struct {
	Name   string `json:",omitempty"`
	Size   int64  `json:",omitempty"`
	Passed bool   `json:",omitempty"`
	Engine string `json:",omitempty"`
}

// answer is a document, an error, the end of both, or that the process has to
// end for having reached its limit of memory.
type answer struct {
	Document      *read.Document
	Error         *failure
	Done, Stopped bool
}

// failure is an error as those above this package tell them apart.
type failure struct {
	Message string
	// Kind is the key of a sentinel in sentinels, or "".
	Kind        string                 `json:",omitempty"`
	Unsupported *read.UnsupportedError `json:",omitempty"`
	Limit       *read.LimitError       `json:",omitempty"`
	// Line and Member are those of a LineError or MemberError whose reason is
	// Inner.
	Line   int      `json:",omitempty"`
	Member string   `json:",omitempty"`
	Inner  *failure `json:",omitempty"`
}

var sentinels = map[string]error{"empty": read.ErrEmpty, "protected": read.ErrProtected, "scanned": read.ErrScanned}

func failureOf(err error) *failure {
	if err == nil {
		return nil
	}
	f := &failure{Message: err.Error()}
	var line *read.LineError
	var member *read.MemberError
	switch {
	case errors.As(err, &member): // around a line where there are both
		f.Member, f.Inner = member.Member, failureOf(member.Err)
		return f
	case errors.As(err, &line):
		f.Line, f.Inner = line.Line, failureOf(line.Err)
		return f
	}
	errors.As(err, &f.Unsupported)
	errors.As(err, &f.Limit)
	for kind, sentinel := range sentinels {
		if errors.Is(err, sentinel) {
			f.Kind = kind
		}
	}
	return f
}

func (f *failure) err() error {
	switch {
	case f == nil:
		return nil
	case f.Line > 0 && f.Inner != nil:
		return &read.LineError{Line: f.Line, Err: f.Inner.err()}
	case f.Inner != nil:
		return &read.MemberError{Member: f.Member, Err: f.Inner.err()}
	}
	told := &toldError{message: f.Message}
	switch {
	case f.Unsupported != nil:
		told.reason = f.Unsupported
	case f.Limit != nil:
		told.reason = f.Limit
	default:
		told.reason = sentinels[f.Kind]
	}
	return told
}

// toldError is an error of another process.
type toldError struct {
	message string
	reason  error
}

func (e *toldError) Error() string { return e.message }
func (e *toldError) Unwrap() error { return e.reason }

// encoder is one of JSON or gob.
type encoder interface{ Encode(any) error }

// sender writes values, each whole, for several goroutines.
type sender struct {
	mu   sync.Mutex
	out  *bufio.Writer
	to   encoder
	sent time.Time
}

// newSender sends by what with makes of a writer.
func newSender[E encoder](w io.Writer, with func(io.Writer) E) *sender {
	out := bufio.NewWriterSize(w, 64<<10)
	return &sender{out: out, to: with(out)}
}

// send writes a value. What others follow may wait for them: each thing that is
// sent wakes a process up.
func (s *sender) send(v any, others ...[]byte) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.to.Encode(v); err != nil {
		return err
	}
	for _, data := range others {
		if _, err := s.out.Write(data); err != nil {
			return err
		}
	}
	const soon = 100 * time.Millisecond
	if a, ok := v.(answer); ok && !a.Done && !a.Stopped && time.Since(s.sent) < soon {
		return nil
	}
	s.sent = time.Now()
	return s.out.Flush()
}
