package ranker_test

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"testing"

	"docent/rag/extract/ranker"
)

func encoded(t testing.TB, n *ranker.Network) []byte {
	t.Helper()
	data, err := n.Encode()
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestOpenReadsWhatWasEncoded(t *testing.T) {
	s := shape()
	n := network(s, 2)
	data := encoded(t, n)
	back, err := ranker.Open(data)
	if err != nil {
		t.Fatal(err)
	}
	if again := encoded(t, back); !bytes.Equal(again, data) {
		t.Error("encoded again it is another file")
	}
	c := candidate(s, 2, "a", "b", "c")
	want := reader(t, n).Ask(question("x", "y")).Score(&c)
	if got := reader(t, back).Ask(question("x", "y")).Score(&c); got != want {
		t.Errorf("it says %v, not %v", got, want)
	}
	if back.Origin != n.Origin {
		t.Errorf("made from %v, not %v", back.Origin, n.Origin)
	}
}

func TestOpenRefusesEveryDamage(t *testing.T) {
	data := encoded(t, network(shape(), 1))
	for n := range data {
		if _, err := ranker.Open(data[:n]); err == nil {
			t.Fatalf("opened the first %d bytes", n)
		}
		damaged := bytes.Clone(data)
		damaged[n] ^= 1 << (n % 8)
		if _, err := ranker.Open(damaged); err == nil {
			t.Fatalf("opened with another byte %d", n)
		}
	}
	if _, err := ranker.Open(append(data, 0)); err == nil {
		t.Error("opened with a byte more")
	}
}

func TestEncodeRefusesWhatOpenWould(t *testing.T) {
	for name, spoil := range map[string]func(*ranker.Network){
		"no member":      func(n *ranker.Network) { n.Members = nil },
		"no calibration": func(n *ranker.Network) { n.Calibration.Weights = nil },
		"no kernel":      func(n *ranker.Network) { n.Shape.Kernels = nil },
		"a measure less": func(n *ranker.Network) { n.Measures = n.Measures[1:] },
		"no deviation":   func(n *ranker.Network) { n.Measures[0].Deviation = 0 },
	} {
		t.Run(name, func(t *testing.T) {
			n := network(shape(), 1)
			spoil(n)
			if _, err := n.Encode(); err == nil {
				t.Error("no error")
			}
		})
	}
}

// FuzzOpen: whatever a file holds, even with a right checksum, it is an error or
// a network that scores.
func FuzzOpen(f *testing.F) {
	const begin = len("docent ranker 1\n") + 4
	f.Add(encoded(f, network(shape(), 1))[begin:])
	f.Add(encoded(f, network(shape(), 2))[begin:])
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, rest []byte) {
		data := binary.LittleEndian.AppendUint32([]byte("docent ranker 1\n"), crc32.Checksum(rest, crc32.MakeTable(crc32.Castagnoli)))
		n, err := ranker.Open(append(data, rest...))
		if err != nil {
			return
		}
		c := candidate(n.Shape, 2, "a", "b")
		o := reader(t, n).Ask(question("x", "y")).Score(&c)
		n.Calibration.Probability(ranker.EvidenceOf([]ranker.Output{o}, 0, 10, 2))
	})
}
