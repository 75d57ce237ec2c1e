package converse

import (
	"cmp"
	"context"
	"iter"
	"slices"
	"strings"
	"time"

	"docent/prompts"
	"docent/rag"
	"docent/rag/lang"
)

// Inner answers questions.
type Inner interface {
	Answer(ctx context.Context, req rag.SearchRequest) (rag.Answer, error)
	// Tell hands each claim to emit once it is verified, with the citations that it
	// is the first to use.
	Tell(ctx context.Context, req rag.SearchRequest, emit func(rag.Claim, []rag.Citation) error) (rag.Answer, error)
}

// Writer answers messages of all kinds with a language model, which understands them by
// the conversation; answer.Writer is one.
type Writer interface {
	// Write is as Inner.Tell, but tells nothing where the model failed.
	Write(ctx context.Context, req rag.SearchRequest, emit func(rag.Claim, []rag.Citation) error) (rag.Answer, error)
}

// Searcher ranks passages; retrieve.Retriever is one.
type Searcher interface {
	Search(ctx context.Context, req rag.SearchRequest) (rag.Result, error)
}

// Library shows documents; rag.Library is one.
type Library interface {
	Document(ctx context.Context, id rag.DocumentID, a rag.Audience) (rag.Document, error)
	Documents(ctx context.Context, a rag.Audience) iter.Seq2[rag.DocumentInfo, error]
	Passages(ctx context.Context, a rag.Audience, ids ...rag.PassageID) ([]rag.Located, error)
}

// Answerer answers messages: what is no question itself, from the library's list
// or with a line, and questions by Inner, bare and one by one. It keeps no state
// and may be used by several goroutines.
type Answerer struct {
	Inner Inner
	// Writer answers all but courtesies and what the library's list says; nil for none.
	// Where it fails, Inner and the library do.
	Writer   Writer
	Searcher Searcher
	Library  Library
	// Embedder tells which words are near in meaning, if it can; nil for none.
	Embedder rag.Embedder
	// Locale is the language of who asks where a request has none, "" for English.
	Locale string
}

// Answer answers a message.
func (a Answerer) Answer(ctx context.Context, req rag.SearchRequest) (rag.Answer, error) {
	return a.Tell(ctx, req, func(rag.Claim, []rag.Citation) error { return nil })
}

// Tell answers a message and hands each claim to emit as it comes.
func (a Answerer) Tell(ctx context.Context, req rag.SearchRequest, emit func(rag.Claim, []rag.Citation) error) (rag.Answer, error) {
	began := time.Now()
	if _, err := req.Check(); err != nil {
		return rag.Answer{}, err
	}
	t := &turn{Answerer: a, request: req, emit: emit}
	t.fallback = cmp.Or(LanguageOf(req.History), req.Locale, a.Locale, "en")
	t.message = Read(req.Question, t.fallback)
	answer, err := t.answer(ctx)
	if err != nil {
		return rag.Answer{}, err
	}
	answer.Question, answer.Timings.Total = req.Question, time.Since(began)
	return answer, nil
}

// LanguageOf is the language of the last message of a conversation that tells its
// own.
func LanguageOf(history []rag.Exchange) string {
	for _, e := range slices.Backward(history) {
		if l := lang.DetectQuestion(e.Question); l != "" {
			return l
		}
	}
	return ""
}

// turn is one message on its way to its answer.
type turn struct {
	Answerer
	request  rag.SearchRequest
	message  Message
	fallback string
	emit     func(rag.Claim, []rag.Citation) error
}

func (t *turn) answer(ctx context.Context) (rag.Answer, error) {
	ok, err := t.isForWriter(ctx)
	if err != nil {
		return rag.Answer{}, err
	}
	if !ok {
		return t.byCode(ctx)
	}
	written, err := t.write(ctx)
	if err != nil || !written.Failed() {
		return written, err
	}
	answer, err := t.byCode(ctx)
	answer.Fallback(written)
	return answer, err
}

// isForWriter reports whether the message is for a language model.
func (t *turn) isForWriter(ctx context.Context) (bool, error) {
	if t.Writer == nil {
		return false, nil
	}
	leans := len(t.request.History) > 0
	switch m := t.message; {
	case m.Intent == rag.Summary, m.Intent == rag.Outline, m.Intent == rag.DocumentsAbout, m.Intent == rag.AskIntent && (leans || !m.Remark):
		return true, nil
	case m.Intent == rag.Doubt, m.Intent == rag.InLanguage, m.Intent == rag.MoreDetails:
		return leans, nil
	case m.Intent == rag.SmallTalk && len(m.Questions) > 0 && (t.saysPaper() || leans && t.follows()):
		return true, nil // it is to be written from a document, or from the answer before
	case m.Intent == rag.AskIntent, m.Intent == rag.SmallTalk && len(m.Questions) > 0:
		req := t.request
		req.Question = quoted.ReplaceAllString(m.Questions[0].Text, " ")
		return t.carried(ctx, req)
	}
	return false, nil
}

// saysPaper reports whether a message names a text as documents are called.
func (t *turn) saysPaper() bool {
	return slices.ContainsFunc(newPhrase(t.request.Question).words, func(w word) bool { return isAnywhere("paper", w.folded) })
}

// follows reports whether the message points at the conversation before it.
func (t *turn) follows() bool {
	questions, ok := t.resolved()
	return ok && !slices.Equal(questions, t.message.Questions)
}

// write hands the message on as it stands, since it may say in what form and language
// the answer is wanted; what it asks is looked up bare.
func (t *turn) write(ctx context.Context) (rag.Answer, error) {
	req := t.request
	req.Language = cmp.Or(t.message.Language, req.Language, t.fallback)
	if questions, _ := t.resolved(); t.message.Intent == rag.AskIntent {
		req.Parts = partsOf(questions, req.Language)
	}
	answer, err := t.Writer.Write(ctx, req, t.emit)
	answer.Intent = t.message.Intent
	return answer, err
}

// byCode answers without a language model.
func (t *turn) byCode(ctx context.Context) (rag.Answer, error) {
	switch m := t.message; m.Intent {
	case rag.AskIntent:
		return t.ask(ctx)
	case rag.SmallTalk:
		return t.chat(ctx)
	case rag.Doubt, rag.InLanguage, rag.MoreDetails:
		return t.again(ctx)
	case rag.ListDocuments, rag.CountDocuments, rag.NewestDocuments, rag.OldestDocuments, rag.Freshness, rag.DocumentsAbout:
		return t.ofLibrary(ctx)
	case rag.Summary, rag.Outline, rag.DocumentDate, rag.DocumentAuthor, rag.DocumentPlace:
		return t.ofDocument(ctx)
	}
	return t.courtesy(t.message.Intent), nil
}

// language is the answer's where no question decides it.
func (t *turn) language() string { return cmp.Or(t.message.Language, t.request.Language, t.fallback) }

func (t *turn) courtesy(intent rag.Intent) rag.Answer {
	a := t.line(prompts.Courtesy(t.language(), string(intent)))
	a.Intent = intent
	return a
}

// line is an answer of one sentence of docent's own.
func (t *turn) line(text string) rag.Answer {
	return rag.Answer{Language: t.language(), Intent: t.message.Intent, Status: rag.Answered, Mode: rag.Extractive, Notice: text}
}

// ask has the bare questions answered.
func (t *turn) ask(ctx context.Context) (rag.Answer, error) {
	questions, ok := t.resolved()
	if !ok {
		return t.courtesy(rag.Unclear), nil
	}
	req := t.request
	req.Question, req.Language = questions[0].Text, cmp.Or(questions[0].Language, req.Language, LanguageOf(req.History))
	if len(questions) > 1 {
		req.Question = joinedText(questions)
		req.Parts = partsOf(questions, req.Language)
	}
	if t.message.Remark {
		switch carried, err := t.carried(ctx, req); {
		case err != nil:
			return rag.Answer{}, err
		case !carried:
			return t.remark(ctx)
		}
	}
	answer, err := t.Inner.Tell(ctx, req, t.emit)
	if err != nil {
		return answer, err
	}
	answer.Intent = rag.AskIntent
	if answer.Status == rag.NotFound && answer.Mode == rag.Extractive && len(answer.Nearest) == 0 {
		return t.offTopicOf(answer), nil
	}
	if questions[0].Text != t.message.Questions[0].Text && len(req.History) > 0 {
		answer.Note(prompts.Understood(answer.Language, req.Question))
	}
	return answer, nil
}

// resolved are the questions as they read without the conversation; ok is false where
// one cannot be followed, and then stands as it is with those after it.
func (t *turn) resolved() (questions []Question, ok bool) {
	questions = slices.Clone(t.message.Questions)
	c := t.conversation()
	for i, q := range questions {
		text, followed := c.standalone(q.Text, t.fallback)
		if !followed {
			return questions, false
		}
		questions[i].Text = text
		c.exchanges = append(c.exchanges, exchange{question: text})
	}
	return questions, true
}

func (t *turn) conversation() *conversation {
	words, _ := t.Embedder.(rag.WordComparer)
	return newConversation(t.request.History, t.fallback, words)
}

func joinedText(questions []Question) string {
	texts := make([]string, len(questions))
	for i, q := range questions {
		texts[i] = q.Text
	}
	return strings.Join(texts, " ")
}

// partsOf are the parts of several questions, in order.
func partsOf(questions []Question, language string) []rag.Part {
	var parts []rag.Part
	for _, q := range questions {
		list := Parts(cmp.Or(q.Language, language), q.Text)
		if len(list) == 1 {
			list[0].Asked = q.Asked
		}
		parts = append(parts, list...)
	}
	return parts
}
