package lang_test

import (
	"strings"
	"testing"

	"docent/rag/lang"
)

const benchFrench = `Le comité de direction s’est réuni à Nantes le 7 février 2024 pour examiner les comptes de l’exercice. ` +
	`Les dépenses d’équipement ont atteint 5,5 milliards d’euros, soit 12 % de plus que l’année précédente ; M. Durand, directeur financier, ` +
	`a rappelé que « les salariés à temps partiel bénéficient des mêmes congés payés que les autres. » L’art. L. 3121-1 fixe la durée du travail. ` +
	`Qu’est-ce qui change en juillet ? Les demandes de remboursement seront traitées en moins de dix jours.` + "\n\n"

const benchEnglish = `The steering committee met in Bristol on 7 February 2024 to review the accounts of the past year. ` +
	`Spending on equipment reached $5.5 billion, which is 12% more than the year before; Dr. Smith, the finance director, ` +
	`said that “part-time employees are entitled to the same paid holidays as everyone else.” Managers shouldn't sign invoices above £1,000. ` +
	`What changes in July? Requests for reimbursement will be processed in fewer than ten days.` + "\n\n"

func BenchmarkWords(b *testing.B) {
	for _, c := range []struct{ name, language, text string }{
		{"fr", "fr", benchFrench}, {"en", "en", benchEnglish}, {"unknown", "", benchFrench},
		{"fr/long", "fr", strings.Repeat(benchFrench, 50)}, {"en/long", "en", strings.Repeat(benchEnglish, 50)},
	} {
		b.Run(c.name, func(b *testing.B) {
			b.SetBytes(int64(len(c.text)))
			b.ReportAllocs()
			for b.Loop() {
				lang.Words(c.language, c.text)
			}
		})
	}
}

func BenchmarkSentences(b *testing.B) {
	for _, c := range []struct{ name, text string }{
		{"fr", strings.Repeat(benchFrench, 200)},
		{"en", strings.Repeat(benchEnglish, 200)},
		{"no-ends", strings.Repeat("a line without any end ", 10_000)},
		{"open-quotes", strings.Repeat("“", 50_000)},
		{"points", strings.Repeat(".", 200_000)},
	} {
		b.Run(c.name, func(b *testing.B) {
			b.SetBytes(int64(len(c.text)))
			for b.Loop() {
				lang.Sentences(c.text)
			}
		})
	}
}

func BenchmarkNumbers(b *testing.B) {
	b.SetBytes(int64(len(benchFrench)))
	for b.Loop() {
		lang.Numbers("fr", benchFrench)
	}
}

func BenchmarkDates(b *testing.B) {
	b.SetBytes(int64(len(benchFrench)))
	for b.Loop() {
		lang.Dates("fr", benchFrench)
	}
}

func BenchmarkDetect(b *testing.B) {
	b.SetBytes(int64(len(benchFrench)))
	for b.Loop() {
		lang.Detect(benchFrench)
	}
}

func BenchmarkFold(b *testing.B) {
	b.SetBytes(int64(len(benchFrench)))
	for b.Loop() {
		lang.Fold(benchFrench)
	}
}
