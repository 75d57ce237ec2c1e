package ranker_test

import (
	"fmt"
	"hash/fnv"
	"math"
	"math/rand/v2"
	"testing"

	"docent/rag/extract/ranker"
)

var names = []string{"first", "second", "third"}

func shape() ranker.Shape {
	return ranker.Shape{
		Vector: 8, Projected: 4, QuestionBits: 3, WordBits: 2, Rows: 2, Measures: len(names),
		Kernels: []ranker.Kernel{{Centre: 1, Width: .02}, {Centre: .5, Width: .1}, {Width: .1}},
		Gate:    5, Hidden: 6, Wide: 7, Narrow: 4,
	}
}

// network has random weights, members of them.
func network(s ranker.Shape, members int) *ranker.Network {
	random := rand.New(rand.NewPCG(1, uint64(members)))
	floats := func(n int) []float32 {
		list := make([]float32, n)
		for i := range list {
			list[i] = float32(random.NormFloat64()) / 3
		}
		return list
	}
	n := &ranker.Network{Shape: s, Projection: floats(s.Vector * s.Projected)}
	for i := range s.Measures {
		name := fmt.Sprint("measure ", i)
		if i < len(names) {
			name = names[i]
		}
		n.Measures = append(n.Measures, ranker.Measure{Name: name, Mean: .1, Deviation: .5})
	}
	for range members {
		n.Members = append(n.Members, s.Weights(floats(s.Len())))
	}
	n.Calibration = ranker.Calibration{Bias: -1, Weights: []float64{1, .1, .1, .1, -.1, 0, 0}}
	n.Origin = ranker.Origin{Questions: "none", Embedder: "hashes"}
	return n
}

// vectors are of no meaning; no word without letters has one.
func vectors(dst []float32, word string) bool {
	if word == "" {
		return false
	}
	h := fnv.New64a()
	h.Write([]byte(word))
	random := rand.New(rand.NewPCG(h.Sum64(), 0))
	for i := range dst {
		dst[i] = float32(random.NormFloat64())
	}
	return true
}

func question(words ...string) (q ranker.Question) {
	for i, w := range words {
		q.Words = append(q.Words, ranker.QuestionWord{Text: w, Shape: uint32(i), IDF: float32(i % 3)})
	}
	return q
}

func candidate(s ranker.Shape, asked int, words ...string) ranker.Candidate {
	var c ranker.Candidate
	for i, w := range words {
		c.Words = append(c.Words, ranker.Word{Text: w, Shape: uint32(i), Best: float32(i%4) / 3})
	}
	for r := range s.Rows {
		row := make([]float32, asked)
		for i := range row {
			row[i] = float32((r+i)%5) / 4
		}
		c.Met = append(c.Met, row)
	}
	for i := range s.Measures {
		c.Measures = append(c.Measures, float32(i)/2-1)
	}
	return c
}

func reader(t testing.TB, n *ranker.Network) *ranker.Ranker {
	t.Helper()
	var all []string
	for _, m := range n.Measures {
		all = append(all, m.Name)
	}
	r, err := ranker.New(n, all, vectors)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestScore(t *testing.T) {
	s := shape()
	n := network(s, 1)
	asked := reader(t, n).Ask(question("which", "depot", "closes"))
	c := candidate(s, 3, "the", "bristol", "depot", "closes", "at", "six")
	first := asked.Score(&c)
	change := map[string]func(*ranker.Candidate){
		"a word":         func(c *ranker.Candidate) { c.Words[1].Text = "paris" },
		"the order":      func(c *ranker.Candidate) { c.Words[1], c.Words[4] = c.Words[4], c.Words[1] },
		"a shape":        func(c *ranker.Candidate) { c.Words[2].Shape ^= 1 },
		"how it is met":  func(c *ranker.Candidate) { c.Met[1][1] = .45 },
		"how words meet": func(c *ranker.Candidate) { c.Words[0].Best = .9 },
		"a measure":      func(c *ranker.Candidate) { c.Measures[2] = -1 },
	}
	for name, change := range change {
		t.Run(name, func(t *testing.T) {
			c := candidate(s, 3, "the", "bristol", "depot", "closes", "at", "six")
			change(&c)
			if got := asked.Score(&c); got == first {
				t.Errorf("%v all the same", got)
			}
		})
	}
	if again := asked.Score(&c); again != first {
		t.Errorf("after others it is %v, not %v", again, first)
	}
	if other := reader(t, n).Ask(question("who", "depot", "closes")).Score(&c); other == first {
		t.Error("another question, and the output is the same")
	}
	for _, empty := range []ranker.Candidate{candidate(s, 0), candidate(s, 3)} {
		asked := reader(t, n).Ask(question([]string{"a", "b", "c"}[:len(empty.Met[0])]...))
		if got := asked.Score(&empty); math.IsNaN(float64(got.Which)) {
			t.Error("nothing to read is no number")
		}
	}
}

// What several networks say is averaged.
func TestEnsemble(t *testing.T) {
	s := shape()
	three := network(s, 3)
	c := candidate(s, 2, "a", "b")
	var want ranker.Output
	for _, m := range three.Members {
		one := *three
		one.Members = []ranker.Weights{m}
		o := reader(t, &one).Ask(question("x", "y")).Score(&c)
		want.Which += o.Which / 3
		want.Answers += o.Answers / 3
	}
	got := reader(t, three).Ask(question("x", "y")).Score(&c)
	if math.Abs(float64(got.Which-want.Which)) > 1e-5 || math.Abs(float64(got.Answers-want.Answers)) > 1e-5 {
		t.Errorf("%v, not %v", got, want)
	}
}

func TestMeasuresGoByName(t *testing.T) {
	s := shape()
	n := network(s, 1)
	c := candidate(s, 1, "a")
	want := reader(t, n).Ask(question("x")).Score(&c)
	r, err := ranker.New(n, []string{"third", "new", "first", "second"}, vectors)
	if err != nil {
		t.Fatal(err)
	}
	m := c.Measures
	c.Measures = []float32{m[2], 7, m[0], m[1]}
	if got := r.Ask(question("x")).Score(&c); got != want {
		t.Errorf("%v, not %v", got, want)
	}
	if _, err := ranker.New(n, names[1:], vectors); err == nil {
		t.Error("no measure is missed")
	}
}

func TestScoreAllocatesNothing(t *testing.T) {
	s := shape()
	asked := reader(t, network(s, 3)).Ask(question("x", "y"))
	c := candidate(s, 2, "a", "b", "c")
	asked.Score(&c)
	if n := testing.AllocsPerRun(100, func() { asked.Score(&c) }); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

// BenchmarkQuestion is sixty candidates of thirty words by three networks of
// the size that docent carries.
func BenchmarkQuestion(b *testing.B) {
	s := ranker.Shape{
		Vector: 256, Projected: 24, QuestionBits: 10, WordBits: 8, Rows: 5, Measures: 41, Kernels: make([]ranker.Kernel, 10),
		Gate: 16, Hidden: 32, Wide: 64, Narrow: 32,
	}
	for i := range s.Kernels {
		s.Kernels[i] = ranker.Kernel{Centre: 1 - float32(i)/9, Width: .08}
	}
	r := reader(b, network(s, 3))
	var asked []string
	for i := range 10 {
		asked = append(asked, fmt.Sprint("word", i))
	}
	var all []ranker.Candidate
	for i := range 60 {
		var words []string
		for k := range 30 {
			words = append(words, fmt.Sprint("word", i*7+k))
		}
		all = append(all, candidate(s, len(asked), words...))
	}
	for b.Loop() {
		a := r.Ask(question(asked...))
		for i := range all {
			a.Score(&all[i])
		}
	}
}
