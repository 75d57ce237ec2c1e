package ingest_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"
	"strings"
	"testing"
)

// benchmarkFiles is the number of files that the benchmarks ingest: 1,000, or
// what DOCENT_BENCH_FILES says.
func benchmarkFiles() int {
	n, err := strconv.Atoi(os.Getenv("DOCENT_BENCH_FILES"))
	if err != nil || n < 1 {
		return 1000
	}
	return n
}

// vocabulary makes words that look like words, the first ones the most
// frequent.
func vocabulary(r *rand.Rand, n int) []string {
	syllables := strings.Fields("ba co di fa gu la me no pi ra se ti vo ten mar lon dis pre ment tion eur age ité ière")
	words := strings.Fields("le la de et les des en un une que est pour dans")
	for len(words) < n {
		var w strings.Builder
		for range 1 + r.IntN(4) {
			w.WriteString(syllables[r.IntN(len(syllables))])
		}
		words = append(words, w.String())
	}
	return words
}

// fill writes n small documents of about 100 words in folders of 100.
func (f *fixture) fill(n int) {
	r := rand.New(rand.NewPCG(1, 2))
	words := vocabulary(r, 20_000)
	for i := range n {
		f.write(fmt.Sprintf("%03d/%05d.md", i/100, i), small(r, words, i))
	}
}

func small(r *rand.Rand, words []string, i int) string {
	var text strings.Builder
	fmt.Fprintf(&text, "# Document %d\n\n", i)
	for range 8 {
		fmt.Fprintf(&text, "Article %d", r.IntN(1000))
		for range 6 + r.IntN(5) {
			u := r.Float64()
			text.WriteString(" " + words[int(u*u*u*float64(len(words)))])
			if r.IntN(2) == 0 {
				text.WriteString(" " + words[r.IntN(13)])
			}
		}
		text.WriteString(".\n")
	}
	return text.String()
}

// BenchmarkFirst ingests files into an empty library.
func BenchmarkFirst(b *testing.B) {
	n := benchmarkFiles()
	for b.Loop() {
		b.StopTimer()
		f := newFixture(b)
		f.fill(n)
		b.StartTimer()
		if got := f.counts(f.run()); got != fmt.Sprintf("+%d", n) {
			b.Fatal(got)
		}
	}
	b.ReportMetric(float64(n*b.N)/b.Elapsed().Seconds(), "docs/s")
}

// BenchmarkUnchanged ingests files that are all in the library.
func BenchmarkUnchanged(b *testing.B) {
	n := benchmarkFiles()
	f := newFixture(b)
	f.fill(n)
	f.run()
	for b.Loop() {
		if got := f.counts(f.run()); got != fmt.Sprintf("=%d", n) {
			b.Fatal(got)
		}
	}
	b.ReportMetric(float64(n*b.N)/b.Elapsed().Seconds(), "docs/s")
}

// BenchmarkOneChanged ingests files of which one has changed.
func BenchmarkOneChanged(b *testing.B) {
	n := benchmarkFiles()
	f := newFixture(b)
	f.fill(n)
	f.run()
	want := fmt.Sprintf("~1 =%d", n-1)
	i := 0
	for b.Loop() {
		i++
		f.write("000/00000.md", fmt.Sprintf("# Document\n\nVersion %d.", i))
		if got := f.counts(f.run()); got != want {
			b.Fatal(got)
		}
	}
	b.ReportMetric(float64(n*b.N)/b.Elapsed().Seconds(), "docs/s")
}
