package llm

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"strings"
)

// asStream makes a stream of an answer in one piece, which servers give that
// know nothing of streams.
func asStream(x *exchange, d streamed, resp *http.Response) io.ReadCloser {
	if !isJSON(resp) {
		return failing{resp.Body, x.fail(&Error{Kind: Garbled, Message: "a page of the kind " + resp.Header.Get("Content-Type")})}
	}
	data, err := x.readAll(resp.Body, longestLine)
	if err != nil {
		return failing{resp.Body, x.broken(Cut, err)}
	}
	var line bytes.Buffer
	if err := json.Compact(&line, data); err != nil {
		return failing{resp.Body, x.fail(&Error{Kind: Garbled, Err: err, Message: "an answer that is no JSON"})}
	}
	return newStream(x, d, body{io.MultiReader(strings.NewReader("data: "), &line), resp.Body})
}

// isStream tells a stream, which some servers call plain text or nothing at
// all, from an answer in one piece and from the page of something in between.
func isStream(resp *http.Response) bool {
	return !isJSON(resp) && !strings.HasPrefix(resp.Header.Get("Content-Type"), "text/html")
}

func isJSON(resp *http.Response) bool {
	return strings.HasPrefix(resp.Header.Get("Content-Type"), "application/json")
}

// body is read from one place and closed in another.
type body struct {
	io.Reader
	io.Closer
}

// failing is a body of which nothing is read.
type failing struct {
	io.Closer
	err error
}

func (f failing) Read([]byte) (int, error) { return 0, f.err }
