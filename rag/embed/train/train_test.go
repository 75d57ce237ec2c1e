package train

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"docent/rag/embed"
)

// The invented languages: a word of one is wN, its translation in the other xN,
// and no two share a letter group that would give the translation away.
const invented = 60

func inventedWord(language string, n int) string {
	consonants, vowels := "bdgklmnprt", "aeiou"
	if language == "x" {
		consonants, vowels = "cfhjqsvwyz", "uoiea"
	}
	return string([]byte{consonants[n%10], vowels[n/10%5], consonants[n/5%10], vowels[n%5], consonants[n*7%10], vowels[n/12%5]})
}

// writeInvented writes a corpus of translations into a folder.
func writeInvented(t *testing.T) []string {
	t.Helper()
	random := rand.New(rand.NewPCG(1, 1))
	text := func(words []int, language string) string {
		var list []string
		for _, n := range words {
			list = append(list, inventedWord(language, n))
		}
		return strings.Join(list, " ")
	}
	draw := func(n int) (words []int) {
		for range n {
			words = append(words, random.IntN(invented))
		}
		return words
	}
	var pairs, laws [][5]string
	for i := range 600 {
		w := draw(6)
		pairs = append(pairs, [5]string{"tat", "en", text(w, "w"), "fr", text(w, "x")})
		l := draw(40)
		laws = append(laws, [5]string{fmt.Sprint(i), text(l[:3], "w"), text(l, "w"), text(l[:3], "x"), text(l, "x")})
	}
	pairs = append(pairs, [5]string{"other", "en", "left out", "fr", "laissé"}, [5]string{"tat", "en", "", "fr", "vide"})
	dir := t.TempDir()
	paths := []string{filepath.Join(dir, "laws.jsonl.gz"), filepath.Join(dir, "pairs.jsonl")}
	for i, lines := range [][][5]string{laws, pairs} {
		var b bytes.Buffer
		for _, line := range lines {
			if err := json.NewEncoder(&b).Encode(line); err != nil {
				t.Fatal(err)
			}
		}
		data := b.Bytes()
		if strings.HasSuffix(paths[i], ".gz") {
			data = compressed(t, data)
		}
		if err := os.WriteFile(paths[i], data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return paths
}

func compressed(t *testing.T, data []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := w.Write(data); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func readAll(t *testing.T, paths []string) *Corpus {
	t.Helper()
	corpus := NewCorpus()
	for _, path := range paths {
		if err := corpus.Read(path, Names(DefaultMixture())); err != nil {
			t.Fatal(err)
		}
	}
	return corpus
}

func small(workers int) Options {
	return Options{Words: 100, Buckets: 2000, Dimension: 32, Steps: 150, Batch: 64, Seed: 7, Workers: workers, Mixture: []Pool{
		{Share: .5, Sources: []Source{{"laws", 1, 1}}},
		{Share: .5, Batch: 128, Sources: []Source{{"tat", 1, 1}, {"absent", 5, 1}}},
	}}
}

// TestTrain: translations are learnt, and the table is the same on one core
// and on several.
func TestTrain(t *testing.T) {
	corpus := readAll(t, writeInvented(t))
	var first, last float64
	o := small(1)
	o.Progress = func(p Progress) {
		if p.Step == 1 {
			first = p.Loss
		}
		last = p.Loss
	}
	data, err := Train(t.Context(), corpus, o)
	if err != nil {
		t.Fatal(err)
	}
	if last > first/2 {
		t.Errorf("the loss went from %.2f to %.2f", first, last)
	}
	again, err := Train(t.Context(), corpus, small(3))
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(data, again) {
		t.Error("three workers learn another table than one")
	}
	table, err := embed.OpenTable(string(data))
	if err != nil {
		t.Fatal(err)
	}
	if got := translated(t, table); got < invented*9/10 {
		t.Errorf("%d of %d words are nearest to their translation", got, invented)
	}
}

func translated(t *testing.T, table *embed.Table) (right int) {
	t.Helper()
	vector := func(language string, n int) []float32 {
		v := make([]float32, 32)
		if !table.Embed(v, inventedWord(language, n)) {
			t.Fatalf("no vector for %s", inventedWord(language, n))
		}
		return v
	}
	for n := range invented {
		best, at := float32(-1), -1
		for m := range invented {
			var cosine float32
			for d, x := range vector("w", n) {
				cosine += x * vector("x", m)[d]
			}
			if cosine > best {
				best, at = cosine, m
			}
		}
		if inventedWord("x", at) == inventedWord("x", n) {
			right++
		}
	}
	return right
}

func TestRead(t *testing.T) {
	corpus := readAll(t, writeInvented(t))
	if got := corpus.Sources(); !slices.Equal(got, []string{"laws", "tat"}) {
		t.Errorf("sources %v", got)
	}
	if corpus.Pairs("laws") != 600 || corpus.Pairs("tat") != 600 || corpus.Pairs("other") != 0 {
		t.Errorf("%d sections, %d pairs, %d others", corpus.Pairs("laws"), corpus.Pairs("tat"), corpus.Pairs("other"))
	}
}

// TestDecontaminate: what shares eight words in a row with a text to be judged by is
// left out.
func TestDecontaminate(t *testing.T) {
	dir := t.TempDir()
	avoid, pairs := filepath.Join(dir, "corpus.jsonl"), filepath.Join(dir, "pairs.jsonl")
	for path, content := range map[string]string{
		avoid: `{"_id": "1", "text": "One two three, four five six seven EIGHT nine ten."}` + "\n",
		pairs: `["tat", "en", "and two three four five six seven eight nine", "fr", "et"]
["tat", "en", "two three four five six seven and eight nine", "fr", "et"]
["tat", "en", "et", "fr", "three four five six seven eight nine ten"]
["tat", "en", "one two three", "fr", "un"]
`,
	} {
		if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	corpus := NewCorpus()
	if err := corpus.Decontaminate(avoid); err != nil {
		t.Fatal(err)
	}
	if err := corpus.Read(pairs, []string{"tat"}); err != nil {
		t.Fatal(err)
	}
	if corpus.Pairs("tat") != 2 || corpus.Contaminated() != 2 {
		t.Errorf("kept %d, left out %d", corpus.Pairs("tat"), corpus.Contaminated())
	}
}

func TestReadErrors(t *testing.T) {
	dir := t.TempDir()
	for name, content := range map[string]string{
		"pairs.jsonl":    "[\"tat\", \"en\", \"a\", \"fr\", \"b\"]\n{\"no\": \"array\"}\n",
		"pairs.jsonl.gz": "not compressed",
	} {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
		err := NewCorpus().Read(path, []string{"tat"})
		if err == nil || !strings.Contains(err.Error(), path) {
			t.Errorf("%s: error %v", name, err)
		}
	}
	if err := NewCorpus().Read(filepath.Join(dir, "absent"), nil); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("an absent file: %v", err)
	}
}

func TestTrainNothing(t *testing.T) {
	if _, err := Train(t.Context(), NewCorpus(), Options{}); !errors.Is(err, ErrNothing) {
		t.Errorf("error %v", err)
	}
}

func TestTrainCancelled(t *testing.T) {
	corpus := readAll(t, writeInvented(t))
	ctx, cancel := context.WithCancel(t.Context())
	o := small(2)
	o.Progress = func(p Progress) {
		if p.Step == 3 {
			cancel()
		}
	}
	if _, err := Train(ctx, corpus, o); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
}

// TestGradient compares the derivatives with differences of the loss.
func TestGradient(t *testing.T) {
	corpus := readAll(t, writeInvented(t))
	o := small(2).withDefaults()
	s := &sampler{corpus: corpus, mix: o.Mixture, batch: 16, seed: 3, counts: make([]int32, len(corpus.names))}
	s.words = newVocabulary(corpus, o.Mixture, o.Words, o.Buckets)
	m := newModel(s.words, o)
	var b batch
	s.draw(&b, 0)
	c := &contrastive{workers: 2, scale: 5}
	loss := func() float64 {
		c.forward(m, &b)
		return c.loss(&b)
	}
	loss()
	for _, i := range []int{0, len(m.rows) / 4, len(m.rows) / 2, len(m.rows) - 5} {
		row := m.rows[i]
		loss()
		gradient := derivative(c, m, &b, i)
		for _, d := range []int{0, 13, 31} {
			const h = 1e-2
			was := row[d]
			row[d] = was + h
			up := loss()
			row[d] = was - h
			down := loss()
			row[d] = was
			if want, got := (up-down)/(2*h), float64(gradient[d]); got < want-2e-3 || got > want+2e-3 {
				t.Errorf("row %d, dimension %d: derivative %.5f, difference %.5f", i, d, got, want)
			}
		}
	}
}

// derivative is the loss's by a row, added up as backward does.
func derivative(c *contrastive, m *model, b *batch, row int) []float32 {
	gradient, buffer := make([]float32, m.dimension), make([]float32, m.dimension)
	c.byWord.turn(&b.texts, b.words.len())
	for i, w := range c.byWord.rows {
		c.byWord.sum(c.words[w], i, c.gradients, buffer)
	}
	c.byRow.turn(&b.words, len(m.rows))
	for i, r := range c.byRow.rows {
		if int(r) == row {
			c.byRow.sum(gradient, i, c.words, buffer)
		}
	}
	return gradient
}
