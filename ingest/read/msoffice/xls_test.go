package msoffice_test

import (
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"docent/ingest/read"
	"docent/ingest/read/readtest"
)

// biff is a record of a workbook.
func biff(kind int, parts ...[]byte) []byte {
	data := join(parts...)
	return join(u16(kind, len(data)), data)
}

func double(v float64) []byte { return le.AppendUint64(nil, math.Float64bits(v)) }

func narrow(s string) []byte { return join(u16(len(s)), []byte{0}, []byte(s)) }

// excelFile writes a workbook of globals, with a place for each sheet, and the
// sheets.
func excelFile(globals []byte, names []string, sheets ...[]byte) []byte {
	begin, end := biff(0x0809, u16(0x0600, 5)), biff(0x0a)
	size := len(begin) + len(globals) + len(end)
	for _, n := range names {
		size += 4 + 8 + len(n)
	}
	var entries, all []byte
	for i, n := range names {
		hidden := byte(0)
		if strings.HasPrefix(n, "~") {
			hidden = 1
		}
		entries = append(entries, biff(0x85, u32(size+len(all)), []byte{hidden, 0}, []byte{byte(len(n)), 0}, []byte(n))...)
		all = append(all, join(biff(0x0809, u16(0x0600, 16)), sheets[i], biff(0x0a))...)
	}
	return compound(map[string][]byte{"Workbook": padded(join(begin, globals, entries, end, all), 4096)})
}

// excelGlobals has strings, one of which goes on in the next record in another
// width and has looks, and the formats: general, a date, an
// amount, and a currency of the writer's in place of the built-in dollars.
func excelGlobals() []byte {
	split := "Zo\xe9 parle de l"
	rich := join(u16(len(split)+len([]rune("’œuvre"))), []byte{8}, u16(1), []byte(split))
	return join(
		biff(0x42, u16(1200)), biff(0x31, make([]byte, 6), u16(400)),
		biff(0x041e, u16(164), narrow("#,##0.00")), biff(0x041e, u16(8), narrow(`0.00" kr"`)),
		biff(0xe0, u16(0, 0), make([]byte, 16)), biff(0xe0, u16(0, 14), make([]byte, 16)), biff(0xe0, u16(0, 164), make([]byte, 16)),
		biff(0xe0, u16(0, 8), make([]byte, 16)),
		biff(0xfc, u32(4, 4), narrow("Nom"), narrow("Jour"), narrow("Prix"), rich),
		biff(0x3c, []byte{1}, wide("’œuvre"), u32(0)),
	)
}

func cellAt(row, column, look int) []byte { return u16(row, column, look) }

func TestExcel(t *testing.T) {
	first := join(
		biff(0xfd, cellAt(0, 0, 0), u32(0)), biff(0xfd, cellAt(0, 1, 0), u32(1)), biff(0xfd, cellAt(0, 2, 0), u32(2)),
		biff(0x27e, cellAt(2, 0, 0), u32(1<<2|2)), // comes before the row above it
		biff(0xfd, cellAt(1, 0, 0), u32(3)), biff(0x203, cellAt(1, 1, 1), double(45363)), biff(0x27e, cellAt(1, 2, 2), u32(123456<<2|3)),
		biff(0x0809, u16(0x0600, 32)), biff(0x203, cellAt(9, 9, 0), double(666)), biff(0x0a), // a chart
		biff(0xbd, u16(2, 1), u16(1), u32(int(math.Float64bits(45364)>>32)), u16(2), u32(-5<<2|2), u16(2)),
	)
	second := join(
		biff(0x06, cellAt(3, 1, 0), []byte{0, 0, 0, 0, 0, 0, 0xff, 0xff}, make([]byte, 8)), biff(0x207, narrow("text of a formula")),
		biff(0x06, cellAt(3, 2, 3), double(2.5), make([]byte, 8)),
		biff(0x06, cellAt(3, 3, 0), []byte{1, 0, 1, 0, 0, 0, 0xff, 0xff}, make([]byte, 8)),
		biff(0x205, cellAt(3, 4, 0), []byte{0x2a, 1}), biff(0x204, cellAt(3, 5, 0), narrow("label")),
	)
	want := `XLS "a"
table row [page 1] [row 1]: Nom | Jour | Prix
table row [page 1] [row 2] [header 1]: Zoé parle de l’œuvre | 2024-03-12 | 1 234,56
table row [page 1] [row 3] [header 1]: 1 | 2024-03-13 | -5,00
heading 1 [page 2]: Calculs
table row [page 2] [row 4]: text of a formula | 2,50 kr | TRUE | #N/A | label
`
	data := excelFile(excelGlobals(), []string{"Feuil1", "Calculs", "Feuil3"}, first, second, nil)
	if diff := cmp.Diff(want, readtest.Dump(t, all, "a.xls", data)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestHiddenExcel leaves out what is not shown, and knows a merged cell in all of
// its rows.
func TestHiddenExcel(t *testing.T) {
	var sheet []byte
	for row, cells := range [][]string{{"Depot", "Key", "Vehicle"}, {"Leeds", "secret", "van"}, {"", "", "truck"}, {"York", "", "bus"}} {
		for column, text := range cells {
			if text != "" {
				sheet = append(sheet, biff(0x204, cellAt(row, column, 0), narrow(text))...)
			}
		}
	}
	sheet = join(sheet, biff(0x208, u16(3, 0, 3, 255, 0, 0, 0x20, 0)), biff(0x7d, u16(1, 1, 2048, 0, 1, 0)), biff(0xe5, u16(1, 1, 2, 0, 0)))
	data := excelFile(excelGlobals(), []string{"Fleet", "~Draft"}, sheet, biff(0x204, cellAt(0, 0, 0), narrow("draft")))
	doc, err := readtest.One(t, all, "a.xls", data)
	if err != nil {
		t.Fatal(err)
	}
	if want := "Fleet\n\nDepot | Vehicle\n\nLeeds | van\n\n| truck"; doc.Without(read.Unseen).Text != want {
		t.Errorf("got %q, want %q", doc.Text, want)
	}
	warnings := []string{`sheet "Fleet": 1 hidden row left out`, `sheet "Fleet": 1 hidden column left out`, `sheet "~Draft" is hidden and left out`}
	if diff := cmp.Diff(warnings, doc.Warnings); diff != "" {
		t.Errorf("warnings (-want +got):\n%s", diff)
	}
	if cell := doc.Blocks[3].Cells[0]; doc.Text[cell.Start:cell.End] != "Leeds" {
		t.Errorf("the merged cell is %+v", cell)
	}
}

func TestOldExcel(t *testing.T) {
	begin := biff(0x0809, u16(0x0500, 5))
	globals := join(begin, biff(0x42, u16(1251)), biff(0x85, u32(100), []byte{0, 0, 4}, []byte("\xcb\xe8\xf1\xf2")), biff(0x0a))
	stream := padded(globals, 100)
	stream = append(stream, join(biff(0x0809, u16(0x0500, 16)), biff(0x204, cellAt(0, 0, 0), u16(6), []byte("\xcf\xf0\xe8\xe2\xe5\xf2")), biff(0x0a))...)
	want := "XLS \"a\"\nheading 1 [page 1]: Лист\ntable row [page 1] [row 1]: Привет\n"
	if diff := cmp.Diff(want, readtest.Dump(t, all, "a.xls", compound(map[string][]byte{"Book": padded(stream, 4096)}))); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestProtectedExcel(t *testing.T) {
	if _, err := readtest.One(t, all, "a.xls", excelFile(biff(0x2f, u16(1, 1, 1)), nil)); !isProtected(err) {
		t.Errorf("got %v, want ErrProtected", err)
	}
}

// TestHostileExcel: strings, rows and sheets that are claimed and not there.
func TestHostileExcel(t *testing.T) {
	claims := join(biff(0xfc, u32(0x7fffffff, 0x7fffffff), u16(0xffff), []byte{13}, u16(0xffff), u32(0x7fffffff), []byte("abc")))
	cells := join(biff(0xfd, cellAt(0xffff, 0xff, 0xffff), u32(0x7fffffff)), biff(0x203, cellAt(0xffff, 0xff, 9), double(7)), biff(0xbd, u16(1)))
	if got := readtest.Dump(t, all, "a.xls", excelFile(claims, []string{"x"}, cells)); !strings.Contains(got, "[row 65536]: 7") {
		t.Errorf("got %s", got)
	}
	endless := join(biff(0x0809, u16(0x0600, 5)), []byte(strings.Repeat("\x09\x08\x00\x00", 100_000)))
	if _, err := readtest.One(t, all, "a.xls", compound(map[string][]byte{"Workbook": endless})); err == nil {
		t.Error("nothing but beginnings was read")
	}
}

func FuzzExcel(f *testing.F) {
	fuzzOLE(f, "a.xls", excelFile(excelGlobals(), []string{"a", "b"},
		join(biff(0xfd, cellAt(0, 0, 0), u32(3)), biff(0x203, cellAt(1, 1, 1), double(45363))),
		biff(0x06, cellAt(3, 1, 0), []byte{0, 0, 0, 0, 0, 0, 0xff, 0xff}, make([]byte, 8))))
}
