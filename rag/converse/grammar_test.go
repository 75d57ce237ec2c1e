package converse

import "testing"

// Every rule compiles, in each of its forms.
func TestGrammars(t *testing.T) {
	for _, g := range grammars() {
		for name, r := range g.rules {
			if p := newPhrase("zyx"); r.whole() == nil || r.head() == nil || g.tail(name, p) > len(p.words) {
				t.Errorf("%s: %s", g.language, name)
			}
		}
	}
}
