package answer

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"docent/prompts"
	"docent/rag"
	"docent/rag/converse"
	"docent/rag/lang"
)

// DefaultWrittenThreshold is the confidence from which on a model is asked. It
// is far below DefaultThreshold: a model reads better than the extractive
// answerer, may refuse itself, and is not believed without its quotes.
const DefaultWrittenThreshold = 0.05

// Writer answers with a language model: it looks a question up as Answerer
// does, has the model write claims with the words that they rest on, and shows
// those alone that hold against the documents. Whatever goes wrong with the
// model, the answer is the extractive one and says so. It keeps no state but the
// cache, and may be used by several goroutines.
type Writer struct {
	Answerer Answerer
	Model    rag.Model
	// Languages are those of the library's documents. A question is translated
	// into those that are not its own; nil are those of the passages found.
	Languages []string
	// Tokens bounds the evidence that the model is shown; 0 means 2,500, which
	// leaves room in the 4,096 that small models are run with.
	Tokens int
	// Threshold is the least confidence, between 0 and 1, with which the model
	// is asked; 0 means DefaultWrittenThreshold. Below it a question is
	// refused without a call.
	Threshold float64
	// Mark shows claims that the documents do not bear out, marked as such,
	// rather than removing them. Links, mentions and orders are removed always.
	Mark bool
	// Judge has the model look at each claim that code has verified once more,
	// with its quotes; what it rejects is removed, or marked, as if code had
	// rejected it. Claims are then told at the end, not as they come.
	Judge bool
	// Cache keeps answers; nil keeps none.
	Cache *rag.Cache
}

// Answer is Tell for those who wait for the whole.
func (w Writer) Answer(ctx context.Context, req rag.SearchRequest) (rag.Answer, error) {
	return w.Tell(ctx, req, func(rag.Claim, []rag.Citation) error { return nil })
}

// Tell answers a question, or refuses, and hands each claim to emit as soon as
// it is verified, with the citations it is the first to use. Nothing is handed
// on before. An error of emit ends the answer and is returned, as are those of
// the request, the library and ctx; one of the model is in Answer.Failure.
func (w Writer) Tell(ctx context.Context, req rag.SearchRequest, emit func(rag.Claim, []rag.Citation) error) (rag.Answer, error) {
	question, err := req.Check()
	if err != nil {
		return rag.Answer{}, err
	}
	req.Language = cmp.Or(req.Language, lang.DetectQuestion(question), converse.LanguageOf(req.History))
	answer, took := begin(req)
	t := &telling{Writer: w, request: req, asked: question, emit: emit, answer: answer}
	err = t.tell(ctx)
	took(&t.answer)
	return t.answer, err
}

// telling is one answer on its way.
type telling struct {
	Writer
	request rag.SearchRequest
	// asked is the question normalised, standalone how it reads without the
	// conversation before it.
	asked, standalone string
	emit              func(rag.Claim, []rag.Citation) error
	answer            rag.Answer
	said              extracted
}

func (t *telling) tell(ctx context.Context) error {
	if err := t.look(ctx); err != nil {
		return err
	}
	if t.answer.Failure != nil || len(t.answer.Evidence) == 0 || t.said.reach < cmp.Or(t.Threshold, DefaultWrittenThreshold) {
		return t.extract(ctx)
	}
	pieces, err := t.evidence(ctx)
	if err != nil {
		return err
	}
	if len(pieces) == 0 {
		return t.extract(ctx)
	}
	key := t.key(pieces)
	if kept, ok := t.Cache.Get(key); ok {
		return t.again(kept.(rag.Answer))
	}
	w := t.newWriting(pieces)
	if err := t.write(ctx, w); err != nil {
		return err
	}
	judged := true
	if t.Judge {
		if judged, err = t.haveJudged(ctx, w); err != nil {
			return err
		}
	}
	if err := t.settle(ctx, w); err != nil {
		return err
	}
	if t.answer.Mode == rag.Written && t.answer.Failure == nil && judged {
		t.Cache.Put(key, t.answer)
	}
	return nil
}

// look finds the evidence: for the question as it stands on its own, and where
// that leaves a doubt for its translations.
func (t *telling) look(ctx context.Context) error {
	t.standalone = t.condense(ctx)
	if t.standalone != t.asked {
		t.request.Parts = nil
	}
	var err error
	if t.said, err = t.Answerer.inquire(ctx, t.request, t.standalone, &t.answer); err != nil {
		return err
	}
	if t.answer.Failure != nil || t.answer.Confidence >= sure {
		return ctx.Err()
	}
	translated := t.translate(ctx)
	for _, language := range slices.Sorted(maps.Keys(translated)) {
		if err := t.lookIn(ctx, language, translated[language]); err != nil {
			return err
		}
	}
	return ctx.Err()
}

// lookIn adds what a translation of the question finds.
func (t *telling) lookIn(ctx context.Context, language, question string) error {
	req, found := t.request, rag.Answer{}
	req.Language, req.Parts = language, nil
	said, err := t.Answerer.inquire(ctx, req, question, &found)
	if err != nil {
		return err
	}
	t.answer.Timings.Retrieve += found.Timings.Retrieve
	t.answer.Usage.Add(found.Usage)
	for _, w := range found.Warnings {
		t.answer.Warn(w)
	}
	t.answer.Evidence = withHits(t.answer.Evidence, found.Evidence...)
	rag.SortHits(t.answer.Evidence)
	if found.Confidence > t.answer.Confidence && len(said.missing) == 0 {
		t.answer.Confidence, t.said = found.Confidence, said
	}
	return nil
}

// aroundBest is how many of the best hits are read with their neighbours.
const aroundBest = 2

// evidence packs the hits, and the passages beside the best of them, as far as
// the budget goes.
func (t *telling) evidence(ctx context.Context) ([]piece, error) {
	evidence := t.answer.Evidence
	var beside []rag.PassageID
	for i, h := range evidence {
		if _, err := t.Answerer.text(ctx, t.request.Audience, t.said.texts, h.ID.Document); err != nil {
			return nil, err
		}
		if i < aroundBest {
			beside = append(beside, rag.PassageID{Document: h.ID.Document, N: h.ID.N - 1}, rag.PassageID{Document: h.ID.Document, N: h.ID.N + 1})
		}
	}
	neighbours, err := t.Answerer.Retriever.Library.Passages(ctx, t.request.Audience, beside...)
	if err != nil {
		return nil, fmt.Errorf("load %d neighbouring passages: %w", len(beside), err)
	}
	for _, n := range neighbours {
		evidence = withHits(slices.Clip(evidence), rag.Hit{Located: n})
	}
	return pack(evidence, t.said.texts, cmp.Or(t.Tokens, 2500)), nil
}

// key names all that an answer depends on.
func (t *telling) key(pieces []piece) string {
	audience := strings.Join(t.request.Audience.Spaces(), "\x00")
	if t.request.Audience.All() {
		audience = "\x00all"
	}
	return fmt.Sprintf("answer %q %q %q %q %s %q %s %v %v", t.asked, t.standalone, t.request.Language, audience,
		hashOf(namesOf(pieces)...), t.Model.Name(), prompts.Version(), t.Mark, t.Judge)
}

// again tells an answer that was kept.
func (t *telling) again(kept rag.Answer) error {
	kept.Question, kept.Timings, kept.Usage, kept.Warnings = t.answer.Question, t.answer.Timings, t.answer.Usage, t.answer.Warnings
	kept.Evidence, kept.Searched, kept.Confidence = t.answer.Evidence, t.answer.Searched, t.answer.Confidence
	t.answer = kept
	return t.answer.Tell(t.emit)
}
