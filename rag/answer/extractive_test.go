package answer_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"docent/ingest"
	"docent/ingest/read"
	"docent/ingest/read/formats"
	"docent/rag"
	"docent/rag/answer"
	"docent/rag/embed"
	"docent/rag/lang"
	"docent/rag/library"
	"docent/rag/retrieve"
)

// answers is an answerer over a fresh library of the paths.
func answers(t *testing.T, paths ...string) (answer.Answerer, *library.Library) {
	t.Helper()
	a, lib, failed := answersFrom(t, paths...)
	if len(failed) > 0 {
		t.Fatalf("ingest: %v", failed)
	}
	return a, lib
}

// answersFrom is answers where some documents may hold no text.
func answersFrom(t *testing.T, paths ...string) (answer.Answerer, *library.Library, []ingest.Failure) {
	t.Helper()
	embedder := embed.NewBuiltin()
	lib, err := library.Open(t.Context(), filepath.Join(t.TempDir(), "library.db"),
		library.Options{Fingerprint: rag.FingerprintOf(embedder), Create: true, Temporary: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := lib.Close(); err != nil {
			t.Error(err)
		}
	})
	formats := formats.All(read.Options{Cache: filepath.Join(os.TempDir(), "docent-tests"), OCR: "off"}) //nolint:usetesting // the PDF engine is compiled once for many tests
	in := ingest.Ingester{Store: lib, Indexer: retrieve.Indexer{Embedder: embedder}, Options: ingest.Options{Formats: formats}}
	report, err := in.Run(t.Context(), paths...)
	if err != nil {
		t.Fatalf("ingest: %v", err)
	}
	return answer.Answerer{Retriever: retrieve.Retriever{Library: lib, Embedder: embedder}}, lib, report.Failed
}

func readLines[T any](t *testing.T, path string) []T {
	t.Helper()
	data, err := os.ReadFile(path)
	if errors.Is(err, os.ErrNotExist) {
		t.Skipf("%s is not here", path)
	}
	if err != nil {
		t.Fatal(err)
	}
	var list []T
	for line := range strings.Lines(string(data)) {
		var x T
		if err := json.Unmarshal([]byte(line), &x); err != nil {
			t.Fatal(err)
		}
		list = append(list, x)
	}
	return list
}

// checkQuotes holds an answer to the promise that every quote is the document's
// bytes, and every claim has one.
func checkQuotes(t *testing.T, lib rag.Library, a rag.Answer) {
	t.Helper()
	for _, c := range a.Citations {
		doc, err := lib.Document(t.Context(), c.Document, rag.Operator())
		if err != nil {
			t.Fatal(err)
		}
		if got := doc.Text[c.Start:c.End]; got != c.Quote {
			t.Errorf("%q: quote %q, text %q", a.Question, c.Quote, got)
		}
		for _, e := range c.Context {
			if got := doc.Text[e.Start:e.End]; got != e.Text {
				t.Errorf("%q: context %q, text %q", a.Question, e.Text, got)
			}
		}
	}
	for _, claim := range a.Claims {
		if len(claim.Citations) == 0 {
			t.Errorf("%q: a claim without citation: %q", a.Question, claim.Text)
		}
	}
	if a.Status == rag.NotFound && (len(a.Claims)+len(a.Citations) > 0 || a.Notice == "") {
		t.Errorf("%q: a refusal with %d claims and notice %q", a.Question, len(a.Claims), a.Notice)
	}
}

// The handbook's questions are a golden test: their number changes only
// together with a reason.
func TestHandbook(t *testing.T) {
	const wantRight = 54
	a, lib := answers(t, "../../ingest/testdata/handbook")
	type question struct{ ID, Question, Language, Status, Quote string }
	right, wrong := 0, []string{}
	for _, q := range readLines[question](t, "../../ingest/testdata/handbook.questions.jsonl") {
		answer, err := a.Answer(t.Context(), rag.SearchRequest{Question: q.Question, Audience: rag.Operator()})
		if err != nil {
			t.Fatal(err)
		}
		checkQuotes(t, lib, answer)
		if answer.Language != q.Language {
			t.Errorf("%s: answered in %q", q.ID, answer.Language)
		}
		if asExpected(answer, q.Status, q.Quote) {
			right++
		} else {
			wrong = append(wrong, q.ID)
		}
	}
	if right != wantRight {
		t.Errorf("%d right, want %d; wrong: %v", right, wantRight, wrong)
	}
	example, err := a.Answer(t.Context(), rag.SearchRequest{Question: "Who signs purchase orders?", Audience: rag.Operator()})
	if err != nil || example.Status != rag.Answered || !strings.Contains(example.Text(), "les deux directeurs") {
		t.Errorf("the example of README: %v, %s", err, example.Text())
	}
}

func asExpected(a rag.Answer, status, quote string) bool {
	if status == string(rag.NotFound) {
		return a.Status == rag.NotFound
	}
	for _, c := range a.Citations {
		cited, wanted := lang.OneLine(c.Quote), lang.OneLine(quote)
		if strings.Contains(cited, wanted) || strings.Contains(wanted, cited) {
			return true
		}
	}
	return false
}

func TestPressRelease(t *testing.T) {
	type evidence struct{ Text string }
	type question struct {
		ID, Question string
		Answerable   bool
		Evidence     []evidence
	}
	questions := readLines[question](t, "../../../shared/eval/nato/questions.jsonl")
	a, lib := answers(t, "../../../shared/corpus")
	hit, refused := 0, 0
	for _, q := range questions {
		answer, err := a.Answer(t.Context(), rag.SearchRequest{Question: q.Question, Audience: rag.Operator()})
		if err != nil {
			t.Fatal(err)
		}
		checkQuotes(t, lib, answer)
		if !q.Answerable && answer.Status == rag.NotFound {
			refused++
		}
		for _, e := range q.Evidence {
			if asExpected(answer, string(rag.Answered), e.Text) {
				hit++
				break
			}
		}
	}
	if hit < 8 || refused != 2 {
		t.Errorf("%d answers cite their evidence, want at least 8; %d refused, want 2", hit, refused)
	}
}

// Every quote of every answer is the document's own bytes. One question in
// sixty is asked, all of them with DOCENT_ALL=1.
func TestQuotesAreVerbatim(t *testing.T) {
	step := 60
	if os.Getenv("DOCENT_ALL") != "" {
		step = 1
	}
	for _, set := range []string{"fr-wiki", "en-squad2"} {
		t.Run(set, func(t *testing.T) {
			dir := filepath.Join("../../../shared/eval", set)
			questions := readLines[struct{ Text string }](t, filepath.Join(dir, "queries.jsonl"))
			a, lib := answers(t, filepath.Join(dir, "corpus.jsonl"))
			quotes := 0
			for i := 0; i < len(questions); i += step {
				answer, err := a.Answer(t.Context(), rag.SearchRequest{Question: questions[i].Text, Audience: rag.Operator()})
				if err != nil {
					t.Fatal(err)
				}
				checkQuotes(t, lib, answer)
				quotes += len(answer.Citations)
			}
			if quotes == 0 {
				t.Error("no question was answered")
			}
			t.Logf("%d quotes checked", quotes)
		})
	}
}

// A part that the documents leave open is named, and the rest is answered.
func TestPartialAnswers(t *testing.T) {
	a, lib := answers(t, "../../ingest/testdata/handbook")
	for _, tc := range []struct {
		question string
		want     rag.Status
		open     string
	}{
		{"How quickly must a lost laptop be reported, and who is the mayor of Lisbon?", rag.Partial, "who is the mayor of Lisbon?"},
		{"Qui est le maire de Lisbonne et combien de jours de congés par an acquiert un salarié à Nantes ?", rag.Partial, "Qui est le maire de Lisbonne"},
		{"How quickly must a lost laptop be reported?", rag.Answered, ""},
		{"Who is the mayor of Lisbon and when was he elected in Portugal?", rag.NotFound, ""},
	} {
		t.Run(tc.question, func(t *testing.T) {
			answer, err := a.Answer(t.Context(), rag.SearchRequest{Question: tc.question, Audience: rag.Operator()})
			if err != nil {
				t.Fatal(err)
			}
			checkQuotes(t, lib, answer)
			if answer.Status != tc.want || answer.Question != tc.question || !strings.Contains(answer.Notice, tc.open) {
				t.Errorf("%s: %s", answer.Status, answer.Text())
			}
		})
	}
}

func TestRequestsThatAreNoQuestions(t *testing.T) {
	a, _ := answers(t, "../../ingest/testdata/handbook/achats.md")
	for _, tc := range []struct {
		name string
		req  rag.SearchRequest
		want error
	}{
		{"nobody asks", rag.SearchRequest{Question: "Qui ?"}, rag.ErrNoAudience},
		{"nothing is asked", rag.SearchRequest{Question: " \n", Audience: rag.Operator()}, rag.ErrEmptyQuestion},
		{"a megabyte", rag.SearchRequest{Question: strings.Repeat("a ", 500_000), Audience: rag.Operator()}, rag.ErrLongQuestion},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if _, err := a.Answer(t.Context(), tc.req); !errors.Is(err, tc.want) {
				t.Errorf("got %v, want %v", err, tc.want)
			}
		})
	}
	for _, odd := range []string{"?", "\x00\xff", "le la les", "🙂", "\"'`;--", strings.Repeat("Qui ", 2000)} {
		answer, err := a.Answer(t.Context(), rag.SearchRequest{Question: odd, Audience: rag.Operator()})
		if err != nil || answer.Status != rag.NotFound {
			t.Errorf("%.20q: %v, %v", odd, answer.Status, err)
		}
	}
}

// An answer's confidence is where its threshold turns it into a refusal, so
// that one run tells what others would refuse.
func TestConfidenceIsTheLastThreshold(t *testing.T) {
	a, _ := answers(t, "../../ingest/testdata/handbook")
	type question struct{ Question string }
	for _, q := range readLines[question](t, "../../ingest/testdata/handbook.questions.jsonl") {
		status := func(threshold float64) rag.Answer {
			a.Threshold = threshold
			answer, err := a.Answer(t.Context(), rag.SearchRequest{Question: q.Question, Audience: rag.Operator()})
			if err != nil {
				t.Fatal(err)
			}
			return answer
		}
		sure := status(0.3).Confidence
		if sure == 0 {
			if status(1e-9).Status != rag.NotFound {
				t.Errorf("%q is answered without confidence", q.Question)
			}
			continue
		}
		if at, above := status(sure), status(sure+1e-9); at.Status == rag.NotFound || above.Status != rag.NotFound || at.Confidence != sure {
			t.Errorf("%q: %s at its confidence %v, %s above", q.Question, at.Status, sure, above.Status)
		}
	}
}

// A document of a space that the asker does not see neither answers nor is
// counted or named.
func TestAnswersKeepSpacesApart(t *testing.T) {
	a, lib := answers(t, "../../ingest/testdata/handbook/remote-work.md")
	dir := t.TempDir()
	secret := filepath.Join(dir, "plan.txt")
	if err := os.WriteFile(secret, []byte("Plan zéphyr\n\nLe projet Zéphyr ferme le site de Brest en mars.\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	in := ingest.Ingester{Store: lib, Indexer: retrieve.Indexer{Embedder: embed.NewBuiltin()}, Options: ingest.Options{Space: "board"}}
	if _, err := in.Run(t.Context(), secret); err != nil {
		t.Fatal(err)
	}
	for _, tc := range []struct {
		audience rag.Audience
		want     rag.Status
	}{
		{rag.Members(rag.Everyone), rag.NotFound}, {rag.Members(rag.Everyone, "board"), rag.Answered}, {rag.Operator(), rag.Answered},
	} {
		answer, err := a.Answer(t.Context(), rag.SearchRequest{Question: "Quel site ferme le projet Zéphyr ?", Audience: tc.audience})
		if err != nil {
			t.Fatal(err)
		}
		if answer.Status != tc.want {
			t.Errorf("%+v: %s", tc.audience, answer.Status)
		}
		if shown := fmt.Sprintf("%+v", answer.Evidence) + answer.Text(); tc.want == rag.NotFound && strings.Contains(shown, "Brest") {
			t.Errorf("the hidden document shows in %s", shown)
		}
	}
}

func writeFile(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}
