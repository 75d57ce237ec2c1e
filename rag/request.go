package rag

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"docent/rag/lang"
)

// MaxQuestion is the longest question that is looked up, in bytes. What is
// longer is a document, not a question.
const MaxQuestion = 10_000

// ErrEmptyQuestion says that there is nothing to look up.
var ErrEmptyQuestion = errors.New("the question is empty")

// ErrLongQuestion says that a question is longer than MaxQuestion.
var ErrLongQuestion = fmt.Errorf("the question is longer than %d bytes", MaxQuestion)

// SearchRequest is a question with the audience that it is asked for.
type SearchRequest struct {
	Question string
	// Language is the question's language, "" to have it detected.
	Language string
	Audience Audience
	// Spaces narrows the search; empty means all that the audience sees.
	Spaces []string
	// Limit is the number of hits, 0 the retriever's.
	Limit int
	// History is the conversation before the question, oldest first. Only an
	// answerer with a model makes use of it.
	History []Exchange
}

// Check returns the question, normalised, or what is wrong with the request:
// ErrNoAudience, ErrEmptyQuestion or ErrLongQuestion.
func (req SearchRequest) Check() (string, error) {
	if req.Audience.IsEmpty() {
		return "", ErrNoAudience
	}
	if len(req.Question) > MaxQuestion {
		return "", ErrLongQuestion
	}
	question := lang.Normalize(req.Question)
	if strings.TrimSpace(question) == "" {
		return "", ErrEmptyQuestion
	}
	return question, nil
}

// Result is what a search found.
type Result struct {
	// Hits are ranked by their fused score, best first.
	Hits     []Hit
	Searched Searched
	// Language is the question's.
	Language string
	// Took is the time of the search.
	Took time.Duration
	// Warning is why a reranker did not order the hits; nil otherwise. It never
	// holds a key. Usage is what one charged that is a language model.
	Warning error
	Usage   Usage
}
