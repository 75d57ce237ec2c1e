package answer_test

import (
	"strings"
	"testing"

	"docent/rag"
)

// contractCase is a question over some documents, with what its answer has and has
// not.
type contractCase struct {
	question string
	status   rag.Status
	has, not []string
}

// holdContract asks each question and looks at what is shown; every quote and every
// context is the document's own bytes.
func holdContract(t *testing.T, documents map[string]string, cases []contractCase) {
	t.Helper()
	a, lib := answersWithLibrary(t, documents)
	for _, tc := range cases {
		t.Run(tc.question, func(t *testing.T) {
			got := ask(t, a, tc.question)
			checkQuotes(t, lib, got)
			if got.Status != tc.status {
				t.Errorf("%s, with %.2f: %s", got.Status, got.Confidence, got.Text())
			}
			text := strings.Join(strings.Fields(got.Text()), " ")
			for _, s := range tc.has {
				if !strings.Contains(text, s) {
					t.Errorf("without %q: %s", s, text)
				}
			}
			for _, s := range tc.not {
				if strings.Contains(text, s) {
					t.Errorf("with %q: %s", s, text)
				}
			}
		})
	}
}

// A cell is looked up by its row and column, and is shown under its column's name.
func TestTables(t *testing.T) {
	holdContract(t, map[string]string{
		"boats.md": "# Hire of boats\n\nPrices for one outing, in pounds:\n\n| Boat | Half day | Full day | Skipper |\n|---|---|---|---|\n" +
			"| Dinghy | 35 | 60 | none |\n| Ketch | 120 | 210 | 90 |\n| Launch | 80 | 145 | 70 |\n\n" +
			"The cleaning fee depends on the size of the crew:\n\n| Crew | Fee |\n|---|---|\n| up to 3 | £10 |\n| 4 to 8 | £25 |\n| more than 8 | £60 |\n",
		"pay.md": "# Scale of pay\n\n| Trade | At first | After 3 years |\n|---|---|---|\n| Welder | 2 300 € | 2 700 € |\n| Engineer | 3 100 € | 3 900 € |\n",
		"serre.csv": "Plante;Bac;Arrosage;Responsable\nBasilic;Bac 4;tous les jours;Odile Perrin\nMenthe;Bac 7;deux fois par semaine;Karim Naceri\n" +
			"Thym;Bac 9;une fois par semaine;Odile Perrin\n",
	}, []contractCase{
		{"What does the ketch cost for a full day?", rag.Answered, []string{"Full day: 210"}, []string{"120", "145", "60"}},
		{"What does a welder earn after 3 years?", rag.Answered, []string{"After 3 years: 2 700 €"}, []string{"3 900", "2 300"}},
		{"How much is a half day in the launch?", rag.Answered, []string{"Half day: 80"}, []string{"145", "35"}},
		{"What is the cleaning fee for a crew of 6?", rag.Answered, []string{"£25"}, []string{"£10", "£60"}},
		{"What is the cleaning fee for a crew of 14?", rag.Answered, []string{"£60"}, []string{"£25", "£10"}},
		{"Which boat is the cheapest for a full day?", rag.Answered, []string{"Dinghy", "60", "of the 3 rows"}, []string{"210"}},
		{"What is the difference between the ketch and the launch for a full day?", rag.Answered, []string{"65, computed", "Full day: 210", "Full day: 145"}, []string{"60"}},
		{"Qui est responsable du thym ?", rag.Answered, []string{"Responsable: Odile Perrin"}, []string{"Naceri"}},
		{"De quelles plantes Odile Perrin est-elle responsable ?", rag.Answered, []string{"Basilic", "Thym"}, []string{"Menthe"}},
	})
}

// A number that names a part is that part's, and no equal quantity.
func TestIdentifiers(t *testing.T) {
	holdContract(t, map[string]string{
		"bail.md": "# Bail du local\n\n## Clause 6 – Loyer\n\nLe loyer est payé d'avance chaque mois.\n\n## Clause 8 – Travaux\n\nLes gros travaux incombent au bailleur sous 6 mois.\n\n" +
			"## Clause 9 – Clés\n\nTrois clés sont remises au locataire.\n",
		"desks.md": "# Desks\n\n| Name | Desk | Locker |\n|---|---|---|\n| Ines Roth | 4 | 31 |\n| Abel Tran | 31 | 7 |\n",
		"hall.txt": "Room 4 seats thirty people. Room 5 seats twelve people and has a piano. Form K-7 is for visitors; form K-9 is for suppliers.\n",
	}, []contractCase{
		{"Que dit la clause 6 ?", rag.Answered, []string{"loyer"}, []string{"gros travaux"}},
		{"Clause 8", rag.Answered, []string{"gros travaux"}, []string{"loyer est"}},
		{"Que dit la clause 7 ?", rag.NotFound, []string{"clause 7"}, nil},
		{"How many people does room 5 seat?", rag.Answered, []string{"twelve"}, []string{"thirty"}},
		{"How many people does room 6 seat?", rag.NotFound, []string{"room 6"}, nil},
		{"What is form K-9 for?", rag.Answered, []string{"suppliers"}, nil},
		{"Whose desk is locker 31?", rag.Answered, []string{"Name: Ines Roth"}, []string{"Abel"}},
		{"Whose desk is locker 33?", rag.NotFound, []string{"locker 33"}, nil},
		{"What is form K-8 for?", rag.NotFound, []string{"K-8"}, nil},
	})
}

// What is about another place, person or year does not answer; what differs is said.
func TestQualifiers(t *testing.T) {
	holdContract(t, map[string]string{
		"leeds.md":  "# Leeds depot\n\nDrivers at the depot get 24 days of leave. The depot is run by Ms Okafor.\n",
		"hull.md":   "# Hull depot\n\nDrivers at the depot get 26 days of leave. Night shifts are not worked.\n",
		"forge.txt": "In 1861 the forge was run by Amos Pike, who made anchors.\n",
		"fete.md":   "---\ndate: 2023-05-02\n---\n# Fête du port\n\nLa fête du port a lieu le 8 juillet sur le quai nord.\n",
	}, []contractCase{
		{"How many days of leave do drivers get in Leeds?", rag.Answered, []string{"24"}, []string{"26"}},
		{"How many days of leave do drivers get in Cardiff?", rag.NotFound, []string{"“Cardiff”"}, []string{"24", "26"}},
		{"Are night shifts worked in Leeds?", rag.NotFound, []string{"“Leeds”"}, []string{"not worked"}},
		{"Who ran the forge in the 1860s?", rag.Answered, []string{"Amos Pike"}, nil},
		{"Who ran the forge in 1861?", rag.Answered, []string{"Amos Pike"}, nil},
		{"Quand a lieu la fête du port en 2023 ?", rag.Answered, []string{"8 juillet"}, nil},
		{"Quand a lieu la fête du port en 2024 ?", rag.NotFound, []string{"« 2024 »"}, []string{"8 juillet"}},
	})
}

// Lists, steps and answers to questions of the document come whole.
func TestWholeLists(t *testing.T) {
	holdContract(t, map[string]string{
		"bread.md": "# The bakery\n\n## How to start the oven\n\n1. Open the damper.\n2. Light the pilot flame.\n3. Wait until the lamp is green.\n\n" +
			"## Allergens\n\nOur loaves may contain:\n\n- wheat\n- sesame\n- walnuts\n\nThe shop opens at seven.\n",
		"scouts.md": "# Camp\n\n**Que faut-il apporter au camp ?**\nUn sac de couchage et une lampe. Les téléphones restent à la maison. Prévoyez aussi une gourde.\n\n" +
			"**Qui signe l'autorisation ?**\nUn des deux parents.\n",
	}, []contractCase{
		{"How do I start the oven?", rag.Answered, []string{"Open the damper. 2. Light the pilot flame. 3. Wait"}, nil},
		{"Which allergens may the loaves contain?", rag.Answered, []string{"may contain:", "wheat", "sesame", "walnuts"}, []string{"seven"}},
		{"Que faut-il apporter au camp ?", rag.Answered, []string{"sac de couchage", "téléphones", "gourde"}, []string{"?"}},
		{"Qui signe l'autorisation ?", rag.Answered, []string{"Un des deux parents."}, []string{"?"}},
	})
}

// A table with a column that is headed by the question itself answers it with all of
// its rows, in another language too.
func TestColumnsThatAsk(t *testing.T) {
	holdContract(t, map[string]string{
		"absences.md": "# Absences du personnel\n\nTout départ est noté au registre.\n\n| Durée | Qui valide | Délai |\n|---|---|---|\n| une journée | le chef d'équipe | la veille |\n| une semaine | la direction | un mois |\n",
	}, []contractCase{
		{"Qui valide une absence ?", rag.Answered, []string{"le chef d'équipe", "la direction"}, nil},
		{"Who validates absences?", rag.Answered, []string{"la direction"}, nil},
	})
}

// Counts are docent's own sentences, with the items that were counted.
func TestCounts(t *testing.T) {
	holdContract(t, map[string]string{
		"fleet.md": "# Fleet\n\n## Vans\n\n- Van A: Leeds, bought in March.\n- Van B: Hull, on lease.\n- Van C: Leeds, in repair.\n- Van D: York, for parcels.\n",
	}, []contractCase{
		{"How many vans are there?", rag.Answered, []string{"4, counted", "Van A", "Van D"}, nil},
	})
}

// Statements alike but for a number, a day or "not" stand apart, the newer first.
func TestDocumentsThatDiffer(t *testing.T) {
	holdContract(t, map[string]string{
		"gym.md":        "---\ndate: 2022-01-10\n---\n# Gym notice\n\nThe hire of the gymnasium for an evening costs 80 euros, key included.\n",
		"treasurer.md":  "---\ndate: 2024-03-01\n---\n# Note of the treasurer\n\nThe hire of the gymnasium for an evening costs 95 euros, key included.\n",
		"atelier-a.txt": "Les apprentis utilisent la scie circulaire sans surveillance le matin.\n",
		"atelier-b.txt": "Les apprentis n'utilisent pas la scie circulaire sans surveillance le matin.\n",
		"choir-a.txt":   "The choir rehearses every Tuesday evening in the chapel.\n",
		"choir-b.txt":   "The choir rehearses every Thursday evening in the chapel.\n",
	}, []contractCase{
		{"What does the hire of the gymnasium cost for an evening?", rag.Answered, []string{"95 euros, key included. [1] The hire of the gymnasium for an evening costs 80", "The documents differ", "2024-03-01", "2022-01-10"}, nil},
		{"Les apprentis utilisent-ils la scie circulaire sans surveillance ?", rag.Answered, []string{"apprentis utilisent", "n'utilisent pas", "diffèrent"}, nil},
		{"When does the choir rehearse?", rag.Answered, []string{"Tuesday", "Thursday", "differ"}, nil},
	})
}

// Of editions of one document the current one answers; the other is mentioned where
// it says something else, and answers where it is asked for.
func TestEditions(t *testing.T) {
	holdContract(t, map[string]string{
		"travel-v1.md":           "# Travel policy\n\nDinner abroad is reimbursed up to 30 euros.\n",
		"travel-v2.md":           "# Travel policy\n\nDinner abroad is reimbursed up to 38 euros.\n",
		"Consignes crue 2019.md": "# Consignes en cas de crue\n\nLes archives sont montées au premier étage par le gardien.\n",
		"Consignes crue 2023.md": "# Consignes en cas de crue\n\nLes archives sont montées au troisième étage par le gardien.\n",
		"notice.txt":             "The lift is serviced by Brandt every spring.\n",
		"notice.txt.bak":         "The lift is serviced by Brandt every spring.\n",
		"circular.md":            "---\ndate: 2025-02-01\n---\n# Circular on keys\n\nThis circular replaces the note on badges. Lost keys are reported to the porter within two hours.\n",
		"note.md":                "---\ndate: 2025-06-01\n---\n# Note on badges\n\nLost keys are reported to the porter within two days.\n",
		"plan-draft.md":          "---\nstatus: draft\n---\n# Parking plan\n\nThe north yard has room for forty cars.\n",
	}, []contractCase{
		{"Up to how much is dinner abroad reimbursed?", rag.Answered, []string{"38 euros", "superseded"}, []string{"30 euros"}},
		{"À quel étage les archives sont-elles montées ?", rag.Answered, []string{"troisième", "2019"}, []string{"premier"}},
		{"À quel étage les archives sont-elles montées en 2019 ?", rag.Answered, []string{"premier"}, []string{"troisième"}},
		{"Who services the lift?", rag.Answered, []string{"Brandt every spring. [1]"}, []string{"[2]"}},
		{"Within what time are lost keys reported to the porter?", rag.Answered, []string{"two hours", "superseded"}, []string{"two days"}},
		{"For how many cars does the north yard have room?", rag.Answered, []string{"forty", "draft"}, nil},
	})
}

// Each part of a question is answered or named; a sentence that answers two is said
// once and leaves none open.
func TestPartsOfAQuestion(t *testing.T) {
	holdContract(t, map[string]string{
		"rink.txt": "Skates are hired at the kiosk for 4 euros an hour. The rink is open from Wednesday to Sunday. A season card costs 85 euros.\n",
	}, []contractCase{
		{"Where are skates hired and how much does it cost?", rag.Answered, []string{"kiosk for 4 euros"}, []string{"do not answer", "[2]"}},
		{"How much is a season card and when is the rink open?", rag.Answered, []string{"85 euros", "Wednesday to Sunday"}, []string{"do not answer"}},
		{"How much is a season card and who painted the ceiling?", rag.Partial, []string{"85 euros", "who painted the ceiling"}, nil},
	})
}

// Nothing is said beside the answer, and no answer is only its question.
func TestNoFiller(t *testing.T) {
	holdContract(t, map[string]string{
		"mill.txt": "The mill is open from May to September. The miller lives in the village. A guided tour of the mill takes an hour.\n",
	}, []contractCase{
		{"How long does a guided tour of the mill take?", rag.Answered, []string{"an hour. [1]"}, []string{"[2]", "May", "village"}},
	})
}

// What is asked by number is of the kind of a number, and stands under the header that
// names it, also in a sheet.
func TestNumbersAreOfTheirKind(t *testing.T) {
	holdContract(t, map[string]string{
		"lodge.md":   "# Lodge\n\nThe warden of the lodge is Mrs Okafor. The lodge has 14 beds.\n",
		"phones.csv": "Name,Post,Extension\nIda Brandt,Warden,412\nJo Petit,Cook,418\nRui Alves,Driver,421\nAda Sand,Clerk,425\n",
	}, []contractCase{
		{"How old is Mrs Okafor?", rag.NotFound, nil, nil},
		{"How many beds has the lodge?", rag.Answered, []string{"14 beds"}, nil},
		{"Who is at extension 418?", rag.Answered, []string{"Jo Petit"}, []string{"Ida"}},
	})
}

// A refusal shows the sentences that come nearest, located like citations.
func TestNearest(t *testing.T) {
	a, lib := answersWithLibrary(t, map[string]string{
		"leeds.md": "# Leeds depot\n\nDrivers at the depot get 24 days of leave.\n",
		"hull.md":  "# Hull depot\n\nDrivers at the depot get 26 days of leave.\n",
		"menu.md":  "# Menu\n\n| Day | Dish |\n|---|---|\n| Monday | soup |\n",
	})
	got := ask(t, a, "How many days of leave do drivers at the Cardiff depot get?")
	if got.Status != rag.NotFound || len(got.Nearest) != 2 {
		t.Fatalf("%s with %d nearest: %s", got.Status, len(got.Nearest), got.Text())
	}
	for _, c := range got.Nearest {
		doc, err := lib.Document(t.Context(), c.Document, rag.Operator())
		if err != nil || doc.Text[c.Start:c.End] != c.Quote || !strings.Contains(c.Quote, "days of leave") {
			t.Errorf("%v: %+v", err, c)
		}
	}
	if off := ask(t, a, "Who won the chess championship?"); off.Status != rag.NotFound || len(off.Nearest) > 0 || strings.Count(off.Notice, ".") != 1 {
		t.Errorf("off topic: %d nearest, %s", len(off.Nearest), off.Text())
	}
}
