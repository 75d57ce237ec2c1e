package verify_test

import (
	"testing"

	"docent/rag/verify"
)

// Statements that differ in what matters are told from copies, and from those that
// speak of something else.
func TestCompare(t *testing.T) {
	for _, tc := range []struct {
		name, a, b string
		want       verify.Agreement
	}{
		{"copies, but for punctuation", "Badges are returned at the desk, on the last day.", "Badges are returned at the desk on the last day", verify.Copies},
		{"a number", "The pool opens at 6 a.m. and closes at 9 p.m.", "The pool opens at 6 a.m. and closes at 10 p.m.", verify.Differing},
		{"un montant", "La caution du vestiaire est de 20 euros.", "La caution du vestiaire est de 35 euros.", verify.Differing},
		{"a number in words", "Each crew takes two life jackets aboard.", "Each crew takes three life jackets aboard.", verify.Differing},
		{"a day", "The choir rehearses every Tuesday in the annex.", "The choir rehearses every Thursday in the annex.", verify.Differing},
		{"une date", "Les inscriptions ferment le 4 mai au secrétariat.", "Les inscriptions ferment le 9 mai au secrétariat.", verify.Differing},
		{"un mois", "Les vergers sont taillés en février par la coopérative.", "Les vergers sont taillés en novembre par la coopérative.", verify.Differing},
		{"a name", "Keys are kept by Mrs Okafor in the lodge.", "Keys are kept by Mr Lindqvist in the lodge.", verify.Renamed},
		{"a negation", "Dogs are admitted to the reading room.", "Dogs are not admitted to the reading room.", verify.Differing},
		{"une négation", "Les stagiaires accèdent au serveur de production.", "Les stagiaires n'accèdent pas au serveur de production.", verify.Differing},
		{"what is allowed", "Trainees may sign the delivery note.", "Trainees must sign the delivery note.", verify.Differing},
		{"ce qui est permis", "Le port du casque est obligatoire sur le quai.", "Le port du casque est facultatif sur le quai.", verify.Differing},
		{"a word more", "Lockers are emptied at the end of the term.", "Lockers are emptied at the very end of the term.", verify.Alike},
		{"other things", "Lockers are emptied at the end of the term.", "Bicycles are parked behind the gymnasium.", verify.Unlike},
		{"two facts of two things", "The depot at Leeds employs 30 drivers.", "The depot at Hull employs 45 drivers.", verify.Unlike},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if got := verify.Compare("", tc.a, tc.b); got != tc.want {
				t.Errorf("got %d, want %d", got, tc.want)
			}
			if got := verify.Compare("", tc.b, tc.a); got != tc.want {
				t.Errorf("the other way round %d, want %d", got, tc.want)
			}
		})
	}
}
