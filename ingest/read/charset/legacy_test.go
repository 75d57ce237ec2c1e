package charset_test

import (
	"strings"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"

	"docent/ingest/read/readtest"
)

// Sentences with what the charsets differ in: œ, €, Ÿ, quotes, dashes.
var samples = map[string]string{
	"French": "Le cœur de l’œuvre, « décidée à l’été », coûtera 25 € à Nîmes et à L’Haÿ-les-Roses. " +
		"Où va-t-on ? Ça, c’est à l’équipe de le dire – même à Noël. L’œuf, le bœuf et la sœur d’Éric : À bientôt, Œdipe !",
	"German":  "Die Größe der Übungsräume wird jährlich geprüft; schöne Grüße aus Köln für alle Ämter. Öl kostet 3 €, sagt Jürgen „Jörg“ Müßig.",
	"Spanish": "¿Cuándo empezará la reunión? ¡Mañana! El señor Muñoz pagó 15 € por los años de atención médica, según el informe técnico.",
	"Polish": "Wszyscy pracownicy mają obowiązek zgłosić nieobecność przełożonemu. Urlop wynosi dwadzieścia sześć dni w roku, " +
		"a źródłem są przepisy kodeksu pracy. Każdą zmianę należy potwierdzić na piśmie.",
	"Russian":  "Каждый сотрудник имеет право на ежегодный отпуск. Заявление подаётся руководителю за две недели до начала отпуска.",
	"Japanese": strings.Repeat("社員は年次有給休暇を取得する権利があります。申請は二週間前までに上司へ提出してください。", 8),
}

func TestLegacyCharsets(t *testing.T) {
	plainSigns := strings.NewReplacer("’", "'", "–", "-", "„", `"`, "“", `"`)
	oldFrench := strings.NewReplacer("œ", "oe", "Œ", "Oe", "€", "F", "Ÿ", "Y")
	for _, tc := range []struct {
		language, name string
		charset        encoding.Encoding
		without        []*strings.Replacer
	}{
		{"French", "windows-1252", charmap.Windows1252, nil},
		{"French", "ISO-8859-15", charmap.ISO8859_15, []*strings.Replacer{plainSigns}},
		{"French", "ISO-8859-1", charmap.ISO8859_1, []*strings.Replacer{plainSigns, oldFrench}},
		{"French", "Mac Roman", charmap.Macintosh, nil},
		{"German", "windows-1252", charmap.Windows1252, nil},
		{"German", "ISO-8859-15", charmap.ISO8859_15, []*strings.Replacer{plainSigns}},
		{"German", "Mac Roman", charmap.Macintosh, nil},
		{"Spanish", "windows-1252", charmap.Windows1252, nil},
		{"Spanish", "ISO-8859-15", charmap.ISO8859_15, nil},
		{"Spanish", "Mac Roman", charmap.Macintosh, nil},
		{"Polish", "windows-1250", charmap.Windows1250, nil},
		{"Polish", "ISO-8859-2", charmap.ISO8859_2, nil},
		{"Russian", "windows-1251", charmap.Windows1251, nil},
		{"Russian", "KOI8-R", charmap.KOI8R, nil},
		{"Japanese", "Shift JIS", japanese.ShiftJIS, nil},
		{"Japanese", "EUC-JP", japanese.EUCJP, nil},
		{"Polish", "UTF-16 without a mark", unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), nil},
		{"French", "UTF-32 LE", utf32.UTF32(utf32.LittleEndian, utf32.UseBOM), nil},
		{"French", "UTF-32 BE", utf32.UTF32(utf32.BigEndian, utf32.UseBOM), nil},
	} {
		t.Run(tc.language+" in "+tc.name, func(t *testing.T) {
			text := samples[tc.language]
			for _, r := range tc.without {
				text = r.Replace(text)
			}
			for _, want := range halvesOf(text) {
				data, err := tc.charset.NewEncoder().String(want)
				if err != nil {
					t.Fatal(err)
				}
				doc, err := readtest.One(t, all, "a.txt", []byte(data))
				if err != nil || doc.Text != want {
					t.Errorf("got  %q, %v\nwant %q", doc.Text, err, want)
				}
			}
		})
	}
}

// halvesOf are a text and, of one long enough to be told by a part, its halves.
func halvesOf(text string) []string {
	words := strings.Fields(text)
	if len(words) < 12 {
		return []string{text}
	}
	half := len(words) / 2
	return []string{text, strings.Join(words[:half], " "), strings.Join(words[half:], " ")}
}

// A page that declares its charset far from its start is read in it.
func TestLateCharset(t *testing.T) {
	page := "<html><head><META name=description content='\xcf\xd4'><!--" + strings.Repeat("x", 3000) + "--><meta http-equiv=content-type content='text/html; charset=koi8-r'></head><p>"
	data, err := charmap.KOI8R.NewEncoder().String("Отпуск")
	if err != nil {
		t.Fatal(err)
	}
	doc, err := readtest.One(t, all, "a.html", []byte(page+data))
	if err != nil || doc.Text != "Отпуск" {
		t.Errorf("got %q, %v", doc.Text, err)
	}
}

func BenchmarkLegacyText(b *testing.B) {
	data, err := charmap.Windows1252.NewEncoder().String(strings.Repeat(samples["French"]+"\n\n", 4000))
	if err != nil {
		b.Fatal(err)
	}
	readtest.Benchmark(b, all, "a.txt", []byte(data))
}
