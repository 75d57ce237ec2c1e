package charset_test

import (
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"docent/ingest/read"
	"docent/ingest/read/formats"
	"docent/ingest/read/readtest"
)

// all reads every format.
var all = formats.All(read.Options{})

func TestCharsets(t *testing.T) {
	const french = "« L’été, c’est décidé : 5 € la place à Nîmes », dit-elle."
	encode := func(e encoding.Encoding, s string) string {
		t.Helper()
		out, err := e.NewEncoder().String(s)
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	for _, tc := range []struct{ name, file, data, text string }{
		{name: "UTF-8", data: french, text: french},
		{name: "UTF-8 with a mark", data: "\ufeff" + french, text: french},
		{name: "decomposed UTF-8", data: "e\u0301te\u0301", text: "été"},
		{name: "windows-1252", data: encode(charmap.Windows1252, french), text: french},
		{name: "UTF-16 LE with a mark", data: encode(unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), french), text: french},
		{name: "UTF-16 BE with a mark", data: encode(unicode.UTF16(unicode.BigEndian, unicode.UseBOM), french), text: french},
		{name: "UTF-16 LE", data: encode(unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), french), text: french},
		{name: "UTF-16 BE", data: encode(unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM), french), text: french},
		{name: "UTF-8 with a broken byte", data: "été, à Nîmes: 5 \x80.", text: "été, à Nîmes: 5 €."},
		{name: "a byte that no charset has", data: "caf\xe9\x81s", text: "cafés"},
		{name: "page declaring its charset", file: "a.html", data: "<meta charset=iso-8859-15><p>5 \xa4", text: "5 €"},
		{name: "page declaring another charset than its own", file: "a.html", data: "<p>été</p><meta charset=iso-8859-1>", text: "été"},
		{name: "page declaring wrongly", file: "a.html", data: "<meta charset=utf-8><p>caf\xe9", text: "café"},
		{name: "page in UTF-16", file: "a.html", data: encode(unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), "<p>été"), text: "été"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if tc.file == "" {
				tc.file = "a.txt"
			}
			doc, err := readtest.One(t, all, tc.file, []byte(tc.data))
			if err != nil || doc.Text != tc.text {
				t.Errorf("got  %q, %v\nwant %q", doc.Text, err, tc.text)
			}
		})
	}
}
