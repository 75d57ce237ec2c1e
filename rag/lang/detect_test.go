package lang_test

import (
	"bufio"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"testing"

	"docent/rag/lang"
)

func TestDetectQuestion(t *testing.T) {
	for text, want := range map[string]string{
		"Quel est le délai de préavis ?":         "fr",
		"Quel est le delai de preavis":           "fr",
		"congés payés":                           "fr",
		"conges payes":                           "fr",
		"Qui signe les factures ?":               "fr",
		"qui valide":                             "fr",
		"Combien de jours de télétravail ?":      "fr",
		"Où se trouve le siège ?":                "fr",
		"ou se trouve le siege":                  "fr",
		"Comment poser un congé sans solde":      "fr",
		"Pourquoi l'accès est-il fermé ?":        "fr",
		"Qu’est-ce que le CSE ?":                 "fr",
		"Que signifie RTT ?":                     "fr",
		"C'est quoi la mutuelle ?":               "fr",
		"notes de frais":                         "fr",
		"remboursement":                          "fr",
		"Who signs invoices?":                    "en",
		"How many days off do I get":             "en",
		"What's the notice period?":              "en",
		"Where is the office in Nantes?":         "en",
		"Who is Hélène Désiré?":                  "en",
		"sick leave":                             "en",
		"expense policy":                         "en",
		"Why can't I log in":                     "en",
		"When does the warranty end?":            "en",
		"Can I work from abroad?":                "en",
		"Wie viele Urlaubstage habe ich?":        "de",
		"Wer unterschreibt die Rechnungen?":      "de",
		"¿Cuántos días de vacaciones tengo?":     "es",
		"Quién firma las facturas":               "es",
		"Quanti giorni di ferie ho?":             "it",
		"Chi firma le fatture?":                  "it",
		"Quantos dias de férias eu tenho?":       "",
		"Hoeveel vakantiedagen heb ik eigenlijk": "",
		"RTT":                                    "",
		"2024":                                   "",
		"":                                       "",
		"???":                                    "",
		"Сколько дней отпуска?":                  "",
	} {
		t.Run(text, func(t *testing.T) {
			if got := lang.DetectQuestion(text); got != want {
				t.Errorf("got %q, want %q", got, want)
			}
		})
	}
}

func TestDetect(t *testing.T) {
	for name, c := range map[string]struct{ text, want string }{
		"french":                 {"Chaque salarié acquiert deux jours et demi de congé par mois. Il les pose avant la fin de mai, après accord du responsable.", "fr"},
		"french without accents": {"Chaque salarie acquiert deux jours et demi de conge par mois. Il les pose avant la fin de mai, apres accord du responsable.", "fr"},
		"english":                {"Every employee earns two and a half days of leave a month, to be taken before the end of May with the manager's approval.", "en"},
		"english with a quote":   {"The director said « tout va bien » and left the room before anyone could ask what she had meant by that.", "en"},
		"german":                 {"Jeder Mitarbeiter erhält zweieinhalb Tage Urlaub im Monat, die er bis Ende Mai nehmen muss.", "de"},
		"spanish":                {"Cada empleado tiene dos días y medio de vacaciones al mes, que debe tomar antes de finales de mayo.", "es"},
		"italian":                {"Ogni dipendente ha due giorni e mezzo di ferie al mese, che deve prendere prima della fine di maggio.", "it"},
		"portuguese":             {"Cada empregado tem dois dias e meio de férias por mês, que não pode tomar depois do fim de maio sem a autorização do seu chefe.", ""},
		"dutch":                  {"Elke werknemer heeft recht op twee en een halve dag verlof per maand, die voor het einde van mei moet worden opgenomen.", ""},
		"french heading":         {"Durée et report des congés", "fr"},
		"russian":                {"Каждый работник имеет право на два с половиной дня отпуска в месяц.", ""},
		"figures":                {"12 345 678,90 | 12 % | 2024", ""},
		"empty":                  {"", ""},
		"invalid":                {"\xff\xfe\x80", ""},
	} {
		t.Run(name, func(t *testing.T) {
			if got := lang.Detect(c.text); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

// On real texts the language is nearly always right. The sets are optional.
func TestDetectOnSets(t *testing.T) {
	for _, c := range []struct {
		file, language string
		detect         func(string) string
	}{
		{"fr-wiki/corpus.jsonl", "fr", lang.Detect},
		{"en-squad2/corpus.jsonl", "en", lang.Detect},
		{"fr-wiki/queries.jsonl", "fr", lang.DetectQuestion},
		{"en-squad2/queries.jsonl", "en", lang.DetectQuestion},
	} {
		t.Run(c.file, func(t *testing.T) {
			texts := textsOf(t, "../../../shared/eval/"+c.file)
			wrong, folded := 0, 0
			for _, text := range texts {
				if c.detect(text) != c.language {
					wrong++
				}
				if c.detect(lang.Fold(text)) != c.language {
					folded++
				}
			}
			t.Logf("%d of %d wrong, %d without capitals and accents", wrong, len(texts), folded)
			if allowed := len(texts) / 200; wrong > allowed || folded > allowed {
				t.Errorf("more than %d of %d are wrong", allowed, len(texts))
			}
		})
	}
}

func textsOf(t *testing.T, path string) []string {
	t.Helper()
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		t.Skip("the evaluation sets are not beside the repository")
	}
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	var texts []string
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<22)
	for lines.Scan() {
		var record struct{ Text string }
		if err := json.Unmarshal(lines.Bytes(), &record); err != nil {
			t.Fatal(err)
		}
		texts = append(texts, record.Text)
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	return texts
}
