package answer

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"docent/prompts"
	"docent/rag"
	"docent/rag/lang"
	"docent/rag/verify"
)

// What a model may write at most, in tokens asked for and in bytes taken. The
// tokens are for its thought as well: a model that reasons may spend thousands
// before the first word, and ends without one where it is not given them.
const (
	answerTokens = 8000
	// auxiliaryTokens is for what helps an answer: a question put in other words,
	// passages put in order, claims judged. Each is a few lines, after a thought.
	auxiliaryTokens  = 4000
	mostWrittenBytes = 64 << 10
)

// errEnough ends a call whose answer has become longer than any may be.
var errEnough = errors.New("the language model does not come to an end")

// bounded passes pieces on to emit, which may be nil, until they are more than
// any answer may be.
func bounded(emit func(string) error) func(string) error {
	size := 0
	return func(piece string) error {
		if size += len(piece); size > mostWrittenBytes {
			return errEnough
		}
		if emit == nil {
			return nil
		}
		return emit(piece)
	}
}

// writing is an answer that a model is writing: it holds each claim against the
// evidence as soon as it is there.
type writing struct {
	verify.Verifier
	view *view
	// language is the question's, system what the model was told.
	language, system string
	emit             func(rag.Claim, []rag.Citation) error
	judge            Judging

	// places are those of all claims, in order; sentBack are those of claims that are
	// written once more, told is how many places are done with, in done what they show.
	places, sentBack []*place
	told             int
	done             verify.Verification
	// taken is the claim that was taken last, perhaps before it had ended.
	taken   *writtenClaim
	dropped []rag.Dropped
	// withdrawn are those of before they were sent back.
	withdrawn []rag.Dropped
	// heading and columns wait for a claim to stand above, table is what columns its
	// rows have; steps counts them.
	heading        string
	columns, table []string
	steps          int
	// emitted is an error of emit.
	emitted  error
	missing  []string
	notFound bool
}

func (t *telling) newWriting() *writing {
	w := &writing{view: &t.view, language: t.request.Language, emit: t.emit, judge: t.Judge}
	w.Verifier = verify.Verifier{
		Texts: t.view.texts, Question: t.asked, Alike: verify.NewLikeness(t.Answerer.Retriever.Embedder),
	}
	return w
}

// write has the model look up what it wants, write, and once more what cannot be
// shown. Errors are those of emit, the library and ctx.
func (t *telling) write(ctx context.Context, w *writing, shown prompts.Material) error {
	q := prompts.Question{Question: lang.OneLine(t.asked), Language: t.request.Language, Material: shown, Tools: !t.WithoutTools}
	for _, e := range t.request.History[max(0, len(t.request.History)-exchangesShown):] {
		q.Exchanges = append(q.Exchanges, prompts.Exchange{Question: lang.OneLine(e.Question), Answer: strings.TrimSpace(lang.FirstBytes(e.Answer, answerShown))})
	}
	p := prompts.Answer(q)
	w.system = p.System
	req := rag.ModelRequest{System: p.System, Turns: []rag.Turn{{Text: p.User}}, MaxTokens: answerTokens}
	if q.Tools {
		req.Tools = tools()
	}
	for left := cmp.Or(t.Rounds, DefaultRounds); ; left-- {
		req.MustWrite = left <= 1 || t.view.left <= headTokens || time.Since(t.began) > cmp.Or(t.Time, DefaultTime)
		g, err := t.generate(ctx, req, w)
		if err != nil || t.answer.Did != "" {
			return err
		}
		if len(g.Calls) == 0 || left <= 0 {
			return t.mend(ctx, req, g.Text, w)
		}
		results, err := t.look(ctx, g.Calls, max(t.view.left/max(1, left-1), t.view.whole/leastShare), req.MustWrite)
		if err != nil {
			return err
		}
		req.Turns = append(req.Turns, rag.Turn{FromModel: true, Text: g.Text, Calls: g.Calls, Own: g.Own}, rag.Turn{Results: results})
	}
}

// mend has the model write once more what has not the form, or is not proven. What
// goes wrong with that leaves what there is.
func (t *telling) mend(ctx context.Context, req rag.ModelRequest, text string, w *writing) error {
	w.sentBack = slices.DeleteFunc(slices.Clone(w.places), func(p *place) bool { return p.Grade == rag.Proven })
	var ask string
	switch {
	case len(w.sentBack) > 0:
		var failed []prompts.Failed
		for i, p := range w.sentBack {
			failed = append(failed, prompts.Failed{N: i + 1, Text: lang.OneLine(p.written), Reason: strings.Join(p.Reasons, "; ")})
		}
		ask = prompts.Mend(t.request.Language, failed)
	case len(w.places) == 0 && !w.notFound && len(w.missing) == 0:
		ask, req.Schema = prompts.Repair(t.request.Language), claimsSchema
	default:
		return nil
	}
	w.withdrawn, w.dropped, req.MustWrite = w.dropped, nil, true
	req.Turns = append(req.Turns, rag.Turn{FromModel: true, Text: lang.FirstBytes(text, mostWrittenBytes/8)}, rag.Turn{Text: ask})
	before := *w
	g, err := t.generate(ctx, req, w)
	if err == nil && (t.answer.Did != "" || len(g.Calls) > 0) {
		t.answer.Warn(t.answer.Failure)
		t.answer.Did, t.answer.Failure = "", nil
		w.dropped, w.withdrawn = before.withdrawn, nil
	}
	w.missing, w.notFound = before.missing, before.notFound || w.notFound && !slices.ContainsFunc(w.places, (*place).holds)
	return err
}

// generate has the model write once.
func (t *telling) generate(ctx context.Context, req rag.ModelRequest, w *writing) (rag.Generation, error) {
	if t.answer.Rounds == 0 && t.Budget != nil {
		if err := t.Budget(); err != nil {
			t.failed(err, "")
			return rag.Generation{}, nil
		}
	}
	w.Evidence = nil
	before := len(t.answer.Sent)
	for _, p := range w.view.pieces {
		w.Evidence = append(w.Evidence, p.hits...)
		if id := p.hits[0].ID.Document; !slices.Contains(t.answer.Sent, id) {
			t.answer.Sent = append(t.answer.Sent, id)
		}
	}
	if fresh := t.answer.Sent[before:]; t.Sent != nil && len(fresh) > 0 {
		t.Sent(slices.Clone(fresh))
	}
	t.answer.Rounds++
	p := &protocol{claimed: func(c *writtenClaim, ended bool) error { return w.take(ctx, c, ended) }}
	g, err := t.ask(ctx, req, p.write)
	switch {
	case err != nil:
	case g.Cut:
		t.answer.Did = rag.DidCut
	default:
		// What was cut off may be half a claim.
		err = p.close()
	}
	w.missing, w.notFound = p.missing, p.notFound
	switch {
	case w.emitted != nil:
		return g, w.emitted
	case ctx.Err() != nil:
		return g, ctx.Err()
	case err != nil:
		t.failed(err, g.Text)
	}
	return g, nil
}

// ask is one call of the model, bounded and its usage counted.
func (t *telling) ask(ctx context.Context, req rag.ModelRequest, emit func(string) error) (rag.Generation, error) {
	g, err := t.Model.Generate(ctx, req, bounded(emit))
	t.answer.Usage.Add(g.Usage)
	return g, err
}
