package converse_test

import (
	"os"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"docent/rag/converse"
)

func testLines(t *testing.T, name string) []string {
	t.Helper()
	data, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return strings.Split(strings.TrimSpace(string(data)), "\n")
}

// Whatever stands around a question, it is the same question.
func TestWrappingsChangeNothing(t *testing.T) {
	for _, language := range []string{"en", "fr"} {
		wrappings := testLines(t, "wrappings."+language+".txt")
		for _, q := range testLines(t, "questions."+language+".txt") {
			want := converse.Read(q, "")
			if len(want.Questions) != 1 || strings.TrimSuffix(q, ".") != want.Questions[0].Text {
				t.Errorf("%q alone is %+v", q, want)
			}
			r, size := utf8.DecodeRuneInString(q)
			small := string(unicode.ToLower(r)) + q[size:]
			for _, w := range wrappings {
				message := strings.NewReplacer("{Q}", q, "{q}", small, `\n`, "\n").Replace(w)
				if d := cmp.Diff(want, converse.Read(message, "")); d != "" {
					t.Errorf("%q (-bare +wrapped):\n%s", message, d)
				}
			}
		}
	}
}

// Nothing is looked up for what asks nothing of the documents.
func TestCourtesies(t *testing.T) {
	for _, language := range []string{"en", "fr"} {
		for _, message := range testLines(t, "courtesies."+language+".txt") {
			got := converse.Read(message, language)
			if !got.Intent.IsCourtesy() || got.Language != language {
				t.Errorf("%q: %s in %q", message, got.Intent, got.Language)
			}
		}
	}
}
