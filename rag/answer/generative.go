package answer

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"docent/prompts"
	"docent/rag"
	"docent/rag/converse"
	"docent/rag/lang"
)

// What a model may do by default.
const (
	DefaultTokens = 16_000
	DefaultRounds = 4
	DefaultTime   = 2 * time.Minute
)

// Writer answers with a language model: it shows the model what the library has on a
// question, lets it look up more, has it write claims with the words that they rest
// on, and shows those alone that hold against the documents. Where the call fails, the
// answer is the extractive one and says so. It keeps no state but the cache, and may
// be used by several goroutines.
type Writer struct {
	Answerer Answerer
	Model    rag.Model
	// Tokens bounds what the model is shown of documents, 0 means what the model says, or
	// DefaultTokens.
	Tokens int
	// Rounds is how often it is asked for one answer, all but the last time with tools,
	// and Time how long it may look things up; 0 means DefaultRounds and DefaultTime.
	Rounds int
	Time   time.Duration
	// WithoutTools shows the model all that it will see at once.
	WithoutTools bool
	// Withheld are spaces of which the model is shown nothing.
	Withheld []string
	// Sent is told, before each call, of which documents it is the first to show the
	// model something; nil for nobody.
	Sent func([]rag.DocumentID)
	// Budget is asked before the first call for an answer; an error of it, such as
	// rag.ErrModelBudget, is as one of the model. nil is no end.
	Budget func() error
	// Judge has the model look at claims once more, with their quotes; what it rejects
	// is removed as if code had rejected it.
	Judge Judging
	// Cache keeps answers; nil keeps none.
	Cache *rag.Cache
}

// Answer is Tell for those who wait for the whole.
func (w Writer) Answer(ctx context.Context, req rag.SearchRequest) (rag.Answer, error) {
	return w.Tell(ctx, req, func(rag.Claim, []rag.Citation) error { return nil })
}

// Tell is Write, with the documents' own sentences where the call of the model failed.
func (w Writer) Tell(ctx context.Context, req rag.SearchRequest, emit func(rag.Claim, []rag.Citation) error) (rag.Answer, error) {
	answer, err := w.Write(ctx, req, emit)
	if err != nil || !answer.Failed() {
		return answer, err
	}
	said, err := w.Answerer.Answer(ctx, req)
	if err != nil {
		return said, err
	}
	said.Fallback(answer)
	return said, said.Tell(emit)
}

// Write answers a message, or refuses, and hands each claim to emit as soon as
// it is verified, with the citations it is the first to use. Nothing is handed
// on before. An error of emit ends the answer and is returned, as are those of
// the request, the library and ctx; one of the model is in Answer.Failure, and the
// Mode is rag.Extractive where it wrote nothing that can be shown.
func (w Writer) Write(ctx context.Context, req rag.SearchRequest, emit func(rag.Claim, []rag.Citation) error) (rag.Answer, error) {
	question, err := req.Check()
	if err != nil {
		return rag.Answer{}, err
	}
	req.Language = cmp.Or(req.Language, lang.DetectQuestion(question), converse.LanguageOf(req.History))
	answer, took := begin(req)
	t := &telling{Writer: w, request: req, asked: question, emit: emit, answer: answer, began: time.Now()}
	err = t.try(ctx)
	took(&t.answer)
	return t.answer, err
}

// telling is one answer on its way.
type telling struct {
	Writer
	request rag.SearchRequest
	// asked is the question normalised.
	asked string
	emit  func(rag.Claim, []rag.Citation) error
	began time.Time
	view  view

	mu     sync.Mutex // for what calls of tools change at the same time
	answer rag.Answer
}

// mostTries is how often an answer is begun anew with half of the evidence, where the
// model was given more than it reads.
const mostTries = 3

// try answers, and anew where it shows that the model takes less than it was given:
// no tools, or less evidence.
func (t *telling) try(ctx context.Context) error {
	tokens := t.Tokens
	m, ok := t.Model.(rag.ToolModel)
	if t.WithoutTools = t.WithoutTools || !ok || !m.Tools(ctx); ok && tokens == 0 {
		tokens = m.Evidence(ctx)
	}
	tokens = cmp.Or(tokens, DefaultTokens)
	for n := 1; ; n++ {
		texts := make(map[rag.DocumentID]string)
		t.view = view{texts: texts, whole: tokens, left: tokens, load: func(ctx context.Context, id rag.DocumentID) error {
			_, err := t.Answerer.text(ctx, t.request.Audience, texts, id)
			return err
		}}
		if err := t.tell(ctx); err != nil || t.answer.Mode == rag.Written || n == mostTries {
			return err
		}
		switch {
		case errors.Is(t.answer.Failure, rag.ErrModelTools) && !t.WithoutTools:
			t.WithoutTools = true
		case errors.Is(t.answer.Failure, rag.ErrModelContext):
			tokens /= 2
		default:
			return nil
		}
		t.answer.Failure, t.answer.Did = nil, ""
	}
}

func (t *telling) tell(ctx context.Context) error {
	budget := t.view.left
	if !t.WithoutTools {
		budget /= 2
	}
	material, err := t.gather(ctx, budget)
	if err != nil {
		return err
	}
	if len(material.Passages) == 0 && t.WithoutTools {
		return t.refuse(ctx)
	}
	key := t.key(material)
	if kept, ok := t.Cache.Get(key); ok {
		if done, err := t.again(ctx, kept.(rag.Answer)); done || err != nil {
			return err
		}
	}
	w := t.newWriting()
	if err := t.write(ctx, w, material); err != nil {
		return err
	}
	judged, err := t.haveJudged(ctx, w)
	if err == nil {
		err = w.tell(true)
	}
	if err != nil {
		return err
	}
	if err := t.settle(ctx, w); err != nil {
		return err
	}
	if t.answer.Mode == rag.Written && t.answer.Failure == nil && judged {
		t.Cache.Put(key, t.answer)
	}
	return nil
}

// key names all that an answer depends on but what the model looks up.
func (t *telling) key(shown prompts.Material) string {
	audience := strings.Join(t.request.Audience.Spaces(), "\x00")
	if t.request.Audience.All() {
		audience = "\x00all"
	}
	return hashOf(fmt.Sprintf("answer %q %q %q %q %q %+v %s %s %v", t.asked, t.request.History, t.request.Language, audience, t.request.Spaces,
		shown, t.Model.Name(), prompts.Version(), t.Judge))
}

// again tells an answer that was kept, if what it rests on still stands.
func (t *telling) again(ctx context.Context, kept rag.Answer) (done bool, err error) {
	ids := make([]rag.PassageID, len(kept.Evidence))
	for i, h := range kept.Evidence {
		ids[i] = h.ID
	}
	now, err := t.located(ctx, ids)
	if err != nil || !slices.EqualFunc(now, kept.Evidence, func(a, b rag.Hit) bool { return a.ID == b.ID && a.Start == b.Start && a.Text == b.Text }) {
		return false, err
	}
	kept.Timings, kept.Usage, kept.Warnings, kept.Searched = t.answer.Timings, t.answer.Usage, t.answer.Warnings, t.answer.Searched
	kept.Rounds, kept.ToolCalls = 0, 0
	t.answer = kept
	return true, t.answer.Tell(t.emit)
}
