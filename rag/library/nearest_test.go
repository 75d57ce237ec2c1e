package library

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"

	"docent/rag"
)

// TestChromemAndKernelAgree asks both for the same vectors. It looks inside,
// since from outside a search uses one or the other.
func TestChromemAndKernelAgree(t *testing.T) {
	const dimension, documents, k = 48, 3000, 25
	random := rand.New(rand.NewPCG(3, 4)) // reproducible
	b := newBuilder("space", dimension)
	for row := range documents {
		entry := appendChecksum(appendPassage(nil, nil, randomUnit(random, dimension)))
		if err := b.add(int64(row), rag.DocumentID(rune('a'+row)), entry); err != nil {
			t.Fatal(err)
		}
	}
	s := b.done()
	for row := 0; row < documents; row += 7 {
		s.delete(s.documents[row])
	}
	for range 20 {
		q := randomUnit(random, dimension)
		scanned, err := s.scan(t.Context(), q, k)
		if err != nil {
			t.Fatal(err)
		}
		asked, err := s.askChromem(t.Context(), q, k)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(slots(scanned), slots(asked)); diff != "" {
			t.Errorf("kernel and chromem-go (-kernel +chromem):\n%s", diff)
		}
	}
}

func slots(list []scored) []int {
	var slots []int
	for _, x := range list {
		slots = append(slots, x.slot)
	}
	return slots
}

func randomUnit(random *rand.Rand, dimension int) []float32 {
	v := make([]float32, dimension)
	var sum float64
	for i := range v {
		v[i] = float32(random.NormFloat64())
		sum += float64(v[i]) * float64(v[i])
	}
	for i := range v {
		v[i] /= float32(math.Sqrt(sum))
	}
	return v
}
