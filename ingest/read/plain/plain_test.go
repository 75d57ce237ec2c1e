package plain_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"docent/ingest/read"
	"docent/ingest/read/formats"
	"docent/ingest/read/readtest"
)

// all reads every format.
var all = formats.All(read.Options{})

func TestGolden(t *testing.T) { readtest.Golden(t, all) }

// Of objects within objects, the largest that fits in a row is one.
func TestRowsOfJSON(t *testing.T) {
	long := strings.Repeat("mot ", 600)
	data := `{"projets": [{"nom": "A", "note": "` + long + `", "lots": [{"n": 1, "prix": [2, 3]}, {"n": 2}]}, {"nom": "B", "lots": [{"n": 3}]}]}`
	got := strings.ReplaceAll(readtest.Dump(t, all, "a.json", []byte(data)), strings.TrimSpace(long), "…")
	want := `JSON "a"
field: projets.nom: A
field: projets.note: …
table row: projets.lots | n: 1 | prix: 2, 3
table row: projets.lots | n: 2
table row: projets | nom: B | lots.n: 3
`
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func FuzzText(f *testing.F) {
	readtest.Fuzz(f, all, "a.txt", "a\r\nb\fc", "\xff\xfea\x00b\x00", "caf\xe9", "a\x00b", "e\u0301\u00ad\ufeff")
}

func FuzzRecords(f *testing.F) {
	readtest.Fuzz(f, all, "a.jsonl", `{"_id":"a","text":"b"}`, "{\"id\":1,\"text\":\"e\\u0301\"}\n\n[]\nnull", `{"_id":"a","text":"\u0000"}`)
}

func FuzzCSV(f *testing.F) {
	readtest.Fuzz(f, all, "a.csv", "a,b\n1,2", "a;\"b\n\"\";\"", "sep=\n\t\"")
}

func FuzzJSON(f *testing.F) {
	readtest.Fuzz(f, all, "a.json", `[{"id":1,"text":"b"},{}]`, `{"a":[[1,{"b":[]}],null]}`, "// a\n{}", `"\ud800"`)
}

func FuzzCode(f *testing.F) { readtest.Fuzz(f, all, "a.go", "a\n\n b\n\nc", "\n\n }") }

func FuzzSubtitles(f *testing.F) {
	readtest.Fuzz(f, all, "a.vtt", "00:01.000 --> 00:02.000\n<v A>b</v> {\\c}\n3", "1:00 --> 2:00 x\n-")
}
