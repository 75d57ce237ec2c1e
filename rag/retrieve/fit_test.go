package retrieve

import (
	"compress/gzip"
	"encoding/json"
	"flag"
	"fmt"
	"hash/fnv"
	"io"
	"maps"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"docent/ingest"
	"docent/rag"
	"docent/rag/embed"
	"docent/rag/library"
)

var (
	fit   = flag.Bool("fit", false, "fit the weights of features.go anew and print them")
	every = flag.Int("every", 1, "fit to every nth question")
)

// The question sets that the weights are fitted to: those of train/questions by
// the place of the answer, and the dev sets by its document.
var (
	fittedTo = []string{"company", "contracts", "customers", "industry", "it-support", "press", "town", "fr-work", "fr-mixed", "en-handbooks", "structured"}
	// devWeight is what a question of each of the latter counts.
	devWeight = map[string]float64{
		"fr-wiki": 2, "en-squad2": 2, "en-scifact": 2, "x-en-fr": 2, "x-fr-en": 2, "xquad-en-de-es": 2, "tatoeba-de-en": 0.5, "tatoeba-es-en": 0.5,
	}
	fittedDev = slices.Sorted(maps.Keys(devWeight))
)

// example is a question with the passages that were read for it.
type example struct {
	set, document string
	weight        float64
	gold          func(rag.Hit) bool
	question      string
	read          []features
	answers       []bool
}

// TestFitWeights is how the weights are found:
//
//	go test ./rag/retrieve -run FitWeights -fit -v -timeout 0
//
// The model is log-linear over the passages read for a question (listwise
// softmax, Cao et al., "Learning to Rank", 2007).
func TestFitWeights(t *testing.T) {
	if !*fit {
		t.Skip("needs -fit")
	}
	var examples []*example
	for _, set := range fittedTo {
		examples = append(examples, questionsOf(t, set)...)
	}
	var paths []string
	for _, set := range fittedTo {
		paths = append(paths, filepath.Join("../../../shared/train/questions", set, "docs.jsonl"))
	}
	observe(t, examples, paths...)
	for _, set := range fittedDev {
		dev, path := devQuestions(t, set)
		observe(t, dev, path)
		examples = append(examples, dev...)
	}
	for fold := range 5 {
		w := fitted(examples, func(e *example) bool { return foldOf(e) != fold })
		for _, e := range examples {
			if foldOf(e) == fold {
				judge(e, w)
			}
		}
	}
	reportJudged(t)
	w := fitted(examples, func(*example) bool { return true })
	for i, x := range w {
		t.Logf("%d: %.2f", i, x)
	}
}

func foldOf(e *example) int {
	h := fnv.New32()
	_, _ = fmt.Fprint(h, e.set, e.document)
	return int(h.Sum32() % 5)
}

func linesOf(t *testing.T, path string) []string {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Skipf("%s is not here", path)
	}
	defer file.Close()
	var from io.Reader = file
	if strings.HasSuffix(path, ".gz") {
		if from, err = gzip.NewReader(file); err != nil {
			t.Fatal(err)
		}
	}
	data, err := io.ReadAll(from)
	if err != nil {
		t.Fatal(err)
	}
	return strings.Split(strings.TrimSpace(string(data)), "\n")
}

func decode[T any](t *testing.T, line string) (x T) {
	t.Helper()
	if err := json.Unmarshal([]byte(line), &x); err != nil {
		t.Fatal(err)
	}
	return x
}

// questionsOf are the answerable questions of a set, but for those on documents
// that nothing is trained on.
func questionsOf(t *testing.T, set string) []*example {
	t.Helper()
	dir := filepath.Join("../../../shared/train/questions", set)
	held := make(map[string]bool)
	for _, line := range linesOf(t, "../eval/testdata/heldout.tsv") {
		if of, document, ok := strings.Cut(line, "\t"); ok && of == set {
			held[document] = true
		}
	}
	texts := make(map[string][]rune)
	for _, line := range linesOf(t, filepath.Join(dir, "docs.jsonl")) {
		d := decode[struct{ ID, Text string }](t, line)
		texts[d.ID] = []rune(d.Text)
	}
	var examples []*example
	for n, line := range linesOf(t, filepath.Join(dir, "questions.jsonl")) {
		q := decode[struct {
			Doc, Question string
			Answerable    bool
			Units         [][2]int
		}](t, line)
		if !q.Answerable || held[q.Doc] || n%*every != 0 {
			continue
		}
		var quotes []string
		for _, u := range q.Units {
			quotes = append(quotes, string(texts[q.Doc][u[0]:u[1]]))
		}
		examples = append(examples, &example{set: set, document: q.Doc, weight: 1, question: q.Question, gold: func(h rag.Hit) bool {
			return string(h.Document.ID) == q.Doc && slices.ContainsFunc(quotes, func(s string) bool { return overlaps(h.Text, s) })
		}})
	}
	return examples
}

// overlaps reports whether a text has a quote, or a good part of it at an end.
func overlaps(text, quote string) bool {
	if strings.Contains(text, quote) {
		return true
	}
	half := len(quote) / 2
	for half > 0 && half < len(quote) && quote[half]&0xC0 == 0x80 {
		half++
	}
	return half > 20 && (strings.HasSuffix(text, quote[:half]) || strings.HasPrefix(text, quote[half:]) || strings.Contains(text, quote[:half]) || strings.Contains(text, quote[half:]))
}

func devQuestions(t *testing.T, set string) (examples []*example, corpus string) {
	t.Helper()
	dir := filepath.Join("../../../shared/eval", set)
	gold := make(map[string]map[string]bool)
	for _, line := range linesOf(t, filepath.Join(dir, "qrels.tsv"))[1:] {
		f := strings.Split(line, "\t")
		if gold[f[0]] == nil {
			gold[f[0]] = make(map[string]bool)
		}
		gold[f[0]][f[1]] = f[2] != "0"
	}
	lines := linesOf(t, filepath.Join(dir, "queries.jsonl"))
	step := max(1, len(lines)/400)
	for n, line := range lines {
		q := decode[struct {
			ID   string `json:"_id"`
			Text string
		}](t, line)
		if of := gold[q.ID]; of != nil && n%step == 0 {
			examples = append(examples, &example{set: "dev " + set, document: q.ID, weight: devWeight[set], question: q.Text, gold: func(h rag.Hit) bool {
				return of[string(h.Document.ID)]
			}})
		}
	}
	corpus = filepath.Join(dir, "corpus.jsonl")
	if _, err := os.Stat(corpus); err != nil {
		corpus += ".gz"
	}
	return examples, corpus
}

// observe asks the questions of a library of the documents.
func observe(t *testing.T, examples []*example, paths ...string) {
	t.Helper()
	e := embed.NewBuiltin()
	lib, err := library.Open(t.Context(), filepath.Join(t.TempDir(), "library.db"),
		library.Options{Fingerprint: rag.FingerprintOf(e), Create: true, Temporary: true})
	if err != nil {
		t.Fatal(err)
	}
	defer lib.Close()
	in := ingest.Ingester{Store: lib, Indexer: Indexer{Embedder: e}}
	if report, err := in.Run(t.Context(), paths...); err != nil || len(report.Failed) > 0 {
		t.Fatal(err, report.Failed)
	}
	for _, x := range examples {
		r := Retriever{Library: lib, Embedder: e, observe: func(h rag.Hit, f features) {
			x.read, x.answers = append(x.read, f), append(x.answers, x.gold(h))
		}}
		if _, err := r.Search(t.Context(), rag.SearchRequest{Question: x.question, Audience: rag.Operator()}); err != nil {
			t.Fatal(err)
		}
	}
}

// fitted is found by Adam on the whole of the examples in use.
func fitted(examples []*example, use func(*example) bool) (w features) {
	const rate, ridge, rounds = 0.1, 1e-3, 150
	var first, second features
	for round := 1; round <= rounds; round++ {
		var slope features
		var total float64
		for _, e := range examples {
			if use(e) && slices.Contains(e.answers, true) {
				e.addSlope(&slope, w)
				total += e.weight
			}
		}
		for k := range w {
			g := slope[k]/total + ridge*w[k]
			first[k] = .9*first[k] + .1*g
			second[k] = .999*second[k] + .001*g*g
			w[k] -= rate * first[k] / (1 - math.Pow(.9, float64(round))) / (math.Sqrt(second[k]/(1-math.Pow(.999, float64(round)))) + 1e-9)
		}
	}
	return w
}

func sumOf(w, x features) (sum float64) {
	for k := range w {
		sum += w[k] * x[k]
	}
	return sum
}

// addSlope adds the slope of the cross entropy of the answers.
func (e *example) addSlope(slope *features, w features) {
	shares := make([]float64, len(e.read))
	var all, gold float64
	for i, x := range e.read {
		shares[i] = math.Exp(sumOf(w, x) - 10)
		all += shares[i]
		if e.answers[i] {
			gold += shares[i]
		}
	}
	for i, x := range e.read {
		share := shares[i] / all
		if e.answers[i] {
			share -= shares[i] / gold
		}
		for k := range x {
			slope[k] += e.weight * share * x[k]
		}
	}
}

// judged counts, by set, the questions and those answered within 1, 8 and 20, by
// the fitted weights and by those of features.go.
var judged = make(map[string]*[7]int)

func judge(e *example, w features) {
	if judged[e.set] == nil {
		judged[e.set] = new([7]int)
	}
	counts := judged[e.set]
	counts[0]++
	for n, by := range []features{w, weights} {
		rank := e.rank(by)
		for k, within := range []int{1, 8, 20} {
			if rank > 0 && rank <= within {
				counts[1+3*n+k]++
			}
		}
	}
}

// rank is that of the best answer, 0 without one.
func (e *example) rank(w features) int {
	best := math.Inf(-1)
	for i, x := range e.read {
		if e.answers[i] {
			best = max(best, sumOf(w, x))
		}
	}
	if math.IsInf(best, -1) {
		return 0
	}
	rank := 1
	for _, x := range e.read {
		if sumOf(w, x) > best {
			rank++
		}
	}
	return rank
}

func reportJudged(t *testing.T) {
	for _, set := range slices.Concat(fittedTo, fittedDev) {
		c := judged[set]
		if c == nil {
			c = judged["dev "+set]
		}
		if c == nil {
			continue
		}
		share := func(i int) float64 { return 100 * float64(c[i]) / float64(c[0]) }
		t.Logf("%-16s %4d within 1/8/20 out of fold %.1f %.1f %.1f, as shipped %.1f %.1f %.1f", set, c[0], share(1), share(2), share(3), share(4), share(5), share(6))
	}
}
