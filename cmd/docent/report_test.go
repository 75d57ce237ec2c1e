package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"docent/bot/slacktest"
)

// TestReport asks in Slack, rates, and reads what came of it: as text, as JSON, as a
// page, as questions for docent eval, and as an audit.
func TestReport(t *testing.T) {
	t.Parallel()
	d := newTeam(t, "", slacktest.Options{})
	d.serve()
	found := d.mention(d.general, d.bob, questions["en"].found)
	answer := d.replies(d.general, found.TS, 1)[0]
	for _, c := range d.Render(answer).Controls {
		if strings.HasSuffix(c.Value, ":-") {
			if err := d.Click(d.bob, answer, "feedback", c.Value); err != nil {
				t.Fatal(err)
			}
		}
	}
	d.wait("a modal", func(s *slacktest.State) bool { return s.OpenView(d.bob).ID != "" })
	for _, user := range []string{d.bob, d.claire} {
		missing := d.mention(d.general, user, questions["en"].missing)
		d.replies(d.general, missing.TS, 1)
		d.settled(d.general, missing.TS)
	}
	d.settled(d.general, found.TS)
	page, cases := filepath.Join(d.dir, "report.html"), filepath.Join(d.dir, "cases.jsonl")
	docent := func(args ...string) string {
		t.Helper()
		var out, errs bytes.Buffer
		if code := run(t.Context(), append(args, "--config", filepath.Join(d.dir, "docent.yaml")), d.env, nil, &out, &errs); code != 0 {
			t.Fatalf("docent %s: exit code %d: %s", strings.Join(args, " "), code, &errs)
		}
		return out.String()
	}
	var r activity
	if err := json.Unmarshal([]byte(docent("report", "--json", "--html", page, "--eval", cases)), &r); err != nil {
		t.Fatal(err)
	}
	if r.Questions != 3 || r.People != 2 || len(r.Unanswered) != 1 || r.Unanswered[0].Count != 2 || len(r.Disliked) != 1 ||
		len(r.Cited) != 1 || len(r.Uncited) == 0 || r.Days[0].Answered != 1 || r.Bad != 1 {
		t.Errorf("the report is %+v", r)
	}
	if out := docent("report"); !strings.Contains(out, "3 questions of 2 people in 1 places") || !strings.Contains(out, questions["en"].missing) {
		t.Errorf("the report is %s", out)
	}
	for path, want := range map[string]string{page: "3 questions", cases: "rated badly"} {
		if data, err := os.ReadFile(path); err != nil || !strings.Contains(string(data), want) {
			t.Errorf("%s has no %q: %v", path, want, err)
		}
	}
	if out := docent("audit"); strings.Count(out, "\n") != 3 || !strings.Contains(out, d.claire) || strings.Contains(out, "World Cup") {
		t.Errorf("the audit is %s", out)
	}
	if out := docent("audit", "--words", "--json"); !strings.Contains(out, "World Cup") {
		t.Errorf("the audit has no words: %s", out)
	}
	var errs bytes.Buffer
	if code := run(t.Context(), []string{"report", "--since", "soon"}, d.env, nil, &errs, &errs); code != 2 {
		t.Errorf("exit code %d: %s", code, &errs)
	}
}
