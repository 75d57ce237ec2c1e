package eval

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const gardens = `
-- gardens/docs.jsonl --
{"id":"pond","lang":"fr","text":"Étang\n\nOn y pêche l'été. Il gèle l'hiver."}
{"id":"gate","lang":"en","text":"Gate\n\nIt is green."}
-- gardens/questions.jsonl --
{"id":"p1","doc":"pond","lang":"en","question":"When?","kind":"when","register":"terse","answerable":true,"units":[[7,24]],"short":"summer"}
{"id":"p2","doc":"pond","lang":"fr","question":"Pourquoi est-il chaud en hiver ?","kind":"wrong-premise","answerable":false,"units":[],"contradicted_by":[[25,41]]}
{"id":"g1","doc":"gate","lang":"en","question":"Which colour?","answerable":true,"units":[[6,18]]}
`

func TestLoadUnits(t *testing.T) {
	dir := folder(t, gardens)
	set, err := Load(filepath.Join(dir, "gardens"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	want := Set{
		Name: "gardens",
		Questions: []Question{
			{
				ID: "p1", Text: "When?", Language: "en", Document: "pond",
				Tags: map[string]string{"lang": "en", "crossed": "true", "kind": "when", "register": "terse", "set": "gardens"},
				Gold: &Gold{Document: "pond", Units: []Unit{{Text: "On y pêche l'été.", Before: len("etang")}}},
			},
			{
				ID: "p2", Text: "Pourquoi est-il chaud en hiver ?", Language: "fr", Document: "pond",
				Tags: map[string]string{"lang": "fr", "crossed": "false", "kind": "wrong-premise", "set": "gardens"},
				Gold: &Gold{Document: "pond", Unanswerable: true, Denials: []Unit{{Text: "Il gèle l'hiver.", Before: len("etangonypechelete")}}},
			},
			{
				ID: "g1", Text: "Which colour?", Language: "en", Document: "gate",
				Tags: map[string]string{"lang": "en", "crossed": "false", "set": "gardens"},
				Gold: &Gold{Document: "gate", Units: []Unit{{Text: "It is green.", Before: len("gate")}}},
			},
		},
		Views: []View{{
			Corpus: Corpus{Paths: []string{filepath.Join(dir, "gardens", "docs.jsonl")}}, Level: ByDocument, Answers: true,
			Judged: map[string]Judgments{"p1": {"pond": 1}, "p2": {}, "g1": {"gate": 1}},
		}},
	}
	if diff := cmp.Diff(want, set, cmp.AllowUnexported(View{})); diff != "" {
		t.Errorf("set (-want +got):\n%s", diff)
	}
}

func TestLoadUnitsRefuses(t *testing.T) {
	const docs = "-- docs.jsonl --\n{\"id\":\"a\",\"text\":\"One.\"}\n-- questions.jsonl --\n"
	for _, tc := range []struct{ name, archive, want string }{
		{"another document", docs + `{"id":"q","doc":"b","question":"?"}`, `questions.jsonl:1: the question "q" is of no document`},
		{"beyond the text", docs + `{"id":"q","doc":"a","question":"?","answerable":true,"units":[[0,5]]}`, "[0 5] is no run of the document a"},
		{"backwards", docs + `{"id":"q","doc":"a","question":"?","answerable":true,"units":[[3,1]]}`, "[3 1] is no run"},
		{"no unit", docs + `{"id":"q","doc":"a","question":"?","answerable":true}`, "what is answerable has units"},
		{"no question", docs + `{"id":"q","doc":"a"}`, `needs "id" and "question"`},
		{"twice", docs + strings.Repeat(`{"id":"q","doc":"a","question":"?"}`+"\n", 2), `questions.jsonl:2: the question "q" comes twice`},
		{"documents twice", "-- docs.jsonl --\n{\"id\":\"a\"}\n{\"id\":\"a\"}\n-- questions.jsonl --\n", `docs.jsonl:2: the document "a"`},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if _, err := Load(folder(t, tc.archive), Options{}); err == nil || !strings.Contains(err.Error(), tc.want) {
				t.Errorf("got %v", err)
			}
		})
	}
}

func TestJoin(t *testing.T) {
	dir := folder(t, gardens+`
-- parks/docs.jsonl --
{"id":"lawn","lang":"en","text":"Lawn\n\nIt is mown."}
-- parks/questions.jsonl --
{"id":"l1","doc":"lawn","lang":"en","question":"Is it mown?","answerable":true,"units":[[6,17]]}
{"id":"l2","doc":"gone","lang":"en","question":"Is it?","answerable":false}
-- list.tsv --
# set	document
gardens	pond
parks	pond
parks	lawn
`)
	first, err := Load(filepath.Join(dir, "gardens"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Load(filepath.Join(dir, "parks"), Options{}); err == nil {
		t.Error("a question of a document that is not there is loaded")
	}
	second := first
	second.Name, second.Views = "parks", []View{{Level: ByDocument, Judged: map[string]Judgments{"l1": {"lawn": 1}}, Corpus: Corpus{Paths: []string{"b", first.Views[0].Corpus.Paths[0]}}}}
	second.Questions = []Question{{ID: "l1", Document: "lawn"}, {ID: "l2"}}
	list, err := ReadDocumentList(filepath.Join(dir, "list.tsv"))
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range []*Set{&first, &second} {
		s.Keep(func(q Question) bool { return list.Holds(s.Name, q) })
	}
	all, err := Join([]Set{first, second})
	if err != nil {
		t.Fatal(err)
	}
	var ids []string
	for _, q := range all.Questions {
		ids = append(ids, q.ID)
	}
	if diff := cmp.Diff([]string{"p1", "p2", "l1"}, ids); diff != "" || all.Name != "gardens+parks" {
		t.Errorf("%s asks (-want +got):\n%s", all.Name, diff)
	}
	if v := all.Views[0]; len(v.Corpus.Paths) != 2 || v.Judged["l1"]["lawn"] != 1 || v.Judged["p1"]["pond"] != 1 {
		t.Errorf("view %+v", v)
	}
	if _, err := Join([]Set{first, first}); err == nil {
		t.Error("questions of one id are joined")
	}
	byPage := Set{Name: "pages", Views: []View{{Level: ByPage}}}
	if _, err := Join([]Set{first, byPage}); err == nil {
		t.Error("sets that are judged in different ways are joined")
	}
}
