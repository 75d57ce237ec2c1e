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
	Unreachable Kind = iota + 1 // no connection, or it broke before an answer
	Silent                      // nothing came for Config.Silence
	Overloaded                  // the provider asks to slow down
	Failing                     // the provider says that the fault is its own
	Cut                         // the answer ended before its end
	Garbled                     // what came is not of the protocol
	Empty                       // the model wrote nothing
	Resting                     // it failed so often that it is left alone for a while
	Slow                        // the answer was not there after Config.Timeout
	Denied                      // the key is missing, wrong, or not good for this
	Unknown                     // no such model, or nothing of the kind at the address
	Refused                     // the provider does not take the request
	Withheld                    // the model, or the provider, will not answer
	TooLong                     // the answer is longer than any that is used
	Starved                     // the thought took all that might be written
	Exceeded                    // what was asked is more than the model reads at once
	NoTools                     // the model calls no tools
)

var kinds = [...]string{
	"", "cannot be reached", "says nothing", "is overloaded", "fails", "stopped in the middle of its answer", "answered with what is not understood",
	"wrote nothing", "failed and is left alone for now", "took too long", "denies access", "is not known there", "refused the request",
	"withholds its answer", "wrote without end", "thought until nothing was left for an answer", "was given more than it reads at once", "takes no tools",
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
