package msoffice_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"docent/ingest/read"
	"docent/ingest/read/readtest"
)

// atom and box are records of a presentation, without and with others in it.
func atom(kind, instance int, parts ...[]byte) []byte { return pptRecord(kind, instance<<4, parts) }
func box(kind, instance int, parts ...[]byte) []byte  { return pptRecord(kind, instance<<4|0xf, parts) }

func pptRecord(kind, head int, parts [][]byte) []byte {
	data := join(parts...)
	return join(u16(head, kind), u32(len(data)), data)
}

func textShape(kind int, place int, text string) []byte {
	return box(0xf004, 0, box(0xf011, 0, atom(0x0bc3, 0, u32(0, place))),
		atom(0xf00d, 0, atom(0x0f9f, 0, u32(kind)), atom(0x0fa0, 0, wide(text))))
}

func cellShape(left, top int, text string) []byte {
	return box(0xf004, 0, atom(0xf00f, 0, u32(left, top, 0, 0)), atom(0xf00d, 0, atom(0x0f9f, 0, u32(4)), atom(0x0fa8, 0, []byte(text))))
}

func drawing(shapes ...[]byte) []byte {
	return box(0x040c, 0, box(0xf002, 0, box(0xf003, 0, append([][]byte{box(0xf004, 0)}, shapes...)...)))
}

// powerPointFile writes objects, of which the first is the document, in two
// saves: the first object was written before in another form.
func powerPointFile(objects ...[]byte) []byte {
	var stream []byte
	places := make([]int, len(objects))
	old := box(0x03e8, 0)
	stream = append(stream, old...)
	firstDirectory := len(stream)
	stream = append(stream, atom(0x1772, 0, u32(1|1<<20, 0))...)
	firstEdit := len(stream)
	stream = append(stream, atom(0x0ff5, 0, u32(0, 0, 0, firstDirectory, 1, 0, 0))...)
	for i, o := range objects {
		places[i] = len(stream)
		stream = append(stream, o...)
	}
	directory := len(stream)
	stream = append(stream, atom(0x1772, 0, u32(1|len(objects)<<20), u32(places...))...)
	edit := len(stream)
	stream = append(stream, atom(0x0ff5, 0, u32(0, 0, firstEdit, directory, 1, 0, 0))...)
	current := atom(0x0ff6, 0, u32(0x14, 0xe391c05f, edit, 0))
	return compound(map[string][]byte{"PowerPoint Document": padded(stream, 4096), "Current User": current})
}

func slideEntry(object, id int) []byte { return atom(0x03f3, 0, u32(object, 0, 0, id, 0)) }

func presentation() []byte {
	table := box(0xf003, 0, box(0xf004, 0, atom(0xf122, 1, u16(0x039f), u32(1))),
		cellShape(0, 0, "Nom"), cellShape(9, 0, "\xc2ge"), cellShape(9, 9, "34"), cellShape(0, 9, "Zo\xe9"))
	return powerPointFile(
		box(0x03e8, 0,
			box(0x0ff0, 1, slideEntry(9, 1)),
			box(0x0ff0, 0, slideEntry(3, 256), atom(0x0f9f, 0, u32(0)), atom(0x0fa0, 0, wide("L’été")),
				atom(0x0f9f, 0, u32(1)), atom(0x0fa8, 0, []byte("un\rdeux\vtrois")), slideEntry(2, 257), slideEntry(7, 258)),
			box(0x0ff0, 2, slideEntry(4, 99))),
		box(0x03ee, 0, atom(0x03ef, 2, make([]byte, 24)), drawing(textShape(4, 0, "Une zone."), table, textShape(4, 13, "Le second"))),
		box(0x03ee, 0, atom(0x03ef, 2, make([]byte, 16), u32(99, 0)), drawing(
			box(0xf004, 0, atom(0xf00d, 0, atom(0x0f9e, 0, u32(1)))),
			box(0xf004, 0, atom(0xf00d, 0, atom(0x0f9e, 0, u32(0)))),
			textShape(4, 8, "*"), textShape(4, 9, "Pied de page"))),
		box(0x03f0, 0, drawing(textShape(2, 12, "Une note."))),
	)
}

func TestPowerPoint(t *testing.T) {
	want := `PPT "L’été"
warning: slide 3 is missing
heading 1 [page 1]: L’été
list item [page 1]: un
list item [page 1]: deux⏎trois
note [page 1] [lead 1]: Une note.
heading 1 [page 2]: Le second
paragraph [page 2]: Une zone.
table row [page 2]: Nom | Âge
table row [page 2] [header 7]: Zoé | 34
`
	if diff := cmp.Diff(want, readtest.Dump(t, all, "a.ppt", presentation())); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestHiddenSlide leaves out a slide that is not shown, with its notes.
func TestHiddenSlide(t *testing.T) {
	got := readtest.Dump(t, all, "a.ppt", powerPointFile(
		box(0x03e8, 0, box(0x0ff0, 0, slideEntry(2, 256), slideEntry(3, 257))),
		box(0x03ee, 0, atom(0x03ef, 2, make([]byte, 24)), atom(0x03f9, 0, make([]byte, 10), u16(4, 0)), drawing(textShape(4, 13, "Draft"))),
		box(0x03ee, 0, atom(0x03ef, 2, make([]byte, 24)), atom(0x03f9, 0, make([]byte, 10), u16(1, 0)), drawing(textShape(4, 13, "Shown")))))
	if want := "PPT \"Shown\"\nwarning: slide 1 is hidden and left out\nheading 1 [page 2]: Shown\nunseen [page 1]: Draft\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestPowerPointRefused(t *testing.T) {
	current := atom(0x0ff6, 0, u32(0x14, 0xf3d1c4df, 0, 0))
	encrypted := compound(map[string][]byte{"PowerPoint Document": make([]byte, 4096), "Current User": current})
	if _, err := readtest.One(t, all, "a.ppt", encrypted); !isProtected(err) {
		t.Errorf("got %v, want ErrProtected", err)
	}
	lost := compound(map[string][]byte{"PowerPoint Document": make([]byte, 4096), "Current User": make([]byte, 40)})
	if _, err := readtest.One(t, all, "a.ppt", lost); err == nil || !strings.Contains(err.Error(), "damaged PPT") {
		t.Errorf("got %v", err)
	}
}

// TestHostilePowerPoint: groups that nest without end, a list that shows one
// slide a thousand times, saves that go in a circle.
func TestHostilePowerPoint(t *testing.T) {
	shapes := textShape(4, 0, "deep")
	for range 1000 {
		shapes = box(0xf003, 0, shapes)
	}
	entries := [][]byte{slideEntry(2, 256)}
	for range 1000 {
		entries = append(entries, slideEntry(2, 256))
	}
	slide := box(0x03ee, 0, drawing(textShape(4, 0, "once"), shapes))
	got := readtest.Dump(t, all, "a.ppt", powerPointFile(box(0x03e8, 0, box(0x0ff0, 0, entries...)), slide))
	if strings.Count(got, "once") != 1 || strings.Contains(got, "deep") {
		t.Errorf("got %s", got)
	}
	circle := join(atom(0x1772, 0, u32(1|1<<20, 0)), atom(0x0ff5, 0, u32(0, 0, 16, 0, 1, 0, 0)))
	current := atom(0x0ff6, 0, u32(0x14, 0xe391c05f, 16, 0))
	if _, err := readtest.One(t, all, "a.ppt", compound(map[string][]byte{"PowerPoint Document": padded(circle, 4096), "Current User": current})); err == nil || errors.Is(err, read.ErrEmpty) {
		t.Errorf("got %v", err)
	}
}

func FuzzPowerPoint(f *testing.F) { fuzzOLE(f, "a.ppt", presentation()) }
