package lang_test

import (
	"slices"
	"testing"

	"docent/rag/lang"
)

func TestRelations(t *testing.T) {
	for _, c := range []struct {
		language, word, other string
		named, want           bool
	}{
		{"fr", "boulot", "travail", false, true},
		{"fr", "recrutement", "embaucher", false, true},
		{"en", "companies", "firm", false, true},
		{"fr", "Kremlin", "russie", true, true},
		{"en", "Brussels", "belgium", true, true},
		{"fr", "boulot", "ukraine", true, false},
		{"de", "arbeit", "job", false, false},
		{"", "boulot", "travail", false, false},
	} {
		found := false
		for _, w := range lang.Words(c.language, c.word) {
			for r := range lang.Relations(c.language, w) {
				found = found || r.Named == c.named && slices.Contains(r.Phrases, c.other)
			}
		}
		if found != c.want {
			t.Errorf("%q: %q stands for %q: %v, want %v", c.language, c.word, c.other, found, c.want)
		}
	}
}

// TestRelationLists holds the lists to their form: two phrases or more a line,
// each with something to look up.
func TestRelationLists(t *testing.T) {
	for _, language := range []string{"fr", "en"} {
		n := 0
		for first := 'a'; first <= 'z'; first++ {
			for r := range lang.Relations(language, lang.Word{Surface: string(first), Stem: string(first)}) {
				n++
				if len(r.Phrases) < 2 {
					t.Errorf("%s: %q stands alone", language, r.Phrases)
				}
				for _, p := range r.Phrases {
					if len(lang.Words(language, p)) == 0 {
						t.Errorf("%s: a phrase without a word in %q", language, r.Phrases)
					}
				}
			}
		}
		if n < 2000 {
			t.Errorf("%s: %d relations", language, n)
		}
	}
}
