package lang_test

import (
	"testing"

	"docent/rag/lang"
)

func TestSameName(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{"lundi", "monday", true}, {"londres", "london", true}, {"nato", "otan", true}, {"nantes", "nantes", true},
		{"allemand", "germany", true}, {"lundi", "tuesday", false}, {"paris", "london", false}, {"", "london", false},
		{"perou", "peruviennes", true}, {"nigerian", "nigerians", true}, {"niger", "nigeria", false}, {"angleterre", "english", true},
	} {
		if got := lang.SameName(c.a, c.b); got != c.want {
			t.Errorf("%s, %s: %v", c.a, c.b, got)
		}
	}
}
