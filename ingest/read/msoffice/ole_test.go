package msoffice_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"docent/ingest/read"
	"docent/ingest/read/formats"
	"docent/ingest/read/readtest"
)

// fuzzOLE changes one byte or number in a good file, or cuts it, where random
// changes would hardly ever leave a compound file.
func fuzzOLE(f *testing.F, name string, good []byte) {
	f.Add(uint32(0), uint32(0), uint32(0), uint32(len(good)))
	f.Add(uint32(600), uint32(0xffffffff), uint32(1100), uint32(len(good)))
	formats := formats.All(read.Options{})
	f.Fuzz(func(t *testing.T, at, value, again, size uint32) {
		data := append([]byte{}, good...)
		for _, place := range []uint32{at, again} {
			if n := int(place) % len(data); n+4 <= len(data) && value > 0 {
				copy(data[n:], u32(int(value)))
				value >>= 8
			}
		}
		data = data[:min(len(data), int(size))]
		for doc, err := range formats.Read(context.Background(), read.Bytes(name, data)) {
			if err == nil {
				readtest.Check(t, doc)
			}
		}
	})
}

func TestOLEKinds(t *testing.T) {
	for name, c := range map[string]struct {
		file    string
		streams map[string][]byte
		check   func(error) bool
	}{
		"encrypted workbook": {"a.xlsx", map[string][]byte{"EncryptedPackage": make([]byte, 5000), "EncryptionInfo": {1}}, isProtected},
		"encrypted document": {"a.docx", map[string][]byte{"EncryptedPackage": make([]byte, 5000)}, isProtected},
		"encrypted, renamed": {"a.bin", map[string][]byte{"EncryptedPackage": make([]byte, 5000)}, isProtected},
		"of another program": {"a.doc", map[string][]byte{"Contents": make([]byte, 5000)}, isUnsupported},
		"capitals":           {"a.xls", map[string][]byte{"WORKBOOK": make([]byte, 5000)}, func(err error) bool { return strings.Contains(err.Error(), "damaged XLS") }},
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := readtest.One(t, all, c.file, compound(c.streams)); err == nil || !c.check(err) {
				t.Errorf("got %v", err)
			}
		})
	}
	if _, err := readtest.One(t, all, "a.doc", []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and no more")); !isUnsupported(err) {
		t.Errorf("a cut file: got %v", err)
	}
}

func isProtected(err error) bool { return errors.Is(err, read.ErrProtected) }

func isUnsupported(err error) bool {
	var unsupported *read.UnsupportedError
	return errors.As(err, &unsupported)
}

// TestHostileOLE: chains and trees of a compound file that have no end, and
// sizes that it does not have.
func TestHostileOLE(t *testing.T) {
	good := compound(map[string][]byte{"Workbook": make([]byte, 1<<20), "a/b": {1}})
	fat := len(good) - 512*((len(good)/512*4+511)/512)
	directory := strings.Index(string(good), string(wide("Root Entry")))
	change := func(at int, values ...int) []byte {
		data := append([]byte{}, good...)
		copy(data[at:], u32(values...))
		return data
	}
	deep := strings.Repeat("s/", 2600) + "x"
	many := make(map[string][]byte)
	for i := range 80_000 {
		many[fmt.Sprintf("s%d", i)] = nil
	}
	for name, data := range map[string][]byte{
		"stream in a circle":         change(fat, 0),
		"stream in a larger circle":  change(fat+4*100, 50),
		"huge stream":                change(directory+128+120, 0x7fffffff),
		"directory in a circle":      change(48, 0),
		"sectors beyond the end":     change(fat, 0x7ffffff0),
		"entries in a circle":        change(directory+68, 1, 1, 1),
		"many sectors of sectors":    change(44, 0x7fffffff, 0, 0, 0, 0, 0x7fffffff, 0, 0x7fffffff),
		"storages in one another":    compound(map[string][]byte{deep: {1}}),
		"more entries than programs": compound(many),
	} {
		t.Run(name, func(t *testing.T) {
			if doc, err := readtest.One(t, all, "a.xls", data); err == nil {
				t.Errorf("got %+v", doc)
			}
		})
	}
}

// TestCutOLE reads what is there of a file that lost its last bytes.
func TestCutOLE(t *testing.T) {
	data := wordFile([]wordRun{{"Le texte\r", 0, nil}})
	for size := len(data) - 1; size > len(data)-500; size -= 100 {
		doc, err := readtest.One(t, all, "a.doc", data[:size])
		if err == nil && doc.Text != "Le texte" {
			t.Errorf("%d bytes: got %q", size, doc.Text)
		}
	}
}
