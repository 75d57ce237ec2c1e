package lang_test

import (
	"strings"
	"testing"
	"testing/quick"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"docent/rag/lang"
)

// In the wanted text, ¦ stands where a sentence ends.
func TestSentences(t *testing.T) {
	for name, want := range map[string]string{
		"two":                    "Le comité se réunit.¦ Il décide.",
		"question and call":      "Qui signe ?¦ Personne !¦ Vraiment ?!¦ Non.",
		"title fr":               "M. Stoltenberg et Mme. Roy sont là.¦ Me Dupont aussi.",
		"title before line end":  "Le rapport de M.\nStoltenberg est lu.",
		"title en":               "Dr. Smith met Gen. Lee.¦ Both agreed.",
		"metres":                 "La piste fait 100 m.¦ Elle est neuve.",
		"pronoun":                "Please call me.¦ Someone will answer.",
		"initials":               "J.-C. Martin et A. B. Durand signent.¦ J. Le Goff relit.",
		"initial then sentence":  "Il suit le plan B.¦ Le comité approuve.",
		"article code":           "Selon l’art. L. 3121-1, la durée est de 35 heures.¦ Voir art. R. 12.",
		"word that looks like":   "She studies modern art.¦ Picasso is her favourite.",
		"decimal fr":             "Le budget est de 5,5 milliards.¦ Il augmente.",
		"decimal en":             "It cost 1,234.56 euros.¦ It was worth it.",
		"page":                   "Voir p. 12 et chap. IV.¦ Fin de la p.¦ Elle tourne.",
		"figure after stop":      "Elle a trois ans.¦ 25 jours suffisent.",
		"number sign":            "Use form No. 5 and fig. A today.¦ No.¦ Never.",
		"country":                "The U.S. Army left the U.S.¦ The end.",
		"latin":                  "Use a password, e.g. A long one, i.e. Twelve letters.",
		"etc":                    "Pommes, poires, etc. sont fournies.¦ Des noix, etc.¦ Tout est frais.",
		"months":                 "Signé le 7 févr. 2024 à Lyon.¦ Sent Feb. 7 by post.¦ Due in Feb.¦ Pay then.",
		"before our era":         "Rome fut prise en 390 av. J.-C. par les Gaulois.",
		"hours":                  "It opens at 9 a.m. Monday.¦ It closes at 5 p.m.¦ The shop is small.",
		"company":                "Acme Inc. Chairman Bo Li spoke.¦ He runs Acme Inc.¦ They sell nails.",
		"small letter":           "Quoi ? dit-il.¦ Yes! she cried.",
		"ellipsis":               "Il attend… puis part.¦ Rien...¦ Tout change.",
		"version and address":    "Version 2.3.1 is on www.example.org.¦ See it.",
		"guillemets":             "Il dit : « Je pars. Tu restes. » et sort.¦ Elle reste.",
		"sentence in guillemets": "« Je pars. »¦ Elle reste.",
		"curly quotes":           "She said “Go. Now. Fast.” and left.¦ “Go.”¦ They went.",
		"german quotes":          "Er sagte: „Ich gehe. Bald.“ und blieb.¦ Am 7. Februar kam er.",
		"straight quotes":        `He said "stop."¦ They stopped.`,
		"unclosed quote":         "Il dit « oui.¦ Elle part.\n\n¦Fin. »",
		"parenthesis":            "Il vient (enfin.)¦ Elle part.",
		"note":                   "It is old.[12]¦ It is red.[3][4]¦ End.",
		"spaced points":          "Il a dit . . . rien.",
		"blank line":             "Un titre\n\n¦une suite\n \t\n¦et fin",
		"blank line in quote":    "« Un\n\n¦deux »",
		"list":                   "Il faut :\n¦- une photo\n¦- un badge\n¦2. une clé\n¦a) un plan",
		"list markers":           "1. Introduction générale.¦ B. Les congés.¦ 2.1. Durée.",
		"heading over prose":     "Congés payés\n¦Chaque salarié acquiert deux jours et demi par mois de travail effectif chez nous.",
		"one paragraph a line": "Notre politique de déplacement est la suivante" + strings.Repeat(", en toute saison", 12) +
			"\n¦Les frais sont remboursés" + strings.Repeat(", sur facture", 12),
		"wrapped prose": "The committee on the rules of the North Atlantic\nTreaty Organization met in the old market town\nof Bristol, where Mr. Brown and Ms. Reed of the\nTreasury spoke.¦ It then voted on\nthe budget.",
		"address":       "Atelier Central\n¦12 rue des Lilas\n¦44000 Nantes",
		"verse":         "Soit :\n¦un point ;\n¦deux points",
		"lower line":    "La durée est de 35 heures.\n¦heures supplémentaires : voir plus bas",
		"table":         "Nom\tÂge du salarié\n¦Ada\t36 ans\n¦| a | b |",
		"chinese":       "他来了。¦她走了！¦好",
		"empty":         "",
		"only space":    " \n\u00a0\n",
		"only stops":    "...",
		"invalid":       "a\xff.¦ B\xc3",
	} {
		t.Run(name, func(t *testing.T) {
			text := strings.ReplaceAll(want, "¦", "")
			if diff := cmp.Diff(want, marked(text)); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

// marked writes ¦ after each sentence, before the white space that follows;
// after it where the white space has a line break.
func marked(text string) string {
	var b strings.Builder
	spans := lang.Sentences(text)
	at := 0
	for i, s := range spans {
		if i > 0 {
			gap := text[at:s.Start]
			if strings.Contains(gap, "\n") {
				b.WriteString(gap + "¦")
			} else {
				b.WriteString("¦" + gap)
			}
		} else {
			b.WriteString(text[at:s.Start])
		}
		b.WriteString(text[s.Start:s.End])
		at = s.End
	}
	return b.String() + text[at:]
}

func TestSentencesAreBounded(t *testing.T) {
	for name, text := range map[string]string{
		"words":      strings.Repeat("mot ", 5000),
		"clauses":    strings.Repeat("une clause sans fin, ", 1000),
		"no space":   strings.Repeat("é", 5000),
		"stops":      strings.Repeat(".", 9000),
		"bytes":      strings.Repeat("\x80", 9000),
		"open quote": "« " + strings.Repeat("Il part. Elle reste. ", 500) + "»",
	} {
		t.Run(name, func(t *testing.T) {
			checkSentences(t, text)
			if n := len(lang.Sentences(text)); n < len(text)/2000 || n < 2 {
				t.Errorf("%d bytes are %d sentences", len(text), n)
			}
		})
	}
}

// checkSentences holds Sentences to what its comment promises.
func checkSentences(t *testing.T, text string) {
	t.Helper()
	at := 0
	for _, s := range lang.Sentences(text) {
		if s.Start < at || s.End <= s.Start || s.End > len(text) {
			t.Fatalf("span %v after %d in %d bytes", s, at, len(text))
		}
		if strings.TrimSpace(text[at:s.Start]) != "" {
			t.Fatalf("%q is in no sentence", text[at:s.Start])
		}
		if got := text[s.Start:s.End]; strings.TrimSpace(got) != got {
			t.Fatalf("sentence %q has white space around it", got)
		}
		if s.End-s.Start > 2000 {
			t.Fatalf("sentence of %d bytes", s.End-s.Start)
		}
		if utf8.ValidString(text) && !utf8.ValidString(text[s.Start:s.End]) {
			t.Fatalf("sentence %q cuts a character", text[s.Start:s.End])
		}
		at = s.End
	}
	if strings.TrimFunc(text[at:], unicode.IsSpace) != "" {
		t.Fatalf("%q is in no sentence", text[at:])
	}
}

func TestSentencesCoverAnyText(t *testing.T) {
	pieces := []string{"Mot", "é", ". ", "! ", "M. ", "«", "»", "“", "”", "„", "\n", "\n\n", "- ", " ", "12", "[3]", "\xff", "\t", "…", "a", strings.Repeat("x", 700)}
	property := func(choices []byte) bool {
		var b strings.Builder
		for _, c := range choices {
			b.WriteString(pieces[int(c)%len(pieces)])
		}
		checkSentences(t, b.String())
		return !t.Failed()
	}
	if err := quick.Check(property, &quick.Config{MaxCount: 2000}); err != nil {
		t.Error(err)
	}
}

func FuzzSentences(f *testing.F) {
	for _, s := range []string{"M. Roy part. Il va.", "« a. »", "a\n\nb\nc", "\xff.\xc2", "1. A\n- b", "„a.“ B"} {
		f.Add(s)
	}
	f.Fuzz(checkSentences)
}
