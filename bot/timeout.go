package bot

import (
	"context"
	"errors"
	"io"
	"net/http"
	"time"
)

var errSilent = errors.New("Slack does not answer in time") //nolint:staticcheck // a name

// timed is one call, which ends where the answer is not there in time. The
// wait for a turn is none of that time. A file may take longer, as long as
// something comes.
func (t *transport) timed(req *http.Request, file bool) (*http.Response, error) {
	ctx, cancel := context.WithCancelCause(req.Context())
	late := time.AfterFunc(t.callTime, func() { cancel(errSilent) })
	end := func() { late.Stop(); cancel(nil) }
	resp, err := t.base.RoundTrip(req.WithContext(ctx))
	if err != nil {
		end()
		return nil, err
	}
	more := func() {}
	if file {
		more = func() { late.Reset(t.callTime) }
	}
	resp.Body = &timedBody{ReadCloser: resp.Body, more: more, end: end}
	return resp, nil
}

// timedBody is a body whose reading is timed.
type timedBody struct {
	io.ReadCloser
	// more is called as bytes come, end when no more are wanted.
	more, end func()
}

func (b *timedBody) Read(p []byte) (int, error) {
	n, err := b.ReadCloser.Read(p)
	if n > 0 {
		b.more()
	}
	return n, err
}

func (b *timedBody) Close() error {
	defer b.end()
	return b.ReadCloser.Close()
}
