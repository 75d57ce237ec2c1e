package retrieve_test

import (
	"testing"

	"docent/rag"
	"docent/rag/embed"
	"docent/rag/lang"
	"docent/rag/ragtest"
	"docent/rag/retrieve"
)

func TestAnalyse(t *testing.T) {
	doc := "Entrepôt\nLe quai ferme à midi. Il rouvre ensuite.\n"
	p := rag.Located{
		Passage:  rag.Passage{Start: 10, End: len(doc), Text: doc[10:], Heading: []string{"Les quais"}, Language: "fr"},
		Document: rag.DocumentInfo{Title: "Entrepôt", URI: "plan_quai.txt"},
	}
	units := []rag.Unit{{Kind: rag.Item, Span: lang.Span{Start: 10, End: 32}}, {Span: lang.Span{Start: 32, End: 33}}}
	for _, c := range []struct {
		name  string
		units []rag.Unit
		want  []lang.Span
	}{
		{"sentences", nil, []lang.Span{{Start: 10, End: 32}, {Start: 33, End: 51}}},
		{"units", units, []lang.Span{units[0].Span, units[1].Span}},
	} {
		t.Run(c.name, func(t *testing.T) {
			p.Units = c.units
			a := retrieve.Analyse(p, embed.NewBuiltin())
			if len(a.Units) != len(c.want) || len(a.Vectors) != len(c.want) {
				t.Fatalf("%d units and %d vectors, want %d", len(a.Units), len(a.Vectors), len(c.want))
			}
			for i, u := range a.Units {
				if u.Span != c.want[i] {
					t.Errorf("unit %d is %v, want %v", i, u.Span, c.want[i])
				}
				if said := doc[u.Start:u.End] != " "; (a.Vectors[i] != nil) != said {
					t.Errorf("unit %d has the vector %v", i, a.Vectors[i])
				}
			}
			words := a.Within(a.Units[0].Span)
			if len(words) != 5 || words[1].Surface != "quai" || words[4].Stem != "mid" {
				t.Errorf("the words of the first unit are %v", words)
			}
			if a.Title == nil || len(a.Above) != 1 || len(a.Headings) != 1 || len(a.File) != 2 {
				t.Errorf("above are %v, %v and %v", a.Above, a.Headings, a.File)
			}
		})
	}
}

func TestRetrieveHandsOnAnalyses(t *testing.T) {
	e := ragtest.Embedder{}
	r := retrieve.Retriever{Library: put(t, e, rooms...), Embedder: e}
	found, err := r.Retrieve(t.Context(), rag.SearchRequest{Question: "Quand ouvre le restaurant ?", Audience: rag.Operator()})
	if err != nil || len(found.Hits) == 0 {
		t.Fatal(found.Hits, err)
	}
	for _, h := range found.Hits {
		if a := found.Analyses[h.ID]; a == nil || len(a.Words) == 0 || len(a.Vectors) != len(a.Units) {
			t.Errorf("%v is analysed as %+v", h.ID, a)
		}
	}
}
