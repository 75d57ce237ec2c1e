package embed

import (
	"errors"
	"math"
	"testing"
)

func TestFrequency(t *testing.T) {
	var b Builtin
	for _, c := range []struct{ language, frequent, rare string }{
		{"fr", "maison", "echafaudage"}, {"en", "house", "scaffolding"}, {"fr", "maison", "house"}, {"en", "house", "maison"}, {"de", "haus", "house"},
	} {
		if more, less := b.Frequency(c.language, c.frequent), b.Frequency(c.language, c.rare); more <= less {
			t.Errorf("in %q %q is %v and %q %v", c.language, c.frequent, more, c.rare, less)
		}
	}
	for _, language := range []string{"", "xx", "fr"} {
		if f := b.Frequency(language, "qqxyzzy"); f != 0 {
			t.Errorf("an unknown word is %v in %q", f, language)
		}
	}
}

func TestEncodeFrequencies(t *testing.T) {
	words := []string{"a", "b", "c"}
	vectors := make([][]float32, len(words))
	for i := range vectors {
		vectors[i] = make([]float32, 32)
	}
	table, err := Encode(words, vectors, vectors)
	if err != nil {
		t.Fatal(err)
	}
	data, err := EncodeFrequencies(string(table), func(language, word string) float64 {
		if language == "fr" || word == "c" {
			return 0
		}
		return 1e-3
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := validateFrequencies(string(data), string(table)); err != nil {
		t.Error(err)
	}
	if err := validateFrequencies(string(data), builtinData); !errors.Is(err, errForeign) {
		t.Errorf("of another table: %v", err)
	}
	opened, _ := OpenTable(string(table))
	for row := range words {
		for i, language := range frequencyLanguages {
			n := row*len(frequencyLanguages) + i
			got, want := frequencyOf[data[frequencyHeader+n/2]>>(4*(n%2))&15], 1e-3
			if language == "fr" || opened.word(row) == "c" {
				want = 0
			}
			if math.Abs(got-want) > want*0.6 {
				t.Errorf("%q in %q is %v, want %v", opened.word(row), language, got, want)
			}
		}
	}
}

func TestFrequenciesAreOfTheTable(t *testing.T) {
	if err := validateFrequencies(frequencyData, builtinData); err != nil {
		t.Error(err)
	}
}
