package bot_test

import (
	"context"
	"strings"
	"testing"

	"docent/bot/slacktest"
	"docent/rag"
)

// Thanks get a line and nothing to rate, the library's list its documents' names.
func TestCourtesyAndLists(t *testing.T) {
	t.Parallel()
	o := newOffice(t, slacktest.Options{}, func(_ context.Context, req rag.SearchRequest, _ func(rag.Claim, []rag.Citation) error) (rag.Answer, error) {
		if strings.Contains(req.Question, "thanks") {
			return rag.Answer{Language: "en", Intent: rag.Thanks, Status: rag.Answered, Notice: "My pleasure."}, nil
		}
		return rag.Answer{
			Language: "en", Intent: rag.ListDocuments, Status: rag.Answered, Notice: "There are 2 documents:",
			Listed: []rag.DocumentInfo{{ID: "a", Title: "House rules", Date: "2024-03", URI: "https://docs.example/rules"}, {ID: "b", Title: "Tariff"}},
		}, nil
	})
	o.start()
	answered := func(question string) slacktest.Rendering {
		asked := o.mention(o.channel, o.member, question)
		o.wait("the answer", func(s *slacktest.State) bool { return len(own(s, o.channel, asked.TS)) == 1 })
		return o.Render(o.Thread(o.channel, asked.TS)[1])
	}
	if r := answered("thanks a lot"); strings.TrimSpace(r.Text) != "My pleasure." {
		t.Errorf("thanks are answered %q", r.Text)
	}
	r := answered("which documents are there?")
	for _, want := range []string{"There are 2 documents:", "• House rules (2024-03)", "• Tariff", "[Helpful]"} {
		if !strings.Contains(r.Text, want) {
			t.Errorf("the list lacks %q: %s", want, r.Text)
		}
	}
	if strings.Contains(r.Text, "Quoted word for word") {
		t.Errorf("the list is said to be quoted: %s", r.Text)
	}
}
