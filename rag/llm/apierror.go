package llm

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"time"
)

// errorOf is the failure that a status and the words with it tell.
func (x *roundTrip) errorOf(resp *http.Response) *Error {
	data, err := x.readAll(resp.Body, 64<<10)
	if err != nil && len(data) == 0 {
		return x.broken(Failing, err)
	}
	said := parseAPIError(data)
	return &Error{
		Kind: kindOf(resp.StatusCode, said), Status: resp.StatusCode, Message: said.message,
		RetryAfter: retryAfter(resp.Header, time.Now()), said: said,
	}
}

func kindOf(status int, said apiError) Kind {
	switch {
	case said.code == "insufficient_quota": // too many requests, but for good
		return Denied
	case said.code == "content_filter":
		return Withheld
	case status/100 == 4 && ofContext.MatchString(said.code+" "+said.kind+" "+said.message):
		return Exceeded
	case status == http.StatusTooManyRequests:
		return Overloaded
	case status >= 500, status == http.StatusRequestTimeout, status == http.StatusTooEarly:
		return Failing
	case status == http.StatusUnauthorized, status == http.StatusForbidden, status == http.StatusPaymentRequired:
		return Denied
	case status == http.StatusNotFound, status/100 == 3:
		return Unknown
	}
	return Refused
}

// ofContext is how providers say that a question with its evidence is more than
// the model reads at once.
var ofContext = regexp.MustCompile(`(?i)context[ _](length|window|size|limit)|exceed_context|(prompt|input|request|context) is too (long|large)|` +
	`input token count|too many (input )?tokens|reduce the length`)

// retryAfter is how long a provider asks to wait: in seconds, until a time, or
// in milliseconds as some have it. 0 is no word of it.
func retryAfter(h http.Header, now time.Time) time.Duration {
	if ms, err := strconv.ParseFloat(h.Get("Retry-After-Ms"), 64); err == nil && ms > 0 && ms < 1e9 {
		return time.Duration(ms * float64(time.Millisecond))
	}
	said := h.Get("Retry-After")
	if s, err := strconv.ParseFloat(said, 64); err == nil && s > 0 && s < 1e6 {
		return time.Duration(s * float64(time.Second))
	}
	if at, err := http.ParseTime(said); err == nil {
		return max(at.Sub(now), 0)
	}
	return 0
}

// apiError is what a provider says in an error; param is the parameter that it
// blames, in the protocol that has a place for it.
type apiError struct{ code, kind, message, param string }

// parseAPIError finds the words in the forms that providers have for them.
func parseAPIError(data []byte) apiError {
	var said fields
	// Gemini has errors in a list. What is no JSON says nothing.
	_ = json.Unmarshal(bytes.TrimSuffix(bytes.TrimPrefix(bytes.TrimSpace(data), []byte("[")), []byte("]")), &said)
	inner, _ := said["error"].(fields)
	first := func(values ...any) string {
		for _, v := range values {
			if _, more := v.(fields); v != nil && v != "" && !more {
				return fmt.Sprint(v)
			}
		}
		return ""
	}
	return apiError{
		code: first(inner["code"]), kind: first(inner["type"]), param: first(inner["param"]),
		message: first(inner["message"], said["error"], said["message"], said["detail"]),
	}
}

// without is why an answer has not what was asked for: an error in its place, or nothing.
func (x *roundTrip) without(what string, data []byte, err error) error {
	if said := parseAPIError(data); said.message != "" {
		return x.fail(&Error{Kind: Failing, Message: said.message})
	}
	return x.fail(&Error{Kind: Garbled, Message: what, Err: err})
}

// reasonOf says why a connection failed: where to and what the system says,
// without the address's path.
func reasonOf(err error) string {
	var dns *net.DNSError
	var op *net.OpError
	var address *url.Error
	switch {
	case errors.As(err, &dns):
		return "no such host: " + dns.Name
	case errors.As(err, &op) && op.Addr != nil && op.Op == "dial":
		return "no connection to " + op.Addr.String() + ": " + op.Err.Error()
	case errors.As(err, &address):
		return address.Err.Error()
	}
	return err.Error()
}
