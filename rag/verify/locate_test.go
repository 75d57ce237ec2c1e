package verify_test

import (
	"strings"
	"testing"

	"docent/rag/lang"
	"docent/rag/verify"
)

func TestLocate(t *testing.T) {
	const text = "Le comité a noté un « large soutien à l’atelier ».\nLe budget est de 5,5 millions d’euros,\nsoit 12 %. Le budget est connu."
	for _, tc := range []struct {
		name, quote, want string
		near              string
	}{
		{name: "verbatim", quote: "Le budget est connu", want: "Le budget est connu"},
		{name: "another apostrophe", quote: "large soutien à l'atelier", want: "large soutien à l’atelier"},
		{name: "other quotation marks and no space inside them", quote: `un "large soutien à l'atelier"`, want: "un « large soutien à l’atelier »"},
		{name: "a line break for a space", quote: "5,5 millions d’euros, soit 12 %", want: "5,5 millions d’euros,\nsoit 12 %"},
		{name: "case", quote: "le BUDGET est de 5,5 millions", want: "Le budget est de 5,5 millions"},
		{name: "the occurrence in the passage comes first", quote: "Le budget est", near: "Le budget est connu.", want: "Le budget est"},
		{name: "surrounding white space is not quoted", quote: " Le budget est connu.\n", want: "Le budget est connu."},
		{name: "no space before a high mark", quote: "soit 12%", want: "soit 12 %"},
		{name: "other words", quote: "Le budget est inconnu"},
		{name: "another order", quote: "est budget le"},
		{name: "half a word", quote: "budget est conn"},
		{name: "the tail of a number", quote: "5 millions"},
		{name: "the head of a number", quote: "est de 5"},
		{name: "another number", quote: "6,5 millions d’euros"},
		{name: "nothing", quote: " \n"},
		{name: "words left out", quote: "Le comité a noté un … soutien"},
		{name: "an accent dropped", quote: "Le comite a note"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			near := lang.Span{}
			if tc.near != "" {
				near.Start = strings.LastIndex(text, tc.near)
				near.End = near.Start + len(tc.near)
			}
			got, ok := verify.Locate(text, tc.quote, near)
			if ok != (tc.want != "") {
				t.Fatalf("found: %v, want %q", ok, tc.want)
			}
			if ok && text[got.Start:got.End] != tc.want {
				t.Errorf("got %q, want %q", text[got.Start:got.End], tc.want)
			}
			if tc.near != "" && got.Start < near.Start {
				t.Errorf("found at %d, before the passage at %d", got.Start, near.Start)
			}
		})
	}
}

// Whatever two texts are put together, a run of whole words of one is found
// again, and what is found is made of the same letters.
func FuzzLocate(f *testing.F) {
	f.Add("Un « large soutien » à l’Est.", 2, 9)
	f.Add("a\u00a0b\u00ad c 5,5 d", 0, 3)
	f.Add("İİ ſ", 0, 2)
	f.Fuzz(func(t *testing.T, text string, from, n int) {
		text = lang.Normalize(text)
		words := strings.Fields(text)
		if len(words) == 0 || from < 0 || n <= 0 {
			return
		}
		from %= len(words)
		quote := strings.Join(words[from:min(len(words), from+n%9+1)], " ")
		span, ok := verify.Locate(text, quote, lang.Span{})
		if !ok {
			return // of signs only, or cut inside a number
		}
		got := letters(text[span.Start:span.End])
		if want := letters(quote); got != want {
			t.Errorf("found %q for %q", got, want)
		}
	})
}

func letters(s string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(s), func(r rune) bool {
		return !('a' <= r && r <= 'z') && !('0' <= r && r <= '9')
	}), "")
}
