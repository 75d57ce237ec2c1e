package embed

import (
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// tableOf is a small table of random vectors.
func tableOf(t testing.TB, words []string) ([]byte, [][]float32) {
	t.Helper()
	random := rand.New(rand.NewPCG(1, 2))
	vectors := make([][]float32, len(words)+16)
	for i := range vectors {
		vectors[i] = make([]float32, lanes)
		for d := range vectors[i] {
			vectors[i][d] = float32(random.NormFloat64())
		}
	}
	data, err := Encode(words, vectors[:len(words)], vectors[len(words):])
	if err != nil {
		t.Fatal(err)
	}
	return data, vectors
}

func TestTableRoundTrip(t *testing.T) {
	words := []string{"avion", "plane", "été", "x2", "ж"}
	for i := range 5000 {
		words = append(words, fmt.Sprintf("word%d", i))
	}
	data, vectors := tableOf(t, words)
	table, err := OpenTable(string(data))
	if err != nil {
		t.Fatal(err)
	}
	for i, w := range words {
		row, ok := table.find([]byte(w), hashOf(w))
		if !ok || table.word(row) != w {
			t.Fatalf("%s: row %d, %v, the word of which is %s", w, row, ok, table.word(row))
		}
		var lost, length float64
		for d, n := range unpack(table.row(row)) {
			x := float64(vectors[i][d])
			lost += math.Pow(x-float64(table.scale(row))*float64(n), 2)
			length += x * x
		}
		if lost > length/25 {
			t.Fatalf("%s has lost %v of %v", w, lost, length)
		}
	}
	if row, ok := table.find([]byte("absent"), hashOf("absent")); ok {
		t.Errorf("found a word that is not there in row %d", row)
	}
}

func TestEncodeOrder(t *testing.T) {
	words := []string{"a1", "b2", "c3"}
	data, _ := tableOf(t, words)
	again, _ := tableOf(t, words)
	if !slices.Equal(data, again) {
		t.Error("the same table has other bytes")
	}
}

func TestEncodeRefuses(t *testing.T) {
	row := make([]float32, lanes)
	for name, c := range map[string]struct {
		words            []string
		vectors, buckets [][]float32
	}{
		"no buckets":        {nil, nil, nil},
		"an odd dimension":  {nil, nil, [][]float32{make([]float32, 33)}},
		"a ragged matrix":   {[]string{"a"}, [][]float32{make([]float32, 64)}, [][]float32{row}},
		"a missing vector":  {[]string{"a", "b"}, [][]float32{row}, [][]float32{row}},
		"an empty word":     {[]string{""}, [][]float32{row}, [][]float32{row}},
		"an overlong word":  {[]string{string(make([]byte, 256))}, [][]float32{row}, [][]float32{row}},
		"too many words":    {make([]string, 70_000), make([][]float32, 70_000), [][]float32{row}},
		"vectors of length": {[]string{"a"}, [][]float32{{}}, [][]float32{{}}},
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := Encode(c.words, c.vectors, c.buckets); err == nil {
				t.Error("encoded")
			}
		})
	}
}

func TestCorruptTable(t *testing.T) {
	data, _ := tableOf(t, []string{"avion", "plane"})
	for name, change := range map[string]func([]byte) []byte{
		"empty":          func([]byte) []byte { return nil },
		"another magic":  func(b []byte) []byte { b[0]++; return b },
		"a later layout": func(b []byte) []byte { b[7] = '9'; return b },
		"cut":            func(b []byte) []byte { return b[:len(b)-1] },
		"cut in header":  func(b []byte) []byte { return b[:headerSize-1] },
		"longer":         func(b []byte) []byte { return append(b, 0) },
		"a flipped bit":  func(b []byte) []byte { b[len(b)/2] ^= 1; return b },
		"checksum":       func(b []byte) []byte { b[9] ^= 1; return b },
		"a huge table":   func(b []byte) []byte { b[len(magic)+6] = 255; return b },
		"no slots":       func(b []byte) []byte { copy(b[len(magic)+16:], []byte{0, 0, 0, 0}); return b },
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := OpenTable(string(change(slices.Clone(data)))); !errors.Is(err, errCorrupt) {
				t.Errorf("opened with error %v", err)
			}
		})
	}
}

// FuzzOpenTable: whatever the bytes, opening does not panic.
func FuzzOpenTable(f *testing.F) {
	data, _ := tableOf(f, []string{"avion", "plane"})
	f.Add(data[:headerSize+100])
	f.Fuzz(func(t *testing.T, data []byte) {
		if table, err := OpenTable(string(data)); err == nil && len(data) != table.size() {
			t.Errorf("%d bytes opened as %d", len(data), table.size())
		}
	})
}

func TestWords(t *testing.T) {
	for _, c := range []struct {
		text string
		want []string
	}{
		{"L’avion, l'élève", []string{"l", "avion", "l", "eleve"}},
		{"Œuvre Straße ﬁn", []string{"oeuvre", "strasse", "fin"}},
		{"snake_case 5,5 m²", []string{"snake", "case", "5", "5", "m2"}},
		{"Жук 東京", []string{"жук", "東京"}},
		{" — ", nil},
		{"", nil},
		{"\xff a\xffb", []string{"a", "b"}},
	} {
		var got []string
		for w := range Words(c.text) {
			got = append(got, string(w))
		}
		if d := cmp.Diff(c.want, got); d != "" {
			t.Errorf("%q: %s", c.text, d)
		}
	}
}

func TestGrams(t *testing.T) {
	for _, c := range []struct {
		word string
		want int
	}{{"a", 1}, {"ab", 2 + 1}, {"abc", 3 + 2 + 1}, {"avion", 5 + 4 + 3}, {"жу", 2 + 1}} {
		got := AppendGrams(nil, []byte(c.word), 97)
		if len(got) != c.want {
			t.Errorf("%s has %d n-grams, want %d", c.word, len(got), c.want)
		}
		for _, g := range got {
			if g >= 97 {
				t.Errorf("%s has bucket %d", c.word, g)
			}
		}
	}
}

func TestKernelsAgree(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 6))
	for _, n := range []int{32, 64, 256, 288} {
		for range 50 {
			a, b, numbers := make([]float32, n), make([]float32, n), make([]int8, n)
			for i := range numbers {
				numbers[i] = int8(random.IntN(15) - 7)
				a[i] = float32(random.NormFloat64())
			}
			copy(b, a)
			weight, row := random.Float32(), string(appendPacked(nil, numbers))
			for i, x := range unpack(row) {
				if int8(x) != numbers[i] {
					t.Fatalf("number %d of %d is %d, want %d", i, n, x, numbers[i])
				}
			}
			addRow(a, row, weight)
			addRowGo(b, row, weight)
			if d := cmp.Diff(b, a); d != "" {
				t.Fatalf("sums of %d: %s", n, d)
			}
			query := unpack(row)
			slices.Reverse(query)
			if got, want := dotRow(query, row), dotRowGo(query, row); got != want {
				t.Fatalf("product of %d: %d, want %d", n, got, want)
			}
		}
	}
}
