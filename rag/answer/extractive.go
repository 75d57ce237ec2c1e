package answer

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"docent/prompts"
	"docent/rag"
	"docent/rag/extract"
	"docent/rag/lang"
	"docent/rag/retrieve"
	"docent/rag/verify"
)

// DefaultEvidence is the number of passages that an answer may use.
const DefaultEvidence = 12

// Answerer answers questions from a library. It keeps no state between
// questions and may be used by several goroutines.
type Answerer struct {
	Retriever retrieve.Retriever
	// Evidence is the number of passages that an answer may use; 0 means
	// DefaultEvidence.
	Evidence int
	// Threshold is the least confidence, between 0 and 1, with which a question
	// is answered; 0 means DefaultThreshold. Higher refuses more.
	Threshold float64
}

// Answer answers a question or refuses. A question of several parts ("who …
// and when …?") is answered part by part, and an answer that leaves one open
// is partial. Every error is one of the request or of the library: that the
// documents do not say is an Answer.
func (a Answerer) Answer(ctx context.Context, req rag.SearchRequest) (rag.Answer, error) {
	began := time.Now()
	question, err := req.Check()
	if err != nil {
		return rag.Answer{}, err
	}
	req.Language = cmp.Or(req.Language, lang.DetectQuestion(question))
	answer := rag.Answer{Question: req.Question, Language: req.Language, Status: rag.NotFound, Mode: rag.Extractive}
	said, err := a.inquire(ctx, req, question, &answer)
	if err != nil {
		return rag.Answer{}, err
	}
	if err := a.conclude(ctx, req.Audience, said, &answer); err != nil {
		return rag.Answer{}, err
	}
	answer.Timings.Total = time.Since(began)
	answer.Timings.Answer = answer.Timings.Total - answer.Timings.Retrieve
	return answer, nil
}

// extracted is what the documents' own sentences say to a question.
type extracted struct {
	drafts []verify.Draft
	// missing are the parts of the question that they do not answer.
	missing []string
}

// inquire looks a question up, part by part, and puts what was found into the
// answer as evidence.
func (a Answerer) inquire(ctx context.Context, req rag.SearchRequest, question string, answer *rag.Answer) (extracted, error) {
	var said extracted
	req.Limit = cmp.Or(req.Limit, a.Evidence, DefaultEvidence)
	for _, part := range retrieve.QuestionParts(req.Language, question) {
		req.Question = part
		found, err := a.Retriever.Retrieve(ctx, req)
		if err != nil {
			return said, err
		}
		answer.Searched = found.Searched
		answer.Timings.Retrieve += found.Took
		answer.Usage.Add(found.Usage)
		answer.Warn(found.Warning)
		answer.Evidence = withHits(answer.Evidence, found.Hits)
		drafts, confidence := extract.Extract(part, found, a.Retriever.Embedder, a.Threshold)
		answer.Confidence = max(answer.Confidence, confidence)
		if len(drafts) == 0 {
			said.missing = append(said.missing, part)
		}
		said.drafts = append(said.drafts, drafts...)
	}
	return said, nil
}

// conclude verifies what was extracted and settles the answer with it.
func (a Answerer) conclude(ctx context.Context, audience rag.Audience, said extracted, answer *rag.Answer) error {
	var quoted []rag.DocumentID
	for _, d := range said.drafts {
		for _, q := range d.Quotes {
			quoted = append(quoted, q.Passage.Document)
		}
	}
	texts, err := a.texts(ctx, audience, quoted)
	if err != nil {
		return err
	}
	settle(answer, verify.Verify(said.drafts, answer.Evidence, texts), said.missing)
	return nil
}

// withHits adds the hits that are not there yet.
func withHits(evidence, hits []rag.Hit) []rag.Hit {
	for _, h := range hits {
		if !slices.ContainsFunc(evidence, func(e rag.Hit) bool { return e.ID == h.ID }) {
			evidence = append(evidence, h)
		}
	}
	return evidence
}

// settle draws the outcome from what verification left.
func settle(a *rag.Answer, v verify.Verification, missing []string) {
	switch {
	case len(v.Claims) == 0:
		search := prompts.Search{Documents: a.Searched.Documents}
		if len(a.Evidence) > 0 {
			search.Nearest = a.Evidence[0].Document.Title
		}
		a.Notice = prompts.NotFound(a.Language, search)
		return
	case len(missing) > 0:
		a.Status = rag.Partial
		a.Notice = prompts.Partial(a.Language, prompts.Missing{Parts: missing})
	default:
		a.Status = rag.Answered
	}
	a.Claims, a.Citations = v.Claims, v.Citations
}

// texts loads documents. One that was removed since the search is left out, and
// its quotes with it.
func (a Answerer) texts(ctx context.Context, audience rag.Audience, ids []rag.DocumentID) (map[rag.DocumentID]string, error) {
	texts := make(map[rag.DocumentID]string)
	for _, id := range ids {
		if _, ok := texts[id]; ok {
			continue
		}
		doc, err := a.Retriever.Library.Document(ctx, id, audience)
		switch {
		case errors.Is(err, rag.ErrNotFound):
			continue
		case err != nil:
			return nil, fmt.Errorf("load document %s: %w", id, err)
		}
		texts[id] = doc.Text
	}
	return texts, nil
}
