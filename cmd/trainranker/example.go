package main

import (
	"bufio"
	"cmp"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math"
	"os"
	"strings"

	"docent/rag/extract/ranker"
)

// Example is a question with the candidates that were found for it. Words are
// numbers in the vocabulary of its Examples.
type Example struct {
	Words  []int32
	Shapes []uint32
	IDF    []float32

	Candidates []Candidate
	// Labels say how well each candidate answers, from 0 to 1.
	Labels     []float32
	Answerable bool

	ID, Set string
	// Fold is which part of the questions it is in, from 0.
	Fold int
	// Passages is how many were searched.
	Passages int
	// Documents is the size that the library was cut down to, 0 for all of it.
	Documents int
}

// Candidate is what the network reads of a candidate. Met has a row for each kind
// of meeting, as long as the question.
type Candidate struct {
	Words    []int32
	Shapes   []uint16
	Best     floats
	Met      floats
	Measures floats
}

// floats are exact, and short, in a file of JSON.
type floats []float32

// MarshalText writes the bytes of the numbers, little-endian, in base64.
func (f floats) MarshalText() ([]byte, error) {
	data, err := binary.Append(nil, binary.LittleEndian, []float32(f))
	return base64.StdEncoding.AppendEncode(nil, data), err
}

// UnmarshalText reads what MarshalText writes.
func (f *floats) UnmarshalText(text []byte) error {
	data, err := base64.StdEncoding.AppendDecode(nil, text)
	*f = make(floats, len(data)/4)
	if err == nil {
		_, err = binary.Decode(data, binary.LittleEndian, []float32(*f))
	}
	return err
}

// leastRight is the label from which a candidate answers.
const leastRight = 0.3

// Examples are all questions with what they have in common.
type Examples struct {
	List []Example `json:"-"`
	// Words is the vocabulary, Vectors a vector for each word of it in a row, all
	// zeros where it has none.
	Words   []string
	Vectors floats
	// Measures are the names of what Candidate.Measures holds.
	Measures []string
	// Shape has the sizes of what is read.
	Shape ranker.Shape
	// Origin says what they were made from.
	Origin ranker.Origin
}

// where are the numbers of the examples that match.
func (x *Examples) where(match func(*Example) bool) (at []int) {
	for i := range x.List {
		if match(&x.List[i]) {
			at = append(at, i)
		}
	}
	return at
}

// mute silences what the networks read under a name: the measures that begin with
// it, or what words mean ("words") or how they meet ("kernels").
func (x *Examples) mute(name string) error {
	if name == "words" {
		clear(x.Vectors)
		return nil
	}
	var columns []int
	for k, measure := range x.Measures {
		if strings.HasPrefix(measure, name) {
			columns = append(columns, k)
		}
	}
	if len(columns) == 0 && name != "kernels" {
		return fmt.Errorf("no input is called %q: words, kernels or how a measure begins: %s", name, strings.Join(x.Measures, " "))
	}
	for _, e := range x.List {
		for _, c := range e.Candidates {
			for _, k := range columns {
				c.Measures[k] = 0
			}
			if name == "kernels" {
				clear(c.Met)
			}
		}
	}
	return nil
}

// leastDeviation keeps a measure that is hardly ever set from becoming loud.
const leastDeviation = 0.01

// spread is how the measures are spread over the candidates of the examples.
func (x *Examples) spread(of []int) []ranker.Measure {
	n := len(x.Measures)
	sum, squares, count := make([]float64, n), make([]float64, n), 0.0
	for _, i := range of {
		for _, c := range x.List[i].Candidates {
			count++
			for k, v := range c.Measures {
				sum[k] += float64(v)
				squares[k] += float64(float64(v) * float64(v))
			}
		}
	}
	measures := make([]ranker.Measure, n)
	for k, name := range x.Measures {
		mean, deviation := moments(sum[k], squares[k], count)
		measures[k] = ranker.Measure{Name: name, Mean: float32(mean), Deviation: float32(deviation) + leastDeviation}
	}
	return measures
}

// moments are the mean and the deviation of numbers with these sums.
func moments(sum, squares, count float64) (mean, deviation float64) {
	mean = sum / max(1, count)
	return mean, math.Sqrt(max(0, squares/max(1, count)-float64(mean*mean)))
}

// kept keeps examples in a file, "" for none: making them takes longer than fitting
// a network. What is in the file is taken as it is.
func kept(path string, gather func() (*Examples, error)) (*Examples, error) {
	if path == "" {
		return gather()
	}
	x, err := readExamples(path)
	if err == nil || !errors.Is(err, fs.ErrNotExist) {
		return x, err
	}
	if x, err = gather(); err != nil {
		return nil, err
	}
	return x, write(path, x.write)
}

// write writes what all examples have in common, and then a line for each.
func (x *Examples) write(w io.Writer) error {
	e := json.NewEncoder(w)
	err := e.Encode(x)
	for i := 0; err == nil && i < len(x.List); i++ {
		err = e.Encode(x.List[i])
	}
	return err
}

func readExamples(path string) (*Examples, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	d, x := json.NewDecoder(f), new(Examples)
	err = d.Decode(x)
	for err == nil {
		var e Example
		if err = d.Decode(&e); err == nil {
			x.List = append(x.List, e)
		}
	}
	if !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("read the examples kept in %s: %w", path, err)
	}
	return x, nil
}

// write leaves the old file or the new one, whole.
func write(path string, content func(io.Writer) error) error {
	beside := path + ".new"
	f, err := os.Create(beside)
	if err == nil {
		w := bufio.NewWriterSize(f, 1<<20)
		err = errors.Join(content(w), w.Flush(), f.Close())
	}
	if err = cmp.Or(err, os.Rename(beside, path)); err != nil {
		_ = os.Remove(beside) // the first error says more
		return fmt.Errorf("write %s: %w", path, err)
	}
	return nil
}
