package rtf_test

import (
	"errors"
	"strings"
	"testing"

	"docent/ingest/read"
	"docent/ingest/read/formats"
	"docent/ingest/read/readtest"
)

// all reads every format.
var all = formats.All(read.Options{})

func TestGolden(t *testing.T) { readtest.Golden(t, all) }

// TestMergedRTF: a merged cell is one of all its columns and rows.
func TestMergedRTF(t *testing.T) {
	doc, err := readtest.One(t, all, "a.rtf", []byte(`{\rtf1\trowd\trhdr\cellx1\clmgf\cellx2\clmrg\cellx3\intbl Depot\cell Weekdays\cell\cell\row`+
		`\trowd\clvmgf\cellx1\cellx2\cellx3\intbl Leeds\cell 7\cell 19\cell\row\trowd\clvmrg\cellx1\cellx2\cellx3\intbl\cell 8\cell 17\cell\row}`))
	if err != nil {
		t.Fatal(err)
	}
	var rows []string
	for _, b := range doc.Blocks {
		var cells []string
		for _, c := range b.Cells {
			cells = append(cells, doc.Text[c.Start:c.End])
		}
		rows = append(rows, strings.Join(cells, "/"))
	}
	if want := "Depot/Weekdays/Weekdays Leeds/7/19 Leeds/8/17"; strings.Join(rows, " ") != want {
		t.Errorf("got %q, want %s", rows, want)
	}
}

func TestHostileRTF(t *testing.T) {
	for name, c := range map[string]struct{ data, want string }{
		"open braces":      {`{\rtf1` + strings.Repeat("{", 5_000_000), "!nest too deep"},
		"pairs of braces":  {`{\rtf1 ` + strings.Repeat("{}", 2_500_000) + "end}", "end"},
		"close braces":     {`{\rtf1 end` + strings.Repeat("}", 5_000_000), "end"},
		"fonts":            {`{\rtf1{\fonttbl` + manyNumbers(`\f`, 50_000) + `}end}`, "end"},
		"styles":           {`{\rtf1{\stylesheet{` + manyNumbers(`\s`, 50_000) + `}}end}`, "end"},
		"styles in a ring": {`{\rtf1{\stylesheet{\s1\sbasedon2 a;}{\s2\sbasedon1 b;}}\s1 end\par}`, "end"},
		"cells":            {`{\rtf1 ` + strings.Repeat(`x\cell `, 200_000) + `\row}`, "x | x"},
		"notes":            {`{\rtf1 ` + strings.Repeat(`{\footnote `, 5000) + "end", "end"},
		"marks":            {`{\rtf1 {\listtext ` + strings.Repeat("x", 1_000_000) + `}end\par}`, "end"},
		"binary":           {`{\rtf1 a{\pict\bin2000000000 b}`, "!EOF"},
		"word-hyphen":      {`{\rtf1 a\tab-end}`, "-end"},
		"long word":        {`{\rtf1 \` + strings.Repeat("x", 1_000_000) + " end}", "end"},
		"long number":      {`{\rtf1 \f` + strings.Repeat("9", 1_000_000) + `\u-99999999999 ?end}`, "end"},
	} {
		t.Run(name, func(t *testing.T) {
			doc, err := readtest.One(t, all, "a.rtf", []byte(c.data))
			if reason, fails := strings.CutPrefix(c.want, "!"); fails {
				if err == nil || !strings.Contains(err.Error(), "damaged RTF") || !strings.Contains(err.Error(), reason) {
					t.Errorf("got %v, want %s", err, reason)
				}
				return
			}
			if err != nil || !strings.Contains(doc.Text, c.want) {
				t.Errorf("got %.200q, %v; want %s", doc.Text, err, c.want)
			}
		})
	}
}

func manyNumbers(word string, n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(word + strings.Repeat("1", 1+i%3))
		b.WriteString(string(rune('0' + i%10)))
		b.WriteString(" n;")
	}
	return b.String()
}

func TestRTFLimit(t *testing.T) {
	formats := formats.All(read.Options{Limits: read.Limits{Document: 1000}})
	for _, err := range formats.Read(t.Context(), read.Bytes("a.rtf", []byte(`{\rtf1 `+strings.Repeat(`mot\par `, 1000)))) {
		var limit *read.LimitError
		if !errors.As(err, &limit) || limit.Limit != 1000 {
			t.Errorf("got %v, want a LimitError", err)
		}
	}
}

func FuzzRTF(f *testing.F) {
	readtest.Fuzz(f, all, "a.rtf", `{\rtf1\ansi{\fonttbl{\f0\fcharset128 A;}}\f0\'93\'fa\u-10179?\par\cell\row}`, `{\rtf1{\upr{a}{\*\ud b}}{\header c}}`,
		`{\rtf1{\footnote{\footnote a\cell}\row}\intbl b\par{\listtext 1.}c}`)
}

func BenchmarkRTF(b *testing.B) {
	readtest.Benchmark(b, all, "a.rtf", []byte(`{\rtf1\ansi\ansicpg1252{\fonttbl{\f0\fcharset0 Arial;}}`+
		strings.Repeat(`\pard\plain\f0 Le prix est de 5,5\'a0milliards d\rquote euros, soit {\b dix} fois plus.\par`+"\n", 10_000)+"}"))
}
