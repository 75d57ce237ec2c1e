package llm

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"
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
	emit      func(string) error
	lines     *bufio.Reader
	reasoning reasoningFilter
	// stop is why the model stopped, "" while it has not.
	stop string
	size int
}

// readAnswer reads a stream, or an answer in one piece, which servers give that
// know nothing of streams.
func (s *stream) readAnswer(resp *http.Response) error {
	defer resp.Body.Close()
	kind := resp.Header.Get("Content-Type")
	switch {
	case strings.HasPrefix(kind, "text/html"):
		return s.x.fail(&Error{Kind: Garbled, Message: "a page of the kind " + kind})
	case strings.HasPrefix(kind, "application/json"):
		return s.readWhole(resp.Body)
	}
	s.lines = bufio.NewReader(resp.Body)
	for {
		last, err := s.next()
		if last {
			s.drain(resp.Body)
		}
		if last || err != nil {
			return err
		}
	}
}

func (s *stream) readWhole(body io.Reader) error {
	data, err := s.x.readAll(body, longestLine)
	if err != nil {
		return s.x.fail(s.x.broken(Cut, err))
	}
	if !json.Valid(data) {
		return s.x.fail(&Error{Kind: Garbled, Message: "an answer that is no JSON"})
	}
	if _, err := s.event(data, true); err != nil {
		return err
	}
	return s.end()
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
		return false, s.x.fail(s.x.broken(Cut, err))
	}
	ended := err != nil
	data, isData := bytes.CutPrefix(line, []byte("data:"))
	if data = bytes.TrimSpace(data); isData && len(data) > 0 {
		last, err = s.event(data, ended)
	} else {
		err = nil
	}
	if ended && !last && err == nil {
		return true, s.end()
	}
	return last, err
}

// event takes what one event brings, and reports whether none comes after it;
// ended holds where the answer is over with it.
func (s *stream) event(data []byte, ended bool) (last bool, err error) {
	p, err := s.read.read(data)
	var bad *Error
	if errors.As(err, &bad) {
		if ended && bad.Kind == Garbled { // the line broke off
			bad = &Error{Kind: Cut}
		}
		return false, s.x.fail(bad)
	}
	if s.size += len(p.text) + p.unseen; s.size > longestText {
		return false, s.x.fail(&Error{Kind: TooLong, Message: "more than 256 KiB"})
	}
	s.stop = cmp.Or(p.stop, s.stop)
	s.x.count(p)
	text := s.reasoning.next(p.text, ended || p.last || p.stop != "")
	if text != "" {
		err = s.emit(text)
	}
	return p.last, err
}

// end is how an answer ends that has no last event.
func (s *stream) end() error {
	if s.stop == "" {
		return s.x.fail(&Error{Kind: Cut})
	}
	return nil
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
	x.usage.InputTokens = max(x.usage.InputTokens, p.input)
	x.usage.OutputTokens = max(x.usage.OutputTokens, p.output)
	x.usage.CachedTokens = max(x.usage.CachedTokens, p.cached)
}
