package retrieve

import (
	"context"
	"fmt"

	"docent/rag"
	"docent/rag/lang"
)

const (
	// mostDefining bounds the passages with an acronym that are read for its
	// long form. They are those that have it most: about as many as a search
	// returns.
	mostDefining = 12
	// mostSpelledOut bounds the acronyms of a question that are looked up.
	mostSpelledOut = 8
	// longFormWeight is what a long form counts beside its acronym. More
	// prefers passages that have its words by chance. Found on the dev sets.
	longFormWeight = 0.2
)

// spellOut gives the acronyms of a question the long form that the documents
// have for them, unless they have several: then nothing tells which is meant.
// What a team's aliases say comes first.
func (x expansion) spellOut(ctx context.Context, words []QueryWord) error {
	lookedUp := 0
	for i := range words {
		w := &words[i]
		if w.Acronym == "" || len(w.Phrases) > 0 || lookedUp == mostSpelledOut {
			continue
		}
		lookedUp++
		passages, err := x.with(ctx, w.Surface)
		if err != nil {
			return fmt.Errorf("look up the acronym %q: %w", w.Surface, err)
		}
		if long, ok := longForm(passages, w.Acronym); ok {
			w.Phrases = append(w.Phrases, WeighedPhrase{long, longFormWeight})
		}
	}
	return nil
}

// longForm is the first that the passages give an acronym, if they all agree.
func longForm(passages []rag.Located, acronym string) (Phrase, bool) {
	var first Phrase
	for _, p := range passages {
		for _, long := range lang.LongForms(p.Text, acronym) {
			said := newPhrase(long)
			switch {
			case len(said.Terms) < 2:
			case first.Terms == nil:
				first = said
			case !said.agrees(first):
				return Phrase{}, false
			}
		}
	}
	return first, first.Terms != nil
}

// with returns those passages that have a term most.
func (x expansion) with(ctx context.Context, term string) ([]rag.Located, error) {
	found, err := x.retriever.Library.Candidates(ctx, rag.Query{
		Audience: x.request.Audience, Spaces: x.request.Spaces, Terms: []rag.QueryTerm{{Text: term, Weight: 1}}, Limit: mostDefining,
	})
	if err != nil || len(found.Lexical) == 0 {
		return nil, err
	}
	var ids []rag.PassageID
	for _, c := range found.Lexical {
		ids = append(ids, c.Passage)
	}
	return x.retriever.Library.Passages(ctx, x.request.Audience, ids...)
}
