package converse

import (
	"cmp"
	"context"
	"path"
	"slices"
	"strings"

	"docent/prompts"
	"docent/rag"
	"docent/rag/lang"
)

// ofDocument answers what is asked of one document. Where none is meant, or nothing
// is known, the message is a question like others: the documents may say it.
func (t *turn) ofDocument(ctx context.Context) (rag.Answer, error) {
	info, ok, err := t.meant(ctx)
	switch {
	case err != nil:
		return rag.Answer{}, err
	case !ok && t.message.Subject == "":
		return t.courtesy(rag.Unclear), nil
	case !ok:
		return t.ask(ctx)
	}
	value := ""
	switch t.message.Intent {
	case rag.Summary:
		return t.summary(ctx, info)
	case rag.Outline:
		return t.outline(ctx, info)
	case rag.DocumentDate:
		value = info.Date
	case rag.DocumentAuthor:
		value = info.Author
	case rag.DocumentPlace:
		value = info.URI
	}
	answer := t.fact(t.message.Intent, info, value)
	if value == "" {
		said, err := t.saidWithin(ctx, info)
		if err != nil || len(said.Claims) > 0 {
			return said, err
		}
		answer.Status = rag.NotFound
	}
	answer.Listed = []rag.DocumentInfo{info}
	return answer, nil
}

// fact is a line on one document.
func (t *turn) fact(kind rag.Intent, info rag.DocumentInfo, value string) rag.Answer {
	return t.line(prompts.Document(t.language(), prompts.DocumentFact{Kind: string(kind), Title: lang.OneLine(info.Title), Value: value}))
}

// saidWithin is what a document itself says of its date or author: an answer that
// quotes nothing else and has a year, or somebody's name. No claims is nothing.
func (t *turn) saidWithin(ctx context.Context, info rag.DocumentInfo) (rag.Answer, error) {
	req := t.request
	req.Question, req.Language = t.message.Questions[0].Text, t.language()
	found, err := t.Inner.Answer(ctx, req)
	if err != nil {
		return found, err
	}
	for _, c := range found.Citations {
		p := newPhrase(c.Quote)
		says := len(people(p)) > 0
		if t.message.Intent == rag.DocumentDate {
			says = hasYear(p)
		}
		if c.Document != info.ID || !says {
			return rag.Answer{}, nil
		}
	}
	found.Intent = t.message.Intent
	return found, found.Tell(t.emit)
}

// meant is the document that a message names, points at, or the only one.
func (t *turn) meant(ctx context.Context) (rag.DocumentInfo, bool, error) {
	documents, err := t.documents(ctx)
	if err != nil {
		return rag.DocumentInfo{}, false, err
	}
	subject := newPhrase(t.message.Subject)
	pointed := slices.ContainsFunc(grammars(), func(g *grammar) bool { return g.is("pointed", subject) })
	if len(subject.words) > 0 && !pointed {
		info, ok := titled(documents, t.message.Subject, t.message.Intent == rag.Summary || t.message.Intent == rag.Outline || t.saysDocument())
		return info, ok, nil
	}
	if req, ok := t.before(); ok {
		found, err := t.Inner.Answer(ctx, req)
		if err != nil {
			return rag.DocumentInfo{}, false, err
		}
		isCited := func(d rag.DocumentInfo) bool { return len(found.Citations) > 0 && d.ID == found.Citations[0].Document }
		if at := slices.IndexFunc(documents, isCited); at >= 0 {
			return documents[at], true, nil
		}
	}
	if len(documents) == 1 {
		return documents[0], true, nil
	}
	return rag.DocumentInfo{}, false, nil
}

// saysDocument reports whether a message names what it asks of a document.
func (t *turn) saysDocument() bool {
	return slices.ContainsFunc(newPhrase(t.request.Question).words, func(w word) bool { return isAnywhere("document", w.folded) })
}

// titled is the document whose title or file name has all words of a subject, the one
// with fewest others; or, unless loose, has no others and two words at least.
func titled(documents []rag.DocumentInfo, subject string, loose bool) (best rag.DocumentInfo, ok bool) {
	wanted := titleWords(subject)
	most := 0.0
	for _, d := range documents {
		for _, title := range []string{d.Title, fileName(d.URI)} {
			have := titleWords(title)
			common := 0
			for w := range have {
				common += btoi(wanted[w])
			}
			fits := common == len(have) && (loose || common > 1) || loose && common == len(wanted)
			if share := 2 * float64(common) / float64(len(have)+len(wanted)); fits && share > most {
				best, most = d, share
			}
		}
	}
	return best, loose && most > 0 || most > 0.5
}

// titleWords are the stems of what a title says.
func titleWords(title string) map[string]bool {
	words := make(map[string]bool)
	for _, w := range lang.Words("", strings.NewReplacer("_", " ", "-", " ").Replace(title)) {
		if !lang.IsStopAnywhere(w.Surface) && len(w.Surface) > 1 {
			words[lang.Stem("en", lang.Stem("fr", w.Surface))] = true
		}
	}
	return words
}

func fileName(uri string) string {
	name := path.Base(strings.ReplaceAll(uri, "\\", "/"))
	return strings.TrimSuffix(name, path.Ext(name))
}

// outline are the headings of a document, in order.
func (t *turn) outline(ctx context.Context, info rag.DocumentInfo) (rag.Answer, error) {
	doc, passages, err := t.passages(ctx, info.ID)
	if err != nil {
		return rag.Answer{}, err
	}
	var headings []string
	for _, p := range passages {
		if n := len(p.Heading); n > 0 {
			if h := lang.OneLine(p.Heading[n-1]); h != doc.Title && !slices.Contains(headings, h) {
				headings = append(headings, h)
			}
		}
	}
	if len(headings) == 0 {
		return t.summary(ctx, info)
	}
	answer := t.fact(rag.Outline, info, strings.Join(headings, "; "))
	answer.Listed = []rag.DocumentInfo{info}
	return answer, nil
}

// What a summary holds: sentences of a length that can be read alone, in words.
const (
	longestSummary   = 6
	shortestSentence = 6
	longestSentence  = 50
)

// summary is the first sentences of a document's sections, verbatim and in order, one
// a section before a second: what leads says most (Brandow, Mitze and Rau, "Automatic
// condensation of electronic publications by sentence selection", 1995).
func (t *turn) summary(ctx context.Context, info rag.DocumentInfo) (rag.Answer, error) {
	doc, passages, err := t.passages(ctx, info.ID)
	if err != nil {
		return rag.Answer{}, err
	}
	answer := t.fact(rag.Summary, info, "")
	for _, s := range leading(doc, passages) {
		cite(&answer, doc, s)
	}
	if len(answer.Claims) == 0 {
		return t.ask(ctx)
	}
	answer.Searched.Documents = 1
	return answer, answer.Tell(t.emit)
}

// leading chooses the sentences of a summary, in the order of the text.
func leading(doc rag.Document, passages []rag.Located) []sentence {
	var places [longestSummary][]sentence // by their place in their section
	count := make(map[string]int)
	for _, s := range sentencesOf(passages) {
		text, section := doc.Text[s.Start:s.End], strings.Join(s.passage.Heading, "\x00")
		n, place := lang.WordCount(text), count[section]
		if n >= shortestSentence && n <= longestSentence && place < longestSummary && strings.ContainsAny(text[len(text)-3:], ".!…;:»”") {
			places[place] = append(places[place], s)
			count[section]++
		}
	}
	all := slices.Concat(places[:]...)
	all = all[:min(len(all), longestSummary)]
	slices.SortFunc(all, func(a, b sentence) int { return cmp.Compare(a.Start, b.Start) })
	return all
}
