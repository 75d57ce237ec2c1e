package prompts_test

import (
	"testing"

	"docent/prompts"
)

func TestNotices(t *testing.T) {
	for _, tc := range []struct{ name, got, want string }{
		{"one document in French", prompts.NotFound("fr", prompts.Search{Documents: 1}),
			"Je n’ai pas trouvé la réponse dans le document consulté."},
		{"several in French, with the nearest", prompts.NotFound("fr", prompts.Search{Documents: 12, Nearest: "Congés"}),
			"Je n’ai pas trouvé la réponse dans les 12 documents consultés. Le plus proche : Congés."},
		{"one document in English", prompts.NotFound("en", prompts.Search{Documents: 1, Nearest: "Leave"}),
			"I did not find the answer in the one document searched. The nearest is: Leave."},
		{"an empty library", prompts.NotFound("en", prompts.Search{}),
			"No document to search: the library is empty for you."},
		{"another language falls back to English", prompts.NotFound("de", prompts.Search{Documents: 3}),
			"I did not find the answer in the 3 documents searched."},
		{"partial in French", prompts.Partial("fr", prompts.Missing{Parts: []string{"quand", "où"}}),
			"Les documents ne répondent pas à : « quand » ; « où »."},
		{"partial in English", prompts.Partial("en", prompts.Missing{Parts: []string{"when"}}),
			"The documents do not answer: “when”."},
		{"partial, nobody knows in what", prompts.Partial("fr", prompts.Missing{}),
			"Les documents ne répondent qu’à une partie de la question."},
		{"without a model", prompts.WithoutModel("fr", false), "Rédigé sans le modèle de langue, avec les mots des documents."},
		{"without a model in English", prompts.WithoutModel("en", false), "Written without the language model, in the documents’ own words."},
		{"beyond the day's budget", prompts.WithoutModel("fr", true),
			"Rédigé sans le modèle de langue, avec les mots des documents : son budget du jour est épuisé."},
		{"beyond the day's budget in English", prompts.WithoutModel("en", true),
			"Written without the language model, in the documents’ own words: its budget for today is spent."},
		{"one statement left out", prompts.Unsupported("en", 1),
			"One statement of the language model is left out: no quote from the documents confirms it."},
		{"several left out", prompts.Unsupported("en", 2),
			"2 statements of the language model are left out: no quote from the documents confirms them."},
		{"one left out in French", prompts.Unsupported("fr", 1),
			"Une affirmation du modèle de langue est écartée : aucune citation des documents ne la confirme."},
		{"a title is text, not a template", prompts.NotFound("en", prompts.Search{Documents: 2, Nearest: "{{.Documents}} <b>"}),
			"I did not find the answer in the 2 documents searched. The nearest is: {{.Documents}} <b>."},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if tc.got != tc.want {
				t.Errorf("got  %q\nwant %q", tc.got, tc.want)
			}
		})
	}
}
