package bot

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"
)

// maxBody bounds what is read of an answer of the Web API.
const maxBody = 16 << 20

// inspect looks for refusals in an answer, whose body is read whole for it.
func (t *transport) inspect(method string, resp *http.Response) error {
	if resp.StatusCode != http.StatusOK || !strings.HasPrefix(resp.Header.Get("Content-Type"), "application/json") {
		if resp.StatusCode >= 400 {
			t.metrics.callRefused(method, http.StatusText(resp.StatusCode))
		}
		return nil
	}
	data, err := io.ReadAll(io.LimitReader(resp.Body, maxBody))
	if err := errors.Join(err, resp.Body.Close()); err != nil {
		return err
	}
	resp.Body = io.NopCloser(bytes.NewReader(data))
	var answer struct {
		OK     *bool  `json:"ok"`
		Error  string `json:"error"`
		Needed string `json:"needed"`
	}
	if json.Unmarshal(data, &answer) == nil && answer.OK != nil && !*answer.OK {
		t.metrics.callRefused(method, answer.Error)
		t.reportRefusal(method, tokenError(method, answer.Error, answer.Needed))
	}
	return nil
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
