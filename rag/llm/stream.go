package llm

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"time"
)

const (
	// longestText bounds an answer, in bytes: some 60,000 tokens.
	longestText = 256 << 10
	// longestLine bounds an event: an answer in one piece, escaped.
	longestLine = 2 << 20
	// farewell is how long the end of a connection is waited for, so that it
	// can be used again.
	farewell = 50 * time.Millisecond
)

// stream reads server-sent events, emits the text of an answer, and fails where
// it does not come to its end.
type stream struct {
	x         *roundTrip
	read      reader
	lines     *bufio.Reader
	reasoning reasoningFilter
	finished  bool
	textSize  int
}

// reader understands the data of an event. An *Error is why it cannot go on.
type reader func(data []byte) (delta, error)

func (x *roundTrip) readStream(read reader, body io.ReadCloser) error {
	s := &stream{x: x, read: read, lines: bufio.NewReader(body)}
	for {
		last, err := s.next()
		if last {
			s.drain(body)
		}
		if last || err != nil {
			return err
		}
	}
}

// next takes one line of the stream, and reports whether it was the last one.
func (s *stream) next() (last bool, err error) {
	var line []byte
	err = s.x.awaiting(func() (err error) {
		line, err = s.line()
		return err
	})
	switch {
	case errors.Is(err, bufio.ErrTooLong):
		return false, s.x.fail(&Error{Kind: TooLong, Message: "an event of more than 2 MiB"})
	case err != nil && (!errors.Is(err, io.EOF) || s.x.silent.Load()):
		return false, s.x.broken(Cut, err)
	}
	ended := err != nil
	data, isData := bytes.CutPrefix(line, []byte("data:"))
	if data = bytes.TrimSpace(data); isData && len(data) > 0 {
		last, err = s.event(data, ended)
	} else {
		err = nil
	}
	switch {
	case last && err == nil:
		s.x.complete()
	case ended && err == nil:
		return true, s.end()
	}
	return last, err
}

// event takes what one event brings, and reports whether none comes after it;
// ended holds where the answer is over with it.
func (s *stream) event(data []byte, ended bool) (last bool, err error) {
	p, err := s.read(data)
	var bad *Error
	if errors.As(err, &bad) {
		if ended && bad.Kind == Garbled { // the line broke off
			bad = &Error{Kind: Cut}
		}
		return false, s.x.fail(bad)
	}
	if s.textSize += len(p.text); s.textSize > longestText {
		return false, s.x.fail(&Error{Kind: TooLong, Message: "more than 256 KiB"})
	}
	s.finished = s.finished || p.finished
	s.x.count(p)
	text := s.reasoning.next(p.text)
	if ended || p.last || p.finished {
		text += s.reasoning.rest()
	}
	if text != "" {
		err = s.x.emit(text)
	}
	return p.last, err
}

// end is how an answer ends that has no last event.
func (s *stream) end() error {
	if !s.finished {
		return s.x.fail(&Error{Kind: Cut})
	}
	s.x.complete()
	return nil
}

// complete says that nothing is missing.
func (x *roundTrip) complete() {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.completed = true
}

// drain reads what follows the last event, which is nothing.
func (s *stream) drain(body io.Closer) {
	late := time.AfterFunc(farewell, func() { _ = body.Close() })
	defer late.Stop()
	_, _ = io.CopyN(io.Discard, s.lines, 4<<10) // all that counts is there
}

// line reads one line, without its end; with io.EOF it is the last one.
func (s *stream) line() ([]byte, error) {
	var whole []byte
	for {
		piece, err := s.lines.ReadSlice('\n')
		whole = append(whole, piece...)
		switch {
		case len(whole) > longestLine:
			return nil, bufio.ErrTooLong
		case !errors.Is(err, bufio.ErrBufferFull):
			return whole, err
		}
	}
}

// count keeps the tokens that a delta tells of.
func (x *roundTrip) count(p delta) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.usage.InputTokens = max(x.usage.InputTokens, p.input)
	x.usage.OutputTokens = max(x.usage.OutputTokens, p.output)
	x.usage.CachedTokens = max(x.usage.CachedTokens, p.cached)
}
