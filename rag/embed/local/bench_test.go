package local_test

import (
	"fmt"
	"strings"
	"testing"

	"docent/rag/embed/local"
)

// BenchmarkEmbed takes texts of 128 tokens through a graph of the size of
// all-MiniLM-L6-v2, with weights made up.
func BenchmarkEmbed(b *testing.B) {
	for name, shape := range map[string]encoder{"tiny": small, "minilm": miniLM} {
		f := shape.files().with(files{"config.json": fmt.Sprintf(`{"max_position_embeddings": %d}`, shape.positions)})
		m := opened(b, f, local.Options{})
		for kind, text := range map[string]string{"query": "quorum council laptops encrypted", "passage": strings.Repeat("quorum ", min(126, shape.positions-2))} {
			b.Run(name+"/"+kind, func(b *testing.B) {
				for b.Loop() {
					if _, err := m.CreateEmbedding(b.Context(), []string{text}); err != nil {
						b.Fatal(err)
					}
				}
				b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "texts/s")
			})
		}
	}
}

// BenchmarkOpen opens the same.
func BenchmarkOpen(b *testing.B) {
	dir := miniLM.files().write(b)
	for b.Loop() {
		m, err := local.Open(b.Context(), dir, local.Options{})
		if err != nil {
			b.Fatal(err)
		}
		if err := m.Close(); err != nil {
			b.Fatal(err)
		}
	}
}
