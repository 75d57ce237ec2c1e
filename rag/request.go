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
	// Locale is the asker's language, for what no word of the question tells; "" for
	// none.
	Locale string
	// Parts are what the question asks, where it asks several things, each to be
	// looked up for itself; nil has it parted.
	Parts []Part
	// History is the conversation before the question, oldest first.
	History []Exchange
}

// Part is one of several questions in one.
type Part struct {
	// Asked is the part in its own words, by which an answer names it, Question how it
	// reads alone.
	Asked, Question string
	Language        string
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
