package answer

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"docent/prompts"
	"docent/rag"
	"docent/rag/lang"
)

// sure is the confidence from which on a question is not put into other
// languages: a call of the model costs more time than all else.
const sure = 0.75

// What of a conversation a model is shown to understand a question by.
const (
	exchangesShown = 4
	// answerShown is in bytes.
	answerShown = 600
)

// condense is the question as it reads without the conversation before it.
func (t *telling) condense(ctx context.Context) string {
	history := t.request.History
	if len(history) == 0 {
		return t.asked
	}
	c := prompts.Conversation{Language: t.request.Language, Question: lang.OneLine(t.asked)}
	for _, e := range history[max(0, len(history)-exchangesShown):] {
		c.Exchanges = append(c.Exchanges, prompts.Exchange{Question: lang.OneLine(e.Question), Answer: lang.OneLine(lang.FirstBytes(e.Answer, answerShown))})
	}
	p := prompts.Condense(c)
	text, err := t.rewrite(ctx, p)
	if err != nil {
		return t.asked
	}
	standalone := unquoted(questionLabel.ReplaceAllString(firstLine(text), ""))
	// A model that answers, or goes on, is not asked to again.
	if standalone == "" || len(standalone) > 4*len(t.asked)+400 || len(standalone) > rag.MaxQuestion {
		return t.asked
	}
	return lang.Normalize(standalone)
}

var questionLabel = regexp.MustCompile(`^[*_#>\s-]*(?i:question|standalone question|last question|dernière question)\s*[:：]\s*[*_]*`)

// translate puts the question into the library's other languages, by language.
func (t *telling) translate(ctx context.Context) map[string]string {
	into := t.otherLanguages()
	if len(into) == 0 || t.request.Language == "" {
		return nil
	}
	text, err := t.rewrite(ctx, prompts.Translate(t.request.Language, lang.OneLine(t.standalone), into))
	if err != nil {
		return nil
	}
	questions := make(map[string]string)
	for line := range strings.Lines(text) {
		code, question, ok := strings.Cut(strings.Trim(line, " \t\r\n*_-`"), ":")
		code = strings.ToLower(strings.Trim(code, " *_"))
		question = unquoted(strings.Trim(question, " *_"))
		if ok && slices.Contains(into, code) && question != "" && len(question) <= 3*len(t.standalone)+200 {
			questions[code] = lang.Normalize(question)
		}
	}
	return questions
}

// otherLanguages are those of the documents that are not the question's.
func (t *telling) otherLanguages() []string {
	languages := t.Languages
	if languages == nil {
		for _, h := range t.answer.Evidence {
			languages = append(languages, h.Document.Language)
		}
	}
	var others []string
	for _, l := range languages {
		if l != "" && l != t.request.Language && !slices.Contains(others, l) {
			others = append(others, l)
		}
	}
	slices.Sort(others)
	return others
}

// rewrite has the model rewrite a question, or takes it from the cache. An error
// is kept as the answer's failure.
func (t *telling) rewrite(ctx context.Context, p prompts.Prompt) (string, error) {
	key := fmt.Sprintf("rewrite %q %q %q", p.System, p.User, t.Model.Name())
	if kept, ok := t.Cache.Get(key); ok {
		return kept.(string), nil
	}
	text, err := t.ask(ctx, rag.ModelRequest{System: p.System, Turns: []rag.Turn{{Text: p.User}}, MaxTokens: auxiliaryTokens}, nil)
	if err != nil {
		t.failed(err)
		return "", err
	}
	text = withoutThoughts(text)
	t.Cache.Put(key, text)
	return text, nil
}

var thoughts = regexp.MustCompile(`(?s)<think[^>]*>.*?(</think[^>]*>|$)`)

func withoutThoughts(s string) string { return strings.TrimSpace(thoughts.ReplaceAllString(s, "")) }

func firstLine(s string) string {
	for line := range strings.Lines(s) {
		if line = lang.OneLine(line); line != "" {
			return line
		}
	}
	return ""
}
