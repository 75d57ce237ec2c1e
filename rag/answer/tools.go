package answer

import (
	"context"
	"encoding/json"
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/sync/errgroup"

	"docent/prompts"
	"docent/rag"
	"docent/rag/lang"
)

// tools are what a model may have looked up.
func tools() []rag.Tool {
	var list []rag.Tool
	for _, t := range prompts.Tools() {
		tool := rag.Tool{Name: t.Name, Description: t.Does}
		for _, p := range t.Parameters {
			tool.Parameters = append(tool.Parameters, rag.ToolParameter{Name: p.Name, Description: p.Is, Required: p.Required})
		}
		list = append(list, tool)
	}
	return list
}

// What tools give at most, beside the budget.
const (
	// mostCalls is how many calls of one round are made.
	mostCalls = 8
	// mostNamed is how many documents a list names.
	mostNamed = 100
	// leastShare is the part of all that may be shown that a round may show at least.
	leastShare = 8
)

// arguments are those of a call, all that tools take. Models write numbers with and
// without quotation marks.
type arguments struct {
	Query, Document, Space, Filter string
	From                           json.RawMessage
}

// found is what a call has found, before it is shown.
type found struct {
	hits []rag.Hit
	// text is said in place of hits.
	text string
	// reads is set where they are a document's in order.
	reads bool
}

// look makes the calls of a round, all at once, and shows what they bring in their
// order, each a share of the budget; once it is closed, none. What fails is told to the model; an error is
// one of ctx.
func (t *telling) look(ctx context.Context, calls []rag.ToolCall, budget int, closed bool) ([]rag.ToolResult, error) {
	results, all := make([]rag.ToolResult, len(calls)), make([]found, len(calls))
	var g errgroup.Group
	for i, c := range calls {
		if i >= mostCalls || closed {
			all[i].text = "no more can be looked up: write the answer"
			continue
		}
		g.Go(func() error {
			var err error
			if all[i], err = t.call(ctx, c); err != nil {
				all[i].text = "that failed"
				t.mu.Lock()
				defer t.mu.Unlock()
				t.answer.Warn(fmt.Errorf("%s for %s: %w", c.Name, t.Model.Name(), err))
			}
			return nil
		})
	}
	_ = g.Wait() // no error comes
	for i, c := range calls {
		t.answer.ToolCalls++
		if all[i].text == "" {
			var err error
			if all[i].text, err = t.shown(ctx, all[i], budget/min(len(calls), mostCalls)); err != nil {
				return nil, err
			}
		}
		results[i] = rag.ToolResult{ID: c.ID, Name: c.Name, Text: all[i].text}
	}
	return results, ctx.Err()
}

// shown is what a model is told of what was found.
func (t *telling) shown(ctx context.Context, f found, budget int) (string, error) {
	m, err := t.view.show(ctx, f.hits, budget)
	if err != nil {
		return "", err
	}
	if n := len(m.Passages); f.reads && n > 0 {
		last := t.view.pieces[len(t.view.pieces)-1]
		if h := last.hits[len(last.hits)-1]; h.ID.N < h.Document.Passages || last.span.End < h.End {
			m.GoesOn = m.Passages[n-1].N
		}
	}
	if len(m.Passages)+len(m.Seen) == 0 {
		return "nothing found", nil
	}
	return prompts.Passages(t.request.Language, m), nil
}

// call makes one call.
func (t *telling) call(ctx context.Context, c rag.ToolCall) (found, error) {
	var a arguments
	if err := json.Unmarshal([]byte(c.Arguments), &a); err != nil {
		return found{text: "the arguments are no JSON object of strings"}, nil //nolint:nilerr // the model is told
	}
	switch c.Name {
	case "search":
		return t.searchFor(ctx, a)
	case "read":
		return t.read(ctx, a)
	case "list_documents":
		return t.list(ctx, a.Filter)
	}
	return found{text: "there is no such tool"}, nil
}

// searchFor finds passages, of one document or space where it is named.
func (t *telling) searchFor(ctx context.Context, a arguments) (found, error) {
	spaces := t.request.Spaces
	if a.Space != "" && (len(spaces) == 0 || slices.Contains(spaces, a.Space)) {
		spaces = []string{a.Space}
	}
	if strings.TrimSpace(a.Query) == "" {
		return found{text: "search needs a query"}, nil
	}
	hits, err := t.search(ctx, lang.FirstBytes(a.Query, rag.MaxQuestion), spaces, toolHits, toolReread)
	if err != nil || a.Document == "" {
		return found{hits: hits}, err
	}
	d, ok, err := t.named(ctx, a.Document)
	if err != nil || !ok {
		return found{text: "there is no document " + a.Document}, err
	}
	within := slices.DeleteFunc(slices.Clone(hits), func(h rag.Hit) bool { return h.ID.Document != d.ID })
	all, err := t.passages(ctx, d, 1)
	return found{hits: withHits(within, all...)}, err
}

// read finds the passages of a document from its beginning, or after a piece that was
// shown.
func (t *telling) read(ctx context.Context, a arguments) (found, error) {
	from, _ := strconv.Atoi(strings.Trim(string(a.From), `" `))
	after := 0
	if from >= 1 && from <= len(t.view.pieces) {
		p := t.view.pieces[from-1]
		last := p.hits[len(p.hits)-1]
		a.Document, after = string(last.ID.Document), last.ID.N
	}
	d, ok, err := t.named(ctx, a.Document)
	if err != nil || !ok {
		return found{text: "there is no document " + a.Document}, err
	}
	hits, err := t.passages(ctx, d, after+1)
	return found{hits: hits, reads: true}, err
}

// named is the document that a model means: by the name that it was given, or by
// its title, address or ID.
func (t *telling) named(ctx context.Context, name string) (info rag.DocumentInfo, ok bool, err error) {
	name = lang.Fold(strings.Trim(name, " []\"`"))
	id := rag.DocumentID("")
	t.mu.Lock()
	if n, err := strconv.Atoi(strings.TrimPrefix(name, "d")); err == nil && n >= 1 && n <= len(t.view.documents) {
		id = t.view.documents[n-1]
	}
	t.mu.Unlock()
	for d, err := range t.Answerer.Retriever.Library.Documents(ctx, t.request.Audience) {
		if err != nil {
			return info, false, fmt.Errorf("find a document: %w", err)
		}
		known := d.ID == id || id == "" && name != "" && (lang.Fold(string(d.ID)) == name || lang.Fold(d.Title) == name || strings.HasSuffix(lang.Fold(d.URI), name))
		if known && t.mayShow(d) {
			return d, true, nil
		}
	}
	return info, false, nil
}

// list names documents: those that have the most words of a filter in what is known of
// them, or all.
func (t *telling) list(ctx context.Context, filter string) (found, error) {
	wanted := strings.Fields(plain(filter))
	best, all := 1, 0
	var documents []rag.DocumentInfo
	for d, err := range t.Answerer.Retriever.Library.Documents(ctx, t.request.Audience) {
		if err != nil {
			return found{}, fmt.Errorf("list the documents: %w", err)
		}
		if !t.mayShow(d) {
			continue
		}
		all++
		known, n := plain(strings.Join([]string{d.Title, d.URI, d.Author, d.Date, d.Language, d.Format, d.Space, string(d.Status)}, " ")), 0
		for _, w := range wanted {
			if strings.Contains(known, " "+w) {
				n++
			}
		}
		if n > best {
			best, documents = n, nil
		}
		if n == best || len(wanted) == 0 {
			documents = append(documents, d)
		}
	}
	return found{text: t.listed(documents, all)}, nil
}

// listed is a list of documents as a model is shown it: by the name of the file alone,
// since where it lies is nobody's business.
func (t *telling) listed(documents []rag.DocumentInfo, all int) string {
	t.mu.Lock()
	defer t.mu.Unlock()
	var b strings.Builder
	fmt.Fprintf(&b, "%d of %d documents\n", len(documents), all)
	for _, d := range documents[:min(len(documents), mostNamed)] {
		fmt.Fprintf(&b, "%s: %s · %s · %s\n", t.view.name(d.ID), lang.OneLine(d.Name()), lang.OneLine(path.Base(d.URI)), d.Language)
	}
	return b.String()
}
