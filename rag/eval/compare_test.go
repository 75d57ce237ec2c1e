package eval

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// scored is a report of questions with one score of a measure each.
func scored(m Measure, scores map[string]float64) Report {
	var outcomes []Outcome
	for _, id := range sortedKeys(scores) {
		outcomes = append(outcomes, Outcome{ID: id, Scores: Scores{m: scores[id]}})
	}
	return newReport("set", View{}, outcomes, nil)
}

// Pairing tells small changes that two separate intervals would not.
func TestCompareIsPaired(t *testing.T) {
	before, after := make(map[string]float64), make(map[string]float64)
	for i := range 100 {
		id := string(rune('A' + i))
		before[id] = float64(i) / 100
		after[id] = before[id] + 0.01
	}
	got := Compare([]Report{scored(NDCG, before)}, []Report{scored(NDCG, after)})
	want := []Comparison{{Set: "set", Differences: []Difference{{
		Measure: NDCG, Before: 0.495, After: 0.505, Change: 0.01, Interval: Interval{0.01, 0.01}, N: 100,
	}}}}
	if diff := cmp.Diff(want, got, cmpopts.EquateApprox(0, 1e-9)); diff != "" {
		t.Errorf("comparisons (-want +got):\n%s", diff)
	}
	if v := got[0].Differences[0].Verdict(); v != 1 {
		t.Errorf("verdict %d", v)
	}
}

func TestComparePairsWhatBothHave(t *testing.T) {
	before := scored(WrongRefusals, map[string]float64{"a": 0, "b": 0, "gone": 1})
	after := scored(WrongRefusals, map[string]float64{"a": 1, "b": 1, "new": 0, "newer": 0})
	got := Compare([]Report{before}, []Report{after, {Set: "other"}})
	if len(got) != 1 || got[0].Only != 3 || len(got[0].Differences) != 1 {
		t.Fatalf("got %+v", got)
	}
	if d := got[0].Differences[0]; d.Change != 1 || d.N != 2 || d.Verdict() != -1 {
		t.Errorf("more wrong refusals are %+v, verdict %d", d, d.Verdict())
	}
}

// A question that one run refuses counts for the precision of that run.
func TestCompareOfOneSidedScores(t *testing.T) {
	before := newReport("set", View{}, []Outcome{{ID: "a", Scores: Scores{RefusalPrecision: 1}}, {ID: "b", Scores: Scores{}}}, nil)
	after := newReport("set", View{}, []Outcome{
		{ID: "a", Scores: Scores{RefusalPrecision: 1}}, {ID: "b", Scores: Scores{RefusalPrecision: 0}},
	}, nil)
	got := Compare([]Report{before}, []Report{after})[0].Differences[0]
	if got.Before != 1 || got.After != 0.5 || got.N != 2 || got.Verdict() != 0 {
		t.Errorf("got %+v", got)
	}
}

func TestReadReports(t *testing.T) {
	for name, tc := range map[string]struct {
		text string
		want int
		err  error
	}{
		"two":            {`{"set":"a","figures":[]}` + "\n" + `{"set":"b","figures":[]}`, 2, nil},
		"and comparison": {`{"set":"a","figures":[]} {"set":"a","differences":[]}`, 1, nil},
		"none":           {"", 0, ErrNoReports},
		"no JSON":        {"recall@1 0.5", 0, ErrNoReports},
		"something else": {`{"answer":"x"}`, 0, ErrNoReports},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := ReadReports(strings.NewReader(tc.text))
			if len(got) != tc.want || !errors.Is(err, tc.err) {
				t.Errorf("%d reports, %v", len(got), err)
			}
		})
	}
}
