package ranker

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"math"
	"slices"
)

// magic begins a file of weights; its end is the version of the format.
const magic = "docent ranker 1\n"

// head is the part of a file that people can read: what is in it and where it
// comes from. After the magic come a checksum of the rest, the length of the head,
// the head as JSON, the projection and the members' weights, all little-endian.
type head struct {
	Origin      Origin
	Shape       Shape
	Measures    []Measure
	Members     int
	Calibration Calibration
}

// mostMembers is the most networks that a file may hold.
const mostMembers = 64

var errCorrupt = errors.New("the file of weights is damaged")

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// Encode makes a file of the network.
func (n *Network) Encode() ([]byte, error) {
	h := head{Origin: n.Origin, Shape: n.Shape, Measures: n.Measures, Members: len(n.Members), Calibration: n.Calibration}
	if err := h.check(); err != nil {
		return nil, fmt.Errorf("encode weights: %w", err)
	}
	text, err := json.Marshal(h)
	if err != nil {
		return nil, fmt.Errorf("encode weights: %w", err)
	}
	rest := binary.LittleEndian.AppendUint32(nil, uint32(len(text)))
	rest = append(rest, text...)
	floats := slices.Clone(n.Projection)
	for _, m := range n.Members {
		floats = append(floats, m.All...)
	}
	if rest, err = binary.Append(rest, binary.LittleEndian, floats); err != nil {
		return nil, fmt.Errorf("encode weights: %w", err)
	}
	data := binary.LittleEndian.AppendUint32([]byte(magic), crc32.Checksum(rest, castagnoli))
	return append(data, rest...), nil
}

// Open reads a file that Encode made.
func Open(data []byte) (*Network, error) {
	rest, ok := bytes.CutPrefix(data, []byte(magic))
	if !ok || len(rest) < 8 {
		return nil, fmt.Errorf("%w: it does not begin as one of this version", errCorrupt)
	}
	sum, rest := binary.LittleEndian.Uint32(rest), rest[4:]
	if got := crc32.Checksum(rest, castagnoli); got != sum {
		return nil, fmt.Errorf("%w: its checksum is %08x, not %08x", errCorrupt, got, sum)
	}
	n, err := decode(rest)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", errCorrupt, err)
	}
	return n, nil
}

func decode(rest []byte) (*Network, error) {
	size, rest := binary.LittleEndian.Uint32(rest), rest[4:]
	if uint64(size) > uint64(len(rest)) {
		return nil, errors.New("its head is longer than the file")
	}
	var h head
	if err := json.Unmarshal(rest[:size], &h); err != nil {
		return nil, fmt.Errorf("read its head: %w", err)
	}
	if err := h.check(); err != nil {
		return nil, err
	}
	n := &Network{Origin: h.Origin, Shape: h.Shape, Measures: h.Measures, Calibration: h.Calibration}
	floats, err := floatsOf(rest[size:], h.Shape.Vector*h.Shape.Projected+h.Members*h.Shape.Len())
	if err != nil {
		return nil, err
	}
	projection := h.Shape.Vector * h.Shape.Projected
	n.Projection, floats = floats[:projection:projection], floats[projection:]
	for i := range h.Members {
		of := h.Shape.Len()
		n.Members = append(n.Members, h.Shape.Weights(floats[i*of:(i+1)*of:(i+1)*of]))
	}
	return n, nil
}

func (h head) check() error {
	if err := h.Shape.check(); err != nil {
		return err
	}
	if len(h.Measures) != h.Shape.Measures {
		return fmt.Errorf("%d measures have names, of %d", len(h.Measures), h.Shape.Measures)
	}
	for _, m := range h.Measures {
		if !(m.Deviation > 0) {
			return fmt.Errorf("the measure %q has no deviation", m.Name)
		}
	}
	if h.Members < 1 || h.Members > mostMembers {
		return fmt.Errorf("%d networks", h.Members)
	}
	return h.Calibration.check()
}

func floatsOf(data []byte, n int) ([]float32, error) {
	if len(data) != 4*n {
		return nil, fmt.Errorf("%d bytes of weights, not %d", len(data), 4*n)
	}
	list := make([]float32, n)
	_, err := binary.Decode(data, binary.LittleEndian, list)
	if at := slices.IndexFunc(list, func(x float32) bool { return math.IsNaN(float64(x)) || math.IsInf(float64(x), 0) }); at >= 0 {
		return nil, fmt.Errorf("weight %d is no number", at+1)
	}
	return list, err
}
