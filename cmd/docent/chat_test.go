package main

import (
	"bytes"
	"context"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"docent/rag"
	"docent/rag/answer"
	"docent/rag/ragtest"
)

// talk is a conversation with a scripted model over one document.
func talk(t *testing.T, model rag.Model, interactive bool, typed string) (out, errs string) {
	t.Helper()
	dir := t.TempDir()
	const text = "# Purchasing\n\nOrders above 5,000 euros are signed by Oliver Grant.\n\nSuppliers are paid within 45 days of the invoice.\n"
	if err := os.WriteFile(filepath.Join(dir, "purchasing.md"), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	var stdout, stderr bytes.Buffer
	a := &app{getenv: noEnv, stdin: strings.NewReader(typed), stdout: &stdout, stderr: &stderr, log: slog.New(slog.DiscardHandler), color: "never", ocr: "off"}
	o, err := a.openFrom(t.Context(), []string{dir}, "")
	if err != nil {
		t.Fatal(err)
	}
	defer o.Close()
	var l queryFlags
	c := chat{
		app: a, interactive: interactive, terminal: a.terminal(a.stdout), request: l.request(o, question{}),
		answerer: answer.Writer{Answerer: answer.Answerer{Retriever: o.retriever()}, Model: model},
	}
	if err := c.run(t.Context()); err != nil {
		t.Fatal(err)
	}
	return stdout.String(), stderr.String()
}

// A follow-up is understood, and a claim that does not hold is not shown.
func TestChatWithAModel(t *testing.T) {
	model := ragtest.Replies(
		"CLAIM: Oliver Grant signs orders above 5,000 euros.\nQUOTE {Purchasing}: Orders above 5,000 euros are signed by Oliver Grant.\n\n"+
			"CLAIM: Peter Miller does too.\nQUOTE {Purchasing}: Orders above 5,000 euros are signed by Oliver Grant.\n",
		"NOT FOUND",
		"CLAIM: Suppliers are paid within 45 days.\nQUOTE {Purchasing}: Suppliers are paid within 45 days of the invoice.\n",
	)
	out, errs := talk(t, model, false, "Who signs orders above 5,000 euros?\nAnd the suppliers?\n/sources\n/explain\n")
	for _, want := range []string{
		"? Who signs orders above 5,000 euros?\nOliver Grant signs orders above 5,000 euros. [1]\n\n[1] Purchasing\n",
		"“Orders above 5,000 euros are signed by Oliver Grant.”",
		"? And the suppliers?\nSuppliers are paid within 45 days. [1]\n",
		"Purchasing\n    ",
		"\n\nscripted ", " tokens in and ",
	} {
		if !strings.Contains(out, want) {
			t.Errorf("no %q in\n%s", want, out)
		}
	}
	if strings.Contains(out, "Miller") || errs != "" {
		t.Errorf("%s\n%s", out, errs)
	}
}

func TestChatWhoseModelIsDown(t *testing.T) {
	model := &ragtest.Model{Write: func(int, rag.ModelRequest) (string, error) { return "", context.DeadlineExceeded }}
	out, errs := talk(t, model, false, "Who signs orders above 5,000 euros?\n")
	if !strings.Contains(out, "signed by Oliver Grant. [1]\nWritten without the language model") || !strings.Contains(errs, "deadline exceeded") {
		t.Errorf("%s\n%s", out, errs)
	}
}

// Where somebody types there is a prompt, and the question is not repeated.
func TestChatPrompts(t *testing.T) {
	out, _ := talk(t, ragtest.Replies("NOT FOUND"), true, "Who signs orders above 5,000 euros?\n/quit\n")
	if !strings.HasPrefix(out, "? I did not find the answer") || !strings.HasSuffix(out, "\n? ") {
		t.Errorf("%q", out)
	}
}
