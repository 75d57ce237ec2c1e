package embed

import (
	"strings"
	"testing"
)

const sentence = "Each employee acquires twenty-five days of paid leave a year, which the manager approves within five working days."

// passage has about 150 words, some unknown to the table.
var passage = strings.Repeat(sentence+" Le directeur du site de Krzyżanów signe les bons de commande jusqu'à 20 000 € par exercice ; au-delà, le comité décide. ", 4)

func BenchmarkQuery(b *testing.B) {
	v := make([]float32, builtin(b).dimension)
	b.ReportAllocs()
	for b.Loop() {
		NewBuiltin().EmbedInto(v, "Combien de jours de congés par an acquiert un salarié à Nantes ?")
	}
}

func BenchmarkSentence(b *testing.B) { benchmarkText(b, sentence) }

func BenchmarkPassage(b *testing.B) { benchmarkText(b, passage) }

func benchmarkText(b *testing.B, text string) {
	v := make([]float32, builtin(b).dimension)
	words := len(strings.Fields(text))
	b.ReportAllocs()
	for b.Loop() {
		NewBuiltin().EmbedInto(v, text)
	}
	b.ReportMetric(float64(words)*float64(b.N)/b.Elapsed().Seconds()/1e6, "Mwords/s")
}

func BenchmarkNearest(b *testing.B) {
	builtin(b).lengths()
	for b.Loop() {
		for range NewBuiltin().Nearest("avion", .5) {
		}
	}
}

// BenchmarkLikeness is one word of a passage beside eight of a question.
func BenchmarkLikeness(b *testing.B) {
	words := []string{"combien", "jours", "conges", "salarie", "acquiert", "site", "nantes", "annee"}
	compare, dst := NewBuiltin().Likeness(words), make([]float32, len(words))
	b.ReportAllocs()
	for b.Loop() {
		compare(dst, "employee")
	}
}

func BenchmarkOpen(b *testing.B) {
	for b.Loop() {
		if _, err := OpenTable(builtinData); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkKernel(b *testing.B) {
	v, row := make([]float32, 256), strings.Repeat("ab", 64)
	b.Run("machine", func(b *testing.B) {
		for b.Loop() {
			addRow(v, row, .5)
		}
	})
	b.Run("plain", func(b *testing.B) {
		for b.Loop() {
			addRowGo(v, row, .5)
		}
	})
}
