package llm

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"time"
	"unicode/utf8"
)

const (
	// longestText bounds an answer, in bytes: some 60,000 tokens. langchaingo
	// copies what it has for each piece that comes.
	longestText = 256 << 10
	// longestLine bounds an event: an answer in one piece, escaped.
	longestLine = 2 << 20
	// longestPiece is what goes to langchaingo at once, which gives up on lines
	// of 64 KiB.
	longestPiece = 8 << 10
	// farewell is how long the end of a connection is waited for, so that it
	// can be used again.
	farewell = 50 * time.Millisecond
)

// stream reads server-sent events and hands them on in the form that
// langchaingo understands, or fails where they do not come to an end.
type stream struct {
	x        *exchange
	dialect  streamed
	body     io.ReadCloser
	lines    *bufio.Reader
	out      []byte
	ended    error // io.EOF once all came
	thoughts thoughts
	finish   string
	textSize int
}

func newStream(x *exchange, d streamed, body io.ReadCloser) io.ReadCloser {
	return &stream{x: x, dialect: d, body: body, lines: bufio.NewReader(body)}
}

// Read implements io.Reader.
func (s *stream) Read(p []byte) (int, error) {
	for len(s.out) == 0 {
		if s.ended != nil {
			return 0, s.ended
		}
		s.ended = s.next()
	}
	n := copy(p, s.out)
	s.out = s.out[n:]
	return n, nil
}

// Close implements io.Closer.
func (s *stream) Close() error { return s.body.Close() }

// next takes one line of the stream.
func (s *stream) next() error {
	var line []byte
	err := s.x.awaiting(func() (err error) {
		line, err = s.line()
		return err
	})
	switch {
	case errors.Is(err, bufio.ErrTooLong):
		return s.x.fail(&Error{Kind: TooLong, Message: "an event of more than 2 MiB"})
	case err != nil && (!errors.Is(err, io.EOF) || s.x.silent.Load()):
		return s.x.broken(Cut, err)
	}
	ended := err != nil
	data, isData := bytes.CutPrefix(line, []byte("data:"))
	data = bytes.TrimSpace(data)
	if !isData || len(data) == 0 {
		return s.endOr(ended)
	}
	p, err := s.dialect.read(data)
	var bad *Error
	if errors.As(err, &bad) {
		if ended && bad.Kind == Garbled { // the line broke off
			bad = &Error{Kind: Cut}
		}
		return s.x.fail(bad)
	}
	return s.take(p, ended)
}

// endOr is how the stream goes on after a line, the last one or not.
func (s *stream) endOr(ended bool) error {
	switch {
	case !ended:
		return nil
	case s.dialect.finished(s.finish):
		s.x.complete()
		return io.EOF
	}
	return s.x.fail(&Error{Kind: Cut})
}

func (s *stream) take(p part, ended bool) error {
	if s.textSize += len(p.text); s.textSize > longestText {
		return s.x.fail(&Error{Kind: TooLong, Message: "more than 256 KiB"})
	}
	if p.finish != "" {
		s.finish = p.finish
	}
	s.x.count(p)
	p.text = s.thoughts.next(p.text)
	if ended || p.last || p.finish != "" {
		p.text += s.thoughts.rest()
	}
	for text := p.text; len(text) > longestPiece; text = p.text {
		n := longestPiece
		for !utf8.RuneStart(text[n]) {
			n--
		}
		s.out = s.dialect.write(s.out, part{text: text[:n]})
		p.text = text[n:]
	}
	s.out = s.dialect.write(s.out, p)
	if p.last {
		s.drain()
		s.x.complete()
		return io.EOF
	}
	return s.endOr(ended)
}

// complete says that nothing is missing.
func (x *exchange) complete() {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.whole = true
}

// drain reads what follows the last event, which is nothing.
func (s *stream) drain() {
	late := time.AfterFunc(farewell, func() { _ = s.body.Close() })
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

// count keeps the tokens that a part tells of.
func (x *exchange) count(p part) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.usage.InputTokens = max(x.usage.InputTokens, p.input)
	x.usage.OutputTokens = max(x.usage.OutputTokens, p.output)
	x.usage.CachedTokens = max(x.usage.CachedTokens, p.cached)
}
