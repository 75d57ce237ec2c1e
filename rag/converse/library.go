package converse

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"docent/prompts"
	"docent/rag"
	"docent/rag/lang"
)

// mostListed is how many documents an answer names, newestListed how many of the
// newest.
const (
	mostListed   = 20
	newestListed = 5
)

// ofLibrary answers what is asked of the library itself.
func (t *turn) ofLibrary(ctx context.Context) (rag.Answer, error) {
	documents, err := t.documents(ctx)
	if err != nil {
		return rag.Answer{}, err
	}
	if code := languageNamed(t.message.Subject); code != "" && t.message.Intent == rag.ListDocuments {
		documents = slices.DeleteFunc(documents, func(d rag.DocumentInfo) bool { return d.Language != code })
	}
	l := prompts.Listing{Kind: string(t.message.Intent), Documents: len(documents), Subject: t.message.Subject}
	switch t.message.Intent {
	case rag.CountDocuments:
		return t.listed(l, nil, 0), nil
	case rag.NewestDocuments:
		return t.listed(l, newest(documents), newestListed), nil
	case rag.OldestDocuments:
		dated := newest(documents)
		slices.Reverse(dated)
		return t.listed(l, dated, newestListed), nil
	case rag.Freshness:
		return t.listed(l, newest(documents), 1), nil
	case rag.DocumentsAbout:
		on, err := t.about(ctx, documents)
		if err != nil {
			return rag.Answer{}, err
		}
		answer := t.listed(l, on, mostListed)
		if len(on) == 0 {
			answer.Status = rag.NotFound
		}
		return answer, nil
	}
	return t.listed(l, byTitle(documents), mostListed), nil
}

// about are the documents on a subject: those that have its words in their title, then
// those that have them in a passage, or words that mean the same.
func (t *turn) about(ctx context.Context, documents []rag.DocumentInfo) ([]rag.DocumentInfo, error) {
	req := t.request
	req.Question, req.Language, req.Limit = t.message.Subject, t.language(), mostLooked
	found, err := t.Searcher.Search(ctx, req)
	if err != nil {
		return nil, fmt.Errorf("look for documents on a subject: %w", err)
	}
	words := t.contentWords(req)
	says := func(said map[string]bool) bool {
		return len(words) > 0 && !slices.ContainsFunc(words, func(w contentWord) bool { return !w.saidIn(said) })
	}
	var on []rag.DocumentInfo
	add := func(d rag.DocumentInfo) {
		if !slices.ContainsFunc(on, func(o rag.DocumentInfo) bool { return o.ID == d.ID }) {
			on = append(on, d)
		}
	}
	for _, d := range documents {
		if says(saidBy(rag.Located{Passage: rag.Passage{Text: fileName(d.URI)}, Document: d})) {
			add(d)
		}
	}
	for _, h := range found.Hits {
		if says(saidBy(h.Located)) {
			add(h.Document)
		}
	}
	return on, nil
}

// documents are those that the asker may see, of the spaces asked for.
func (t *turn) documents(ctx context.Context) ([]rag.DocumentInfo, error) {
	var list []rag.DocumentInfo
	for d, err := range t.Library.Documents(ctx, t.request.Audience) {
		if err != nil {
			return nil, fmt.Errorf("list the documents: %w", err)
		}
		if len(t.request.Spaces) == 0 || slices.Contains(t.request.Spaces, d.Space) {
			list = append(list, d)
		}
	}
	return list, nil
}

// listed is an answer that names documents, the first of them.
func (t *turn) listed(l prompts.Listing, documents []rag.DocumentInfo, most int) rag.Answer {
	shown := documents[:min(len(documents), most)]
	l.Shown, l.Matching = len(shown), len(documents)
	if len(shown) > 0 {
		l.Date = shown[0].Date
	}
	answer := t.line(prompts.Documents(t.language(), l))
	answer.Listed, answer.Searched.Documents = shown, l.Documents
	return answer
}

func byTitle(documents []rag.DocumentInfo) []rag.DocumentInfo {
	return slices.SortedStableFunc(slices.Values(documents), func(a, b rag.DocumentInfo) int {
		return strings.Compare(lang.Fold(a.Title), lang.Fold(b.Title))
	})
}

// newest are the documents that have a date, the latest first.
func newest(documents []rag.DocumentInfo) []rag.DocumentInfo {
	dated := slices.DeleteFunc(slices.Clone(documents), func(d rag.DocumentInfo) bool { return d.Date == "" })
	slices.SortStableFunc(dated, func(a, b rag.DocumentInfo) int { return cmp.Compare(b.Date, a.Date) })
	return dated
}
