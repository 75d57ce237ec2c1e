package ranker

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// What is fitted on one machine is fitted on every other.
func TestAxpyIsTheSameEverywhere(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for n := range 100 {
		x, y := make([]float32, n), make([]float32, n+1)
		for i := range x {
			x[i], y[i] = float32(random.NormFloat64()), float32(random.NormFloat64())
		}
		a, want := float32(random.NormFloat64()), slices.Clone(y)
		axpy(a, x, want)
		Axpy(a, x, y)
		for i := range y {
			if math.Float32bits(y[i]) != math.Float32bits(want[i]) {
				t.Fatalf("of %d elements number %d is %v, not %v", n, i, y[i], want[i])
			}
		}
	}
}

func TestAxpyPanicsBeyondTheEnd(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("it wrote past the end of y")
		}
	}()
	Axpy(1, make([]float32, 5), make([]float32, 4, 8))
}

func BenchmarkAxpy96(b *testing.B) {
	x, y := make([]float32, 96), make([]float32, 96)
	for b.Loop() {
		Axpy(0.5, x, y)
	}
}
