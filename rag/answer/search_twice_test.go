package answer_test

import (
	"cmp"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"docent/rag"
	"docent/rag/answer"
	"docent/rag/embed"
	"docent/rag/lang"
	"docent/rag/ragtest"
	"docent/rag/retrieve"
)

// searchesTwice is a model that looks up, by a rule that sees the question and what
// tools brought and nothing else, first the content words of the question, then the
// headings of the best passage found with the rarest words of its text.
func searchesTwice(question string) *ragtest.Model {
	model := &ragtest.Model{CallsTools: true, ModelName: "searching"}
	model.Write = func(call int, req rag.ModelRequest) (string, error) {
		switch call {
		case 0:
			model.Call("search", argument(contentOf(question)))
		case 1:
			model.Call("search", argument(onwards(req.Turns[len(req.Turns)-1].Results[0].Text)))
		default:
			return "NOT FOUND", nil
		}
		return "", nil
	}
	return model
}

func argument(query string) string { return fmt.Sprintf(`{"query":%q}`, query) }

// contentOf are the words of a question that are no grammar.
func contentOf(question string) string {
	var said []string
	for _, w := range lang.Words("", question) {
		if !lang.IsStopAnywhere(w.Surface) {
			said = append(said, question[w.Start:w.End])
		}
	}
	return strings.Join(said, " ")
}

var passageShown = regexp.MustCompile(`(?s)<<<passage \d+ [0-9a-f]+>>>\n(?:\[([^\n]*)\]\n)?(.*?)\n<<<`)

// rareWords is how many words of the best passage are looked up.
const rareWords = 8

// onwards are the headings of the first passage that a search brought, with the words
// of its text that are rarest in all it brought.
func onwards(result string) string {
	all := passageShown.FindAllStringSubmatch(result, -1)
	if len(all) == 0 {
		return "contents"
	}
	count, at := make(map[string]int), make(map[string]int)
	for i, m := range all {
		for _, w := range lang.Words("", m[2]) {
			if count[w.Surface]++; i == 0 && !lang.IsStopAnywhere(w.Surface) && len(w.Surface) > 3 {
				at[w.Surface] = w.Start
			}
		}
	}
	rare := slices.SortedFunc(maps.Keys(at), func(a, b string) int { return cmp.Or(cmp.Compare(count[a], count[b]), cmp.Compare(at[a], at[b])) })
	headings, _, _ := strings.Cut(all[0][1], " · ")
	return headings + " " + strings.Join(rare[:min(len(rare), rareWords)], " ")
}

// pageQuestion is a question with the pages that answer it.
type pageQuestion struct {
	ID    string `json:"_id"`
	Text  string
	pages []string
}

func pageQuestions(t *testing.T, dir string) []pageQuestion {
	t.Helper()
	pages := make(map[string][]string)
	for _, line := range readText(t, filepath.Join(dir, "qrels.tsv"))[1:] {
		f := strings.Split(line, "\t")
		pages[f[0]] = append(pages[f[0]], f[1])
	}
	var list []pageQuestion
	for _, q := range readLines[pageQuestion](t, filepath.Join(dir, "queries.jsonl")) {
		if q.pages = pages[q.ID]; q.pages != nil {
			list = append(list, q)
		}
	}
	return list
}

// shows reports whether a page that answers is among the evidence.
func (q pageQuestion) shows(evidence []rag.Hit) bool {
	return slices.ContainsFunc(evidence, func(h rag.Hit) bool {
		page := fmt.Sprintf("%s#%d", strings.TrimSuffix(filepath.Base(h.Document.URI), ".pdf"), h.Page)
		return slices.ContainsFunc(q.pages, func(p string) bool { return strings.ReplaceAll(p, ".pdf", "") == page })
	})
}

// TestEvidenceHasThePage: how often the page that answers is among what a model was
// shown, at once and when it searches twice. -short asks a part of the questions.
func TestEvidenceHasThePage(t *testing.T) {
	for set, least := range map[string]struct{ once, twice float64 }{"pdf-fr": {.92, .95}, "pdf-en": {.68, .80}} {
		t.Run(set, func(t *testing.T) {
			dir := filepath.Join("../../../shared/eval", set)
			questions := pageQuestions(t, dir)
			if testing.Short() && set == "pdf-en" {
				t.Skip("many pages")
			}
			_, lib, _ := answersFrom(t, filepath.Join(dir, "docs")) // a scan has no text
			retriever := retrieve.Retriever{Library: lib, Embedder: embed.NewBuiltin()}
			var once, twice int
			for _, q := range questions {
				for n, model := range map[*int]rag.Model{&once: ragtest.Replies("NOT FOUND"), &twice: searchesTwice(q.Text)} {
					w := answer.Writer{Answerer: answer.Answerer{Retriever: retriever}, Model: model}
					got, err := w.Write(t.Context(), rag.SearchRequest{Question: q.Text, Audience: rag.Operator()}, func(rag.Claim, []rag.Citation) error { return nil })
					if err != nil {
						t.Fatal(err)
					}
					if q.shows(got.Evidence) {
						*n++
					} else {
						t.Logf("%s %s: %s is not in %d passages", model.Name(), q.ID, q.pages, len(got.Evidence))
					}
				}
			}
			all := float64(len(questions))
			t.Logf("%s: of %d questions the page is shown at once for %.0f %%, and after two searches for %.0f %%", set, len(questions), 100*float64(once)/all, 100*float64(twice)/all)
			if float64(once) < least.once*all || float64(twice) < least.twice*all {
				t.Errorf("fewer than %.0f %% and %.0f %%", 100*least.once, 100*least.twice)
			}
		})
	}
}

func readText(t *testing.T, path string) []string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Skipf("%s is not here", path)
	}
	return strings.Split(strings.TrimSpace(string(data)), "\n")
}
