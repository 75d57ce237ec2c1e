package embed

import (
	_ "embed" // the frequencies are compiled in
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"slices"
	"sync"
)

// frequencies.bin is made by cmd/trainembed from the texts that builtin.bin is.
//
//go:embed frequencies.bin
var frequencyData string

// frequencies are the compiled ones, "" where they are not of the table.
var frequencies = sync.OnceValue(func() string {
	if validateFrequencies(frequencyData, builtinData) != nil {
		return ""
	}
	return frequencyData
})

// frequencyLanguages are the languages of the built-in table, in the order of
// the frequencies of a word.
var frequencyLanguages = []string{"fr", "en", "de", "es", "it"}

// Frequencies are laid out as the checksum of the table whose words they are
// of, four bytes, and then of each of its words, in the order of its rows, how
// frequent it is in each language: half a byte, two of them in one, the first in
// its low half. 0 stands for never, n for 10 to the power of n·frequencyStep less
// rarest.
const (
	frequencyHeader = 4
	frequencyStep   = 0.4
	rarest          = 7.2
	mostFrequent    = 15
)

// EncodeFrequencies lays out how frequent the words of a table are, as shares of
// the words of ordinary texts in each of the built-in table's languages.
func EncodeFrequencies(table string, frequency func(language, word string) float64) ([]byte, error) {
	t, err := OpenTable(table)
	if err != nil {
		return nil, err
	}
	_, checksum, _ := readLayout(table)
	data := binary.LittleEndian.AppendUint32(nil, checksum)
	data = append(data, make([]byte, (t.words*len(frequencyLanguages)+1)/2)...)
	for row := range t.words {
		for i, language := range frequencyLanguages {
			n := row*len(frequencyLanguages) + i
			data[frequencyHeader+n/2] |= frequencyLevel(frequency(language, t.word(row))) << (4 * (n % 2))
		}
	}
	return data, nil
}

func frequencyLevel(frequency float64) byte {
	if frequency <= 0 {
		return 0
	}
	return byte(max(1, min(mostFrequent, math.Round((math.Log10(frequency)+rarest)/frequencyStep))))
}

// errForeign is for frequencies of another table's words.
var errForeign = errors.New("the frequencies are of another table of words")

// validateFrequencies holds frequencies to the table that they are of.
func validateFrequencies(data, table string) error {
	l, checksum, err := readLayout(table)
	if err != nil {
		return err
	}
	if size := frequencyHeader + (l.words*len(frequencyLanguages)+1)/2; len(data) != size {
		return fmt.Errorf("%w: %d bytes, not %d", errForeign, len(data), size)
	}
	if got := uint32At(data, 0); got != checksum {
		return fmt.Errorf("%w: %08x, not %08x", errForeign, got, checksum)
	}
	return nil
}

// Frequency is how frequent a folded word is in ordinary texts of a language, as
// a share of their words and to a factor of 1.6; 0 where the table does not know
// it, or not in that language.
func (Builtin) Frequency(language, word string) float64 {
	t, err := builtinTable()
	i := slices.Index(frequencyLanguages, language)
	if err != nil || i < 0 {
		return 0
	}
	row, ok := t.find([]byte(word), hashOf(word))
	data := frequencies()
	if !ok || data == "" {
		return 0
	}
	n := row*len(frequencyLanguages) + i
	return frequencyOf[data[frequencyHeader+n/2]>>(4*(n%2))&15]
}

var frequencyOf = func() (of [16]float64) {
	for n := 1; n < len(of); n++ {
		of[n] = math.Pow(10, float64(n)*frequencyStep-rarest)
	}
	return of
}()
