package answer

import (
	"context"

	"docent/rag"
)

// Tell is Answer for those who show an answer while it is made: each claim is
// handed to emit once it is verified, with the citations it is the first to
// use. An error of emit ends the answer and is returned. The Answer holds the
// same claims and citations again.
func (a Answerer) Tell(ctx context.Context, req rag.SearchRequest, emit func(rag.Claim, []rag.Citation) error) (rag.Answer, error) {
	answer, err := a.Answer(ctx, req)
	if err != nil {
		return answer, err
	}
	return answer, answer.Tell(emit)
}
