package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"docent/ingest/read"
	"docent/rag"
	"docent/rag/answer"
	"docent/rag/embed"
	"docent/rag/lang"
	"docent/rag/verify"
)

func (a *app) verifyCommand() *cobra.Command {
	var f queryFlags
	c := &cobra.Command{
		Use:   "verify FILE|-",
		Short: "Hold a text against the documents, sentence by sentence",
		Long: `verify cuts a text into sentences and says of each whether the documents bear
it out: proven, with the words that say so; contradicted, with the words that
say otherwise; close, where only a reader can tell; or not in the documents.

With --json and - it reads claims from standard input, one object a line:
{"id":"…","question":"…","claim":"…","language":"…","quotes":[{"document":"…","text":"…"}]},
holds each against its quotes, or against the library where it has none, and
prints {"id":"…","grade":"proven|read|refuted","reasons":[…],"citations":[…]}.`,
		Example: `  docent verify memo.docx
  docent verify --from handbook - <draft.txt
  docent verify --json - <claims.jsonl`,
		Args: takes(1, 1, "a file, or -"),
		RunE: func(c *cobra.Command, args []string) error { return a.verify(c.Context(), f, args[0]) },
	}
	f.searchFlags(c)
	a.readFlags(c)
	return c
}

// verify holds the claims of standard input, or the sentences of a text, against
// their quotes or the library.
func (a *app) verify(ctx context.Context, f queryFlags, name string) (err error) {
	claims := a.json && name == "-"
	s, err := a.openFrom(ctx, f.from, f.intoSpace())
	switch {
	case err == nil:
		defer closeSession(s, &err)
	case !claims || !errors.Is(err, rag.ErrNoLibrary):
		return err
	}
	checker := answer.Checker{Words: embed.NewBuiltin(), Spaces: f.spaces, Audience: config{}.audience("")}
	if s != nil {
		if checker.Retriever, err = a.retriever(s); err != nil {
			return err
		}
		checker.Audience = s.config.audience(f.as)
	}
	if claims {
		return a.verifyClaims(ctx, checker)
	}
	sentences, err := a.sentencesOf(ctx, name)
	if err != nil {
		return err
	}
	return a.verifySentences(ctx, checker, sentences)
}

// claimLine is a line of claims.
type claimLine struct {
	ID       json.RawMessage `json:"id"`
	Question string          `json:"question"`
	Claim    *string         `json:"claim"`
	Language string          `json:"language"`
	Quotes   []struct {
		Document string `json:"document"`
		Text     string `json:"text"`
	} `json:"quotes"`
}

func (a *app) verifyClaims(ctx context.Context, checker answer.Checker) error {
	failed := false
	for l := range readLines(ctx, a.stdin) {
		if l.err != nil && !errors.Is(l.err, io.EOF) {
			return fmt.Errorf("read standard input: %w", l.err)
		}
		if len(bytes.TrimSpace(l.text)) == 0 {
			continue
		}
		line := claimLine{ID: noID}
		err := json.Unmarshal(l.text, &line)
		switch {
		case err != nil:
			err = unmarshalError(err)
		case line.Claim == nil:
			err = errors.New(`there is no "claim" in the object`)
		case len(line.Quotes) == 0 && checker.Retriever.Library == nil:
			err = fmt.Errorf(`there are no "quotes", and %w to look for them`, rag.ErrNoLibrary)
		}
		if err != nil {
			failed = true
			a.printProblem(fmt.Sprintf("standard input, line %d: %v", l.n, err), "")
			continue
		}
		statement := answer.Statement{Claim: *line.Claim, Question: line.Question, Language: line.Language}
		for _, q := range line.Quotes {
			statement.Quotes = append(statement.Quotes, answer.SaidQuote(q))
		}
		j, err := checker.Check(ctx, statement)
		if err != nil {
			return err
		}
		if err := writeJSON(a.stdout, gradeOf(line.ID, *line.Claim, j)); err != nil {
			return err
		}
	}
	if failed {
		return errSomeLines
	}
	return ctx.Err()
}

// sentencesOf are the sentences of a file, or of standard input.
func (a *app) sentencesOf(ctx context.Context, name string) ([]string, error) {
	var texts []string
	if name == "-" {
		data, err := io.ReadAll(io.LimitReader(a.stdin, mostVerified))
		if err != nil {
			return nil, fmt.Errorf("read standard input: %w", err)
		}
		texts = []string{lang.Normalize(string(data))}
	} else {
		c, err := a.settings()
		if err != nil {
			return nil, err
		}
		readers, err := a.readers(c)
		if err != nil {
			return nil, err
		}
		defer func() { _ = readers.Close() }() // all is read by then
		for doc, err := range readFile(ctx, readers.Registry, name) {
			if err != nil {
				return nil, err
			}
			seen := doc.Without(read.Furniture, read.Unseen)
			for _, b := range seen.Blocks {
				if b.Kind != read.Heading {
					texts = append(texts, seen.Text[b.Start:b.End])
				}
			}
		}
	}
	var sentences []string
	for _, text := range texts {
		for _, s := range lang.Sentences(text) {
			if sentence := strings.TrimSpace(lang.OneLine(text[s.Start:s.End])); strings.ContainsFunc(sentence, lang.IsWordRune) && len(sentence) <= rag.MaxQuestion {
				sentences = append(sentences, sentence)
			}
		}
	}
	return sentences, nil
}

// mostVerified bounds, in bytes, the text of standard input.
const mostVerified = 4 << 20

func (a *app) verifySentences(ctx context.Context, checker answer.Checker, sentences []string) error {
	p := page{terminal: a.terminal(a.stdout)}
	unproven := len(sentences) == 0
	for i, sentence := range sentences {
		j, err := checker.Check(ctx, answer.Statement{Claim: sentence})
		if err != nil {
			return err
		}
		unproven = unproven || j.Grade != rag.Proven
		if a.json {
			if err := writeJSON(a.stdout, gradeOf(json.RawMessage(fmt.Sprint(i+1)), sentence, j)); err != nil {
				return err
			}
			continue
		}
		p.judged(i, sentence, j)
	}
	if err := p.print(); err != nil {
		return err
	}
	if unproven {
		return errNotAnswered
	}
	return nil
}

// judged shows a sentence with what came of it.
func (p *page) judged(n int, sentence string, j verify.Judgement) {
	if n > 0 {
		p.line("")
	}
	p.line("%s %s", p.bold(outcomeOf(j)+":"), p.wrap(printable(sentence), "  "))
	if j.Grade == rag.Proven || len(j.Citations) > 0 {
		for _, c := range j.Citations {
			p.citation("", c, lang.Detect(c.Quote))
		}
	}
	if j.Grade != rag.Proven && len(j.Citations) > 0 {
		p.line("%s", p.faint(p.wrap(printable(strings.Join(j.Reasons, "; ")), "")))
	}
}

// outcomeOf is a grade as people are told it.
func outcomeOf(j verify.Judgement) string {
	switch {
	case j.Grade == rag.Proven:
		return "proven"
	case j.Grade == rag.Read:
		return "close"
	case len(j.Citations) > 0:
		return "contradicted"
	}
	return "not in the documents"
}

func gradeOf(id json.RawMessage, claim string, j verify.Judgement) gradeJSON {
	return gradeJSON{ID: id, Claim: claim, Grade: j.Grade, Outcome: outcomeOf(j), Reasons: list(j.Reasons), Citations: citationsOf(j.Citations)}
}
