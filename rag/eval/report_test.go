package eval

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// asked is an answered question with a confidence.
func asked(id string, unanswerable bool, confidence float64, tags map[string]string, s Scores) Outcome {
	return Outcome{ID: id, Question: id + "?", Tags: tags, Scores: s, Answer: &Answered{Confidence: confidence, Unanswerable: unanswerable}}
}

func TestRefusals(t *testing.T) {
	curve := refusalCurve([]Outcome{
		asked("a", true, 0, nil, nil), asked("b", true, 0.3, nil, nil), asked("c", false, 0.3, nil, nil),
		asked("d", false, 0.5, nil, nil), asked("e", false, 1, nil, nil), asked("f", false, 1.4, nil, nil), {},
	})
	got := make(map[float64][2]float64)
	for _, r := range curve {
		got[r.Threshold] = [2]float64{r.Unanswerable, r.Answerable}
	}
	// What has no confidence is refused at every threshold; what has just the
	// threshold's is answered.
	for threshold, want := range map[float64][2]float64{0: {0.5, 0}, 0.25: {0.5, 0}, 0.3: {0.5, 0}, 0.5: {1, 0.25}, 0.525: {1, 0.5}, 1: {1, 0.5}} {
		if got[threshold] != want {
			t.Errorf("threshold %v: %v, want %v", threshold, got[threshold], want)
		}
	}
	if none := refusalCurve([]Outcome{asked("c", false, 0.3, nil, nil)}); len(none) > 0 {
		t.Errorf("a curve without unanswerable questions: %v", none)
	}
}

func TestGroups(t *testing.T) {
	outcomes := []Outcome{
		{Tags: map[string]string{"lang": "fr", "one": "x", "from": "a"}, Scores: Scores{Hit1: 1}},
		{Tags: map[string]string{"lang": "en", "one": "x", "from": "b"}, Scores: Scores{Hit1: 0}},
		{Tags: map[string]string{"lang": "fr", "one": "x"}, Scores: Scores{Hit1: 0}},
	}
	for i := range mostValues + 1 {
		outcomes = append(outcomes, Outcome{Tags: map[string]string{"original": string(rune('a' + i))}})
	}
	var got []string
	for _, g := range groups(outcomes) {
		got = append(got, g.Tag+" "+g.Value+" "+fmt.Sprintf("%"+digits(Hit1), figureIn(g.Figures, Hit1).Value))
	}
	if diff := cmp.Diff([]string{"from a 1.000", "from b 0.000", "lang en 0.000", "lang fr 0.500"}, got); diff != "" {
		t.Errorf("groups (-want +got):\n%s", diff)
	}
}

func TestFailures(t *testing.T) {
	for _, tc := range []struct {
		name    string
		outcome Outcome
		want    []string
	}{
		{"all well", Outcome{Judged: []string{"a"}, Rank: 1, Scores: Scores{GoldInAnswer: 1, CitationHit: 1, WrongRefusals: 0}}, nil},
		{"not judged", Outcome{Scores: Scores{}}, nil},
		{"late", Outcome{Judged: []string{"a"}, Rank: 4, Scores: Scores{}}, []string{"rank 4"}},
		{"nowhere", Outcome{Judged: []string{"a"}, Scores: Scores{}}, []string{"not found"}},
		{"refused", Outcome{Scores: Scores{WrongRefusals: 1, GoldInAnswer: 0}}, []string{"wrongly refused"}},
		{"answered", Outcome{Scores: Scores{RefusalRecall: 0}}, []string{"wrongly answered"}},
		{"besides the point", Outcome{Scores: Scores{GoldInAnswer: 0, KeyFacts: 0, CitationHit: 0}}, []string{"gold not in answer", "key facts missing", "cited elsewhere"}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			var got []string
			for _, f := range Failures([]Report{{Set: "s", Outcomes: []Outcome{tc.outcome}}}) {
				got = append(got, f.Failed...)
			}
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("failed (-want +got):\n%s", diff)
			}
		})
	}
}

// The page stands alone, and text of questions stays text.
func TestWriteHTML(t *testing.T) {
	hostile := `<script>alert("x")</script>`
	outcomes := []Outcome{
		asked(hostile, true, 0.5, map[string]string{"kind": hostile}, Scores{RefusalRecall: 0}),
		asked("b", false, 0.9, map[string]string{"kind": "b"}, Scores{GoldInAnswer: 0, WrongRefusals: 0, AnswerWords: 12, Confidence: 0.9, BestRight: 1}),
		{ID: "c", Judged: []string{"x"}, Found: []string{"y", "x"}, Rank: 2, Scores: retrievalScores([]string{"y", "x"}, Judgments{"x": 1})},
	}
	report := newReport(hostile, View{Level: ByDocument}, outcomes, []string{"a note"})
	better := newReport(hostile, View{}, []Outcome{{ID: "c", Scores: retrievalScores([]string{"x"}, Judgments{"x": 1})}}, nil)
	var page bytes.Buffer
	err := WriteHTML(&page, Pages{Program: "docent", Reports: []Report{report}, Comparisons: Compare([]Report{report}, []Report{better}), Threshold: 0.3})
	if err != nil {
		t.Fatal(err)
	}
	text := page.String()
	for _, want := range []string{"a note", "What a threshold refuses", "Where the first right one came", "kind b", "2 questions are in one run only", "wrongly answered"} {
		if !strings.Contains(text, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	for _, never := range []string{"<script", "http:", "https:", "src=", "url(", "ZgotmplZ", "NaN"} {
		if strings.Contains(text, never) {
			t.Errorf("the page holds %q", never)
		}
	}
	for _, drawn := range []string{
		`width="0.5" height="1"/><line class="whisker" x1="0.5" x2="0.5"`,                                 // a figure with its interval
		`<td>2 or 3</td><td>1</td><td>1.000</td>`,                                                         // the ranks
		`<rect class="bar" width="1" height="1"/><line class="whisker" x1="0.9" x2="0.9" y1="0" y2="1"/>`, // calibration
		`<line class="whisker" stroke-dasharray="4 3" x1="0.3"`,
		`class="curve right" points="0,0 `, `0.5,0 0.525,1 `, // at confidences of 0.5 and 0.9
		`class="curve wrong" points="0,0 `, `0.9,0 0.925,1 `,
	} {
		if !strings.Contains(text, drawn) {
			t.Errorf("the page does not draw %s", drawn)
		}
	}
	charts := regexp.MustCompile(`(?s)<svg.*?</svg>`).FindAllString(text, -1)
	for _, c := range charts {
		if err := wellFormed(c); err != nil {
			t.Errorf("%v in %s", err, c)
		}
	}
}

func wellFormed(s string) error {
	for d := xml.NewDecoder(strings.NewReader(s)); ; {
		if _, err := d.Token(); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
	}
}
