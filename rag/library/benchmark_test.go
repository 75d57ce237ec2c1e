package library_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/philippgille/chromem-go"
	"github.com/viterin/vek/vek32"

	"docent/rag"
	"docent/rag/library"
	"docent/rag/ragtest"
	"docent/rag/retrieve"
)

// dimension and perDocument are those of the corpora that the benchmarks
// search: the built-in embedder's, and a page or two a document.
const (
	dimension   = 256
	perDocument = 5
)

var benchmarked = library.Options{Fingerprint: rag.Fingerprint{Name: "ragtest", Version: "1", Dimension: dimension, Analysis: rag.AnalysisVersion}}

// BenchmarkLibrary fills a library with a synthetic corpus, opens it in a
// process of its own, and searches it. DOCENT_PASSAGES is its size; the
// figures that the project promises are for 100,000:
//
//	DOCENT_PASSAGES=100000 go test -run '^$' -bench Library -benchtime 300x ./rag/library
func BenchmarkLibrary(b *testing.B) {
	passages := 10_000
	if s := os.Getenv("DOCENT_PASSAGES"); s != "" {
		n, err := strconv.Atoi(s)
		if err != nil {
			b.Fatalf("DOCENT_PASSAGES: %v", err)
		}
		passages = n
	}
	f := fill(b, filepath.Join(b.TempDir(), "library.db"), passages)
	b.Run("Open", func(b *testing.B) { benchmarkOpen(b, f.path) })
	b.Run("Candidates", func(b *testing.B) { benchmarkCandidates(b, f.path, passages) })
	b.Run("Search", func(b *testing.B) { benchmarkSearch(b, f.path) })
	b.Run("Passages", func(b *testing.B) { benchmarkPassages(b, f.path) })
	b.Run("Put", func(b *testing.B) { benchmarkPut(b, f) })
}

// filling is how a library was filled.
type filling struct {
	documents int
	took      time.Duration
	corpus    *ragtest.Corpus
	path      string
}

func fill(b *testing.B, path string, passages int) filling {
	opts := benchmarked
	opts.Create = true
	l := open(b, path, opts)
	f := filling{documents: passages / perDocument, corpus: ragtest.NewCorpus(1, dimension), path: path}
	for n := range f.documents {
		doc, list := f.corpus.Document(n, perDocument)
		began := time.Now()
		if err := l.Put(b.Context(), doc, list); err != nil {
			b.Fatal(err)
		}
		f.took += time.Since(began)
	}
	return f
}

// benchmarkPut replaces documents of one passage, and reports the speed of the
// first filling, with documents of five, beside it.
func benchmarkPut(b *testing.B, f filling) {
	l := open(b, f.path, benchmarked)
	docs, lists := make([]rag.Document, 100), make([][]rag.Passage, 100)
	for i := range docs {
		docs[i], lists[i] = f.corpus.Document(i, 1)
	}
	n := 0
	for b.Loop() {
		if err := l.Put(b.Context(), docs[n%len(docs)], lists[n%len(docs)]); err != nil {
			b.Fatal(err)
		}
		n++
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "docs/s")
	b.ReportMetric(float64(f.documents)/f.took.Seconds(), "filling-docs/s")
}

// benchmarkOpen measures, in a fresh process each time, the time from Open to
// being ready to search, and the memory after 200 searches.
func benchmarkOpen(b *testing.B, path string) {
	var seconds, resident []float64
	for range min(b.N, 5) {
		var s, mb float64
		out := runChild(b, "open", path)
		if _, err := fmt.Sscan(out, &s, &mb); err != nil {
			b.Fatalf("%v in %q", err, out)
		}
		seconds, resident = append(seconds, s), append(resident, mb)
	}
	slices.Sort(seconds)
	b.ReportMetric(seconds[len(seconds)/2], "open-s")
	b.ReportMetric(slices.Max(resident), "RSS-MB")
	b.ReportMetric(0, "ns/op")
}

// childOpen is benchmarkOpen's other process.
func childOpen(ctx context.Context, path string) error {
	began := time.Now()
	l, err := library.Open(ctx, path, library.Options{Fingerprint: benchmarked.Fingerprint, ReadOnly: true})
	if err != nil {
		return err
	}
	if err := l.Load(ctx); err != nil {
		return err
	}
	took := time.Since(began)
	corpus := ragtest.NewCorpus(2, dimension)
	for range 200 {
		if _, err := l.Candidates(ctx, corpus.Query(8)); err != nil {
			return err
		}
	}
	mb, err := residentMB()
	if err != nil {
		return err
	}
	fmt.Println(took.Seconds(), mb)
	return l.Close()
}

// benchmarkCandidates searches with eight words and a vector, and compares
// with a bare chromem-go query (x-chromem: how many times longer it takes) and
// with computing every cosine of a flat matrix and nothing else (x-scan: how
// many times longer this search takes).
func benchmarkCandidates(b *testing.B, path string, passages int) {
	l := open(b, path, benchmarked)
	corpus := ragtest.NewCorpus(2, dimension)
	queries := make([]rag.Query, 100)
	for i := range queries {
		queries[i] = corpus.Query(8)
	}
	search := func(n int) {
		if _, err := l.Candidates(b.Context(), queries[n%len(queries)]); err != nil {
			b.Fatal(err)
		}
	}
	search(0)
	var times []float64
	for b.Loop() {
		began := time.Now()
		search(len(times))
		times = append(times, ms(time.Since(began)))
	}
	slices.Sort(times)
	p50 := times[len(times)/2]
	b.ReportMetric(p50, "p50-ms")
	b.ReportMetric(times[len(times)*99/100], "p99-ms")
	scan, bare := bareSearches(b, corpus, queries[:20], passages)
	b.ReportMetric(bare/p50, "x-chromem")
	b.ReportMetric(p50/scan, "x-scan")
}

// benchmarkSearch is all of a search in a warm process: the question's words
// and vector, both sides, their fusion, and the ten best passages read.
func benchmarkSearch(b *testing.B, path string) {
	l := open(b, path, benchmarked)
	corpus := ragtest.NewCorpus(2, dimension)
	r := retrieve.Retriever{Library: l, Embedder: ragtest.Embedder{Print: benchmarked.Fingerprint}}
	questions := make([]string, 100)
	for i := range questions {
		for _, t := range corpus.Query(8).Terms {
			questions[i] += t.Text + " "
		}
	}
	search := func(n int) {
		found, err := r.Search(b.Context(), rag.SearchRequest{Question: questions[n%len(questions)], Audience: rag.Operator(), Language: "en"})
		if err != nil || len(found.Hits) != 10 {
			b.Fatal(len(found.Hits), err)
		}
	}
	search(0)
	var times []float64
	for b.Loop() {
		began := time.Now()
		search(len(times))
		times = append(times, ms(time.Since(began)))
	}
	slices.Sort(times)
	b.ReportMetric(times[len(times)/2], "p50-ms")
	b.ReportMetric(times[len(times)*99/100], "p99-ms")
}

// bareSearches returns the median times, in milliseconds, of a scan of a
// matrix of as many vectors, and of chromem-go's own query over it.
func bareSearches(b *testing.B, corpus *ragtest.Corpus, queries []rag.Query, n int) (scan, bare float64) {
	matrix := make([]float32, 0, n*dimension)
	collection, err := chromem.NewDB().CreateCollection("bare", nil, nil)
	if err != nil {
		b.Fatal(err)
	}
	for i := range n {
		matrix = append(matrix, corpus.Vector()...)
		if err := collection.AddDocument(b.Context(), chromem.Document{ID: strconv.Itoa(i), Embedding: matrix[i*dimension : (i+1)*dimension]}); err != nil {
			b.Fatal(err)
		}
	}
	var scans, bares []float64
	cosines := make([]float32, n)
	for _, q := range queries {
		began := time.Now()
		for i := range cosines {
			cosines[i] = vek32.Dot(q.Vector, matrix[i*dimension:(i+1)*dimension])
		}
		scans = append(scans, ms(time.Since(began)))
		began = time.Now()
		if _, err := collection.QueryEmbedding(b.Context(), q.Vector, min(n, 100), nil, nil); err != nil {
			b.Fatal(err)
		}
		bares = append(bares, ms(time.Since(began)))
	}
	slices.Sort(scans)
	slices.Sort(bares)
	return scans[len(scans)/2], bares[len(bares)/2]
}

// benchmarkPassages loads the ten best passages, as a search does.
func benchmarkPassages(b *testing.B, path string) {
	l := open(b, path, benchmarked)
	found, err := l.Candidates(b.Context(), ragtest.NewCorpus(3, dimension).Query(8))
	if err != nil {
		b.Fatal(err)
	}
	var ids []rag.PassageID
	for _, c := range found.Lexical[:10] {
		ids = append(ids, c.Passage)
	}
	for b.Loop() {
		if _, err := l.Passages(b.Context(), rag.Operator(), ids...); err != nil {
			b.Fatal(err)
		}
	}
}

func ms(d time.Duration) float64 { return d.Seconds() * 1000 }
