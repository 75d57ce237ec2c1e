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
	all, most := len(documents), mostListed
	switch t.message.Intent {
	case rag.CountDocuments:
		documents = nil
	case rag.NewestDocuments:
		documents, most = newest(documents), newestListed
	case rag.OldestDocuments:
		documents, most = newest(documents), newestListed
		slices.Reverse(documents)
	case rag.Freshness:
		documents, most = newest(documents), 1
	case rag.DocumentsAbout:
		documents, err = t.about(ctx, documents)
	default:
		slices.SortStableFunc(documents, func(a, b rag.DocumentInfo) int { return cmp.Compare(lang.Fold(a.Title), lang.Fold(b.Title)) })
	}
	answer := t.listed(documents, all, most)
	if len(documents) == 0 && t.message.Intent == rag.DocumentsAbout {
		answer.Status = rag.NotFound
	}
	return answer, err
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
	var places []rag.Located
	for _, d := range documents {
		places = append(places, rag.Located{Passage: rag.Passage{Text: fileName(d.URI)}, Document: d})
	}
	for _, h := range found.Hits {
		places = append(places, h.Located)
	}
	words := t.contentWords(req)
	var on []rag.DocumentInfo
	for _, p := range places {
		said := saidBy(p)
		if len(words) == 0 || slices.ContainsFunc(words, func(w contentWord) bool { return !w.saidIn(said) }) {
			continue
		}
		if !slices.ContainsFunc(on, func(o rag.DocumentInfo) bool { return o.ID == p.Document.ID }) {
			on = append(on, p.Document)
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
func (t *turn) listed(documents []rag.DocumentInfo, all, most int) rag.Answer {
	shown := documents[:min(len(documents), most)]
	l := prompts.Listing{Kind: string(t.message.Intent), Documents: all, Shown: len(shown), Matching: len(documents), Subject: t.message.Subject}
	if len(shown) > 0 {
		l.Date = shown[0].Date
	}
	answer := t.line(prompts.Documents(t.language(), l))
	answer.Listed, answer.Searched.Documents = shown, all
	return answer
}

// newest are the documents that have a date, the latest first.
func newest(documents []rag.DocumentInfo) []rag.DocumentInfo {
	dated := slices.DeleteFunc(documents, func(d rag.DocumentInfo) bool { return d.Date == "" })
	slices.SortStableFunc(dated, func(a, b rag.DocumentInfo) int { return cmp.Compare(b.Date, a.Date) })
	return dated
}
