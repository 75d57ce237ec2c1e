package main

import (
	"context"
	"errors"
	"fmt"
	"os/exec"
	"slices"
	"strings"
	"time"

	"docent/ingest/read"
	"docent/rag"
	"docent/rag/library"
	"docent/rag/llm"
)

func (a *app) checkLibrary(ctx context.Context, _ config) (_ string, err error) {
	s, err := a.openAny(ctx, library.Options{ReadOnly: true})
	if err != nil {
		return "", err
	}
	defer closeSession(s, &err)
	stats, err := s.Stats(ctx)
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("%s: %d documents, %d passages", s.Path(), stats.Documents, stats.Passages), nil
}

func (a *app) checkEmbedder(ctx context.Context, c config) (_ string, err error) {
	e, held, err := a.embedder(ctx, c)
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, held.Close()) }()
	began := time.Now()
	// A text of its own each time, so that no cache answers.
	v, err := e.EmbedQuery(ctx, "docent doctor "+began.Format(time.RFC3339Nano))
	if err != nil {
		return "", err
	}
	from, took := "built in", time.Since(began).Milliseconds()
	if c.Embedder.Provider != "" {
		from = fmt.Sprintf("of %s, %d ms", c.Embedder.Provider, took)
	}
	return fmt.Sprintf("%s, %d dimensions, %s", e.Fingerprint().Name, len(v), from), nil
}

// checkIndex tells whether the library was made with the embedder.
func (a *app) checkIndex(ctx context.Context, c config) (_ string, err error) {
	s, err := a.open(ctx, library.Options{ReadOnly: true})
	switch {
	case errors.Is(err, rag.ErrNoLibrary):
		return "none, see library", nil
	case errors.As(err, new(*llm.Error)):
		return "not compared, see embedder", nil
	case err != nil:
		return "", err
	}
	defer closeSession(s, &err)
	if err := s.Load(ctx); err != nil {
		return "", err
	}
	return "made with this embedder", nil
}

// checkReader reads a mail in a process for risky formats.
func (a *app) checkReader(ctx context.Context, c config) (_ string, err error) {
	readers, err := a.readers(c)
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, readers.Close()) }()
	began := time.Now()
	const mail = "From: docent@example.org\r\nSubject: Doctor\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nAll is well.\r\n"
	for doc, err := range readers.Read(ctx, read.Bytes("doctor.eml", []byte(mail))) {
		switch {
		case err != nil:
			return "", fmt.Errorf("read a mail: %w", err)
		case strings.Contains(doc.Text, "All is well."):
			return fmt.Sprintf("a process to read in, %d ms", time.Since(began).Milliseconds()), nil
		}
	}
	return "", errors.New("read a mail: its text is missing")
}

// checkScans looks for tesseract and the languages that are to be read with it.
func (a *app) checkScans(ctx context.Context, c config) (string, error) {
	if c.Read.OCR == "off" {
		return "not read, as read: ocr: has it", nil
	}
	wanted := c.Read.OCR != "" && c.Read.OCR != "auto"
	program, err := exec.LookPath("tesseract")
	if err != nil {
		if !wanted {
			return "not read: there is no tesseract in the PATH", nil
		}
		return "", &hinted{err: errors.New("there is no tesseract in the PATH"), hint: "install it with the data of " + c.Read.OCR + ", or set read: ocr: to off"}
	}
	out, err := exec.CommandContext(ctx, program, "--list-langs").Output()
	if err != nil {
		return "", fmt.Errorf("list the languages of tesseract: %w", err)
	}
	have := strings.Fields(string(out))
	for l := range strings.SplitSeq(c.Read.OCR, "+") {
		if wanted && !slices.Contains(have, l) {
			return "", &hinted{err: fmt.Errorf("tesseract has no data of the language %s", l), hint: "install it, or take it out of read: ocr:"}
		}
	}
	return "read with " + program, nil
}

func (a *app) checkModel(ctx context.Context, c config) (_ string, err error) {
	m, err := a.model(c)
	if err != nil {
		return "", err
	}
	if m == nil {
		return "none is configured: answers are sentences of the documents", nil
	}
	defer func() { err = errors.Join(err, m.Close()) }()
	began := time.Now()
	g, err := tryModel(ctx, m)
	if err != nil {
		return "", withModels(ctx, m, err)
	}
	found := fmt.Sprintf("%s of %s, %d ms, %d tokens in and %d out", m.Name(), c.Model.Provider, time.Since(began).Milliseconds(),
		g.Usage.InputTokens, g.Usage.OutputTokens)
	if cost := c.cost(m.Name(), g.Usage); cost != nil {
		found += ", for " + cost.String()
	}
	return found + aboutModel(ctx, m), nil
}

// checkRerank has two passages put in order.
func (a *app) checkRerank(ctx context.Context, c config) (_ string, err error) {
	if c.Rerank.Provider == "" {
		return "none is configured: passages stand as they are found", nil
	}
	r, err := a.reranker(c.Rerank)
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, r.Close()) }()
	began := time.Now()
	if _, _, err := r.Rerank(ctx, "When does the ferry leave?", []string{"The badges are red.", "The ferry leaves at noon."}); err != nil {
		return "", err
	}
	return fmt.Sprintf("%s of %s, %d ms", r.Name(), c.Rerank.Provider, time.Since(began).Milliseconds()), nil
}
