package llmtest

import (
	"cmp"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
)

// Reply is how a server answers one request.
type Reply struct {
	// Text is what the model writes, in pieces of a word or as Pieces has it.
	Text   string
	Pieces []string
	// Thought comes before the text, and Calls of tools after it.
	Thought string
	Calls   []Call
	// Reasoned is how many tokens were thought.
	Reasoned int
	// Refusal is said in place of a text, where OpenAI has a field for it. Parts
	// has the text in a list, as Mistral does.
	Refusal string
	Parts   bool
	// Finish is why it stops, "" for its end.
	Finish string
	// Status other than 0 and 200 is an error, of which Message and Code are
	// the words, and Param the parameter that OpenAI blames, "" for none.
	Status               int
	Message, Code, Param string
	// RetryAfter is the header of that name.
	RetryAfter string
	// Cached is how many tokens of the question the provider had read before.
	Cached int
	Fault  Fault
}

// Call is a call of a tool; its arguments are JSON.
type Call struct{ ID, Name, Arguments string }

// finish is why the model stops.
func (r Reply) finish(end, calls string) string {
	if len(r.Calls) > 0 {
		end = calls
	}
	return cmp.Or(r.Finish, end)
}

// halves cuts a text in two, as arguments come in pieces.
func halves(s string) []string { return []string{s[:len(s)/2], s[len(s)/2:]} }

// Fault is what goes wrong with a reply.
type Fault int

// The faults. Those of streams come after half of the pieces.
const (
	None Fault = iota
	// Drop ends the connection before an answer, Hang never answers.
	Drop
	Hang
	// Cut ends the connection, CutEvent in the middle of an event, NoEnd in
	// good order but before the end; Stall keeps it and says nothing more.
	Cut
	CutEvent
	NoEnd
	Stall
	// Malformed is an event that is no JSON, ErrorEvent one that tells of an
	// error, and ErrorObject the same in vLLM's older form.
	Malformed
	ErrorEvent
	ErrorObject
	// NoStream answers in one piece though a stream was asked for, Page with
	// a page of HTML.
	NoStream
	Page
	// Extras are what a reader need not know: comments, thoughts, calls of
	// tools, and events yet to be invented.
	Extras
	// Shuffled gives vectors or scores in another order, with their numbers;
	// Missing leaves one out, and Foreign has the score of a text that was not
	// sent.
	Shuffled
	Missing
	Foreign
)

// pieces are the reply's text as it is streamed.
func (r Reply) pieces() []string {
	if r.Pieces != nil {
		return r.Pieces
	}
	return slices.DeleteFunc(strings.SplitAfter(r.Text, " "), func(p string) bool { return p == "" })
}

func (r Reply) text() string { return strings.Join(r.pieces(), "") }

// conversation is a request that is being answered.
type conversation struct {
	*Server
	w       http.ResponseWriter
	r       *http.Request
	request Request
	reply   Reply
}

// object is JSON as it is written down here.
type object = map[string]any

// failed answers with an error, if the reply is one.
func (c *conversation) failed(body object) bool {
	if c.reply.Status == 0 || c.reply.Status == http.StatusOK {
		return false
	}
	c.json(c.reply.Status, body)
	return true
}

func (c *conversation) json(status int, body any) {
	c.w.Header().Set("Content-Type", "application/json")
	c.w.WriteHeader(status)
	_ = json.NewEncoder(c.w).Encode(body) // the other end may be gone
}

func (c *conversation) page() {
	c.w.Header().Set("Content-Type", "text/html; charset=utf-8")
	_, _ = c.w.Write([]byte("<html><body>Please sign in.</body></html>"))
}

// event writes one event of a stream; the name is "" where there is none.
func (c *conversation) event(name string, data any) {
	text, ok := data.(string)
	if !ok {
		encoded, err := json.Marshal(data)
		if err != nil {
			panic(err)
		}
		text = string(encoded)
	}
	if name != "" {
		_, _ = fmt.Fprintf(c.w, "event: %s\n", name)
	}
	_, _ = fmt.Fprintf(c.w, "data: %s\n\n", text)
	c.flush()
}

func (c *conversation) flush() { _ = http.NewResponseController(c.w).Flush() }

// hang keeps the connection until somebody gives up.
func (c *conversation) hang() {
	select {
	case <-c.r.Context().Done():
	case <-c.closing:
		panic(http.ErrAbortHandler)
	}
}

// halfway has a fault of streams happen. It reports whether the stream is over.
func (c *conversation) halfway(errorEvent func()) bool {
	switch c.reply.Fault {
	case Cut:
		panic(http.ErrAbortHandler)
	case CutEvent:
		_, _ = c.w.Write([]byte(`data: {"choi`))
		c.flush()
		panic(http.ErrAbortHandler)
	case NoEnd:
		return true
	case Stall:
		c.hang()
		return true
	case Malformed:
		c.event("", `{"choices":[{"delta":`)
	case ErrorEvent, ErrorObject:
		errorEvent()
		return true
	}
	return false
}

// stream writes the pieces, and has the fault happen after half of them.
func (c *conversation) stream(piece func(string), errorEvent func()) (whole bool) {
	pieces := c.reply.pieces()
	for i, p := range pieces {
		if i == (len(pieces)+1)/2 && c.halfway(errorEvent) {
			return false
		}
		piece(p)
	}
	// A single piece has its second half here.
	return len(pieces) > 1 || !c.halfway(errorEvent)
}

// tokens counts some for a text.
func tokens(texts ...string) int {
	n := 0
	for _, t := range texts {
		n += len(strings.Fields(t))
	}
	return n
}
