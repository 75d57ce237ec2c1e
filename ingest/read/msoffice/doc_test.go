package msoffice_test

import (
	"bytes"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"docent/ingest/read"
	"docent/ingest/read/formats"
	"docent/ingest/read/readtest"
)

// all reads every format.
var all = formats.All(read.Options{})

// wordRun is a paragraph of a test: its text with the character that ends it,
// and the modifiers of its properties.
type wordRun struct {
	text  string
	style int
	sprms []byte
}

func sprm(op int, operand ...byte) []byte { return append(u16(op), operand...) }

var (
	inTable = sprm(0x2416, 1)
	rowEnd  = join(sprm(0x2416, 1), sprm(0x2417, 1))
	inList  = join(sprm(0x460b, 1, 0), sprm(0x260a, 0))
)

// wordFile writes a document in Word's format. The second half of the text is
// in a piece of its own, of two bytes a character, and stands before the first
// in the file. One word is hidden: that between two "¬".
func wordFile(body []wordRun, notes ...string) []byte {
	var text string
	for _, r := range body {
		text += r.text
	}
	bodySize := len([]rune(text))
	for _, n := range notes {
		text += n + "\r"
	}
	text += "\r"
	all := []rune(text)
	const textAt = 1024
	header := make([]byte, textAt)
	copy(header, join(u16(0xa5ec, 0xc1, 0, 0x40c, 0, 0x0200), make([]byte, 20), u16(14), make([]byte, 28), u16(22)))
	noteSize := 0
	for _, n := range notes {
		noteSize += len([]rune(n)) + 1
	}
	copy(header[0x4c:], u32(bodySize, noteSize, 0, 0, 0, 0, 0))

	half := len(all) / 2
	narrowAt := textAt + 2*(len(all)-half)
	main := join(header, wide(string(all[half:])))
	for _, r := range all[:half] {
		c := byte(r)
		if r == '’' {
			c = 0x92
		}
		main = append(main, c)
	}
	place := func(cp int) int {
		if cp < half {
			return narrowAt + cp
		}
		return textAt + 2*(cp-half)
	}
	paragraphs := wordPages(body, place, half)
	main = padded(main, 512)
	var table []byte
	put := func(pair int, data []byte) {
		copy(main[0x9a+8*pair:], u32(len(table), len(data)))
		table = append(table, data...)
	}
	paragraphBins := join(u32(0, len(main)), u32(len(main)/512))
	main = append(main, paragraphs...)
	characters := wordHidden(all, place)
	characterBins := join(u32(0, len(main)), u32(len(main)/512))
	main = append(main, characters...)
	put(13, paragraphBins)
	put(12, characterBins)
	put(33, join([]byte{1}, u16(3), make([]byte, 3), []byte{2}, u32(12*2+4), u32(0, half, len(all)),
		u16(0), u32(narrowAt*2|1<<30), u16(0, 0), u32(textAt), u16(0)))
	put(1, wordStyles())
	put(73, join(u16(1), u32(7, 0), make([]byte, 18), []byte{1, 0}))
	level := join(u32(3), []byte{4, 0}, make([]byte, 9), []byte{0}, make([]byte, 8), []byte{0, 0, 0, 0}, u16(2), u16(0), wide(")"))
	table = append(table, level...)
	put(74, join(u32(1), u32(7, 0, 0), []byte{0, 0, 0, 0}, u32(noEntry)))
	if len(notes) > 0 {
		refs, texts := []byte{}, u32(0)
		at := 0
		for i, r := range all[:bodySize] {
			if r == 2 {
				refs = append(refs, u32(i)...)
			}
		}
		for _, n := range notes {
			at += len([]rune(n)) + 1
			texts = append(texts, u32(at)...)
		}
		put(2, join(refs, u32(bodySize), make([]byte, 2*len(notes))))
		put(3, append(texts, u32(at+1)...))
	}
	return compound(map[string][]byte{"WordDocument": padded(main, 4096), "1Table": padded(table, 4096)})
}

// wordPages makes the one page of the properties of paragraphs.
func wordPages(body []wordRun, place func(int) int, half int) []byte {
	type run struct {
		from, to int
		data     []byte
	}
	var runs []run
	cp := 0
	for _, r := range body {
		next := cp + len([]rune(r.text))
		data := join(u16(r.style), r.sprms)
		from, to := place(cp), place(next-1)+1
		if next-1 >= half {
			from, to = place(max(cp, half)), place(next-1)+2
		}
		runs = append(runs, run{from, to, data})
		cp = next
	}
	slices.SortFunc(runs, func(a, b run) int { return a.from - b.from })
	page := make([]byte, 512)
	page[511] = byte(len(runs))
	at := 510
	for i, r := range runs {
		copy(page[4*i:], u32(r.from, r.to))
		data := r.data
		if len(data)%2 == 0 {
			data = append([]byte{0, byte(len(data) / 2)}, data...)
		} else {
			data = append([]byte{byte((len(data) + 1) / 2)}, data...)
		}
		at = (at - len(data)) &^ 1
		copy(page[at:], data)
		page[4*(len(runs)+1)+13*i] = byte(at / 2)
	}
	return page
}

// wordHidden is the page of the properties of characters.
func wordHidden(all []rune, place func(int) int) []byte {
	page := make([]byte, 512)
	from := slices.Index(all, '¬')
	if from < 0 {
		return page
	}
	to := from + 1 + slices.Index(all[from+1:], '¬')
	page[511] = 1
	copy(page, u32(place(from), place(to)+1))
	const at = 500
	page[8] = at / 2
	copy(page[at:], append([]byte{3}, sprm(0x083c, 1)...))
	return page
}

// wordStyles are "Normal", "heading 1" and a style based on that.
func wordStyles() []byte {
	style := func(builtIn, base int, name string, sprms []byte) []byte {
		std := join(u16(builtIn, 1|base<<4, 1|0xfff<<4, 0, 0), u16(len(name)), wide(name), u16(0), u16(2+len(sprms), 0), sprms)
		return join(u16(len(std)), std)
	}
	return join(u16(18, 3, 10), make([]byte, 14), style(0, 0xfff, "Normal", nil), style(1, 0, "Titre 1", nil),
		style(0xffe, 0, "Sous-titre", sprm(0x2640, 1)))
}

func TestWord(t *testing.T) {
	data := wordFile([]wordRun{
		{"Le titre\r", 1, nil},
		{"L’année \x13 HYPERLINK \"x\" \x14du site\x15\x02 et ¬cachée¬ voilà.\r", 0, nil},
		{"Plus bas\r", 2, nil},
		{"premier\r", 0, inList},
		{"second\r", 0, inList},
		{"Nom\x07", 0, inTable},
		{"Âge\x07", 0, inTable},
		{"\x07", 0, join(rowEnd, sprm(0x3404, 1))},
		{"Zoé\x07", 0, inTable},
		{"34\rans\x07", 0, inTable},
		{"\x07", 0, rowEnd},
		{"Δ fin\x1ede\x0bligne.\r", 0, nil},
	}, "\x02 Une note.")
	want := `DOC "Le titre"
heading 1: Le titre
paragraph: L’année du site et  voilà.
note [lead 2]: Une note.
heading 2: Plus bas
list item 1: c) premier
list item 1: d) second
table row: Nom | Âge
table row [header 7]: Zoé | 34 ans
paragraph: Δ fin‑de⏎ligne.
`
	if diff := cmp.Diff(want, readtest.Dump(t, all, "a.doc", data)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestWordCorrections leaves out what is struck through, and knows where the mark
// of a note stood.
func TestWordCorrections(t *testing.T) {
	plain := wordFile([]wordRun{{"The fee is ¬80 pounds¬ 95 pounds.\x02 Paid in June.\r", 0, nil}}, "\x02 Half for members.")
	struck := bytes.Replace(plain, sprm(0x083c, 1), sprm(0x0837, 1), 1)
	doc, err := readtest.One(t, all, "a.doc", struck)
	if err != nil {
		t.Fatal(err)
	}
	if want := "The fee is 95 pounds. Paid in June.\n\nHalf for members."; doc.Text != want {
		t.Errorf("got %q, want %q", doc.Text, want)
	}
	if diff := cmp.Diff([]string{"1 struck-through run left out"}, doc.Warnings); diff != "" {
		t.Errorf("warnings (-want +got):\n%s", diff)
	}
	note := doc.Blocks[1]
	if before := doc.Text[:note.Cells[0].Start]; note.Kind != read.Note || note.Lead != 1 || !strings.HasSuffix(before, " 95 pounds.") {
		t.Errorf("the note is %+v after %q", note, before)
	}
}

func TestWordRefused(t *testing.T) {
	protected := make([]byte, 4096)
	copy(protected, u16(0xa5ec, 0xc1, 0, 0, 0, 0x0100))
	ancient := make([]byte, 4096)
	copy(ancient, u16(0xa5dc, 0x68))
	for name, c := range map[string]struct {
		main []byte
		want error
		says string
	}{
		"protected":      {main: protected, want: read.ErrProtected},
		"older Word":     {main: ancient, says: "older than that of 1997"},
		"something else": {main: make([]byte, 4096), says: "damaged DOC"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := readtest.One(t, all, "a.doc", compound(map[string][]byte{"WordDocument": c.main, "1Table": make([]byte, 4096)}))
			if err == nil || c.want != nil && !errors.Is(err, c.want) || !strings.Contains(err.Error(), c.says) {
				t.Errorf("got %v", err)
			}
		})
	}
}

func FuzzWord(f *testing.F) {
	fuzzOLE(f, "a.doc", wordFile([]wordRun{{"Titre\r", 1, nil}, {"a\x07", 0, inTable}, {"\x07", 0, rowEnd}, {"x\x02y\r", 0, inList}}, "note"))
}
