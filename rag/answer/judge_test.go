package answer_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"docent/rag"
	"docent/rag/answer"
	"docent/rag/ragtest"
)

// judging is a writer that has its claims judged, by a model that answers the
// nth call with the nth text, or with an error where that is "".
func judging(t *testing.T, replies ...string) (answer.Writer, *ragtest.Model) {
	t.Helper()
	w, model := purchasing(t)
	w.Judge = true
	model.Write = func(call int, req rag.ModelRequest) (string, error) {
		if text := replies[call]; text != "" {
			return ragtest.NumberPassages(text, req), nil
		}
		return "", errDown
	}
	return w, model
}

// The model sees each claim with the sentences of its quotes and where they
// stand, and the answer counts what both calls took.
func TestJudgeIsShown(t *testing.T) {
	w, model := judging(t, "CLAIM: Oliver Grant signs orders above 5,000 euros.\nQUOTE {Purchasing}: above 5,000 euros are signed by the managing director, Oliver Grant\n", "1: yes")
	got := asking(t, w, whoSigns)
	calls := model.Calls()
	if len(calls) != 2 || got.Usage.OutputTokens < 2 || got.Status != rag.Answered || len(got.Warnings) > 0 {
		t.Fatalf("%d calls, %+v, %s, %v", len(calls), got.Usage, got.Text(), got.Warnings)
	}
	const want = ">>>\nOliver Grant signs orders above 5,000 euros.\n"
	const quoted = ">>>\n[Purchasing] Orders above 5,000 euros are signed by the managing director, Oliver Grant.\n"
	if text := calls[1].Turns[0].Text; !strings.Contains(text, want) || !strings.Contains(text, quoted) {
		t.Errorf("judged\n%s", text)
	}
}

// A judgement that fails takes nothing away, is told to operators, and is tried
// again for the next who asks.
func TestJudgeFails(t *testing.T) {
	w, model := judging(t, signed, "", signed, "1: no", "1: no")
	w.Cache = rag.NewCache(0)
	got := asking(t, w, whoSigns)
	if got.Status != rag.Answered || got.Mode != rag.Written || got.Failure != nil || len(got.Warnings) != 1 || !errors.Is(got.Warnings[0], errDown) {
		t.Errorf("%s %s: %s (%v)", got.Status, got.Mode, got.Text(), got.Warnings)
	}
	got = asking(t, w, whoSigns)
	if n := len(model.Calls()); n != 4 || got.Status != rag.NotFound || got.Unsupported != 1 {
		t.Errorf("after %d calls, %s: %s", n, got.Mode, got.Text())
	}
}

// A model that broke off is not asked for a judgement.
func TestJudgeOfWhatBrokeOff(t *testing.T) {
	w, model := judging(t)
	model.Write = func(_ int, req rag.ModelRequest) (string, error) {
		return ragtest.NumberPassages(signed+"\n", req), errDown
	}
	got := asking(t, w, whoSigns)
	if n := len(model.Calls()); n != 1 || len(got.Claims) != 1 || got.Status != rag.Partial {
		t.Errorf("%d calls, %s: %s", n, got.Status, got.Text())
	}
}

// Nothing is told before it is judged, and everything once it is.
func TestJudgeComesBeforeTheReader(t *testing.T) {
	w, model := judging(t, signed+"\n"+paid, "1: no\n2: yes")
	model.Piece = 1
	var told []string
	write := model.Write
	model.Write = func(call int, req rag.ModelRequest) (string, error) {
		if len(told) > 0 {
			t.Errorf("told %q before call %d", told, call)
		}
		return write(call, req)
	}
	_, err := w.Tell(t.Context(), rag.SearchRequest{Question: whoSigns, Audience: rag.Operator()}, func(c rag.Claim, fresh []rag.Citation) error {
		told = append(told, c.Text)
		if len(fresh) != 1 || fresh[0].N != 1 {
			t.Errorf("citations %+v", fresh)
		}
		return nil
	})
	if diff := cmp.Diff([]string{"Suppliers are paid within 45 days."}, told); err != nil || diff != "" {
		t.Errorf("%v (-want +got)\n%s", err, diff)
	}
}
