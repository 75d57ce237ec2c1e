package answer_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"docent/rag"
	"docent/rag/answer"
	"docent/rag/library"
)

// answersOver is an answerer over documents of the names and texts given.
func answersOver(t *testing.T, documents map[string]string) answer.Answerer {
	t.Helper()
	a, _ := answersWithLibrary(t, documents)
	return a
}

func answersWithLibrary(t *testing.T, documents map[string]string) (answer.Answerer, *library.Library) {
	t.Helper()
	dir := t.TempDir()
	for name, text := range documents {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return answers(t, dir)
}

func ask(t *testing.T, a answer.Answerer, question string) rag.Answer {
	t.Helper()
	answer, err := a.Answer(t.Context(), rag.SearchRequest{Question: question, Audience: rag.Operator()})
	if err != nil {
		t.Fatal(err)
	}
	return answer
}

// checkStatuses asks each question and looks at what becomes of it.
func checkStatuses(t *testing.T, a answer.Answerer, want map[string]rag.Status) {
	t.Helper()
	for question, status := range want {
		if answer := ask(t, a, question); answer.Status != status {
			t.Errorf("%q: %s, with confidence %.2f, want %s\n%s", question, answer.Status, answer.Confidence, status, answer.Text())
		}
	}
}

// lantern has every kind of sentence that is asked for below.
var lantern = map[string]string{
	"lantern.txt": "The Arkley lantern was lit for the first time on 3 May 1911. It was designed by Edith Morrow, an engineer. " +
		"The tower is thirty-one metres high and has four floors. Most visitors come from the islands nearby. " +
		"The lamp was taken down because salt had eaten its frame. A lantern room is the glazed top of a lighthouse.\n",
	"phare.txt": "Le phare de Kerbihan ouvre au public en avril. Son gardien s'appelle Yves Madec. " +
		"La visite coûte 6 euros et dure quarante minutes. Le chemin est fermé car la falaise s'effondre. " +
		"On y accède par la route de Plouzané.\n",
	"rules.txt": "A visit may be refused in three cases:\n\n- the wind is above force nine;\n\n- the path is under water;\n\n- nobody can guide.\n\nChildren need no ticket.\n",
}

// The sentence that answers is chosen by what is asked, in both languages.
func TestTheSentenceThatAnswers(t *testing.T) {
	a := answersOver(t, lantern)
	for _, tc := range []struct{ name, question, want string }{
		{"when", "When was the Arkley lantern first lit?", "3 May 1911"},
		{"who, leaning back on the sentence before", "Who designed the Arkley lantern?", "1911. It was designed by Edith Morrow"},
		{"how high", "How high is the tower?", "thirty-one metres"},
		{"how many of something", "How many floors does the tower have?", "four floors"},
		{"why", "Why was the lamp taken down?", "because salt"},
		{"what", "What is a lantern room?", "A lantern room is the glazed top"},
		{"a list with its lead-in", "In which cases may a visit be refused?", "three cases: - the wind is above force nine; - the path is under water; - nobody can guide."},
		{"quand", "Quand ouvre le phare de Kerbihan ?", "en avril"},
		{"quand, in capitals", "QUAND OUVRE LE PHARE DE KERBIHAN AUX VISITES ?", "en avril"},
		{"qui", "Comment s'appelle le gardien du phare ?", "Yves Madec"},
		{"combien d'argent", "Combien coûte la visite ?", "6 euros"},
		{"pourquoi", "Pourquoi le chemin est-il fermé ?", "car la falaise s'effondre"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			answer := ask(t, a, tc.question)
			if answer.Status != rag.Answered || !strings.Contains(answer.Claims[0].Text, tc.want) {
				t.Errorf("%s: %s, want %q", answer.Status, answer.Text(), tc.want)
			}
			if len(answer.Claims) > 2 {
				t.Errorf("%d claims", len(answer.Claims))
			}
		})
	}
}

// A library of a few documents answers what they say and refuses the rest.
func TestFewDocuments(t *testing.T) {
	a := answersOver(t, map[string]string{
		"door.txt":   "The door is red.\n",
		"window.txt": "The window is made of oak and glass.\n",
		"garage.txt": "La voiture du directeur est garée rue de Nantes. Elle coûte 12 000 euros.\n",
	})
	for question, want := range map[string]string{
		"What colour is the door?":                   "The door is red.",
		"What is the window made of?":                "The window is made of oak and glass.",
		"Où est garée la voiture du directeur ?":     "La voiture du directeur est garée rue de Nantes.",
		"Who is Canada's national security adviser?": "",
		"Qui a gagné la coupe du monde en 1998 ?":    "",
		"When does the board meeting start?":         "",
	} {
		t.Run(question, func(t *testing.T) {
			switch answer := ask(t, a, question); {
			case want == "" && answer.Status != rag.NotFound:
				t.Errorf("answered: %s", answer.Text())
			case want != "" && (answer.Status != rag.Answered || !strings.Contains(answer.Claims[0].Text, want)):
				t.Errorf("%s %v: %s", answer.Status, answer.Confidence, answer.Text())
			}
		})
	}
}

// What several documents say alike is one claim that cites them all.
func TestCopiesAreOneClaim(t *testing.T) {
	a := answersOver(t, map[string]string{
		"2024.txt":  "Staff may park two bicycles in the east yard of the foundry without asking.\n",
		"2025.txt":  "Staff may park two bicycles in the east yard of the foundry, without asking.\n",
		"other.txt": "Visitors leave their bicycles at the gate.\n",
	})
	answer := ask(t, a, "How many bicycles may staff park in the east yard?")
	var documents []string
	for _, n := range answer.Claims[0].Citations {
		documents = append(documents, filepath.Base(answer.Citations[n-1].URI))
	}
	if len(documents) == 2 && documents[0] > documents[1] {
		documents[0], documents[1] = documents[1], documents[0]
	}
	if diff := cmp.Diff([]string{"2024.txt", "2025.txt"}, documents); diff != "" {
		t.Errorf("%s\n(-want +got):\n%s", answer.Text(), diff)
	}
}

// Of a sentence as long as a page the clauses that answer are quoted.
func TestLongSentencesAreCut(t *testing.T) {
	filler := strings.Repeat("whereas the parties have met and have talked of several matters, ", 12)
	a := answersOver(t, map[string]string{
		"deed.txt": "Considering the above, " + filler + "the tenant pays a deposit of 900 euros to the notary, " + filler + "and so on.\n",
	})
	answer := ask(t, a, "How much is the deposit that the tenant pays to the notary?")
	if answer.Status != rag.Answered {
		t.Fatal(answer.Notice)
	}
	text := answer.Claims[0].Text
	if n := len(strings.Fields(text)); n > 60 || !strings.Contains(text, "a deposit of 900 euros to the notary") {
		t.Errorf("%d words: %s", n, text)
	}
}

// The frame is in the question's language, the quote in the document's.
func TestLanguagesOfFrameAndQuote(t *testing.T) {
	a := answersOver(t, lantern)
	answer := ask(t, a, "When does the Kerbihan lighthouse open, and who is the mayor of Lisbon?")
	if answer.Status != rag.Partial || !strings.Contains(answer.Text(), "ouvre au public en avril") || !strings.Contains(answer.Notice, "The documents do not answer") {
		t.Errorf("%s: %s", answer.Status, answer.Text())
	}
}

// A name that is a letter off is that name, for the answer as for the search.
func TestMisspeltNames(t *testing.T) {
	a := answersOver(t, map[string]string{
		"kerdoncuff.txt": "Lionel Kerdoncuff est un économiste breton, né en 1954 à Vannes. Il dirige la banque du port.\n",
		"phare.txt":      "Le phare de Kerbihan ouvre au public en avril. Son gardien s'appelle Yves Madec.\n",
	})
	checkStatuses(t, a, map[string]rag.Status{
		"Qui est Lionnel Kerdoncuf ?":  rag.Answered,
		"Où est né Kerdonkuff ?":       rag.Answered,
		"Qui est Lionnel Querdonkof ?": rag.NotFound,
	})
}

// A name that no document has is no common word of nearly its letters, and the
// long form that the documents give an acronym is the acronym.
func TestNamesThatLookLikeWords(t *testing.T) {
	a := answersOver(t, map[string]string{
		"tribus.txt": "En août, les tribus des plaines sont privées de tout accès aux autres vallées. Les tribus se disent ennemies du gouverneur.\n",
		"caisse.txt": "La Caisse autonome des gens de mer (CAGM) a un guichet à Brest.\n",
		"rentes.txt": "La caisse autonome des gens de mer est dirigée par Anne Le Bris depuis 2012.\n",
	})
	checkStatuses(t, a, map[string]rag.Status{
		"Qui sont les Autrens ?":                  rag.NotFound,
		"De qui les tribus sont-elles ennemies ?": rag.Answered,
		"Qui dirige la CAGM ?":                    rag.Answered,
	})
}
