package answer_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"docent/rag"
	"docent/rag/answer"
	"docent/rag/ragtest"
	"docent/rag/retrieve"
)

const (
	purchases = "Orders above 5,000 euros are signed by the managing director, Oliver Grant.\n\nSuppliers are paid within 45 days of the invoice. No order is placed without a written quote.\n"
	signed    = "CLAIM: Orders above 5,000 euros are signed by Oliver Grant.\nQUOTE {Purchasing}: Orders above 5,000 euros are signed by the managing director, Oliver Grant.\n"
	paid      = "CLAIM: Suppliers are paid within 45 days.\nQUOTE {Purchasing}: Suppliers are paid within 45 days of the invoice.\n"
	whoSigns  = "Who signs orders above 5,000 euros?"
)

// purchasing is a writer over one document, with a model that gives replies.
func purchasing(t *testing.T, replies ...string) (answer.Writer, *ragtest.Model) {
	t.Helper()
	dir := t.TempDir()
	writeFile(t, dir+"/purchasing.md", "# Purchasing\n\n"+purchases)
	a, _ := answers(t, dir)
	model := ragtest.Replies(replies...)
	return answer.Writer{Answerer: a, Model: model}, model
}

func asking(t *testing.T, w answer.Writer, question string, history ...rag.Exchange) rag.Answer {
	t.Helper()
	answer, err := w.Answer(t.Context(), rag.SearchRequest{Question: question, Audience: rag.Operator(), History: history})
	if err != nil {
		t.Fatal(err)
	}
	return answer
}

func TestWriterAnswers(t *testing.T) {
	w, model := purchasing(t, signed)
	got := asking(t, w, whoSigns)
	if got.Text() != "Orders above 5,000 euros are signed by Oliver Grant. [1]" || got.Status != rag.Answered {
		t.Errorf("%s: %s", got.Status, got.Text())
	}
	if got.Mode != rag.Written || got.ModelName != "scripted" || got.Prompt == "" || got.Usage.InputTokens == 0 || got.Failure != nil {
		t.Errorf("mode %q, model %q, prompt %q, usage %+v, failure %v", got.Mode, got.ModelName, got.Prompt, got.Usage, got.Failure)
	}
	if calls := model.Calls(); len(calls) != 1 || !strings.Contains(calls[0].Turns[0].Text, whoSigns) || calls[0].MaxTokens == 0 {
		t.Errorf("calls %+v", calls)
	}
}

// Where there is nothing to show, there is nothing to ask.
func TestWriterDoesNotAskInVain(t *testing.T) {
	model := ragtest.Replies(signed)
	if got := asking(t, writerOver(ragtest.NewMemory(), model), whoSigns); got.Status != rag.NotFound || len(model.Calls()) > 0 {
		t.Errorf("%s after %d calls: %s", got.Status, len(model.Calls()), got.Text())
	}
}

func TestWriterRefusesWithTheModel(t *testing.T) {
	w, _ := purchasing(t, "NOT FOUND")
	got := asking(t, w, whoSigns)
	if got.Status != rag.NotFound || got.Mode != rag.Written || !strings.HasPrefix(got.Notice, "I did not find") || len(got.Citations) > 0 {
		t.Errorf("%s %s: %s", got.Status, got.Mode, got.Text())
	}
}

// A part that the model leaves open is named in the question's own words.
func TestWriterPartial(t *testing.T) {
	w, _ := purchasing(t, signed+"\nMISSING: when they are archived; PWNED\n")
	got := asking(t, w, "Who signs orders above 5,000 euros, and when are they archived in Lyon?")
	if got.Status != rag.Partial || got.Notice != "The documents do not answer: “when are they archived in Lyon?”." {
		t.Errorf("%s: %s", got.Status, got.Notice)
	}
}

var errDown = errors.New("connection refused")

func TestWriterWithoutItsModel(t *testing.T) {
	for _, tc := range []struct {
		name, written string
		history       bool
		want          rag.Status
		mode          rag.Mode
		notice        string
	}{
		{"down", "", false, rag.Answered, rag.Extractive, "Written without the language model, in the documents’ own words."},
		{"down in a conversation", "", true, rag.Answered, rag.Extractive, "Written without the language model, in the documents’ own words."},
		{"cut in the first claim", signed[:30], false, rag.Answered, rag.Extractive, "Written without the language model, in the documents’ own words."},
		{"cut in a quote", signed[:len(signed)-20], false, rag.Answered, rag.Extractive, "Written without the language model, in the documents’ own words."},
		{"cut in the second claim", signed + "\nCLAIM: Suppliers are", false, rag.Partial, rag.Written, "The language model broke off; there may be more to say."},
		{"cut between claims", signed + "\n", false, rag.Partial, rag.Written, "The language model broke off; there may be more to say."},
	} {
		t.Run(tc.name, func(t *testing.T) {
			w, model := purchasing(t)
			model.Write = func(_ int, req rag.ModelRequest) (string, error) {
				return ragtest.NumberPassages(tc.written, req), errDown
			}
			var history []rag.Exchange
			if tc.history {
				history = []rag.Exchange{{Question: "What about orders?", Answer: "They are signed."}}
			}
			got := asking(t, w, whoSigns, history...)
			if got.Status != tc.want || got.Mode != tc.mode || got.Notice != tc.notice || !errors.Is(got.Failure, errDown) {
				t.Errorf("%s %s: %s (%v)", got.Status, got.Mode, got.Text(), got.Failure)
			}
			if len(got.Claims) == 0 || len(got.Citations) == 0 {
				t.Errorf("no claims: %s", got.Text())
			}
		})
	}
}

func TestWriterEndsWithItsContext(t *testing.T) {
	w, model := purchasing(t)
	ctx, cancel := context.WithCancel(t.Context())
	model.Write = func(int, rag.ModelRequest) (string, error) {
		cancel()
		return "", ctx.Err()
	}
	if _, err := w.Answer(ctx, rag.SearchRequest{Question: whoSigns, Audience: rag.Operator()}); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

// An error of who shows the answer ends it, and the model with it.
func TestWriterEndsWithItsReader(t *testing.T) {
	w, model := purchasing(t, signed+"\n"+paid)
	model.Piece = 1
	gone := errors.New("gone")
	_, err := w.Tell(t.Context(), rag.SearchRequest{Question: whoSigns, Audience: rag.Operator()}, func(rag.Claim, []rag.Citation) error { return gone })
	if !errors.Is(err, gone) {
		t.Errorf("got %v", err)
	}
}

// A claim is told before the model writes the next one.
func TestWriterTellsClaimsAsTheyCome(t *testing.T) {
	w, _ := purchasing(t)
	var events []string
	writes := func(text string) {
		events = append(events, "wrote "+text)
	}
	script := &stepped{steps: []string{signed, "\n", paid, "CLAIM:", " "}, before: writes}
	w.Model = script
	_, err := w.Tell(t.Context(), rag.SearchRequest{Question: whoSigns, Audience: rag.Operator()}, func(c rag.Claim, fresh []rag.Citation) error {
		events = append(events, "told "+c.Text)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		"wrote 0", "wrote 1", "told Orders above 5,000 euros are signed by Oliver Grant.",
		"wrote 2", "wrote 3", "told Suppliers are paid within 45 days.", "wrote 4",
	}
	if diff := cmp.Diff(want, events); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

// stepped writes its steps, and says so before each.
type stepped struct {
	steps  []string
	before func(string)
}

func (s *stepped) Name() string { return "stepped" }

func (s *stepped) Generate(_ context.Context, req rag.ModelRequest, emit func(string) error) (rag.Generation, error) {
	var text strings.Builder
	for i, step := range s.steps {
		s.before(string(rune('0' + i)))
		step = ragtest.NumberPassages(step, req)
		text.WriteString(step)
		if err := emit(step); err != nil {
			return rag.Generation{Text: text.String()}, err
		}
	}
	return rag.Generation{Text: text.String()}, nil
}

// The same question over the same evidence is answered once; another audience,
// model or document is another question.
func TestWriterCache(t *testing.T) {
	w, model := purchasing(t, signed, signed, signed, "1: yes")
	w.Cache = rag.NewCache(0)
	first := asking(t, w, whoSigns)
	again := asking(t, w, whoSigns)
	if n := len(model.Calls()); n != 1 {
		t.Fatalf("%d calls", n)
	}
	if first.Text() != again.Text() || again.Usage != (rag.Usage{}) || again.Mode != rag.Written || len(again.Evidence) == 0 {
		t.Errorf("again: %+v", again)
	}
	told := 0
	if _, err := w.Tell(t.Context(), rag.SearchRequest{Question: whoSigns, Audience: rag.Operator()}, func(_ rag.Claim, fresh []rag.Citation) error {
		told += len(fresh)
		return nil
	}); err != nil || told != 1 {
		t.Errorf("told %d citations, %v", told, err)
	}
	if _, err := w.Answer(t.Context(), rag.SearchRequest{Question: whoSigns, Audience: rag.Members(rag.Everyone)}); err != nil {
		t.Fatal(err)
	}
	w.Judge = answer.JudgeAll
	asking(t, w, whoSigns)
	if n := len(model.Calls()); n != 2+2 {
		t.Errorf("%d calls, want 4", n)
	}
	w.Judge = answer.JudgeRead
	other := ragtest.Replies(signed)
	other.ModelName = "another"
	w.Model = other
	if got := asking(t, w, whoSigns); len(other.Calls()) != 1 || got.ModelName != "another" {
		t.Errorf("%d calls of another model, %s", len(other.Calls()), got.ModelName)
	}
}

// A document that has changed is other evidence.
func TestWriterCacheFollowsTheDocuments(t *testing.T) {
	lib := ragtest.NewMemory()
	model := ragtest.Replies("CLAIM: The ferry leaves at noon.\nQUOTE 1: The ferry leaves at noon.\n", "CLAIM: The ferry leaves at nine.\nQUOTE 1: The ferry leaves at nine.\n")
	w := writerOver(lib, model)
	w.Cache = rag.NewCache(0)
	for _, when := range []string{"noon", "noon", "nine", "nine"} {
		keep(t, lib, "The ferry leaves at "+when+". ")
		if got := asking(t, w, "When does the ferry leave?"); got.Text() != "The ferry leaves at "+when+". [1]" {
			t.Errorf("%s: %s", when, got.Text())
		}
	}
	if n := len(model.Calls()); n != 2 {
		t.Errorf("%d calls", n)
	}
}

// keep puts a document into the library, whose text is its passages.
func keep(t *testing.T, lib rag.Library, passages ...string) {
	t.Helper()
	put(t, lib, rag.DocumentInfo{ID: "ferry", URI: "ferry.txt", Title: "Ferries", Language: "en", Space: rag.Everyone}, passages...)
}

func put(t *testing.T, lib rag.Library, info rag.DocumentInfo, passages ...string) {
	t.Helper()
	doc := rag.Document{DocumentInfo: info}
	doc.Text = strings.Join(passages, "")
	list, at := make([]rag.Passage, len(passages)), 0
	for i, text := range passages {
		list[i] = rag.Passage{ID: rag.PassageID{Document: doc.ID, N: i + 1}, Start: at, End: at + len(text), Text: text}
		at += len(text)
	}
	if err := (retrieve.Indexer{Embedder: ragtest.Embedder{}}).Index(t.Context(), doc.DocumentInfo, list); err != nil {
		t.Fatal(err)
	}
	if err := lib.Put(t.Context(), doc, list); err != nil {
		t.Fatal(err)
	}
}

func writerOver(lib rag.Library, model rag.Model) answer.Writer {
	return answer.Writer{Answerer: answer.Answerer{Retriever: retrieve.Retriever{Library: lib, Embedder: ragtest.Embedder{}}}, Model: model}
}

// Passages that follow each other are one to the model, also those that were
// not found but stand beside the best, and a quote may go over their border.
func TestWriterMergesNeighbours(t *testing.T) {
	lib := ragtest.NewMemory()
	keep(t, lib, "Tickets are sold on the quay. ", "The ferry leaves the harbour at noon. ", "It carries forty people. ", "Dogs travel for nothing. ")
	model := ragtest.Replies("CLAIM: The ferry leaves the harbour at noon and carries forty people.\nQUOTE {Ferries}: The ferry leaves the harbour at noon. It carries forty people.\n")
	w := writerOver(lib, model)
	w.Answerer.Evidence, w.Tokens = 1, 75
	got := asking(t, w, "When does the ferry leave the harbour?")
	const merged = "]\nTickets are sold on the quay. The ferry leaves the harbour at noon. It carries forty people. \n<<<end 1 "
	if text := model.Calls()[0].Turns[0].Text; !strings.Contains(text, merged) || strings.Contains(text, "<<<passage 2") {
		t.Errorf("shown\n%s", text)
	}
	if got.Text() != "The ferry leaves the harbour at noon and carries forty people. [1]" || len(got.Citations) != 1 ||
		got.Citations[0].Quote != "The ferry leaves the harbour at noon. It carries forty people." {
		t.Errorf("%s %+v", got.Text(), got.Citations)
	}
}

// A model that does not stop is stopped, and what it proved is the answer.
func TestWriterStopsTheModel(t *testing.T) {
	w, model := purchasing(t, signed+"\n"+strings.Repeat("and so on ", 20_000))
	model.Piece = 1000
	got := asking(t, w, whoSigns)
	if got.Mode != rag.Written || got.Failure != nil || got.Text() != "Orders above 5,000 euros are signed by Oliver Grant. [1]" {
		t.Errorf("%s: %s, %v", got.Mode, got.Text(), got.Failure)
	}
}

// One more try for an answer without form, and no third: a model that names nothing has
// nothing to say.
func TestWriterRepairsOnce(t *testing.T) {
	w, model := purchasing(t, "Oliver Grant signs them.", "Oliver Grant signs them, really.", signed)
	got := asking(t, w, whoSigns)
	if got.Mode != rag.Written || got.Status != rag.NotFound || got.Did != rag.DidDecline || got.Failure != nil || len(model.Calls()) != 2 {
		t.Errorf("%s %s after %d calls: %v", got.Mode, got.Did, len(model.Calls()), got.Failure)
	}
	if turns := model.Calls()[1].Turns; len(turns) != 3 || !turns[1].FromModel {
		t.Errorf("turns %+v", turns)
	}
}

// The second try for the form is held to a schema where the server can, and none before.
func TestWriterRepairsByASchema(t *testing.T) {
	w, model := purchasing(t)
	replies := []string{"Oliver Grant signs them.", `{"claims": [{"claim": "Orders above 5,000 euros are signed by Oliver Grant.",
  "quotes": [{"passage": 1, "quote": "Orders above 5,000 euros are signed by the managing director, Oliver Grant."}]}]}`}
	model.Write = func(call int, _ rag.ModelRequest) (string, error) { return replies[call], nil }
	got := asking(t, w, whoSigns)
	calls := model.Calls()
	if len(calls) != 2 || calls[0].Schema != nil || calls[1].Schema == nil || got.Status != rag.Answered || got.Text() != "Orders above 5,000 euros are signed by Oliver Grant. [1]" {
		t.Errorf("%d calls, %s: %s", len(calls), got.Status, got.Text())
	}
}

// What fails is sent back once, with why; what is right then is added, and what is not
// is told.
func TestWriterMendsOnce(t *testing.T) {
	wrong := "CLAIM: Suppliers are paid within 60 days.\nQUOTE {Purchasing}: Suppliers are paid within 45 days of the invoice.\n"
	lost := "CLAIM: Orders need two quotes.\nQUOTE {Purchasing}: Two written quotes are needed\n"
	w, model := purchasing(t, signed+"\n"+wrong+"\n"+lost, paid+"\n"+lost)
	got := asking(t, w, whoSigns)
	if got.Text() != "Orders above 5,000 euros are signed by Oliver Grant. [1] Suppliers are paid within 45 days. [2] "+got.Notice ||
		got.Status != rag.Partial || got.Did != rag.DidAnswer || got.Rounds != 2 || len(model.Calls()) != 2 {
		t.Errorf("%s %s after %d rounds: %s", got.Status, got.Did, got.Rounds, got.Text())
	}
	if len(got.Dropped) != 3 || got.Dropped[2].Text != "Orders need two quotes." || len(got.Dropped[2].Reasons) == 0 || got.Unsupported != 1 {
		t.Errorf("dropped %+v", got.Dropped)
	}
	turns := model.Calls()[1].Turns
	if asked := turns[len(turns)-1].Text; !strings.Contains(asked, "1: Suppliers are paid within 60 days.\n(") || !strings.Contains(asked, "2: Orders need two quotes.") {
		t.Errorf("sent back\n%s", asked)
	}
}

// A mended claim stands where it stood: as an item of its list, a row of its table, a
// sentence of its paragraph, whatever the model calls it by, and none of what stands
// behind it is told before.
func TestWriterMendsInPlace(t *testing.T) {
	const days = "\nQUOTE {Purchasing}: Suppliers are paid within 45 days of the invoice.\n\n"
	const signs = "\nQUOTE {Purchasing}: Orders above 5,000 euros are signed by the managing director, Oliver Grant.\n\n"
	for name, tc := range map[string]struct{ first, mended, want string }{
		"a paragraph": {
			"CLAIM: Suppliers are paid within 60 days." + days + signed, paid,
			"Suppliers are paid within 45 days. [1] Orders above 5,000 euros are signed by Oliver Grant. [2]",
		},
		"a list by number": {
			"## Suppliers\n\nCLAIM: - Suppliers are paid within 60 days." + days + "CLAIM: - Orders above 9,000 euros are signed by Oliver Grant." + signs,
			"CLAIM 2: Orders above 5,000 euros are signed by Oliver Grant." + signs + "CLAIM 1: Suppliers are paid within 45 days." + days,
			"## Suppliers\n\n- Suppliers are paid within 45 days. [1]\n- Orders above 5,000 euros are signed by Oliver Grant. [2]",
		},
		"two for one": {
			"CLAIM: 1. Suppliers are paid within 60 days." + days + "CLAIM: 2. Orders above 5,000 euros are signed by Oliver Grant." + signs,
			"CLAIM 1: 1. Suppliers are paid within 45 days." + days + "CLAIM 1: 2. Suppliers are paid within 45 days of the invoice." + days,
			"1. Suppliers are paid within 45 days. [1]\n2. Suppliers are paid within 45 days of the invoice. [1]\n3. Orders above 5,000 euros are signed by Oliver Grant. [2]",
		},
		"a row": {
			"| Who | Signed by |\n\nCLAIM: | Orders above 9,000 euros | Oliver Grant |" + signs + "CLAIM: | Orders above 5,000 euros | Oliver Grant |" + signs,
			"CLAIM 1: | Orders above 5,000 euros | the managing director, Oliver Grant |" + signs,
			"| Who | Signed by |\n| --- | --- |\n| Orders above 5,000 euros | the managing director, Oliver Grant [1] |\n| Orders above 5,000 euros | Oliver Grant [1] |",
		},
		"a sentence for a row": {
			"| Who | Signed by |\n\nCLAIM: | Suppliers | within 60 days |" + days + "CLAIM: | Orders above 5,000 euros | Oliver Grant |" + signs,
			"CLAIM 1: Suppliers are paid within 45 days." + days,
			"| Who | Signed by |\n| --- | --- |\n| Orders above 5,000 euros | Oliver Grant [1] |\n\nSuppliers are paid within 45 days. [2]",
		},
	} {
		t.Run(name, func(t *testing.T) {
			w, model := purchasing(t, tc.first, tc.mended)
			w.Judge = answer.JudgeNone
			var told rag.Answer
			got, err := w.Tell(t.Context(), rag.SearchRequest{Question: whoSigns, Audience: rag.Operator()}, func(c rag.Claim, fresh []rag.Citation) error {
				if n := len(model.Calls()); n != 2 {
					t.Errorf("told after %d calls: %s", n, c.Text)
				}
				told.Claims, told.Citations = append(told.Claims, c), append(told.Citations, fresh...)
				return nil
			})
			if diff := cmp.Diff(tc.want, strings.ReplaceAll(got.Text(), " (as the model reads it)", "")); err != nil || diff != "" {
				t.Errorf("%v (-want +got)\n%s", err, diff)
			}
			if diff := cmp.Diff([2]any{got.Claims, got.Citations}, [2]any{told.Claims, told.Citations}); diff != "" || got.Unsupported != 0 {
				t.Errorf("%d unsupported; told otherwise (-answered +told)\n%s", got.Unsupported, diff)
			}
		})
	}
}

// Claims that all fail are no answer, and nothing else takes their place.
func TestWriterWithoutATrueClaim(t *testing.T) {
	w, _ := purchasing(t, "CLAIM: Suppliers are paid within 60 days.\nQUOTE {Purchasing}: Suppliers are paid within 45 days of the invoice.\n")
	got := asking(t, w, "Within how many days are suppliers paid?")
	if got.Status != rag.NotFound || got.Mode != rag.Written || len(got.Claims) > 0 || len(got.Nearest) == 0 || len(got.Dropped) != 2 || got.Unsupported != 1 {
		t.Errorf("%s %s: %s, nearest %v", got.Status, got.Mode, got.Text(), got.Nearest)
	}
}

// No more evidence is shown than the budget holds.
func TestWriterPacksWithinItsBudget(t *testing.T) {
	w, model := purchasing(t, "NOT FOUND")
	w.Tokens = 75
	asking(t, w, whoSigns)
	text := model.Calls()[0].Turns[0].Text
	if n := len(text); n > 75*3+100 || strings.Contains(text, "Suppliers") || !strings.Contains(text, "Oliver Grant") {
		t.Errorf("%d bytes:\n%s", n, text)
	}
}
