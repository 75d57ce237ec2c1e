package eval

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"docent/rag/lang"
)

func TestLocate(t *testing.T) {
	for _, tc := range []struct {
		name, text, unit string
		before           int
		want             []string
	}{
		{"as it is", "One. The gate is green. Three.", "The gate is green.", -1, []string{"The gate is green"}},
		{"spaces and signs", "| Gate |  green |\n| Door | red |", "Gate | green", -1, []string{"Gate |  green"}},
		{"letters", "L’ÉTÉ commence à Évian.", "l'été commence", -1, []string{"L’ÉTÉ commence"}},
		{"marks apart", "un cafe\u0301 noir", "café noir", -1, []string{"cafe\u0301 noir"}},
		{"the last letter is long", "le prix payé", "prix payé", -1, []string{"prix payé"}},
		{"everywhere", "Yes. No. Yes.", "yes", -1, []string{"Yes", "Yes"}},
		{"where it is expected", "Yes. No. Yes.", "yes", 5, []string{"Yes"}},
		{"nowhere", "Yes.", "no", -1, nil},
		{"nothing", "Yes.", " – ", -1, nil},
	} {
		t.Run(tc.name, func(t *testing.T) {
			spans := squeeze(tc.text).locate(Unit{Text: tc.unit, Before: tc.before})
			var got []string
			for _, s := range spans {
				got = append(got, tc.text[s.Start:s.End])
			}
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("runs (-want +got):\n%s", diff)
			}
			if tc.before > 0 && spans[0].Start == 0 {
				t.Error("the other one was meant")
			}
		})
	}
}

// Half of the shorter of the two must be common.
func TestQuotes(t *testing.T) {
	units := []lang.Span{{Start: 100, End: 200}}
	for run, want := range map[lang.Span]bool{
		{Start: 100, End: 200}: true, {Start: 0, End: 300}: true, {Start: 120, End: 130}: true,
		{Start: 0, End: 150}: true, {Start: 0, End: 149}: false, {Start: 190, End: 210}: true, {Start: 191, End: 211}: false,
		{Start: 200, End: 300}: false, {Start: 0, End: 100}: false,
	} {
		if got := quotes(run, units); got != want {
			t.Errorf("%v quotes %v: %v", run, units, got)
		}
	}
}
