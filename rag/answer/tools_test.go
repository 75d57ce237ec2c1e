package answer_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"docent/rag"
	"docent/rag/answer"
	"docent/rag/ragtest"
)

// harbour is a library that is too large to be shown whole to a model of few tokens.
func harbour(t *testing.T) map[string]string {
	t.Helper()
	docs := map[string]string{
		"ferry.md":  "# Ferry\n\nThe ferry leaves at noon.\n",
		"crane.md":  "# Crane\n\nThe crane lifts ninety tons.\n",
		"pilots.md": "# Pilots\n\n" + strings.Repeat("Pilots board every ship at the outer buoy. They sleep in the tower between two tides and eat on board.\n\n", 40) + "The oldest pilot is Jon Vik.\n",
	}
	for i := range 30 {
		name := fmt.Sprintf("log-%02d", i)
		docs[name+".md"] = "# Log " + name + "\n\n" + strings.Repeat("The harbour was calm and nothing happened on the quay that day. ", 6) + "\n"
	}
	return docs
}

func driving(t *testing.T, model *ragtest.Model) answer.Writer {
	t.Helper()
	a, _ := answersWithLibrary(t, harbour(t))
	model.CallsTools = true
	return answer.Writer{Answerer: a, Model: model, Tokens: 1500}
}

// A model searches, several times at once, and every passage it saw may be quoted.
func TestToolsBringEvidence(t *testing.T) {
	model := &ragtest.Model{}
	w := driving(t, model)
	model.Write = func(call int, req rag.ModelRequest) (string, error) {
		if call > 0 {
			return ragtest.NumberPassages("CLAIM: The crane lifts ninety tons.\nQUOTE {Crane}: The crane lifts ninety tons.\n\nCLAIM: The ferry leaves at noon.\nQUOTE {Ferry}: The ferry leaves at noon.\n", req), nil
		}
		model.Call("search", `{"query":"how much the crane lifts"}`)
		model.Call("search", `{"query":"ferry","document":"Ferry"}`)
		model.Call("list_documents", `{"filter":"log 07"}`)
		model.Call("dance", `{}`)
		model.Call("search", `nonsense`)
		return "Let me look.", nil
	}
	got := asking(t, w, "Was the quay calm?")
	if got.Status != rag.Answered || len(got.Claims) != 2 || got.Rounds != 2 || got.ToolCalls != 5 || len(got.Sent) < 2 {
		t.Errorf("%s after %d rounds and %d calls: %s", got.Status, got.Rounds, got.ToolCalls, got.Text())
	}
	calls := model.Calls()
	turns := calls[1].Turns
	if len(turns) != 3 || len(turns[1].Calls) != 5 || len(turns[2].Results) != 5 || calls[0].MustWrite || len(calls[0].Tools) != 3 {
		t.Fatalf("turns %+v", turns)
	}
	for i, want := range []string{"lifts ninety tons", "leaves at noon", "Log log-07", "no such tool", "no JSON"} {
		if text := turns[2].Results[i].Text; !strings.Contains(text, want) {
			t.Errorf("call %d brought %q", i, text)
		}
	}
	for _, want := range []string{"crane", "ferry"} {
		if !strings.Contains(fmt.Sprint(got.Sent), want) {
			t.Errorf("sent %v", got.Sent)
		}
	}
}

// A document is read on to its end.
func TestReadGoesOn(t *testing.T) {
	model := &ragtest.Model{}
	w := driving(t, model)
	w.Tokens, w.Rounds = 4000, 9
	model.Write = func(call int, req rag.ModelRequest) (string, error) {
		last := ""
		if rs := req.Turns[len(req.Turns)-1].Results; rs != nil {
			last = rs[0].Text
		}
		_, goesOn, ok := strings.Cut(last, "read it from passage ")
		switch {
		case call == 0:
			model.Call("read", `{"document":"pilots.md"}`)
		case ok:
			model.Call("read", `{"from":`+strings.Trim(goesOn, ".\n ")+`}`)
		default:
			return "CLAIM: The oldest pilot is Jon Vik.\nQUOTE: The oldest pilot is Jon Vik.\n", nil
		}
		return "", nil
	}
	if got := asking(t, w, "Was the quay calm?"); got.Text() != "The oldest pilot is Jon Vik. [1]" || got.ToolCalls < 2 {
		t.Errorf("%d calls: %s", got.ToolCalls, got.Text())
	}
}

// The rounds and the budget end, whatever the model wants.
func TestRoundsEnd(t *testing.T) {
	model := &ragtest.Model{}
	w := driving(t, model)
	model.Write = func(call int, req rag.ModelRequest) (string, error) {
		model.Call("search", fmt.Sprintf(`{"query":"pilot %d"}`, call))
		return "", nil
	}
	got := asking(t, w, "Was the quay calm?")
	calls := model.Calls()
	if got.Status != rag.NotFound || len(calls) > answer.DefaultRounds+2 || !calls[answer.DefaultRounds-1].MustWrite || calls[answer.DefaultRounds-2].MustWrite {
		t.Errorf("%s after %d calls", got.Status, len(calls))
	}
	shown := 0
	for _, r := range calls[len(calls)-1].Turns {
		shown += len(r.Text)
		for _, r := range r.Results {
			shown += len(r.Text)
		}
	}
	if shown > 1500*4+2000 {
		t.Errorf("%d bytes were shown", shown)
	}
}

// Tools see what the asker may see, less what is withheld from models.
func TestToolsKeepToTheAudience(t *testing.T) {
	lib := ragtest.NewMemory()
	for i, space := range []string{"staff", "board", "crew"} {
		text := fmt.Sprintf("The %s vault opens at %d o'clock. ", space, i+7)
		put(t, lib, rag.DocumentInfo{ID: rag.DocumentID(space), URI: space + ".txt", Title: "Vault of the " + space, Language: "en", Space: space}, text)
	}
	model := &ragtest.Model{CallsTools: true}
	w := writerOver(lib, model)
	w.Withheld = []string{"crew"}
	model.Write = func(call int, req rag.ModelRequest) (string, error) {
		if call > 0 {
			return "NOT FOUND", nil
		}
		for _, c := range []string{`{"query":"vault"}`, `{"query":"vault","space":"board"}`, `{"query":"vault","space":"crew"}`, `{"query":"vault","document":"board"}`} {
			model.Call("search", c)
		}
		for _, c := range []string{"board", "crew", "board.txt", "d2", "d3"} {
			model.Call("read", `{"document":"`+c+`"}`)
		}
		model.Call("list_documents", `{}`)
		return "", nil
	}
	got, err := w.Answer(t.Context(), rag.SearchRequest{Question: "When does the vault open?", Audience: rag.Members("staff", "crew")})
	if err != nil {
		t.Fatal(err)
	}
	told := fmt.Sprint(model.Calls())
	if strings.Contains(told, "8 o'clock") || strings.Contains(told, "9 o'clock") || strings.Contains(told, "Vault of the board") || strings.Contains(told, "Vault of the crew") || !strings.Contains(told, "7 o'clock") {
		t.Errorf("the model was told\n%s", told)
	}
	if len(got.Sent) != 1 || got.Sent[0] != "staff" {
		t.Errorf("sent %v", got.Sent)
	}
}

// A model that turns out to take no tools, or less than it was given, is asked anew.
func TestModelsThatTakeLess(t *testing.T) {
	for name, refusal := range map[string]error{"no tools": rag.ErrModelTools, "less evidence": rag.ErrModelContext} {
		t.Run(name, func(t *testing.T) {
			model := &ragtest.Model{}
			w := driving(t, model)
			model.Write = func(call int, req rag.ModelRequest) (string, error) {
				if call == 0 {
					return "", refusal
				}
				return "CLAIM: The harbour was calm and nothing happened on the quay that day.\nQUOTE: The harbour was calm and nothing happened on the quay that day.\n", nil
			}
			got := asking(t, w, "Was the harbour calm?")
			calls := model.Calls()
			if got.Status != rag.Answered || got.Failure != nil || got.Did != rag.DidAnswer || len(calls) != 2 {
				t.Fatalf("%s, %v after %d calls", got.Status, got.Failure, len(calls))
			}
			before, after := len(calls[0].Turns[0].Text), len(calls[1].Turns[0].Text)
			if name == "no tools" && (calls[1].Tools != nil || after <= before) || name == "less evidence" && after >= before {
				t.Errorf("%d bytes, then %d", before, after)
			}
		})
	}
}

// What is cut off is told as cut, and what declines as no.
func TestCutAndDeclined(t *testing.T) {
	w, model := purchasing(t)
	cut := func(text string) rag.Answer {
		w.Model = cutting{model, text}
		return asking(t, w, whoSigns)
	}
	if got := cut(signed + "\nCLAIM: Suppliers are"); got.Did != rag.DidCut || got.Status != rag.Partial || got.Unsupported != 0 || !strings.Contains(got.Notice, "broke off") {
		t.Errorf("%s %s: %s", got.Did, got.Status, got.Text())
	}
	if got := cut("CLAIM: Suppliers are"); got.Did != rag.DidCut || got.Mode != rag.Extractive || len(got.Claims) == 0 || got.Failure == nil {
		t.Errorf("%s %s: %s", got.Did, got.Mode, got.Text())
	}
	model.Write = func(int, rag.ModelRequest) (string, error) { return "", rag.ErrModelDeclined }
	w.Model = model
	if got := asking(t, w, whoSigns); got.Did != rag.DidDecline || got.Status != rag.NotFound || got.Mode != rag.Written || got.Failure != nil {
		t.Errorf("%s %s: %s", got.Did, got.Status, got.Text())
	}
}

// cutting is a model whose text was as long as it might be.
type cutting struct {
	*ragtest.Model
	text string
}

func (c cutting) Generate(_ context.Context, req rag.ModelRequest, emit func(string) error) (rag.Generation, error) {
	text := ragtest.NumberPassages(c.text, req)
	return rag.Generation{Text: text, Cut: true}, emit(text)
}

// What leans on the answer before is looked up with it.
func TestTheConversationIsLookedUp(t *testing.T) {
	model := ragtest.Replies("NOT FOUND")
	w := driving(t, model)
	w.WithoutTools = true
	asking(t, w, "en une phrase, s'il te plaît", rag.Exchange{Question: "What does the crane lift?", Answer: "Ninety tons."})
	if text := model.Calls()[0].Turns[0].Text; !strings.Contains(text, "The crane lifts ninety tons.") || !strings.Contains(text, "What does the crane lift?") {
		t.Errorf("shown\n%s", text)
	}
}
