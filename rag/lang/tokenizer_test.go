package lang_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/quick"

	"github.com/google/go-cmp/cmp"

	"docent/rag/lang"
)

func ExampleWords() {
	for _, w := range lang.Words("fr", "L’équipe réunie à Nantes") {
		fmt.Println(w.Surface, w.Stem, w.Stop)
	}
	// Output:
	// equipe equip false
	// reunie reun false
	// a a true
	// nantes nant false
}

// Each word is wanted as surface, or surface/stem where they differ; a stop
// word in brackets.
func TestWords(t *testing.T) {
	for _, c := range []struct{ name, language, text, want string }{
		{"elision", "fr", "L’avion d'Ada, qu’il n'a jusqu'ici", "avion ada (il) (a) (ici)"},
		{"elisions", "fr", "lorsqu’elle puisqu'on quoiqu'un s'est m’a t'a j'ai c'est", "(elle) (on) (un) (est) (a) (a) (ai) (est)"},
		{"whole with apostrophe", "fr", "Aujourd’hui, presqu'île, d'aujourd'hui", "aujourd'hui presqu'ile/presqu'il aujourd'hui"},
		{"elision in capitals", "fr", "L'ÉTÉ", "ete"},
		{"summer and planes", "fr", "Nous avions des avions l'été", "(nous) avions/avion (des) avions/avion ete"},
		{"without pay", "fr", "congé sans solde", "conge/cong sans/san solde/sold"},
		{"letters that are names", "fr", "la vitamine C, c'est l'article L. 3121-1", "(la) vitamine/vitamin c (est) article/articl l 3121 1"},
		{"ligatures", "fr", "L'œuvre et le cœur", "oeuvre/oeuvr (et) (le) coeur"},
		{"elided name in english", "en", "Mr d'Artagnan and l'Oréal", "mr artagnan (and) oreal"},
		{"possessive", "en", "Hale’s rules aren't the company's", "hale rules/rule (aren't) (the) company/compani"},
		{"possessive elsewhere", "fr", "le McDonald's de Lyon", "(le) mcdonald (de) lyon"},
		{"contractions", "en", "I don't, we're, it's o'clock", "(i) (don't) (we're) (it) o'clock"},
		{"acronyms", "en", "The U.S.A. and the U.S. Army, e.g. this", "(the) usa (and) (the) us army/armi (eg) (this)"},
		{"acronym fr", "fr", "la S.N.C.F. et l'O.T.A.N.", "(la) sncf (et) otan"},
		{"stop words in capitals", "en", "Ask IT about it, WHO says who", "ask it (about) (it) who says/say (who)"},
		{"shouting", "fr", "LE CONGÉ EST DANS LA LOI", "(le) conge/cong (est) (dans) (la) loi"},
		{"numbers", "fr", "5,5 milliards, v1.2.3 en 2024, 25e", "5,5 milliards/milliard v1.2.3 (en) 2024 25e"},
		{"programs", "en", "C++, C# and F# but #tag", "c++ c# (and) f# (but) tag"},
		{"hyphens", "fr", "grand-père va-t-il", "grand pere/per va (t) (il)"},
		{"decomposed", "fr", "re\u0301union", "reunion"},
		{"marks alone", "fr", "\u0301 a", "(a)"},
		{"unknown language", "", "L'été aux Congés", "ete aux conges"},
		{"other scripts", "", "Москва 東京", "москва 東京"},
		{"german", "de", "Die Kündigungen der Häuser", "(die) kundigungen/kundig (der) hauser/haus"},
		{"spanish", "es", "las vacaciones anuales", "(las) vacaciones/vacacion anuales/anual"},
		{"italian", "it", "dell'azienda un'altra", "azienda/azi altra"},
		{"nothing", "fr", " … - ’ ", ""},
		{"invalid", "fr", "caf\xe9 \xff congé", "caf conge/cong"},
	} {
		t.Run(c.name, func(t *testing.T) {
			checkWords(t, c.language, c.text)
			var got []string
			for _, w := range lang.Words(c.language, c.text) {
				s := w.Surface
				if w.Stop {
					s = "(" + s + ")"
				} else if w.Stem != w.Surface {
					s += "/" + w.Stem
				}
				got = append(got, s)
			}
			if diff := cmp.Diff(c.want, strings.Join(got, " ")); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

// Forms of one word share a stem, with accents or without.
func TestStemsMeet(t *testing.T) {
	for _, c := range []struct{ language, forms string }{
		{"fr", "congé congés conge conges CONGÉS"},
		{"fr", "délai délais delai"},
		{"fr", "préavis preavis"},
		{"fr", "salarié salariés salariée salariées"},
		{"fr", "employé employés employée employer"},
		{"fr", "financier financière financières financiere"},
		{"fr", "premier première premiers"},
		{"fr", "troisième troisieme troisièmes"},
		{"fr", "étranger étrangère etrangere"},
		{"fr", "travail travaux"},
		{"fr", "journal journaux"},
		{"fr", "œuvre oeuvres œuvres"},
		{"fr", "remboursement remboursements"},
		{"fr", "intéressé intéressés"},
		{"en", "sign signs signed signing"},
		{"en", "invoice invoices invoiced invoicing"},
		{"en", "policy policies"},
		{"en", "holiday holidays"},
		{"en", "employee employees employee's"},
		{"de", "Haus Häuser"},
		{"es", "contrato contratos"},
		{"it", "contratto contratti"},
	} {
		t.Run(c.forms, func(t *testing.T) {
			words := lang.Words(c.language, c.forms)
			for _, w := range words {
				if w.Stem != words[0].Stem {
					t.Errorf("%s has stem %q, %s %q", w.Surface, w.Stem, words[0].Surface, words[0].Stem)
				}
			}
		})
	}
}

func TestStemsOfDifferentWordsDiffer(t *testing.T) {
	for _, c := range []struct{ language, one, other string }{
		{"fr", "congé", "congrès"}, {"fr", "contrat", "contrôle"}, {"fr", "salaire", "salarié"}, {"en", "policy", "police"}, {"en", "sign", "sing"},
	} {
		t.Run(c.one, func(t *testing.T) {
			words := lang.Words(c.language, c.one+" "+c.other)
			if words[0].Stem == words[1].Stem {
				t.Errorf("%s and %s share the stem %q", c.one, c.other, words[0].Stem)
			}
		})
	}
}

// checkWords holds Words to what its comment promises.
func checkWords(t *testing.T, language, text string) {
	t.Helper()
	at := 0
	for _, w := range lang.Words(language, text) {
		if w.Start < at || w.End <= w.Start || w.End > len(text) {
			t.Fatalf("word %+v after %d in %d bytes", w, at, len(text))
		}
		raw := text[w.Start:w.End]
		if folded := lang.Fold(raw); w.Surface != folded && w.Surface != strings.ReplaceAll(folded, ".", "") {
			t.Fatalf("surface of %q is %q", raw, w.Surface)
		}
		if w.Surface == "" || w.Stem == "" || lang.Fold(w.Stem) != w.Stem {
			t.Fatalf("word %+v", w)
		}
		if (language == "" || w.Stop) && w.Stem != w.Surface {
			t.Fatalf("word %+v has a stem", w)
		}
		at = w.End
	}
}

func TestWordsOfAnyText(t *testing.T) {
	languages := []string{"fr", "en", "de", "es", "it", "", "xx"}
	property := func(text string, raw []byte, n uint8) bool {
		checkWords(t, languages[int(n)%len(languages)], text)
		checkWords(t, languages[int(n)%len(languages)], string(raw))
		return !t.Failed()
	}
	if err := quick.Check(property, &quick.Config{MaxCount: 2000}); err != nil {
		t.Error(err)
	}
}

func FuzzWords(f *testing.F) {
	for _, language := range []string{"fr", "en", "de", "es", "it", ""} {
		f.Add(language, "L’été d'Été, œuvre 5,5 C++ U.S.A. ing sses ies \xff e\u0301")
	}
	f.Fuzz(checkWords)
}
