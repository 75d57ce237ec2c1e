package embed

import (
	"math"
	"testing"
)

// TestLikeness: words compared one by one are as near as those that are looked
// for among all.
func TestLikeness(t *testing.T) {
	words := []string{"avion", "zorglubien", "war"}
	compare, dst := NewBuiltin().Likeness(words), make([]float32, len(words))
	for i, word := range words {
		n := 0
		for near, want := range NewBuiltin().Nearest(word, .4) {
			if !compare(dst, near) || math.Abs(float64(dst[i]-want)) > 1e-6 {
				t.Errorf("%s and %s: %v, want %v", word, near, dst[i], want)
			}
			n++
		}
		if word == "zorglubien" != (n == 0) {
			t.Errorf("%d words are near %s", n, word)
		}
	}
	if compare(dst, "avion"); math.Abs(float64(dst[0]-1)) > 1e-6 || dst[1] != 0 {
		t.Errorf("a word with itself and with one that is unknown: %v", dst)
	}
	if compare(dst, "krakozhia") {
		t.Error("krakozhia is known")
	}
	if allocated := testing.AllocsPerRun(100, func() { compare(dst, "plane") }); allocated > 0 {
		t.Errorf("%v allocations", allocated)
	}
}
