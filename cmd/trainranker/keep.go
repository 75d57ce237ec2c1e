package main

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
)

// kept keeps examples in a file: making them takes longer than fitting a network.
// What is in the file is taken as it is.
func kept(path string, gather func() (*Examples, error)) (*Examples, error) {
	if path == "" {
		return gather()
	}
	x, err := readExamples(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		return nil, fmt.Errorf("read the examples kept in %s: %w", path, err)
	default:
		return x, nil
	}
	if x, err = gather(); err != nil {
		return nil, err
	}
	if err := writeExamples(path, x); err != nil {
		return nil, fmt.Errorf("keep the examples in %s: %w", path, err)
	}
	return x, nil
}

// The file has a line of JSON and then numbers, little-endian, of what all
// examples have in common, and the same of each.
type (
	commonLine struct {
		Examples
		Count int
	}
	exampleLine struct {
		Example
		// Lengths are the candidates' words.
		Lengths []int
	}
)

// columns are the numbers of all candidates of an example.
type columns struct {
	words               []int32
	shapes              []uint16
	best, met, measures []float32
}

func (c *columns) each(use func(any) error) error {
	return errors.Join(use(c.words), use(c.shapes), use(c.best), use(c.met), use(c.measures))
}

func writeExamples(path string, x *Examples) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	w := bufio.NewWriterSize(f, 1<<20)
	numbers := func(list any) error { return binary.Write(w, binary.LittleEndian, list) }
	err = errors.Join(writeLine(w, commonLine{*x, len(x.List)}), numbers(x.Vectors))
	for i := 0; err == nil && i < len(x.List); i++ {
		line, c := exampleLine{Example: x.List[i]}, columns{}
		for _, k := range x.List[i].Candidates {
			line.Lengths = append(line.Lengths, len(k.Words))
			c.words, c.shapes, c.best = append(c.words, k.Words...), append(c.shapes, k.Shapes...), append(c.best, k.Best...)
			c.met, c.measures = append(c.met, k.Met...), append(c.measures, k.Measures...)
		}
		err = errors.Join(writeLine(w, line), c.each(numbers))
	}
	return errors.Join(err, w.Flush(), f.Close())
}

func writeLine(w io.Writer, value any) error {
	line, err := json.Marshal(value)
	if err == nil {
		_, err = w.Write(append(line, '\n'))
	}
	return err
}

func readExamples(path string) (*Examples, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	r := bufio.NewReaderSize(f, 1<<20)
	var common commonLine
	if err := readLine(r, &common); err != nil {
		return nil, err
	}
	x := common.Examples
	x.Vectors, x.List = make([]float32, len(x.Words)*x.Shape.Vector), make([]Example, common.Count)
	err = binary.Read(r, binary.LittleEndian, x.Vectors)
	for i := 0; err == nil && i < len(x.List); i++ {
		x.List[i], err = readExample(r, len(x.Rows), len(x.Measures))
	}
	return &x, err
}

func readExample(r *bufio.Reader, rows, measures int) (Example, error) {
	var line exampleLine
	if err := readLine(r, &line); err != nil {
		return line.Example, err
	}
	e, n := line.Example, 0
	for _, k := range line.Lengths {
		n += k
	}
	met, count := rows*len(e.Words), len(line.Lengths)
	c := columns{
		words: make([]int32, n), shapes: make([]uint16, n), best: make([]float32, n),
		met: make([]float32, met*count), measures: make([]float32, measures*count),
	}
	err := c.each(func(list any) error { return binary.Read(r, binary.LittleEndian, list) })
	e.Candidates = make([]Candidate, count)
	at := 0
	for i, k := range line.Lengths {
		e.Candidates[i] = Candidate{
			Words: c.words[at : at+k], Shapes: c.shapes[at : at+k], Best: c.best[at : at+k],
			Met: c.met[i*met : (i+1)*met], Measures: c.measures[i*measures : (i+1)*measures],
		}
		at += k
	}
	return e, err
}

func readLine(r *bufio.Reader, into any) error {
	line, err := r.ReadBytes('\n')
	if err != nil {
		return err
	}
	return json.Unmarshal(bytes.TrimSpace(line), into)
}
