package llm

import (
	"encoding/json"
	"io"
	"net/http"
	"strings"
)

// readCompletion reads an answer in one piece, which servers give that know nothing
// of streams.
func (x *roundTrip) readCompletion(read reader, body io.Reader) error {
	data, err := x.readAll(body, longestLine)
	if err != nil {
		return x.broken(Cut, err)
	}
	if !json.Valid(data) {
		return x.fail(&Error{Kind: Garbled, Message: "an answer that is no JSON"})
	}
	s := &stream{x: x, read: read}
	if _, err := s.event(data, true); err != nil {
		return err
	}
	return s.end()
}

// pageError fails for what comes from something in between.
func (x *roundTrip) pageError(resp *http.Response) error {
	return x.fail(&Error{Kind: Garbled, Message: "a page of the kind " + resp.Header.Get("Content-Type")})
}

// isStream tells a stream, which some servers call plain text or nothing at
// all, from an answer in one piece and from the page of something in between.
func isStream(resp *http.Response) bool {
	return !isJSON(resp) && !strings.HasPrefix(resp.Header.Get("Content-Type"), "text/html")
}

func isJSON(resp *http.Response) bool {
	return strings.HasPrefix(resp.Header.Get("Content-Type"), "application/json")
}
