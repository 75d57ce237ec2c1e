package embed

import (
	"testing"

	"docent/rag/lang"
	"docent/rag/ragtest"
)

func TestBuiltin(t *testing.T) { ragtest.TestEmbedder(t, NewBuiltin()) }

func builtin(t testing.TB) *Table {
	t.Helper()
	table, err := builtinTable()
	if err != nil {
		t.Fatal(err)
	}
	return table
}

func vectorOf(t testing.TB, text string) []float32 {
	t.Helper()
	v := make([]float32, builtin(t).dimension)
	if !builtin(t).Embed(v, text) {
		t.Fatalf("%q has no vector", text)
	}
	return v
}

func cosine(a, b []float32) (sum float32) {
	for i := range a {
		sum += a[i] * b[i]
	}
	return sum
}

func TestBuiltinSize(t *testing.T) {
	if n := len(builtinData); n > 12_000_000 {
		t.Errorf("the table has %d bytes", n)
	}
}

// TestLanguages: a text is nearer to its translation than to any other's.
func TestLanguages(t *testing.T) {
	texts := []struct{ en, fr, de, es, it string }{
		{
			"The plane leaves at eight in the morning.", "L’avion part à huit heures du matin.",
			"Das Flugzeug startet um acht Uhr morgens.", "El avión sale a las ocho de la mañana.", "L'aereo parte alle otto del mattino.",
		},
		{
			"The doctor treats sick children in the hospital.", "Le médecin soigne les enfants malades à l'hôpital.",
			"Der Arzt behandelt kranke Kinder im Krankenhaus.", "El médico trata a los niños enfermos en el hospital.",
			"Il medico cura i bambini malati in ospedale.",
		},
		{
			"Employees receive their salary every month.", "Les salariés reçoivent leur salaire chaque mois.",
			"Die Angestellten erhalten jeden Monat ihr Gehalt.", "Los empleados reciben su salario cada mes.",
			"I dipendenti ricevono lo stipendio ogni mese.",
		},
		{
			"Who won the war at sea?", "Qui a gagné la guerre en mer ?", "Wer gewann den Krieg auf See?",
			"¿Quién ganó la guerra en el mar?", "Chi ha vinto la guerra in mare?",
		},
		{
			"The river flooded the village in winter.", "La rivière a inondé le village en hiver.",
			"Der Fluss überschwemmte im Winter das Dorf.", "El río inundó el pueblo en invierno.",
			"Il fiume ha inondato il villaggio in inverno.",
		},
	}
	for i, x := range texts {
		for _, language := range []string{"fr", "de", "es", "it"} {
			best, at := float32(-1), -1
			for j, y := range texts {
				translated := map[string]string{"fr": y.fr, "de": y.de, "es": y.es, "it": y.it}[language]
				if c := cosine(vectorOf(t, x.en), vectorOf(t, translated)); c > best {
					best, at = c, j
				}
			}
			if at != i || best < .2 {
				t.Errorf("%q is nearest to %s %d with %.2f", x.en, language, at, best)
			}
		}
	}
}

// TestUnknownWords: what the table does not hold is told by its letters.
func TestUnknownWords(t *testing.T) {
	for _, c := range []struct{ word, like, unlike string }{
		{"zorglubien", "zorglubienne", "krakozhia"},
		{"Brandenburgerhof", "Brandenburgerhofs", "Zwickelmeyer"},
		{"AX-20419-B", "AX 20419 B", "QF 77380 Z"},
	} {
		near, far := cosine(vectorOf(t, c.word), vectorOf(t, c.like)), cosine(vectorOf(t, c.word), vectorOf(t, c.unlike))
		if near < .4 || near <= far {
			t.Errorf("%s: %.2f with %s, %.2f with %s", c.word, near, c.like, far, c.unlike)
		}
	}
}

// TestSpelling: case, accents and apostrophes make no difference.
func TestSpelling(t *testing.T) {
	for _, c := range []struct{ a, b string }{
		{"L’ÉLÈVE", "l'eleve"},
		{"cœur", "COEUR"},
		{"Straße", "strasse"},
		{"e\u0301te\u0301", "été"},
		{"snake_case", "snake case"},
	} {
		if got := cosine(vectorOf(t, c.a), vectorOf(t, c.b)); got < .9999 {
			t.Errorf("cosine of %q and %q is %v", c.a, c.b, got)
		}
	}
}

func TestNoWords(t *testing.T) {
	for _, text := range []string{"", " ", "— … !", "\u0301", "\xff\xfe"} {
		if builtin(t).Embed(make([]float32, builtin(t).dimension), text) {
			t.Errorf("%q has a vector", text)
		}
	}
}

func TestNearest(t *testing.T) {
	for _, c := range []struct{ word, want string }{
		{"avion", "plane"}, {"guerre", "war"}, {"disease", "maladie"}, {"krieg", "war"}, {"guerra", "war"},
		{"salaire", "salary"}, {"maison", "house"}, {"arzt", "doctor"}, {"ospedale", "hospital"}, {"Congés", "conge"},
	} {
		t.Run(c.word, func(t *testing.T) {
			last, found := float32(1), false
			for word, cosine := range NewBuiltin().Nearest(c.word, .4) {
				if cosine > last || cosine < .4 || word == lang.Fold(c.word) {
					t.Errorf("%s with %v after %v", word, cosine, last)
				}
				last = cosine
				found = found || word == c.want
			}
			if !found {
				t.Errorf("%s is not near", c.want)
			}
		})
	}
	for word := range NewBuiltin().Nearest("zorglubien", 0) {
		t.Errorf("an unknown word is near %s", word)
	}
}

// TestEmbedAllocatesNothing, whatever the text, once its scratch is warm. (The
// pool of scratches loses some on purpose under the race detector.)
func TestEmbedAllocatesNothing(t *testing.T) {
	v, s := make([]float32, builtin(t).dimension), new(scratch)
	for _, text := range []string{sentence, passage, "zorglubien"} {
		if n := testing.AllocsPerRun(100, func() { builtin(t).embed(s, v, text) }); n > 0 {
			t.Errorf("%v allocations for %d bytes", n, len(text))
		}
	}
}
