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
	w.Judge = answer.JudgeAll
	model.Write = func(call int, req rag.ModelRequest) (string, error) {
		if text := replies[call]; text != "" {
			return ragtest.NumberPassages(text, req), nil
		}
		return "", errDown
	}
	return w, model
}

// reads is a claim that code does not prove.
const reads = "CLAIM: Oliver Grant has the last word on orders above 5,000 euros.\nQUOTE {Purchasing}: above 5,000 euros are signed by the managing director, Oliver Grant\n"

// Without a word of it a model judges the claims that code has not proven, all in one
// call that is held to a schema; none where there are none. What it rejects in any words
// is not shown, and where it says nothing they are what they were.
func TestJudgeOfWhatIsRead(t *testing.T) {
	const other = "CLAIM: The company settles what its vendors bill within 45 days.\nQUOTE {Purchasing}: Suppliers are paid within 45 days of the invoice.\n"
	for name, tc := range map[string]struct {
		written, verdict string
		calls, shown     int
	}{
		"all proven":      {signed + "\n" + paid, "", 1, 2},
		"none":            {signed + "\n" + reads + "\n" + other, "None of the statements hold.", 3, 1},
		"aucune":          {reads + "\n" + other, "Aucune des affirmations ne tient.", 3, 0},
		"JSON":            {reads + "\n" + other, `{"verdicts": [{"statement": 1, "holds": false}, {"statement": 2, "holds": true}]}`, 3, 1},
		"JSON by numbers": {reads + "\n" + other, "```json\n{\"1\": {\"verdict\": \"no\", \"reason\": \"passive\"}, \"2\": {\"verdict\": \"yes\"}}\n```", 3, 1},
		"JSON of words":   {reads + "\n" + other, `[{"id": "2", "reason": "The quote does not say so.", "supported": "False"}]`, 3, 1},
		"half of JSON":    {reads + "\n" + other, `{"verdicts": [{"statement": 2, "holds": false}, {"statement": 1, "ho`, 3, 1},
		"false":           {reads + "\n" + other, "1: false\n2: true", 3, 1},
		"a table":         {reads + "\n" + other, "| # | Statement | Holds |\n|---|---|---|\n| 1 | It is not asked for. | yes |\n| 2 | He signs | no |", 3, 1},
		"words":           {reads + "\n" + other, "Statement 1 is supported. Statement 2 is not supported by its quotes.", 3, 1},
		"mots":            {reads + "\n" + other, "**Affirmation 1** : vrai\n**Affirmation 2** : la citation parle de mars", 3, 1},
		"both":            {reads + "\n" + other, "Statements 1 and 2 do not hold.", 3, 0},
		"the half":        {reads + "\n" + other, "1: yes, nothing is against it", 3, 2},
		"no verdict":      {reads + "\n" + other, "I compare statements with their quotes.", 3, 2},
		"it fails":        {reads + "\n" + other, "fails", 3, 2},
	} {
		t.Run(name, func(t *testing.T) {
			w, model := purchasing(t)
			model.Write = func(call int, req rag.ModelRequest) (string, error) {
				switch {
				case req.Schema == nil:
					return ragtest.NumberPassages(tc.written, req), nil
				case tc.verdict == "fails":
					return "", errDown
				}
				return tc.verdict, nil
			}
			got := asking(t, w, whoSigns)
			if n := len(model.Calls()); n != tc.calls || len(got.Claims) != tc.shown {
				t.Errorf("%d calls, %d claims: %s", n, len(got.Claims), got.Text())
			}
			for _, c := range got.Claims {
				if tc.calls == 3 && c.Text != "Orders above 5,000 euros are signed by Oliver Grant." && c.Grade != rag.Read {
					t.Errorf("%s: %s", c.Text, c.Grade)
				}
			}
		})
	}
}

// What is off is not asked for.
func TestJudgeIsOff(t *testing.T) {
	w, model := purchasing(t, reads)
	w.Judge = answer.JudgeNone
	if got := asking(t, w, whoSigns); len(model.Calls()) != 2 || len(got.Claims) != 1 || got.Claims[0].Grade != rag.Read {
		t.Errorf("%d calls: %s", len(model.Calls()), got.Text())
	}
}

// The model sees each claim with the sentences of its quotes and where they
// stand, and the answer counts what both calls took.
func TestJudgeIsShown(t *testing.T) {
	w, model := judging(t, reads, reads, "1: yes")
	got := asking(t, w, whoSigns)
	calls := model.Calls()
	if len(calls) != 3 || got.Usage.OutputTokens < 2 || got.Status != rag.Answered || len(got.Warnings) > 0 {
		t.Fatalf("%d calls, %+v, %s, %v", len(calls), got.Usage, got.Text(), got.Warnings)
	}
	const want = ">>>\nOliver Grant has the last word on orders above 5,000 euros.\n"
	const quoted = ">>>\n[Purchasing] Orders above 5,000 euros are signed by the managing director, Oliver Grant.\n"
	if text := calls[2].Turns[0].Text; !strings.Contains(text, want) || !strings.Contains(text, quoted) {
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
