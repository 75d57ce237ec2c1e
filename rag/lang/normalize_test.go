package lang_test

import (
	"testing"
	"testing/quick"
	"unicode/utf8"

	"docent/rag/lang"
)

func TestNormalize(t *testing.T) {
	for name, c := range map[string]struct{ in, want string }{
		"plain":           {"Déjà vu", "Déjà vu"},
		"decomposed":      {"De\u0301ja\u0300", "Déjà"},
		"line ends":       {"a\r\nb\rc\n", "a\nb\nc\n"},
		"mark and NUL":    {"\uFEFFa\x00b\uFEFF", "ab"},
		"invalid":         {"caf\xe9 cr\xe8\xe8me", "caf\uFFFD cr\uFFFDme"},
		"other forms":     {"ﬁn … 5\u202f€", "ﬁn … 5\u202f€"},
		"NUL in line end": {"a\r\x00\nb", "a\n\nb"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := lang.Normalize(c.in); got != c.want {
				t.Errorf("Normalize(%q) = %q, want %q", c.in, got, c.want)
			}
		})
	}
}

func TestFold(t *testing.T) {
	for in, want := range map[string]string{
		"":                    "",
		"plain text 12":       "plain text 12",
		"CONGÉS PAYÉS":        "conges payes",
		"L’œuvre d’Æsop":      "l'oeuvre d'aesop",
		"Straße, Łódź, Søren": "strasse, lodz, soren",
		"e\u0301te\u0301":     "ete",
		"ﬁn 2\u00a0m²":        "fin 2 m2",
		"İstanbul ıI":         "istanbul ii",
		"Ёлка":                "елка",
		"\xff":                "\uFFFD",
		"ᴭ ẞ K":               "ae ss k",
	} {
		t.Run(in, func(t *testing.T) {
			if got := lang.Fold(in); got != want {
				t.Errorf("Fold(%q) = %q, want %q", in, got, want)
			}
		})
	}
}

func TestNormalizeAndFoldAreIdempotent(t *testing.T) {
	property := func(text string, raw []byte) bool {
		for _, s := range []string{text, string(raw), text + string(raw)} {
			if n := lang.Normalize(s); lang.Normalize(n) != n || !utf8.ValidString(n) {
				t.Logf("Normalize(%q) = %q, and again %q", s, n, lang.Normalize(n))
				return false
			}
			if f := lang.Fold(s); lang.Fold(f) != f {
				t.Logf("Fold(%q) = %q, and again %q", s, f, lang.Fold(f))
				return false
			}
		}
		return true
	}
	if err := quick.Check(property, &quick.Config{MaxCount: 3000}); err != nil {
		t.Error(err)
	}
	// Every character by itself, and with a variation selector.
	for r := rune(0); r <= utf8.MaxRune; r++ {
		s := string(r)
		if f := lang.Fold(s); lang.Fold(f) != f {
			t.Errorf("Fold(%q) = %q, and again %q", s, f, lang.Fold(f))
		}
		for _, s := range []string{s, s + "\U000e0135"} {
			if n := lang.Normalize(s); lang.Normalize(n) != n {
				t.Errorf("Normalize(%q) = %q, and again %q", s, n, lang.Normalize(n))
			}
		}
	}
}
