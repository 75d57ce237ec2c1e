package answer_test

import (
	"bufio"
	"encoding/json"
	"fmt"
	"html"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"docent/rag"
	"docent/rag/answer"
	"docent/rag/ragtest"
)

// shape is a form in which models write an answer that was asked for in another.
type shape struct {
	ID, Reply, Expect, Escape, Quote, Claim string
}

// told is one true answer, with its quote altered as models alter quotes.
type told struct {
	file, question, claim, claimInOther, quote string
	altered                                    map[string]string
}

var toldOnce = map[string]told{
	"fr": {
		"contrat.md", "Sur combien porte le contrat Zéphyr ?", "Le contrat porte sur environ 10 milliards de dollars, dont 5,5 milliards pour 1 000 pompes.",
		"The contract is worth about 10 billion dollars, 5.5 billion of it for 1,000 pumps.",
		"Le contrat porte sur environ 10 milliards de dollars, dont 5,5 milliards pour 1 000 pompes",
		map[string]string{
			"elided":                "Le contrat porte sur environ 10 milliards de dollars … 5,5 milliards pour 1 000 pompes",
			"elided with [...]":     "Le contrat porte sur environ 10 milliards de dollars [...] 5,5 milliards pour 1 000 pompes",
			"figures typed anew":    "Le contrat porte sur environ 10 milliards de dollars, dont 5.5 milliards pour 1000 pompes",
			"accents lost":          "Le contrat porte sur environ 10 milliards de dollars, dont 5,5 milliards pour 1 000 pompes",
			"word dropped":          "Le contrat porte sur 10 milliards de dollars, dont 5,5 milliards pour 1 000 pompes",
			"capital and full stop": "Le Contrat porte sur environ 10 milliards de dollars, dont 5,5 milliards pour 1 000 pompes.",
			"bracketed word":        "Le contrat [Zéphyr] porte sur environ 10 milliards de dollars, dont 5,5 milliards pour 1 000 pompes",
			"typo":                  "Le contrrat porte sur environ 10 milliards de dollars, dont 5,5 milliards pour 1 000 pompes",
			"two fragments":         "\"Le contrat porte sur environ 10 milliards de dollars\", \"dont 5,5 milliards pour 1 000 pompes\"",
			"translated":            "The contract is worth about 10 billion dollars, 5.5 billion of it for 1,000 pumps",
		},
	},
	"en": {
		"allotments.md", "When are the beds on the terrace watered?", "The beds on the upper terrace are watered at 6:30 a.m., except on frosty days.",
		"Les planches de la terrasse haute sont arrosées à 6 h 30, sauf les jours de gel.",
		"beds on the upper terrace are watered at 6:30 a.m. by René Maïga, except on frosty days",
		map[string]string{
			"elided":                "beds on the upper terrace are watered at 6:30 a.m. … except on frosty days",
			"elided with [...]":     "beds on the upper terrace are watered at 6:30 a.m. [...] except on frosty days",
			"figures typed anew":    "beds on the upper terrace are watered at 6.30 a.m. by René Maïga, except on frosty days",
			"accents lost":          "beds on the upper terrace are watered at 6:30 a.m. by Rene Maiga, except on frosty days",
			"word dropped":          "beds on the terrace are watered at 6:30 a.m. by René Maïga, except on frosty days",
			"capital and full stop": "Beds on the upper terrace are watered at 6:30 a.m. by René Maïga, except on frosty days.",
			"bracketed word":        "beds on the upper terrace are watered [daily] at 6:30 a.m. by René Maïga, except on frosty days",
			"typo":                  "beds on the upper terrrace are watered at 6:30 a.m. by René Maïga, except on frosty days",
			"two fragments":         "\"beds on the upper terrace are watered at 6:30 a.m.\" and \"except on frosty days\"",
			"translated":            "les planches de la terrasse haute sont arrosées à 6 h 30, sauf les jours de gel",
		},
	},
}

var toldDocuments = map[string]string{
	"contrat.md":    "# Contrat Zéphyr\n\nLe contrat porte sur environ 10\u00a0milliards de dollars, dont 5,5\u00a0milliards pour 1\u202f000 pompes. M. Arnoux a signé l’accord le 7 février 2024.\n\nLa pompe n’est pas garantie au-delà de trois ans.\n",
	"allotments.md": "# Allotments\n\nThe shed is locked at night. All beds on the upper terrace are watered at 6:30 a.m. by René Maïga, except on frosty days. Compost is turned in May.\n",
	"library.md":    "# Reading room\n\nBooks are lent for three weeks. Maps stay in the room.\n",
}

func shapes(t *testing.T) []shape {
	t.Helper()
	f, err := os.Open(filepath.Join("..", "..", "..", "shared", "claims", "shapes.jsonl"))
	if err != nil {
		t.Skip("the shapes are not there")
	}
	defer f.Close()
	var list []shape
	for lines := bufio.NewScanner(f); lines.Scan(); {
		var s shape
		if err := json.Unmarshal(lines.Bytes(), &s); err != nil {
			t.Fatal(err)
		}
		list = append(list, s)
	}
	return list
}

// reply is what the model writes of the answer in this shape.
func (s shape) reply(a told, number string) string {
	claim, quote := a.claim, a.quote
	if s.Quote != "" {
		quote = a.altered[s.Quote]
	}
	if s.Claim != "" {
		claim = a.claimInOther
	}
	escape := func(text string) string { return text }
	switch s.Escape {
	case "json":
		escape = func(text string) string { b, _ := json.Marshal(text); return string(b[1 : len(b)-1]) }
	case "xml":
		escape = html.EscapeString
	}
	return strings.NewReplacer("{CLAIM}", escape(claim), "{QUOTE}", escape(quote), "{N}", number).Replace(s.Reply)
}

// TestShapes: every shape of one true answer is shown with the document's own words,
// and every way to say no is one.
func TestShapes(t *testing.T) {
	dir := t.TempDir()
	for name, text := range toldDocuments {
		writeFile(t, dir+"/"+name, text)
	}
	a, lib := answers(t, dir)
	for _, s := range shapes(t) {
		for language, told := range toldOnce {
			if s.Quote != "" && told.altered[s.Quote] == "" {
				t.Fatalf("%s: no quote is altered by %q", s.ID, s.Quote)
			}
			t.Run(s.ID+"/"+language, func(t *testing.T) {
				model := &ragtest.Model{Write: func(_ int, req rag.ModelRequest) (string, error) {
					title := map[string]string{"fr": "{Contrat Zéphyr}", "en": "{Allotments}"}[language]
					return s.reply(told, ragtest.NumberPassages(title, req)), nil
				}}
				got, err := answer.Writer{Answerer: a, Model: model, Judge: answer.JudgeNone}.Answer(t.Context(), rag.SearchRequest{Question: told.question, Audience: rag.Operator()})
				if err != nil {
					t.Fatal(err)
				}
				checkQuotes(t, lib, got)
				shown := fmt.Sprintf("%s, %s, %d calls: %s\ndropped %v", got.Status, got.Did, len(model.Calls()), got.Text(), got.Dropped)
				isShown := strings.Contains(got.Text(), told.claim)
				switch {
				case s.Expect == "answer" && (!isShown || len(got.Citations) == 0 || !strings.HasSuffix(got.Citations[0].URI, told.file)):
					t.Errorf("%q is not shown: %s", s.reply(told, "N"), shown)
				case s.Expect == "not found" && (got.Status != rag.NotFound || len(got.Claims) > 0 || got.Mode != rag.Written):
					t.Errorf("%q is no refusal: %s", s.reply(told, "N"), shown)
				case s.Expect == "any" && got.Failure != nil:
					t.Errorf("%q fails: %v", s.reply(told, "N"), got.Failure)
				}
			})
		}
	}
}
