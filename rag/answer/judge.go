package answer

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"regexp"
	"strconv"
	"strings"

	"docent/prompts"
	"docent/rag"
	"docent/rag/lang"
	"docent/rag/verify"
)

// errNoJudgement says that a model judged no claim.
var errNoJudgement = errors.New("the language model judged no claim")

// haveJudged has the model compare the claims with their quotes, all in one call,
// and takes away what it rejects. It can do no more than that: a judgement that
// fails, or cannot be read, leaves what code found. Then the claims are told. It
// reports whether they were judged; an error is one of emit or ctx.
func (t *telling) haveJudged(ctx context.Context, w *writing) (judged bool, err error) {
	if judged = t.answer.Failure == nil; judged {
		rejected, err := t.rejected(ctx, w)
		if ctx.Err() != nil {
			return false, ctx.Err()
		}
		if judged = err == nil; !judged {
			t.answer.Warn(fmt.Errorf("have the claims judged by %s: %w", t.Model.Name(), err))
		}
		w.reject(rejected)
	}
	return judged, rag.Answer{Claims: w.done.Claims, Citations: w.done.Citations}.Tell(t.emit)
}

// rejected are the claims that the model says do not hold, by their index.
func (t *telling) rejected(ctx context.Context, w *writing) (map[int]bool, error) {
	statements := w.statements()
	if len(statements) == 0 {
		return nil, nil
	}
	var shown []string
	for _, s := range statements {
		shown = append(append(shown, s.Text), s.Quotes...)
	}
	p := prompts.Judge(prompts.Statements{Language: t.request.Language, Mark: hashOf(shown...)[:markLength], Statements: statements})
	g, err := t.ask(ctx, rag.ModelRequest{System: p.System, Turns: []rag.Turn{{Text: p.User}}, MaxTokens: auxiliaryTokens}, nil)
	if err != nil {
		return nil, err
	}
	holds := judgements(withoutThoughts(g.Text))
	rejected, read := make(map[int]bool), false
	for _, s := range statements {
		verdict, ok := holds[s.N]
		read = read || ok
		rejected[s.N-1] = ok && !verdict
	}
	if !read {
		return nil, errNoJudgement
	}
	return rejected, nil
}

// statements are the claims that have citations, numbered by their place among
// all.
func (w *writing) statements() []prompts.Statement {
	var list []prompts.Statement
	for i, c := range w.done.Claims {
		s := prompts.Statement{N: i + 1, Text: lang.OneLine(c.Text)}
		for _, cited := range w.citations(c) {
			s.Quotes = append(s.Quotes, w.inContext(cited))
		}
		if len(s.Quotes) > 0 {
			list = append(list, s)
		}
	}
	return list
}

// inContext is a quote with its sentence and where it stands.
func (w *writing) inContext(c rag.Citation) string {
	text, span := w.Texts[c.Document], lang.Span{Start: c.Start, End: c.End}
	place := ""
	for _, h := range w.Evidence {
		if h.ID.Document == c.Document && h.Start <= span.Start && span.End <= h.End {
			span = sentenceAround(text, lang.Span{Start: h.Start, End: h.End}, span)
			place = piece{hits: []rag.Hit{h}}.place()
			break
		}
	}
	quote := lang.OneLine(text[span.Start:span.End])
	if place == "" {
		return quote
	}
	return "[" + place + "] " + quote
}

var judgementForm = regexp.MustCompile(`(?im)^[\s>*_#\[(-]*(?:(?:statement|claim|affirmation)\s*)?#?(\d{1,3})[\s*_\])]*[.:)=–—-]*[\s*_]*(yes|no|oui|non)\b`)

// judgements reads which claims hold, by number. One that is said to hold and
// not to hold is left out.
func judgements(text string) map[int]bool {
	holds, unclear := make(map[int]bool), make(map[int]bool)
	for _, m := range judgementForm.FindAllStringSubmatch(text, -1) {
		n, _ := strconv.Atoi(m[1]) // three digits at most
		verdict := strings.EqualFold(m[2], "yes") || strings.EqualFold(m[2], "oui")
		before, ok := holds[n]
		holds[n], unclear[n] = verdict, unclear[n] || ok && before != verdict
	}
	maps.DeleteFunc(holds, func(n int, _ bool) bool { return unclear[n] })
	return holds
}

// reject removes claims.
func (w *writing) reject(rejected map[int]bool) {
	var kept verify.Verification
	for i, c := range w.done.Claims {
		if rejected[i] {
			w.dropped = append(w.dropped, rag.Dropped{Text: c.Text, Reasons: []string{"the language model judged that its quotes do not bear it out"}})
			continue
		}
		added, _ := kept.Add(c.Text, w.citations(c), c.Grade)
		c.Citations = added.Citations
		kept.Claims[len(kept.Claims)-1] = c
	}
	w.done = kept
}

// citations are those of a claim.
func (w *writing) citations(c rag.Claim) []rag.Citation {
	found := make([]rag.Citation, len(c.Citations))
	for i, n := range c.Citations {
		found[i] = w.done.Citations[n-1]
	}
	return found
}
