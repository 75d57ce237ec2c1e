package converse

import (
	"testing"

	"docent/rag"
)

// Each conversation ends with a message and how it reads alone; "" where it is not
// followed.
func TestFollowUps(t *testing.T) {
	for _, c := range [][]string{
		{"Where do visitors park in Lyon?", "And in Lille?", "Where do visitors park in Lille?"},
		{"How long is the warranty on a pump?", "what about valves?", "How long is the warranty on valves?"},
		{"Who approves training requests?", "And for trainees?", "Who approves training requests for trainees?"},
		{"What was the turnover in 2021?", "and in 2023?", "What was the turnover in 2023?"},
		{"Who is Ada Blake?", "And Tom Reed?", "Who is Tom Reed?"},
		{"Who is Ada Blake?", "What is her extension?", "What is Ada Blake's extension?"},
		{"Where is the canteen?", "When does it open?", "When does the canteen open?"},
		{"Can guests bring a dog?", "why?", "Why can guests bring a dog?"},
		{"When was the mill rebuilt?", "where?", "Where was the mill rebuilt?"},
		{"Who signs the orders?", "why?", ""},
		{"Where is the canteen?", "How many days of leave does an apprentice get in her first year?", "How many days of leave does an apprentice get in her first year?"},
		{"Où se garent les visiteurs à Lyon ?", "Et à Lille ?", "Où se garent les visiteurs à Lille ?"},
		{"Quel est le prix du repas pour les salariés ?", "et pour les stagiaires ?", "Quel est le prix du repas pour les stagiaires ?"},
		{"Quel est le prix du repas ?", "et pour les stagiaires ?", "Quel est le prix du repas pour les stagiaires ?"},
		{"Qui approuve une dépense de 5 000 € ?", "et au-delà de 4 000 € ?", "Qui approuve une dépense au-delà de 4 000 € ?"},
		{"Combien coûte la grande roue ?", "son délai ?", "Son délai (la grande roue) ?"},
		{"Où est la cantine ?", "et le foyer, quand ouvre-t-il ?", "Le foyer, quand ouvre-t-il ?"},
		{"Qui est Mme Roux ?", "Quel est son bureau ?", "Quel est son bureau (Mme Roux) ?"},
		{"Où est la cantine ?", "À quelle heure ouvre-t-elle ?", "À quelle heure ouvre-t-elle (la cantine) ?"},
		{"Peut-on venir avec un chien ?", "Pourquoi ?", "Pourquoi peut-on venir avec un chien ?"},
		{"Quel était le chiffre d'affaires en 2021 ?", "et en 2023 ?", "Quel était le chiffre d'affaires en 2023 ?"},
		{"Où se garent les visiteurs ?", "et les vélos ?", "Où se garent les vélos ?"},
		{"Où se garent les visiteurs à Lyon ?", "Et à Lille ?", "et à Metz ?", "Où se garent les visiteurs à Metz ?"},
		{"Où est la cantine ?", "Faut-il un badge pour entrer ?", "Faut-il un badge pour entrer ?"},
		{"Le trajet en car est-il remboursé ?", "Jusqu'à combien par an ?", "Jusqu'à combien par an (le trajet en car est-il remboursé) ?"},
		{"Où est la cantine ?", "Combien de jours de congés par an ?", "Combien de jours de congés par an ?"},
		{"À combien s'élève la prime de panier ?", "et celle pour une nuit en mer ?", "À combien s'élève la prime pour une nuit en mer ?"},
		{"What happens if they fail the exam?", "and if they pass?", "What happens if they pass?"},
		{"Who founded the firm?", "when?", "When (founded the firm)?"},
		{"Are guests allowed in the kiln room?", "and in the paint shop?", "and the reading room?", "Are guests allowed in the reading room?"},
		{"Pourquoi ?", "Jusqu'à combien par an ?", ""},
		{"Combien de documents ?", "Jusqu'à combien par an ?", ""},
		{"Où est la cantine ?", "Y a-t-il un parking ?", "Y a-t-il un parking ?"},
	} {
		var history []rag.Exchange
		for _, q := range c[:len(c)-2] {
			history = append(history, rag.Exchange{Question: q, Answer: "…"})
		}
		message, want := c[len(c)-2], c[len(c)-1]
		got, ok := newConversation(history, "", nil).standalone(Read(message, "").Questions[0].Text, LanguageOf(history))
		if want == "" && ok || want != "" && (!ok || got != want) {
			t.Errorf("%q after %q: %q %v, want %q", message, history[len(history)-1].Question, got, ok, want)
		}
	}
}
