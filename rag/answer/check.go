package answer

import (
	"context"
	"path"
	"slices"
	"strconv"
	"strings"

	"docent/rag"
	"docent/rag/lang"
	"docent/rag/retrieve"
	"docent/rag/verify"
)

// Checker holds what somebody says against a library.
type Checker struct {
	Retriever retrieve.Retriever
	// Words tells which words mean the same; nil means the retriever's embedder.
	Words rag.Embedder
	// Audience and Spaces say what may be searched.
	Audience rag.Audience
	Spaces   []string
}

// Statement is a claim, the question that it answers if any, and the words that it
// is said to rest on: none where they are to be searched for.
type Statement struct {
	Claim, Question, Language string
	Quotes                    []SaidQuote
}

// SaidQuote is words that are said to stand in a document, by its ID, its URI or the
// last element of that.
type SaidQuote struct{ Document, Text string }

// Check grades a statement. A quote of a document that the library does not have is
// taken as it is given.
func (c Checker) Check(ctx context.Context, s Statement) (verify.Judgement, error) {
	if len(s.Quotes) == 0 {
		return c.search(ctx, s)
	}
	v, draft := c.verifier(s), verify.Draft{Text: s.Claim}
	for i, q := range s.Quotes {
		hits, text, err := c.document(ctx, q.Document)
		if err != nil {
			return verify.Judgement{}, err
		}
		if text == "" {
			hits, text = given(q, i), q.Text
		}
		v.Evidence = append(v.Evidence, hits...)
		v.Texts[hits[0].ID.Document] = text
		draft.Quotes = append(draft.Quotes, verify.DraftQuote{Passage: hits[0].ID, Text: q.Text})
	}
	return v.Grade(draft), nil
}

func (c Checker) verifier(s Statement) verify.Verifier {
	words := c.Words
	if words == nil {
		words = c.Retriever.Embedder
	}
	return verify.Verifier{
		Texts: make(map[rag.DocumentID]string), Language: s.Language, Question: s.Question, Alike: verify.NewLikeness(words),
	}
}

// given is a quote as a document of its own.
func given(q SaidQuote, n int) []rag.Hit {
	id := rag.DocumentID(q.Document + "#" + strconv.Itoa(n+1))
	h := rag.Hit{Located: rag.Located{Document: rag.DocumentInfo{ID: id, URI: q.Document, Language: lang.Detect(q.Text)}}}
	h.ID, h.Text, h.End = rag.PassageID{Document: id, N: 1}, q.Text, len(q.Text)
	return []rag.Hit{h}
}

// document is one of the library with all its passages; none for a name that is not
// there.
func (c Checker) document(ctx context.Context, name string) ([]rag.Hit, string, error) {
	if c.Retriever.Library == nil {
		return nil, "", nil
	}
	for d, err := range c.Retriever.Library.Documents(ctx, c.Audience) {
		if err != nil {
			return nil, "", err
		}
		if string(d.ID) != name && d.URI != name && path.Base(strings.ReplaceAll(d.URI, `\`, "/")) != name && path.Base(d.File) != name {
			continue
		}
		doc, err := c.Retriever.Library.Document(ctx, d.ID, c.Audience)
		if err != nil {
			return nil, "", err
		}
		ids := make([]rag.PassageID, d.Passages)
		for i := range ids {
			ids[i] = rag.PassageID{Document: d.ID, N: i + 1}
		}
		located, err := c.Retriever.Library.Passages(ctx, c.Audience, ids...)
		hits := make([]rag.Hit, len(located))
		for i, l := range located {
			hits[i].Located = l
		}
		return hits, doc.Text, err
	}
	return nil, "", nil
}

// mostQuotes bounds the units that are held together against a statement which no
// single one bears.
const mostQuotes = 3

// search looks for the words that bear a statement, or speak against it.
func (c Checker) search(ctx context.Context, s Statement) (verify.Judgement, error) {
	found, err := c.Retriever.Search(ctx, rag.SearchRequest{Question: s.Claim, Language: s.Language, Audience: c.Audience, Spaces: c.Spaces})
	if err != nil {
		return verify.Judgement{}, err
	}
	v := c.verifier(s)
	v.Evidence = found.Hits
	a := Answerer{Retriever: c.Retriever}
	for _, h := range found.Hits {
		if _, err := a.text(ctx, c.Audience, v.Texts, h.ID.Document); err != nil {
			return verify.Judgement{}, err
		}
	}
	var all []graded
	for _, h := range found.Hits {
		text := v.Texts[h.ID.Document]
		for _, u := range rag.UnitsOf(h.Passage) {
			if u.Kind != rag.Lead && u.End <= len(text) {
				q := verify.DraftQuote{Passage: h.ID, Text: text[u.Start:u.End], Span: u.Span, Context: u.Context}
				all = append(all, graded{v.Grade(verify.Draft{Text: s.Claim, Quotes: []verify.DraftQuote{q}}), []verify.DraftQuote{q}})
			}
		}
	}
	slices.SortStableFunc(all, graded.compare)
	if len(all) > 1 && all[0].Grade != rag.Proven && !all[0].Contradicted {
		var several []verify.DraftQuote
		for _, g := range all[:min(mostQuotes, len(all))] {
			several = append(several, g.quotes...)
		}
		all = append(all, graded{v.Grade(verify.Draft{Text: s.Claim, Quotes: several}), several})
		slices.SortStableFunc(all, graded.compare)
	}
	if len(all) == 0 || all[0].Support < leastSupport {
		return verify.Judgement{Grade: rag.Refuted, Reasons: []string{"the documents do not speak of it"}}, nil
	}
	return all[0].Judgement, nil
}

// leastSupport is the share of a statement's words that a text must have to speak of
// it.
const leastSupport = 0.5

type graded struct {
	verify.Judgement
	quotes []verify.DraftQuote
}

// compare puts what is proven first, then what has most of the words, and of the
// same what speaks against nothing.
func (a graded) compare(b graded) int {
	rank := func(g graded) float64 {
		switch g.Grade {
		case rag.Proven:
			return -2
		case rag.Read:
			return -g.Support - .05
		}
		return -g.Support
	}
	switch x, y := rank(a), rank(b); {
	case x < y:
		return -1
	case x > y:
		return 1
	}
	return 0
}
