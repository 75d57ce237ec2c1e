package bot

import (
	"context"
	"errors"
	"io"
	"net/http"
	"time"
)

var errTimeout = errors.New("Slack does not answer in time") //nolint:staticcheck // a name

// roundTripWithTimeout makes one call and gives up if the answer does not come
// in time. The wait for a connection's turn does not count. For a file the time
// starts anew with each read, so that a large one may take longer.
func (t *transport) roundTripWithTimeout(req *http.Request, file bool) (*http.Response, error) {
	ctx, cancel := context.WithCancelCause(req.Context())
	late := time.AfterFunc(t.callTime, func() { cancel(errTimeout) })
	stop := func() { late.Stop(); cancel(nil) }
	resp, err := t.base.RoundTrip(req.WithContext(ctx))
	if err != nil {
		stop()
		return nil, err
	}
	extend := func() {}
	if file {
		extend = func() { late.Reset(t.callTime) }
	}
	resp.Body = &timeoutBody{ReadCloser: resp.Body, extend: extend, stop: stop}
	return resp, nil
}

// timeoutBody is a body whose reading has a deadline.
type timeoutBody struct {
	io.ReadCloser
	// extend is called as bytes come, stop at the end.
	extend, stop func()
}

func (b *timeoutBody) Read(p []byte) (int, error) {
	n, err := b.ReadCloser.Read(p)
	if n > 0 {
		b.extend()
	}
	return n, err
}

func (b *timeoutBody) Close() error {
	defer b.stop()
	return b.ReadCloser.Close()
}
