package formats_test

import (
	"strings"
	"testing"

	"docent/ingest/read/readtest"
)

// prose is some pages of text with the words and signs of two languages.
func prose(size int) string {
	return strings.Repeat("La réunion a été déplacée à quatorze heures trente, la salle du premier étage étant prise. Ceux qui étaient invités\n"+
		"ont été prévenus dès lundi ; le compte rendu sera envoyé à ceux qui n’ont pas pu venir, « sans délai ».\n\n"+
		"The meeting was moved to half past two, since the room of the first floor was taken. Everybody who had been\n"+
		"invited was told on Monday; the minutes will be sent to those who could not come.\n\n", size/400)
}

func BenchmarkText(b *testing.B) { readtest.Benchmark(b, all, "a.txt", []byte(prose(1<<20))) }

func BenchmarkMarkdown(b *testing.B) {
	page := "# Congés payés\n\nLe **cœur** de l’œuvre, « décidée à l’été », coûtera 25 € à [Nîmes](https://example.org/nimes).\n" +
		"Où va-t-on ? Ça, c’est à l’équipe de le dire.\n\n## Combien de jours\n\n- vingt-cinq jours ouvrés par an ;\n- deux jours de plus après dix ans.\n\n" +
		"The meeting was moved to half past two, since the room of the first floor was taken. Everybody who had been\ninvited was told on *Monday*; see `minutes.txt`.\n\n" +
		"| Ancienneté | Jours |\n|---|---|\n| 0 à 9 ans | 25 |\n| 10 ans et plus | 27 |\n\n"
	readtest.Benchmark(b, all, "a.md", []byte(strings.Repeat(page, 2000)))
}

func BenchmarkHTML(b *testing.B) {
	page := "<h2 class=\"title\">Congés payés</h2>\n<p>Le <b>cœur</b> de l’œuvre, « décidée à l’été », coûtera 25&nbsp;€ à <a href=\"https://example.org/nimes\">Nîmes</a>.</p>\n" +
		"<ul class=\"list\"><li>vingt-cinq jours ouvrés par an ;</li>\n<li>deux jours de plus après dix ans.</li></ul>\n" +
		"<div class=\"wrapper\"><div><p>The meeting was moved to half past two, since the room of the first floor was taken. Everybody who had been invited was told on <i>Monday</i>.</p></div></div>\n" +
		"<table><tr><th>Ancienneté</th><th>Jours</th></tr><tr><td>0 à 9 ans</td><td>25</td></tr></table>\n"
	readtest.Benchmark(b, all, "a.html", []byte("<!DOCTYPE html><html lang=fr><title>Congés</title><body><main>"+strings.Repeat(page, 1500)+"</main></body></html>"))
}

func BenchmarkCSV(b *testing.B) {
	row := "2024-03-01;Loyer de mars, bâtiment A;-800,00;\"Agence \"\"du Midi\"\"\";Nîmes\n"
	readtest.Benchmark(b, all, "a.csv", []byte("Date;Libellé;Montant;Tiers;Ville\n"+strings.Repeat(row, 10_000)))
}

func BenchmarkJSON(b *testing.B) {
	row := `{"nom": "Zoé Martin", "adresse": {"ville": "Nîmes", "cp": 30000}, "rôles": ["admin", "achats"]},`
	readtest.Benchmark(b, all, "a.json", []byte("["+strings.Repeat(row, 10_000)+"{}]"))
}

func BenchmarkRST(b *testing.B) {
	page := "Congés payés\n============\n\nLe cœur de l’œuvre, décidée à l’été,\ncoûtera 25 € à Nîmes.\n\n- un\n- deux\n\n.. note:: Ne pas oublier.\n\n"
	readtest.Benchmark(b, all, "a.rst", []byte(strings.Repeat(page, 5000)))
}
