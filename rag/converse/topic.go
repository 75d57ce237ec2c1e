package converse

import (
	"cmp"
	"context"
	"regexp"
	"slices"

	"docent/prompts"
	"docent/rag"
	"docent/rag/lang"
)

// chat answers small talk with a line, unless the documents speak of what it says.
func (t *turn) chat(ctx context.Context) (rag.Answer, error) {
	if len(t.message.Questions) == 0 {
		return t.courtesy(rag.SmallTalk), nil
	}
	req := t.request
	req.Question = quoted.ReplaceAllString(t.message.Questions[0].Text, " ")
	carried, err := t.carried(ctx, req)
	if err != nil {
		return rag.Answer{}, err
	}
	if carried {
		t.message.Intent = rag.AskIntent
		return t.ask(ctx)
	}
	return t.courtesy(rag.SmallTalk), nil
}

// quoted is what somebody wants done something with, and not looked up.
var quoted = regexp.MustCompile(`«[^»]*»|“[^”]*”|"[^"]*"`)

// mostLooked is how many passages are looked at for the words of a message.
const mostLooked = 20

// carried reports whether some passage has a name of what is said to somebody, or two of
// its content words.
func (t *turn) carried(ctx context.Context, req rag.SearchRequest) (bool, error) {
	req.Limit = mostLooked
	found, err := t.Searcher.Search(ctx, req)
	if err != nil {
		return false, err
	}
	words := t.contentWords(req)
	return slices.ContainsFunc(found.Hits, func(h rag.Hit) bool {
		n, said := 0, saidBy(h.Located)
		for _, w := range words {
			if w.saidIn(said) {
				n += 1 + btoi(w.name)
			}
		}
		return n >= fewestContent
	}), nil
}

// contentWord is a word of a question with what means nearly the same.
type contentWord struct {
	stems []string
	name  bool
}

// nearMeaning is the cosine from which on a word stands for another.
const nearMeaning = 0.55

// mostNear is how many words may stand for one.
const mostNear = 8

func (t *turn) contentWords(req rag.SearchRequest) []contentWord {
	var list []contentWord
	for _, w := range contentWords(cmp.Or(req.Language, lang.DetectQuestion(req.Question)), req.Question) {
		c := contentWord{stemsOf(w.Surface), isName(req.Question, w)}
		if n, ok := t.Embedder.(rag.WordNeighbours); ok && !c.name {
			for near := range n.Nearest(w.Surface, nearMeaning) {
				if c.stems = append(c.stems, stemsOf(near)...); len(c.stems) > mostNear*len(lang.Stemmed) {
					break
				}
			}
		}
		list = append(list, c)
	}
	return list
}

// stemsOf are the stems of a folded word in French and English.
func stemsOf(folded string) []string {
	return []string{lang.Stem("fr", folded), lang.Stem("en", folded), folded}
}

func (c contentWord) saidIn(said map[string]bool) bool {
	return slices.ContainsFunc(c.stems, func(s string) bool { return said[s] })
}

// saidBy holds the words and stems of a passage, of its headings and of its
// document's title.
func saidBy(p rag.Located) map[string]bool {
	said := make(map[string]bool)
	for _, text := range append([]string{p.Text, p.Document.Title}, p.Heading...) {
		for _, w := range lang.Words(p.Document.Language, text) {
			said[w.Surface], said[w.Stem] = true, true
		}
	}
	return said
}

// remark answers what says something to somebody and shares nothing with the documents:
// as the courtesy that it comes with, or as off topic.
func (t *turn) remark(ctx context.Context) (rag.Answer, error) {
	if c := t.message.Courtesy; c == rag.Thanks || c == rag.Apology || c == rag.Farewell {
		return t.courtesy(c), nil
	}
	documents, err := t.documents(ctx)
	answer := t.line("")
	answer.Searched.Documents = len(documents)
	return t.offTopicOf(answer), err
}

// offTopicOf takes all but a line from a refusal that nothing comes near.
func (t *turn) offTopicOf(a rag.Answer) rag.Answer {
	a.Intent, a.Status, a.Evidence, a.Language = rag.OffTopic, rag.NotFound, nil, cmp.Or(a.Language, t.language())
	a.Notice = prompts.OffTopic(a.Language, prompts.Search{Documents: a.Searched.Documents})
	return a
}
