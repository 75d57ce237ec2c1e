package lang_test

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"docent/rag/lang"
)

func TestSanitize(t *testing.T) {
	for name, c := range map[string]struct{ in, want string }{
		"plain":                       {"Déjà\tvu\n", "Déjà\tvu\n"},
		"a command of a terminal":     {"a\x1b[31mb\u009b0m\x07", "a[31mb0m"},
		"ends of lines":               {"a\r\nb\rc\vd\u0085e\u2028f", "a\nb\nc\nd\ne\nf"},
		"ends of pages":               {"a\fb\u2029c", "a\n\nb\n\nc"},
		"no UTF-8":                    {"caf\xe9 cr\xe8\xe8me", "caf\uFFFD cr\uFFFDme"},
		"turned direction":            {"a\u202egnp.exe\u202c \u2066b\u2069 \u200f\u061cc", "agnp.exe b c"},
		"soft hyphens":                {"con\u00adgés\ufeff", "congés"},
		"written apart":               {"ig\u200bno\u2060re pre\u200dvi\u200cous\u034f", "ignore previous"},
		"operators and fillers":       {"f\u2061(x)\u2063\u115f\u3164\uffa0\u17b4", "f(x)"},
		"tags":                        {"Hello\U000E0048\U000E0049\U000E0001 world", "Hello world"},
		"a flag of tags":              {"🏴\U000E0067\U000E0062\U000E007F!", "🏴!"},
		"emoji joined":                {"👩‍👩‍👧‍👦 🏳️‍🌈 ❤️ 1️⃣ ℹ️", "👩‍👩‍👧‍👦 🏳️‍🌈 ❤️ 1️⃣ ℹ️"},
		"bytes hidden in selectors":   {"😀\ufe01\ufe02\U000E0105\U000E0106", "😀\ufe01"},
		"selectors after letters":     {"a\ufe0fb\U000E0101 \ufe0f", "ab "},
		"bits hidden in joiners":      {"क्\u200d\u200c\u200d\u200cष", "क्\u200dष"},
		"Persian":                     {"می\u200cخواهم", "می\u200cخواهم"},
		"Arabic with a vowel":         {"هَ\u200d", "هَ\u200d"},
		"accents join nothing":        {"e\u0301\u200de", "e\u0301e"},
		"Khmer without spaces":        {"ខ្មែរ\u200bភាសា", "ខ្មែរ\u200bភាសា"},
		"a Japanese name":             {"葛\U000E0100城", "葛\U000E0100城"},
		"Mongolian":                   {"ᠠ\u180bᠨ\u180eᠠ a\u180b", "ᠠ\u180bᠨ\u180eᠠ a"},
		"format marks that are drawn": {"\u0600١ \u06dd", "\u0600١ \u06dd"},
		"spaces that hold together":   {"5\u202f000\u00a0€", "5\u202f000\u00a0€"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := lang.Sanitize(c.in); got != c.want {
				t.Errorf("Sanitize(%+q) = %+q, want %+q", c.in, got, c.want)
			}
		})
	}
}

// Whatever comes in, what goes out shows all that it holds.
func FuzzSanitize(f *testing.F) {
	for _, s := range []string{"plain", "\x1b[31mred", "\u009b31m", "a\u202eb", "\xff\xfe", "line\r\nline\ttab\r", "e\u200b\u0301\u200d", "👩‍👩‍👧‍👦", "می\u200cخواهم", "😀\ufe01\U000E0041", "=\u0338\ufe0f"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got := lang.Sanitize(s)
		if !utf8.ValidString(got) || lang.Sanitize(got) != got {
			t.Errorf("Sanitize(%+q) = %+q, and again %+q", s, got, lang.Sanitize(got))
		}
		invisible := 0
		for _, r := range got {
			switch {
			case unicode.IsControl(r) && r != '\n' && r != '\t', unicode.Is(unicode.Bidi_Control, r), r >= 0xE0000 && r <= 0xE007F:
				t.Errorf("Sanitize(%+q) keeps %U", s, r)
			case !lang.IsInvisible(r):
				invisible = 0
			default:
				if invisible++; invisible > 2 {
					t.Errorf("Sanitize(%+q) = %+q", s, got)
				}
			}
		}
		if normal := lang.Normalize(s); lang.Normalize(normal) != normal || !norm.NFC.IsNormalString(normal) {
			t.Errorf("Normalize(%+q) = %+q, and again %+q", s, normal, lang.Normalize(normal))
		}
		if seen := strings.IndexFunc(s, func(r rune) bool { return r > '~' || r < ' ' }) < 0; seen && got != s {
			t.Errorf("Sanitize(%+q) = %+q", s, got)
		}
	})
}

func BenchmarkNormalize(b *testing.B) {
	text := strings.Repeat("Les demandes sont déposées au plus tard le 1er mars auprès de l’accueil.\n", 1000)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		lang.Normalize(text)
	}
}
