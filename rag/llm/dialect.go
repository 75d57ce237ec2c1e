package llm

import (
	"encoding/json"
	"net/http"

	"github.com/tmc/langchaingo/llms"
)

// dialect is a protocol as one kind of call speaks it.
type dialect interface {
	// edit changes the fields of a request to what the provider takes.
	edit(at *endpoint, fields map[string]json.RawMessage)
	// optional are the fields that a request can do without, where they are
	// refused.
	optional() []string
	// receive reads an answer to its end, and returns what is handed on in its
	// place. What it fails for it keeps in the round trip.
	receive(x *roundTrip, resp *http.Response) ([]byte, error)
}

// chat is a dialect in which models write.
type chat interface {
	dialect
	// client is langchaingo's for one call.
	client(at *endpoint, x *roundTrip) (llms.Model, error)
}

// delta is what one event of a stream brings.
type delta struct {
	text string
	// input and output count tokens, where the event says so; 0 where not.
	// cached are those of the input that were read from a cache.
	input, output, cached int
	// finished holds where the model has stopped, and the stream may end; last for
	// the event after which none comes.
	finished, last bool
}
