package bot

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
)

// maxBody bounds what is read of an answer of the Web API.
const maxBody = 16 << 20

// inspect looks for refusals in an answer. The body, and an error of reading it,
// stay as they were.
func (t *transport) inspect(method string, resp *http.Response) {
	if resp.Header.Get("Content-Type") == "" || resp.StatusCode != http.StatusOK || !isJSON(resp) {
		if resp.StatusCode >= 400 {
			t.metrics.callRefused(method, http.StatusText(resp.StatusCode))
		}
		return
	}
	data, err := io.ReadAll(io.LimitReader(resp.Body, maxBody))
	if closed := resp.Body.Close(); closed != nil && err == nil {
		err = closed
	}
	resp.Body = &bufferedBody{Reader: bytes.NewReader(data), err: err}
	var answer struct {
		OK     *bool  `json:"ok"`
		Error  string `json:"error"`
		Needed string `json:"needed"`
	}
	if json.Unmarshal(data, &answer) == nil && answer.OK != nil && !*answer.OK {
		t.metrics.callRefused(method, answer.Error)
		t.reportRefusal(method, tokenError(method, answer.Error, answer.Needed))
	}
}

// reportRefusal passes on a refusal that may be permanent; nil is none.
func (t *transport) reportRefusal(method string, problem error) {
	switch {
	case problem == nil:
	case method == openMethod, method == identityMethod:
		t.failed(problem)
	default:
		t.suspected()
	}
}

func isJSON(resp *http.Response) bool {
	return bytes.HasPrefix([]byte(resp.Header.Get("Content-Type")), []byte("application/json"))
}

// bufferedBody yields what was read, then the error that ended the reading.
type bufferedBody struct {
	*bytes.Reader
	err error
}

func (b *bufferedBody) Read(p []byte) (int, error) {
	n, err := b.Reader.Read(p)
	if err == io.EOF && b.err != nil {
		err = b.err
	}
	return n, err
}

func (b *bufferedBody) WriteTo(w io.Writer) (int64, error) {
	n, err := b.Reader.WriteTo(w)
	if err == nil {
		err = b.err
	}
	return n, err
}

func (*bufferedBody) Close() error { return nil }
