package converse

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"docent/prompts"
	"docent/rag"
	"docent/rag/lang"
)

// again answers a message about the answer before: whether it is sure, in another
// language, with more of what stands around it. The question is answered again, since
// the documents may have changed and the asker may see others.
func (t *turn) again(ctx context.Context) (rag.Answer, error) {
	req, ok := t.before()
	switch isMore := t.message.Intent == rag.MoreDetails; {
	case !ok:
		return t.courtesy(rag.Unclear), nil
	case isMore:
		return t.more(ctx, req)
	}
	language := t.language()
	if t.message.Intent == rag.InLanguage {
		language = cmp.Or(languageNamed(t.message.Subject), language)
		req.Language = language
	}
	answer, err := t.Inner.Tell(ctx, req, t.emit)
	answer.Intent, answer.Language = t.message.Intent, language
	if err == nil && answer.Status != rag.NotFound && answer.Mode == rag.Extractive {
		answer.Note(prompts.Document(language, prompts.DocumentFact{Kind: string(t.message.Intent)}))
	}
	return answer, err
}

// before is the question before, as Inner understands it.
func (t *turn) before() (req rag.SearchRequest, ok bool) {
	req = t.request
	req.History, req.Question = nil, t.conversation().last()
	req.Language = lang.DetectQuestion(req.Question)
	return req, req.Question != ""
}

// languageNamed is the code of a language that a message names, "" for none.
func languageNamed(name string) string {
	for _, code := range lang.Stemmed {
		if slices.ContainsFunc(grammars(), func(g *grammar) bool { return g.isWord("to "+code, lang.Fold(name)) }) {
			return code
		}
	}
	return ""
}

// mostSentences is how many sentences are shown of what stands around an answer.
const mostSentences = 5

// more shows what stands around the last answer, in its passages.
func (t *turn) more(ctx context.Context, req rag.SearchRequest) (rag.Answer, error) {
	found, err := t.Inner.Answer(ctx, req)
	if err != nil || len(found.Citations) == 0 {
		return t.courtesy(rag.Unclear), err
	}
	shown := found.Citations[0]
	doc, passages, err := t.passages(ctx, shown.Document)
	if err != nil {
		return rag.Answer{}, err
	}
	at := slices.IndexFunc(passages, func(p rag.Located) bool { return shown.Start < p.End })
	if at < 0 {
		return t.courtesy(rag.Unclear), nil
	}
	answer := t.line("")
	for _, s := range sentencesOf(passages[at:min(at+2, len(passages))]) {
		old := slices.ContainsFunc(found.Citations, func(c rag.Citation) bool {
			return c.Document == doc.ID && s.Start < c.End && c.Start < s.End
		})
		if !old && len(answer.Claims) < mostSentences {
			cite(&answer, doc, s)
		}
	}
	if len(answer.Claims) == 0 {
		return t.courtesy(rag.Unclear), nil
	}
	answer.Searched = found.Searched
	answer.Notice = prompts.Document(answer.Language, prompts.DocumentFact{Kind: string(rag.MoreDetails), Title: doc.Title})
	answer.Note(prompts.Understood(answer.Language, req.Question))
	return answer, answer.Tell(t.emit)
}

// passages are those of a document, in order, with its text.
func (t *turn) passages(ctx context.Context, id rag.DocumentID) (rag.Document, []rag.Located, error) {
	doc, err := t.Library.Document(ctx, id, t.request.Audience)
	if err != nil {
		return doc, nil, fmt.Errorf("load document %s: %w", id, err)
	}
	ids := make([]rag.PassageID, doc.Passages)
	for i := range ids {
		ids[i] = rag.PassageID{Document: id, N: i + 1}
	}
	passages, err := t.Library.Passages(ctx, t.request.Audience, ids...)
	if err != nil {
		return doc, nil, fmt.Errorf("load the passages of document %s: %w", id, err)
	}
	return doc, passages, nil
}

// sentence is one of a passage, as a span of its document.
type sentence struct {
	lang.Span
	passage rag.Located
}

func sentencesOf(passages []rag.Located) []sentence {
	var list []sentence
	for _, p := range passages {
		for _, s := range lang.Sentences(p.Text) {
			list = append(list, sentence{lang.Span{Start: s.Start + p.Start, End: s.End + p.Start}, p})
		}
	}
	return list
}

// cite adds a run of a document's text to an answer as a claim in its own words.
func cite(a *rag.Answer, doc rag.Document, s sentence) {
	quote, p := doc.Text[s.Start:s.End], s.passage
	n := len(a.Citations) + 1
	a.Citations = append(a.Citations, rag.Citation{
		N: n, Document: doc.ID, URI: doc.URI, Title: doc.Title, Heading: p.Heading, Page: p.Page, Row: p.Row, Format: doc.Format,
		Start: s.Start, End: s.End, Quote: quote, Date: doc.Date,
	})
	a.Claims = append(a.Claims, rag.Claim{Text: lang.OneLine(quote), Citations: []int{n}})
}
