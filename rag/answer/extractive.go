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
	"docent/rag/converse"
	"docent/rag/lang"
	"docent/rag/retrieve"
	"docent/rag/verify"
)

// DefaultEvidence is the number of passages that an answer may use.
const DefaultEvidence = 20

// Answerer answers questions from a library. It keeps no state between
// questions and may be used by several goroutines.
type Answerer struct {
	Retriever retrieve.Retriever
	// Evidence is the number of passages that an answer may use; 0 means
	// DefaultEvidence.
	Evidence int
	// Threshold is the least probability, between 0 and 1, with which a question
	// is answered; 0 means DefaultThreshold. Higher refuses more.
	Threshold float64
	// Words compares the words and sentences that the ranker reads: the embedder
	// that it was fitted with. nil means the retriever's.
	Words rag.Embedder
}

// Answer answers a question or refuses. A question of several parts ("who …
// and when …?") is answered part by part, and an answer that leaves one open
// is partial. Every error is one of the request or of the library: that the
// documents do not say is an Answer.
func (a Answerer) Answer(ctx context.Context, req rag.SearchRequest) (rag.Answer, error) {
	question, err := req.Check()
	if err != nil {
		return rag.Answer{}, err
	}
	req.Language = cmp.Or(req.Language, lang.DetectQuestion(question))
	answer, took := begin(req)
	said, err := a.inquire(ctx, req, question, &answer)
	if err != nil {
		return rag.Answer{}, err
	}
	if err := a.conclude(ctx, req.Audience, said, &answer); err != nil {
		return rag.Answer{}, err
	}
	took(&answer)
	return answer, nil
}

// begin is an answer that says nothing yet, and what notes how long it took.
func begin(req rag.SearchRequest) (rag.Answer, func(*rag.Answer)) {
	began := time.Now()
	return rag.Answer{Question: req.Question, Language: req.Language, Status: rag.NotFound, Mode: rag.Extractive}, func(a *rag.Answer) {
		a.Timings.Total = time.Since(began)
		a.Timings.Answer = a.Timings.Total - a.Timings.Retrieve
	}
}

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

// extracted is what the documents' own sentences say to a question.
type extracted struct {
	replies []reply
	// missing are the parts of the question that they do not answer.
	missing []string
	// texts are those of the documents that were read.
	texts map[rag.DocumentID]string
}

// inquire looks a question up, part by part, and puts what was found into the
// answer as evidence.
func (a Answerer) inquire(ctx context.Context, req rag.SearchRequest, question string, answer *rag.Answer) (extracted, error) {
	said := extracted{texts: make(map[rag.DocumentID]string)}
	req.Limit = cmp.Or(req.Limit, a.Evidence, DefaultEvidence)
	for _, part := range parts(req, question) {
		req.Question, req.Language = part.Question, part.Language
		found, err := a.Retriever.Retrieve(ctx, req)
		if err != nil {
			return said, err
		}
		answer.Searched = found.Searched
		answer.Timings.Retrieve += found.Took
		answer.Usage.Add(found.Usage)
		answer.Warn(found.Warning)
		answer.Evidence = withHits(answer.Evidence, found.Hits...)
		r := reading{Answerer: a, audience: req.Audience, question: part.Question, found: found, texts: said.texts, before: said.replies}
		one, err := r.answer(ctx)
		if err != nil {
			return said, err
		}
		answer.Confidence = max(answer.Confidence, one.sure)
		if len(one.statements) == 0 && !r.alsoAnswered() {
			said.missing = append(said.missing, part.Asked)
		}
		said.replies = append(said.replies, one)
	}
	return said, nil
}

// parts are what a question asks, as whoever read the message parted it, or as it
// parts itself.
func parts(req rag.SearchRequest, question string) []rag.Part {
	if len(req.Parts) > 0 {
		return req.Parts
	}
	return converse.Parts(req.Language, question)
}

// conclude verifies what was extracted and settles the answer with it.
func (a Answerer) conclude(ctx context.Context, audience rag.Audience, said extracted, answer *rag.Answer) error {
	var hits []rag.Hit
	var drafts []verify.Draft
	for _, reply := range said.replies {
		for _, s := range reply.statements {
			drafts = append(drafts, s.draft(said.texts))
			for _, q := range s.quotes {
				hits = withHits(hits, q.hit)
			}
		}
	}
	v := verify.Verify(drafts, hits, said.texts)
	switch {
	case len(v.Claims) == 0:
		return a.refuse(ctx, audience, said, answer)
	case len(said.missing) > 0:
		answer.Status = rag.Partial
		answer.Notice = prompts.Partial(answer.Language, prompts.Missing{Parts: said.missing})
	default:
		answer.Status = rag.Answered
	}
	answer.Claims, answer.Citations = v.Claims, v.Citations
	for _, reply := range said.replies {
		for _, n := range reply.notes {
			answer.Note(n)
		}
	}
	return nil
}

// refuse shows what comes nearest, and says what of the question that is not about.
func (a Answerer) refuse(ctx context.Context, audience rag.Audience, said extracted, answer *rag.Answer) error {
	search := prompts.Search{Documents: answer.Searched.Documents}
	for _, reply := range said.replies {
		nearest, absent := reply.reading.nearest()
		for _, c := range nearest {
			if _, err := a.text(ctx, audience, said.texts, c.Hit.ID.Document); err != nil {
				return err
			}
		}
		if answer.Nearest = reply.reading.citations(nearest, said.texts); len(answer.Nearest) > 0 {
			search.Nearest, search.Absent = answer.Nearest[0].Title, absent
			break
		}
	}
	answer.Notice = prompts.NotFound(answer.Language, search)
	return nil
}

// withHits adds the hits that are not there yet, and keeps the higher score of those
// that are.
func withHits(evidence []rag.Hit, hits ...rag.Hit) []rag.Hit {
	for _, h := range hits {
		switch at := slices.IndexFunc(evidence, func(e rag.Hit) bool { return e.ID == h.ID }); {
		case at < 0:
			evidence = append(evidence, h)
		case h.Score > evidence[at].Score:
			evidence[at] = h
		}
	}
	return evidence
}

// text is that of a document, kept among those that are known; "" for one that was
// removed since the search, whose quotes are left out then.
func (a Answerer) text(ctx context.Context, audience rag.Audience, known map[rag.DocumentID]string, id rag.DocumentID) (string, error) {
	if text, ok := known[id]; ok {
		return text, nil
	}
	doc, err := a.Retriever.Library.Document(ctx, id, audience)
	if err != nil && !errors.Is(err, rag.ErrNotFound) {
		return "", fmt.Errorf("load document %s: %w", id, err)
	}
	known[id] = doc.Text
	return doc.Text, nil
}
