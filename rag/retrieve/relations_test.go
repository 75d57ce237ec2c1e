package retrieve_test

import (
	"iter"
	"strings"
	"testing"

	"docent/rag"
	"docent/rag/ragtest"
	"docent/rag/retrieve"
)

func TestSearchKnowsOtherWords(t *testing.T) {
	texts := []string{
		"Le recrutement se fait au printemps, sur dossier.",
		"La Russie garde le silence sur ce sujet.",
		"La cantine ouvre tôt.",
	}
	for _, c := range []struct{ name, question, want string }{
		{"a synonym", "Quelle embauche ?", "a"},
		{"what a country is called", "Que fait le Kremlin ?", "b"},
		{"neither", "Quelle horloge ?", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			e := wordless{}
			r := retrieve.Retriever{Library: put(t, e, texts...), Embedder: e}
			found, err := r.Search(t.Context(), rag.SearchRequest{Question: c.question, Language: "fr", Audience: rag.Operator()})
			if err != nil {
				t.Fatal(err)
			}
			var names []string
			for _, h := range found.Hits {
				names = append(names, string(h.ID.Document))
			}
			if got := strings.Join(names, " "); got != c.want {
				t.Errorf("found %q, want %q", got, c.want)
			}
		})
	}
}

// bilingual is an embedder that knows a few words of two languages.
type bilingual struct {
	wordless
	neighbours neighbours
}

func (b bilingual) Nearest(word string, least float32) iter.Seq2[string, float32] {
	return b.neighbours.Nearest(word, least)
}

func (bilingual) Frequency(language, word string) float64 {
	if french := strings.Contains(" chauffage soir salle ", " "+word+" "); french == (language == "fr") {
		return 1e-4
	}
	return 0
}

// Among documents in both languages no word of the question seems to miss.
func TestSearchTranslatesWhatIsThere(t *testing.T) {
	e := bilingual{neighbours: neighbours{near: map[string][]string{"heating": {"chauffage"}, "evening": {"soir"}}}}
	texts := []string{
		"The heating engineer came.",
		"An evening of song.",
		"Le chauffage s'arrête le soir.",
		"La salle est fermée.",
	}
	r := retrieve.Retriever{Library: put(t, e.wordless, texts...), Embedder: e}
	if got := search(t, r, "When is the heating off in the evening?"); !strings.Contains(got, "c") {
		t.Errorf("found %q, and not c", got)
	}
	// One that cannot translate leaves the words as they are.
	r.Embedder = ragtest.Embedder{}
	if got := search(t, r, "When is the heating off in the evening?"); strings.HasPrefix(got, "c") {
		t.Errorf("found %q without a dictionary", got)
	}
}
