package converse_test

import (
	"fmt"

	"docent/rag/converse"
)

// A message is taken apart into what it wants and the bare questions.
func ExampleRead() {
	for _, message := range []string{
		"Bonjour Madame Roux, pourriez-vous me dire qui signe les bons de commande ? Merci d'avance, Paul",
		"Thanks a lot!",
		"Which documents do you have?",
	} {
		m := converse.Read(message, "en")
		fmt.Print(m.Intent, ", in ", m.Language)
		for _, q := range m.Questions {
			fmt.Print(": ", q.Text)
		}
		fmt.Println()
	}
	// Output:
	// answer, in fr: Qui signe les bons de commande ?
	// thanks, in en
	// documents, in en: Which documents do you have?
}
