package eval

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"
)

// folder unpacks a txtar archive and returns its place.
func folder(t *testing.T, archive string) string {
	t.Helper()
	dir := t.TempDir()
	for _, f := range txtar.Parse([]byte(archive)).Files {
		path := filepath.Join(dir, f.Name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, f.Data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

var comparePatterns = cmp.Comparer(func(a, b *regexp.Regexp) bool { return a.String() == b.String() })

func TestLoadFolder(t *testing.T) {
	dir := folder(t, `
-- set/corpus.jsonl.gz --
-- set/queries.jsonl --
{"_id":"q1","text":"Où ?","lang":"fr","kind":"title","sure":true,"page":3}

{"_id":"q2","text":"What?","lang":"en","unanswerable":true}
-- set/qrels.tsv --
query-id	corpus-id	score
q1	a	2
q1	b	0
-- set/qrels.fr-en.tsv --
q1	c	1
-- set/qrels.other.tsv --
-- set/answers.jsonl --
{"_id":"q1","answers":["ici"],"doc":"a","pages":[2],"evidence":["C'est ici.",{"text":"Là.","start":3},{"label":"x"}],"key_facts":["ici|là"]}
{"_id":"q2","answers":[],"unanswerable":true,"near_doc":"b"}
`)
	set, err := Load(filepath.Join(dir, "set"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	records := filepath.Join(dir, "set", "corpus.jsonl.gz")
	want := Set{
		Name: "set",
		Questions: []Question{
			{ID: "q1", Text: "Où ?", Language: "fr", Document: "a", Tags: map[string]string{"lang": "fr", "kind": "title", "sure": "true"}, Gold: &Gold{
				Answers: []string{"ici"}, Document: "a", Pages: []int{2}, Evidence: []string{"C'est ici.", "Là."},
				KeyFacts: []*regexp.Regexp{regexp.MustCompile("(?i)ici|là")},
			}},
			{ID: "q2", Text: "What?", Language: "en", Document: "b", Tags: map[string]string{"lang": "en"}, Gold: &Gold{Answers: []string{}, Unanswerable: true}},
		},
		Views: []View{
			{Corpus: Corpus{Paths: []string{records}}, Level: ByDocument, Judged: map[string]Judgments{"q1": {"a": 2, "b": 0}}, Answers: true},
			{Name: "fr-en", Corpus: Corpus{Paths: []string{records}, Language: "en"}, Level: ByDocument, Judged: map[string]Judgments{"q1": {"c": 1}}},
		},
	}
	if diff := cmp.Diff(want, set, comparePatterns, cmp.AllowUnexported(View{})); diff != "" {
		t.Errorf("set (-want +got):\n%s", diff)
	}
}

func TestLoadFiles(t *testing.T) {
	dir := folder(t, `
-- set/docs/plan.pdf --
-- set/docs/plan.v2.pdf --
-- set/docs/notes.txt --
-- set/corpus.jsonl --
-- set/queries.jsonl --
{"_id":"q1","text":"What?"}
-- set/qrels.tsv --
q1	plan#2	1
q1	plan.v2#1	1
q1	notes.txt#1	1
-- set/qrels.docs.tsv --
q1	plan	1
`)
	set, err := Load(filepath.Join(dir, "set"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	type view struct {
		Name   string
		Level  Level
		Paths  []string
		Judged Judgments
		Spare  bool
	}
	var got []view
	for _, v := range set.Views {
		got = append(got, view{v.Name, v.Level, v.Corpus.Paths, v.Judged["q1"], v.Spare != nil})
	}
	docs := []string{filepath.Join(dir, "set", "docs")}
	want := []view{
		{"", ByPage, docs, Judgments{"plan.pdf#2": 1, "plan.v2.pdf#1": 1, "notes.txt#1": 1}, true},
		{"docs", ByDocument, docs, Judgments{"plan.pdf": 1}, true},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("views (-want +got):\n%s", diff)
	}
}

func TestLoadQuestionFile(t *testing.T) {
	dir := folder(t, `
-- a/questions.jsonl --
{"_id":"q1","question":"Who?","lang":"en","answerable":true,"evidence":[{"text":"He did."},{"text":"She did."}],"answer":"he"}
{"id":"q2","question":"Whom?","language":"en","status":"not_found"}
{"id":"q3","text":"Where?","quote":"There.","answerable":false}
-- a/document.md --
-- b/corpus.jsonl --
`)
	set, err := Load(filepath.Join(dir, "a"), Options{Haystack: filepath.Join(dir, "b")})
	if err != nil {
		t.Fatal(err)
	}
	v := set.Views[0]
	if want := []string{filepath.Join(dir, "a", "document.md"), filepath.Join(dir, "b", "corpus.jsonl")}; !cmp.Equal(v.Corpus.Paths, want) {
		t.Errorf("corpus %q, want %q", v.Corpus.Paths, want)
	}
	want := map[string]Judgments{"q1": {"evidence 1": 1, "evidence 2": 1}, "q2": {}, "q3": {"evidence 1": 1}}
	if diff := cmp.Diff(want, v.Judged); diff != "" {
		t.Errorf("judgments (-want +got):\n%s", diff)
	}
	if set.Name != "a+b" || set.Questions[0].Gold.Unanswerable || !set.Questions[1].Gold.Unanswerable || !set.Questions[2].Gold.Unanswerable {
		t.Errorf("set %s: %+v", set.Name, set.Questions)
	}
	other, err := Load(filepath.Join(dir, "a", "questions.jsonl"), Options{Documents: []string{"elsewhere"}})
	if err != nil || !cmp.Equal(other.Views[0].Corpus.Paths, []string{"elsewhere"}) {
		t.Errorf("documents %q, %v", other.Views[0].Corpus.Paths, err)
	}
}

func TestLoadRefuses(t *testing.T) {
	const rest = "-- corpus.jsonl --\n-- qrels.tsv --\nq\ta\t1\n"
	for _, tc := range []struct {
		name, archive, file string
		want                string
		is                  error
	}{
		{"a folder of something else", "-- readme.txt --\n", "", "has neither", ErrNoSet},
		{"no corpus", "-- queries.jsonl --\n{\"_id\":\"q\",\"text\":\"?\"}\n", "", "no corpus.jsonl", ErrNoSet},
		{"no judgments", "-- queries.jsonl --\n-- corpus.jsonl --\n", "", "qrels.tsv", fs.ErrNotExist},
		{"no JSON", rest + "-- queries.jsonl --\n{}\n", "", `queries.jsonl:1: a question needs "_id" and "text"`, nil},
		{"twice", rest + "-- queries.jsonl --\n{\"_id\":\"q\",\"text\":\"?\"}\n{\"_id\":\"q\",\"text\":\"?\"}\n", "", "queries.jsonl:2: the question \"q\" comes twice", nil},
		{"a key fact", rest + "-- queries.jsonl --\n-- answers.jsonl --\n{\"_id\":\"q\",\"key_facts\":[\"(\"]}\n", "", "answers.jsonl:1: key fact of \"q\"", nil},
		{"fields", "-- corpus.jsonl --\n-- queries.jsonl --\n-- qrels.tsv --\nq a 1\n", "", "qrels.tsv:1: 1 fields", nil},
		{"an empty pair", rest + "-- queries.jsonl --\n-- qrels.de-en.tsv --\nquery-id\tcorpus-id\tscore\n", "", "judges nothing", nil},
		{"questions about nothing", "-- q.jsonl --\n{\"id\":\"q\",\"question\":\"?\"}\n", "q.jsonl", "no documents", ErrNoDocuments},
		{"no file", "", "q.jsonl", "q.jsonl", fs.ErrNotExist},
	} {
		t.Run(tc.name, func(t *testing.T) {
			_, err := Load(filepath.Join(folder(t, tc.archive), tc.file), Options{})
			if err == nil || !strings.Contains(err.Error(), tc.want) || tc.is != nil && !errors.Is(err, tc.is) {
				t.Errorf("got %v", err)
			}
		})
	}
}
