package llm

import (
	"fmt"
	"strings"
	"time"

	"docent/rag"
	"docent/rag/lang"
)

// Kind says why a model did not answer.
type Kind int

// Why a model did not answer. Those up to Slow may pass.
const (
	// Unreachable: there is no connection, or it broke before an answer.
	Unreachable Kind = iota + 1
	// Silent: nothing came for Config.Silence.
	Silent
	// Overloaded: the provider asks to slow down.
	Overloaded
	// Failing: the provider says that the fault is its own.
	Failing
	// Cut: the answer ended before its end.
	Cut
	// Garbled: what came is not of the protocol.
	Garbled
	// Empty: the model wrote nothing.
	Empty
	// Resting: the model failed so often that it is left alone for a while.
	Resting
	// Slow: the answer was not there after Config.Timeout.
	Slow
	// Denied: the key is missing, wrong, or not good for this.
	Denied
	// Unknown: there is no such model, or nothing of the kind at the address.
	Unknown
	// Refused: the provider does not take the request.
	Refused
	// Withheld: the provider wrote an answer and keeps it.
	Withheld
	// TooLong: the answer is longer than any that is used.
	TooLong
	// Starved: the thought took all that might be written.
	Starved
	// Exceeded: what was asked is more than the model reads at once.
	Exceeded
	// NoTools: the model has no use of tools.
	NoTools
)

var kinds = map[Kind]string{
	Unreachable: "cannot be reached", Silent: "says nothing", Overloaded: "is overloaded", Failing: "fails",
	Cut: "stopped in the middle of its answer", Garbled: "answered with what is not understood", Empty: "wrote nothing",
	Resting: "failed and is left alone for now", Slow: "took too long", Denied: "denies access",
	Unknown: "is not known there", Refused: "refused the request", Withheld: "withholds its answer", TooLong: "wrote without end",
	Starved: "thought until nothing was left for an answer", Exceeded: "was given more than it reads at once", NoTools: "takes no tools",
}

// String says it of a model: "cannot be reached".
func (k Kind) String() string { return kinds[k] }

// Error is why a call of a model failed. It holds no key.
type Error struct {
	Kind Kind
	// Provider and Model are those of the Config.
	Provider, Model string
	// Status is that of HTTP, 0 where none came.
	Status int
	// RetryAfter is the time after which the provider, or the circuit, takes
	// another call; 0 where nothing was said.
	RetryAfter time.Duration
	// Message is what the provider said, on one line and of some hundred
	// letters at most.
	Message string
	// Err is the cause, nil for none.
	Err error
	// said is what the provider said, in full.
	said apiError
	// shown is set where pieces of the answer were shown already.
	shown bool
}

func (e *Error) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s of %s %s", e.Model, e.Provider, e.Kind)
	if e.Status > 0 {
		fmt.Fprintf(&b, " (status %d)", e.Status)
	}
	switch {
	case e.Message != "":
		b.WriteString(": " + e.Message)
	case e.Err != nil:
		b.WriteString(": " + e.Err.Error())
	}
	return b.String()
}

func (e *Error) Unwrap() error { return e.Err }

// Is makes an error one of rag's: one that may pass is rag.ErrModelUnavailable.
func (e *Error) Is(target error) bool {
	switch target {
	case rag.ErrModelUnavailable:
		return e.passes()
	case rag.ErrModelDeclined:
		return e.Kind == Withheld
	case rag.ErrModelContext:
		return e.Kind == Exceeded
	case rag.ErrModelTools:
		return e.Kind == NoTools
	}
	return false
}

// passes holds where another time may be better.
func (e *Error) passes() bool { return e.Kind <= Slow }

// again holds where another attempt of the same call may be better.
func (e *Error) again() bool { return e.Kind < Resting && !e.shown }

// longestMessage is what is kept of what a provider says, in bytes.
const longestMessage = 300

// oneLine makes a provider's words fit for a message.
func oneLine(text string) string {
	text = lang.OneLine(lang.Sanitize(text))
	if len(text) > longestMessage {
		text = lang.FirstBytes(text, longestMessage) + "…"
	}
	return text
}
