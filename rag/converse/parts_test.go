package converse_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"docent/rag/converse"
)

func TestParts(t *testing.T) {
	for _, c := range []struct {
		language, question string
		want               []string
	}{
		{"en", "Who signs purchase orders?", []string{"Who signs purchase orders?"}},
		{"en", "Who designed the lantern and when was it lit?", []string{"Who designed the lantern", "when was the lantern lit?"}},
		{"en", "Where do guests park, and how much is it?", []string{"Where do guests park", "how much is it (do guests park)?"}},
		{"en", "What are the opening hours and the prices of the pool?", []string{"What are the opening hours of the pool?", "What are the prices of the pool?"}},
		{"en", "When and where does the board meet?", []string{"When does the board meet", "where does the board meet?"}},
		{"en", "Who leads the yard and can I visit it on Sunday?", []string{"Who leads the yard", "can I visit the yard on Sunday?"}},
		{"en", "Who are the people that sign and that pay?", []string{"Who are the people that sign and that pay?"}},
		{"en", "What are the terms and conditions of sale?", []string{"What are the terms and conditions of sale?"}},
		{"fr", "Comment s'inscrire à la piscine et combien ça coûte ?", []string{"Comment s'inscrire à la piscine", "combien ça coûte (s'inscrire à la piscine) ?"}},
		{"fr", "Quel est le tarif de la carte et où la retirer ?", []string{"Quel est le tarif de la carte", "où la retirer (la carte) ?"}},
		{"fr", "À quelle heure ferme la bibliothèque et quels jours ?", []string{"À quelle heure ferme la bibliothèque", "quels jours ferme la bibliothèque"}},
		{"fr", "Quelles sont les dates et les lieux des réunions ?", []string{"Quelles sont les dates des réunions ?", "Quelles sont les lieux des réunions ?"}},
		{"fr", "Qui dirige l'atelier et qui tient la caisse ?", []string{"Qui dirige l'atelier", "qui tient la caisse ?"}},
		{"fr", "Quelles sont les personnes qui signent et qui paient ?", []string{"Quelles sont les personnes qui signent et qui paient ?"}},
		{"de", "Wer unterschreibt und wann?", []string{"Wer unterschreibt und wann?"}},
	} {
		var got []string
		for _, p := range converse.Parts(c.language, c.question) {
			got = append(got, p.Question)
		}
		if d := cmp.Diff(c.want, got); d != "" {
			t.Errorf("%s (-want +got):\n%s", c.question, d)
		}
	}
}
