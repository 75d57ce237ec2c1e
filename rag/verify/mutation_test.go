package verify_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"docent/ingest/read"
	"docent/ingest/read/formats"
	"docent/rag"
	"docent/rag/lang"
	"docent/rag/verify"
)

var (
	digitRuns = regexp.MustCompile(`\d+`)
	// negations, each with what is left when it is taken away.
	frenchNot = regexp.MustCompile(`\b(ne |n['’])(\p{L}+(?: \p{L}+)?) pas\b`)
	// turned puts the other side for one.
	turned = strings.NewReplacer(
		"at least", "at most", "up to", "at least", "more than", "less than", "less than", "more than", "a month", "a year", "a year", "a day", "every week", "every day",
		"mandatory", "optional", "weekdays", "weekends", "au moins", "au plus", "jusqu'à", "au moins", "jusqu’à", "au moins", "plus de", "moins de", "moins de", "plus de",
		"par mois", "par an", "par an", "par jour", "par jour", "par semaine", "par semaine", "par mois", "obligatoire", "facultatif", "tous les mois", "tous les jours",
	)
	englishNot = regexp.MustCompile(`\b(is|are|may|must|do|does|will|can|has|have) not\b|\bcannot\b`)
)

// Every sentence of the handbook bears itself, also without its last point; with
// a number changed or its negation taken away it bears that no longer.
func TestSentencesBearThemselvesAndNoMutation(t *testing.T) {
	handbook := handbook(t)
	var proven, kept, sentences, changed, caught, unnegated, denied, sides, seen int
	for _, h := range handbook.hits {
		holds := func(claim, quote string) bool {
			v := verify.Verify([]verify.Draft{{Text: claim, Quotes: []verify.DraftQuote{{Passage: h.ID, Text: quote}}}}, []rag.Hit{h}, handbook.texts)
			if len(v.Claims) == 1 && v.Claims[0].Grade == rag.Proven {
				proven++
			}
			return len(v.Claims) == 1
		}
		for _, s := range lang.Sentences(h.Text) {
			quote := h.Text[s.Start:s.End]
			claim := strings.TrimRight(strings.Join(strings.Fields(quote), " "), ".")
			if len(strings.Fields(claim)) < 5 || strings.Contains(quote, "|") || strings.Count(quote, "\n") > 3 {
				continue
			}
			sentences++
			if holds(claim, quote) {
				kept++
			} else {
				t.Logf("lost: %s", claim)
			}
			for _, at := range digitRuns.FindAllStringIndex(claim, -1) {
				mutant := claim[:at[0]] + another(claim[at[0]:at[1]]) + claim[at[1]:]
				if strings.Contains(claim, another(claim[at[0]:at[1]])) || at[1] < len(claim) && strings.ContainsAny(claim[at[1]:at[1]+1], "-/") || at[0] > 0 && strings.ContainsAny(claim[at[0]-1:at[0]], "-/_ABCDEFGHIJKLMNOPQRSTUVWXYZ") {
					continue // a code, or a number that stands there too
				}
				changed++
				if holds(mutant, quote) {
					t.Logf("number not caught: %s", mutant)
				} else {
					caught++
				}
			}
			if mutant := turned.Replace(claim); mutant != claim {
				sides++
				if holds(mutant, quote) {
					t.Logf("turn not caught: %s", mutant)
				} else {
					seen++
				}
			}
			mutant := englishNot.ReplaceAllStringFunc(frenchNot.ReplaceAllString(claim, "$2"), func(m string) string {
				return strings.TrimSuffix(strings.TrimSuffix(m, "not"), " ")
			})
			if mutant != claim {
				unnegated++
				if holds(mutant, quote) {
					t.Logf("negation not caught: %s", mutant)
				} else {
					denied++
				}
			}
		}
	}
	t.Logf("%d of %d sentences kept, %d of %d changed numbers, %d of %d dropped negations and %d of %d turns caught", kept, sentences, caught, changed, denied, unnegated, seen, sides)
	if sentences < 200 || changed < 100 || unnegated < 10 || sides < 30 {
		t.Errorf("too few to say anything: %d sentences, %d numbers, %d negations, %d turns", sentences, changed, unnegated, sides)
	}
	// What is not caught is shown as what a model read, if it is shown at all.
	t.Logf("%d proven", proven)
	if most := sentences + (changed+unnegated+sides)/50; proven > most || proven < sentences*97/100 {
		t.Errorf("%d proven of %d sentences", proven, sentences)
	}
	if 100*kept < 99*sentences || 100*caught < 99*changed || 100*denied < 95*unnegated || 100*seen < 90*sides {
		t.Errorf("too many lost or not caught")
	}
}

// handbook is the evidence of all that the handbook says.
func handbook(t *testing.T) given {
	t.Helper()
	paths, err := filepath.Glob("../../ingest/testdata/handbook/*")
	if err != nil {
		t.Fatal(err)
	}
	registry := formats.All(read.Options{Cache: filepath.Join(os.TempDir(), "docent-tests"), OCR: "off"}) //nolint:usetesting // the PDF engine is compiled once for many tests
	var g given
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for doc, err := range registry.Read(t.Context(), read.Bytes(path, data)) {
			if err != nil {
				t.Fatalf("%s: %v", path, err)
			}
			g.add(doc, strconv.Itoa(len(g.hits)))
		}
	}
	return g
}

// another is a number that is not this one, as long as it.
func another(digits string) string {
	n, err := strconv.Atoi(digits[len(digits)-1:])
	if err != nil {
		return "0"
	}
	return digits[:len(digits)-1] + strconv.Itoa((n+3)%10)
}
