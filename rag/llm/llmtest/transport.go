package llmtest

import (
	"context"
	"errors"
	"io"
	"net/http"
	"sync"
)

var errRefused = errors.New("connection refused")

// RoundTrip implements http.RoundTripper: it serves a request without a
// network, in a goroutine that ends with the request.
func (s *Server) RoundTrip(req *http.Request) (*http.Response, error) {
	s.mu.Lock()
	dead := s.dead
	s.mu.Unlock()
	if dead {
		return nil, errRefused
	}
	ctx, cancel := context.WithCancel(req.Context())
	body, to := io.Pipe()
	w := &pipeWriter{header: make(http.Header), to: to, begun: make(chan struct{})}
	s.served.Go(func() {
		defer cancel()
		defer func() {
			if p := recover(); p != nil { // http.ErrAbortHandler, as net/http has it
				w.WriteHeader(broken)
				_ = to.CloseWithError(io.ErrUnexpectedEOF)
			}
			w.WriteHeader(http.StatusOK)
			_ = to.Close()
		}()
		s.ServeHTTP(w, req.Clone(ctx))
	})
	stop := context.AfterFunc(req.Context(), func() { _ = body.CloseWithError(req.Context().Err()) })
	select {
	case <-w.begun:
		if w.status == broken {
			stop()
			return nil, io.EOF
		}
	case <-req.Context().Done():
		return nil, req.Context().Err()
	}
	return &http.Response{
		StatusCode: w.status, Header: w.header, Request: req, ContentLength: -1,
		Body: &pipeBody{PipeReader: body, closed: func() { cancel(); stop() }},
	}, nil
}

// broken is the status of an answer that never began.
const broken = -1

// pipeWriter is a response whose body goes through a pipe.
type pipeWriter struct {
	header http.Header
	to     *io.PipeWriter
	status int
	once   sync.Once
	begun  chan struct{}
}

func (w *pipeWriter) Header() http.Header { return w.header }
func (w *pipeWriter) Flush()              {}

func (w *pipeWriter) WriteHeader(status int) {
	w.once.Do(func() {
		w.status = status
		close(w.begun)
	})
}

func (w *pipeWriter) Write(p []byte) (int, error) {
	w.WriteHeader(http.StatusOK)
	return w.to.Write(p)
}

type pipeBody struct {
	*io.PipeReader
	closed func()
}

func (b *pipeBody) Close() error {
	b.closed()
	return b.PipeReader.Close()
}
