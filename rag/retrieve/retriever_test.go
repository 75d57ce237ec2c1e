package retrieve_test

import (
	"context"
	"fmt"
	"iter"
	"slices"
	"strings"
	"testing"

	"docent/rag"
	"docent/rag/embed"
	"docent/rag/ragtest"
	"docent/rag/retrieve"
)

// put indexes one document a text, named a, b, c in order.
func put(t *testing.T, e rag.Embedder, texts ...string) *ragtest.Memory {
	t.Helper()
	lib := ragtest.NewMemory()
	for i, text := range texts {
		id := rag.DocumentID(fmt.Sprint(string(rune('a' + i))))
		doc := rag.Document{DocumentInfo: rag.DocumentInfo{ID: id, Language: "fr", Space: rag.Everyone}, Text: text}
		passages := []rag.Passage{{ID: rag.PassageID{Document: id, N: 1}, End: len(text), Text: text, Language: "fr"}}
		if err := (retrieve.Indexer{Embedder: e}).Index(t.Context(), doc.DocumentInfo, passages); err != nil {
			t.Fatal(err)
		}
		if err := lib.Put(t.Context(), doc, passages); err != nil {
			t.Fatal(err)
		}
	}
	return lib
}

func search(t *testing.T, r retrieve.Retriever, question string) string {
	t.Helper()
	found, err := r.Search(t.Context(), rag.SearchRequest{Question: question, Audience: rag.Operator()})
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	last := 2.0
	for _, h := range found.Hits {
		if h.Score > last || h.Score < 0 || h.Score > 1 {
			t.Errorf("%s scores %v after %v", h.ID.Document, h.Score, last)
		}
		last = h.Score
		names = append(names, string(h.ID.Document))
	}
	return strings.Join(names, " ")
}

var rooms = []string{
	"Le comité social et économique se réunit chaque mois dans la salle du conseil.",
	"Le restaurant de l'entreprise ouvre à midi ; le menu change chaque jour.",
	"La température des salles est de vingt degrés en hiver, et le chauffage s'arrête le soir.",
}

func TestSearchMeetsWords(t *testing.T) {
	aliases := retrieve.NewAliases([][]string{{"CSE", "comité social et économique"}, {"cantine", "Restaurant"}, {"alone"}, {"", "?"}})
	for _, c := range []struct{ name, question, first string }{
		{"inflected", "Quelles réunions des comités sociaux ?", "a"},
		{"in capitals", "QUELLES RÉUNIONS DES COMITÉS SOCIAUX ?", "a"},
		{"without accents", "temperature des salles", "c"},
		{"a letter missing", "Quand ouvre le restauant ?", "b"},
		{"two letters exchanged", "le chaufafge", "c"},
		{"acronym for a phrase", "Quand se réunit le CSE ?", "a"},
		{"word for a word", "Où est la cantine ?", "b"},
	} {
		t.Run(c.name, func(t *testing.T) {
			e := ragtest.Embedder{}
			r := retrieve.Retriever{Library: put(t, e, rooms...), Embedder: e, Aliases: aliases}
			if got := search(t, r, c.question); !strings.HasPrefix(got, c.first) {
				t.Errorf("found %q, want %s first", got, c.first)
			}
		})
	}
}

// wordless has no vectors, so that only words find something.
type wordless struct{ ragtest.Embedder }

func (wordless) EmbedPassages(_ context.Context, texts []string) ([][]float32, error) {
	return make([][]float32, len(texts)), nil
}

func (wordless) EmbedQuery(context.Context, string) ([]float32, error) { return nil, nil }

func TestSearchKnowsWhatWordsStandFor(t *testing.T) {
	texts := []string{
		"La Caisse autonome des gens de mer (CAGM) a un guichet. La CAGM répond par courrier, et la CAGM archive.",
		"La caisse autonome des gens de mer verse les rentes chaque trimestre.",
		"Le brouet péruvien se mange chaud.",
		"Le Togo borde le golfe.",
		"Le Comité des Avis (CDA) siège à Brest. Le Conseil des aires (CDA) siège à Vannes.",
		"Un avis du conseil est public.",
		"Il se trouve que la piscine est fermée en été ; l'assemblée a lieu en mars.",
		"La desserte maritime passe le briselames depuis 2031.",
	}
	for _, c := range []struct{ name, question, want string }{
		{"the long form that a document gives", "Quelle CAGM ?", "a b"},
		{"two long forms", "Brest et la CDA", "e"},
		{"what is of a country", "plats du Pérou", "c"},
		{"the country of what is of it", "une côte togolaise", "d"},
		{"an idle phrase", "Où se trouve le Togo ?", "d"},
		{"a participle", "Quel brouet a été mangé en Irlande ?", "c"},
		{"two words that are one", "Quel brise lames ?", "h"},
		{"a hyphen", "Quel brise-lames ?", "h"},
		{"a year with letters", "Quel trafic en FY2031 ?", "h"},
		{"a season", "Quel brouet est mangé l'été ?", "c g"},
		{"an idle phrase where nobody asks for it", "Quelle piscine se trouve ici ?", "g"},
	} {
		t.Run(c.name, func(t *testing.T) {
			e := wordless{}
			if got := search(t, retrieve.Retriever{Library: put(t, e, texts...), Embedder: e}, c.question); got != c.want {
				t.Errorf("found %q, want %q", got, c.want)
			}
		})
	}
}

// neighbours is an embedder with a small dictionary.
type neighbours struct {
	ragtest.Embedder
	near map[string][]string
}

func (n neighbours) Nearest(word string, least float32) iter.Seq2[string, float32] {
	return func(yield func(string, float32) bool) {
		for i, w := range n.near[word] {
			if c := 0.9 - 0.1*float32(i); c < least || !yield(w, c) {
				return
			}
		}
	}
}

func TestSearchTranslates(t *testing.T) {
	e := neighbours{near: map[string][]string{"heating": {"calefaccion", "chauffage"}, "evening": {"soir"}, "restaurant": {"salle"}}}
	r := retrieve.Retriever{Library: put(t, e, rooms...), Embedder: e}
	if got := search(t, r, "heating in the evening"); !strings.HasPrefix(got, "c") {
		t.Errorf("found %q, want c first", got)
	}
	// What is there is not looked up under anything else.
	if got := search(t, r, "restaurant"); got != "b" {
		t.Errorf("found %q, want b alone", got)
	}
}

// Of two passages with the same words, the one that has them in one sentence
// is better.
func TestSearchReadsSentences(t *testing.T) {
	e := embed.NewBuiltin()
	texts := []string{
		"La directrice a pris ses congés en août et revient lundi matin. Le site de Lyon signe les contrats de ses fournisseurs habituels.",
		"Le site de Lyon a pris ses congés en août et revient lundi matin. La directrice signe les contrats de ses fournisseurs habituels.",
	}
	lib := &widened{Memory: put(t, narrow{e}, texts...)}
	r := retrieve.Retriever{Library: lib, Embedder: narrow{e}}
	if got := search(t, r, "Que signe la directrice ?"); !strings.HasPrefix(got, "b") {
		t.Errorf("found %q, want b first", got)
	}
}

// Of two passages with the same words of the question, the one that has a word
// like another of it is better.
func TestSearchTellsLikeWords(t *testing.T) {
	e := comparer{like: map[string]string{"bureau": "siege"}}
	r := retrieve.Retriever{Library: put(t, e, "Le jardin ferme à midi le vendredi.", "Le bureau ferme à midi le vendredi."), Embedder: e}
	if got := search(t, r, "Quand ferme le siège le vendredi ?"); got != "b a" {
		t.Errorf("found %q, want b first", got)
	}
}

// comparer is an embedder that knows words which mean nearly another.
type comparer struct {
	ragtest.Embedder
	like map[string]string
}

func (c comparer) Likeness(words []string) func([]float32, string) bool {
	return func(dst []float32, word string) bool {
		clear(dst)
		if i := slices.Index(words, c.like[word]); i >= 0 {
			dst[i] = 0.7
		}
		return c.like[word] != ""
	}
}

// A document's title is found in each of its passages, but not one that is only
// its ID, nor twice where a passage begins with it.
func TestIndexTitles(t *testing.T) {
	for _, c := range []struct{ name, title, want string }{
		{"its own", "Entretien", "entretien rideaux salle"},
		{"its ID", "r-17", "rideaux salle"},
		{"how it begins", "Les rideaux de…", "rideaux salle"},
		{"all of its beginning", "Les rideaux de la salle", "rideaux salle"},
	} {
		t.Run(c.name, func(t *testing.T) {
			passages := []rag.Passage{{ID: rag.PassageID{Document: "r-17", N: 1}, Text: "Les rideaux de la salle.", Language: "fr"}}
			doc := rag.DocumentInfo{ID: "r-17", Title: c.title, Language: "fr"}
			if err := (retrieve.Indexer{Embedder: ragtest.Embedder{}}).Index(t.Context(), doc, passages); err != nil {
				t.Fatal(err)
			}
			got := make(map[string]int)
			for _, term := range passages[0].Terms {
				got[term.Text] = term.Count
			}
			for w := range strings.FieldsSeq(c.want) {
				if got[w] == 0 {
					t.Errorf("%q is not indexed, but %v", w, got)
				}
			}
			if got["17"] > 0 || got["rideaux"] != 1 {
				t.Errorf("indexed are %v", got)
			}
		})
	}
}

// The name of a file is indexed in its words, unless a program made it up.
func TestIndexFileNames(t *testing.T) {
	for uri, want := range map[string]string{
		"reports/ACMEPUMPS_2031_10K.pdf":             "acmepumps 2031 10",
		`C:\Documents\ReglementInterieur2024.docx`:   "reglement interieur 2024",
		"https://wiki.example.org/holiday-rules?a=b": "holiday rules",
		"3276a5b991c49cf5f9a4af0f7d6fce67.pdf":       "",
		"":                                           "",
	} {
		passages := []rag.Passage{{ID: rag.PassageID{Document: "d", N: 1}, Text: "Nothing."}}
		if err := (retrieve.Indexer{Embedder: ragtest.Embedder{}}).Index(t.Context(), rag.DocumentInfo{ID: "d", URI: uri}, passages); err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, term := range passages[0].Terms {
			if term.Text != "nothing" {
				got = append(got, term.Text)
			}
		}
		words := strings.Fields(want)
		slices.Sort(words)
		if !slices.Equal(got, words) {
			t.Errorf("%s: indexed are %q, want %q", uri, got, words)
		}
	}
}

// narrow has no vectors but the sentences', as far as a library knows.
type narrow struct{ embed.Builtin }

func (narrow) EmbedPassages(_ context.Context, texts []string) ([][]float32, error) {
	return make([][]float32, len(texts)), nil
}

// widened takes the question's vector off, which Memory has another length for.
type widened struct{ *ragtest.Memory }

func (w *widened) Candidates(ctx context.Context, q rag.Query) (rag.Candidates, error) {
	q.Vector = nil
	return w.Memory.Candidates(ctx, q)
}

// A question as long as they may be, of words that nothing knows, is still
// answered at once.
func TestSearchLongQuestion(t *testing.T) {
	counted := &counting{Memory: put(t, ragtest.Embedder{}, rooms...)}
	var question strings.Builder
	for i := 0; question.Len() < rag.MaxQuestion-20; i++ {
		fmt.Fprintf(&question, "zorglub%c%c%c ", 'a'+i%26, 'a'+i/26%26, 'a'+i/676)
	}
	search(t, retrieve.Retriever{Library: counted, Embedder: ragtest.Embedder{}}, question.String())
	if counted.terms > 15_000 {
		t.Errorf("%d terms were looked up", counted.terms)
	}
}

type counting struct {
	*ragtest.Memory
	terms int
}

func (c *counting) Candidates(ctx context.Context, q rag.Query) (rag.Candidates, error) {
	c.terms += len(q.Terms)
	return c.Memory.Candidates(ctx, q)
}
