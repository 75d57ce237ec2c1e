package answer

import (
	"context"
	"errors"
	"slices"

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

// errForm says that a model was asked twice and kept to the form neither time.
var errForm = errors.New("the language model did not write claims with quotes")

// writing is an answer that a model is writing: it holds each claim against the
// evidence as soon as it is there.
type writing struct {
	verify.Verifier
	pieces []piece
	mark   bool
	emit   func(rag.Claim, []rag.Citation) error

	done verify.Verification
	// released is the claim that was shown last, perhaps before it had ended.
	released *writtenClaim
	// dropped counts claims that were not borne out, formed those that came
	// with quotes.
	dropped, formed int
	// emitted is an error of emit.
	emitted  error
	missing  []string
	notFound bool
}

func (t *telling) newWriting(pieces []piece) *writing {
	w := &writing{pieces: pieces, mark: t.Mark, emit: t.emit}
	if t.Judge {
		w.emit = func(rag.Claim, []rag.Citation) error { return nil } // see haveJudged
	}
	w.Verifier = verify.Verifier{
		Texts: t.said.texts, Language: t.request.Language, Known: verify.QuestionWords(t.request.Language, t.asked, t.standalone),
		Alike: verify.NewLikeness(t.Answerer.Retriever.Embedder),
	}
	for _, p := range pieces {
		w.Evidence = append(w.Evidence, p.hits...)
	}
	return w
}

// write has the model write, and once more where what it wrote has not the
// form. Errors are those of emit and ctx.
func (t *telling) write(ctx context.Context, w *writing) error {
	p := prompt(t.request.Language, t.standalone, w.pieces)
	req := rag.ModelRequest{System: p.System, Turns: []rag.Turn{{Text: p.User}}, MaxTokens: answerTokens}
	text, err := t.generate(ctx, req, w)
	if err != nil || t.answer.Failure != nil || !w.malformed() {
		return err
	}
	req.Turns = append(req.Turns, rag.Turn{FromModel: true, Text: lang.FirstBytes(text, mostWrittenBytes/8)}, rag.Turn{Text: prompts.Repair(t.request.Language)})
	if _, err := t.generate(ctx, req, w); err != nil {
		return err
	}
	if w.malformed() {
		t.failed(errForm)
	}
	return nil
}

// malformed reports whether nothing that was written can be checked.
func (w *writing) malformed() bool { return w.formed == 0 && len(w.done.Claims) == 0 && !w.notFound }

// generate has the model write once.
func (t *telling) generate(ctx context.Context, req rag.ModelRequest, w *writing) (string, error) {
	if w.formed == 0 {
		w.dropped = 0 // those of a first try without form say nothing
	}
	p := &protocol{claimed: w.take}
	text, err := t.ask(ctx, req, p.write)
	if err == nil {
		// What an error cut off may be half a claim.
		err = p.close()
	}
	w.missing, w.notFound = p.missing, p.notFound
	switch {
	case w.emitted != nil:
		return text, w.emitted
	case ctx.Err() != nil:
		return text, ctx.Err()
	case err != nil:
		t.failed(err)
	}
	return text, nil
}

// ask is one call of the model, bounded and its usage counted.
func (t *telling) ask(ctx context.Context, req rag.ModelRequest, emit func(string) error) (string, error) {
	g, err := t.Model.Generate(ctx, req, bounded(emit))
	t.answer.Usage.Add(g.Usage)
	return g.Text, err
}

// take shows a claim if it holds with the quotes that have come. One that has ended
// and does not hold is counted.
func (w *writing) take(c *writtenClaim, ended bool) error {
	if w.released == c {
		return nil
	}
	d := w.draft(c)
	found, verdict := w.Judge(d)
	if !ended && verdict != verify.Supported {
		return nil
	}
	if len(c.quotes) > 0 {
		w.formed++
	}
	switch {
	case verdict == verify.Supported:
		w.released = c
		if w.done.Said(d.Text) >= 0 {
			return nil
		}
		claim, fresh := w.done.Add(d.Text, found)
		return w.hand(claim, slices.Clone(fresh))
	case d.Text == "":
		return nil
	}
	w.dropped++
	if verdict == verify.Unsafe || !w.mark || len(c.quotes) == 0 {
		return nil
	}
	claim := rag.Claim{Text: d.Text}
	w.done.Claims = append(w.done.Claims, claim)
	return w.hand(claim, nil)
}

func (w *writing) hand(claim rag.Claim, fresh []rag.Citation) error {
	w.emitted = w.emit(claim, fresh)
	return w.emitted
}

// draft finds the quotes of a claim in the pieces.
func (w *writing) draft(c *writtenClaim) verify.Draft {
	d := verify.Draft{Text: claimText(c.text)}
	for _, q := range c.quotes {
		d.Quotes = append(d.Quotes, locate(q, w.pieces, w.Texts)...)
	}
	return d
}
