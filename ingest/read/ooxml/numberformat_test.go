package ooxml_test

import (
	"fmt"
	"html"
	"strings"
	"testing"

	"docent/ingest/read"
	"docent/ingest/read/formats"
	"docent/ingest/read/readtest"
)

// all reads every format.
var all = formats.All(read.Options{})

// TestNumberFormats shows values in the formats of cells.
func TestNumberFormats(t *testing.T) {
	cases := []struct{ code, value, want string }{
		{"General", "0.30000000000000004", "0.3"},
		{"General", "-1234567.891", "-1234567.891"},
		{"General", "1E+20", "1E+20"},
		{"General", "0.3333333333333333", "0.3333333333"},
		{`General" km"`, "12", "12 km"},
		{"", "7", "7"},
		{"0", "0.5", "1"},
		{"0", "-2.5", "-3"},
		{"0.00", "1.005", "1.01"},
		{"0.0", "99.95", "100.0"},
		{"0.0", "-9.95", "-10.0"},
		{"0.##", "5", "5"},
		{"0.0#", "5.25", "5.25"},
		{".00", "0.5", ".50"},
		{"#", "0", ""},
		{"#,##0", "1234567", "1,234,567"},
		{"#,##0,", "1234567", "1,235"},
		{`#,##0.0,,"M"`, "1234567", "1.2M"},
		{"00000", "69", "00069"},
		{`0#\ ##\ ##\ ##\ ##`, "612345678", "06 12 34 56 78"},
		{"0%", "0.055", "6%"},
		{"0.0 %", "-0.055", "-5.5 %"},
		{"0.00E+00", "1234", "1.23E+03"},
		{"# ?/?", "0.5", "0.5"},
		{`#,##0.00\ "€"`, "1234.5", "1,234.50 €"},
		{`#,##0.00\ [$€-40C]`, "1234.5", "1\u00a0234,50 €"},
		{"[$€-407] #,##0.00", "1234.5", "€ 1.234,50"},
		{"[$$-409]#,##0.00", "1234.5", "$1,234.50"},
		{`_-* #,##0.00\ _€_-;\-* #,##0.00\ _€_-;_-* "-"??\ _€_-;_-@_-`, "-3", "-3.00"},
		{`_-* #,##0.00\ _€_-;\-* #,##0.00\ _€_-;_-* "-"??\ _€_-;_-@_-`, "0", "-"},
		{"#,##0_);[Red](#,##0)", "-1234", "(1,234)"},
		{`[<1000]0" kg";0.0,"t"`, "999", "999 kg"},
		{`[<1000]0" kg";0.0,"t"`, "1500", "1.5t"},
		{";;;", "5", ""},
		{"0.0%", "1E+308", "1E+308"},
		{"General;-General", "-5", "-5"},
		{"# ?/?;-# ?/?", "-1.5", "-1.5"},
		{"d/m/yy;@", "-1", "-1"},
		{"@", "5", "5"},
		{"yyyy-mm-dd", "45329", "2024-02-07"},
		{`[$-40C]d\ mmmm\ yyyy;@`, "45329", "2024-02-07"},
		{"m/d/yy h:mm AM/PM", "45329.75", "2024-02-07 18:00"},
		{"dd/mm/yyyy hh:mm:ss", "45329.75", "2024-02-07 18:00:00"},
		{"mmm-yy", "45329", "2024-02"},
		{"yyyy", "45329", "2024"},
		{"yyyy-mm-dd", "59", "1900-02-28"},
		{"yyyy-mm-dd", "61", "1900-03-01"},
		{"h:mm", "0.25", "06:00"},
		{"mm:ss", "0.0025", "03:36"},
		{"[h]:mm:ss", "1.25", "30:00:00"},
		{"[h]:mm", "-1", "-24:00"},
		{"yyyy-mm-dd", "-1", "-1"},
		{"yyyy-mm-dd", "1E+300", "1E+300"},
	}
	var rows, codes, styles strings.Builder
	for i, c := range cases {
		fmt.Fprintf(&codes, `<numFmt numFmtId="%d" formatCode="%s"/>`, 200+i, html.EscapeString(c.code))
		fmt.Fprintf(&styles, `<xf numFmtId="%d"/>`, 200+i)
		fmt.Fprintf(&rows, `<row r="%d"><c r="A%d" t="inlineStr"><is><t>=</t></is></c><c r="B%d" s="%d"><v>%s</v></c></row>`, i+1, i+1, i+1, i, c.value)
	}
	doc, err := readWith(t, read.Limits{}, "a.xlsx", excel(t, rows.String(), "<numFmts>"+codes.String()+"</numFmts><cellXfs>"+styles.String()+"</cellXfs>", ""))
	if err != nil {
		t.Fatal(err)
	}
	for _, b := range doc.Blocks {
		if b.Row == 0 {
			continue
		}
		c := cases[b.Row-1]
		want := strings.TrimSuffix("= | "+c.want, " | ")
		if got := doc.Text[b.Start:b.End]; got != want {
			t.Errorf("%s as %q: got %q, want %q", c.value, c.code, got, want)
		}
	}
}

// TestWorkbookLanguage writes numbers as in French where the workbook is.
func TestWorkbookLanguage(t *testing.T) {
	for _, tc := range []struct{ words, want string }{
		{"Nom de l'agence, Coût annuel, Siège, Moyenne", "1\u00a0234,50"},
		{"Produit, Quantité, Prix unitaire, Total HT", "1\u00a0234,50"},
		{"Name, Age, Score, Level, Paris, Lyon, Nantes", "1,234.50"},
		{"Category, Vendor, Amount, Variance, Rent, Training", "1,234.50"},
		{"Umsatz, Kosten, Gewinn, Jahr", "1,234.50"},
	} {
		var strs, rows strings.Builder
		for i, word := range strings.Split(tc.words, ", ") {
			fmt.Fprintf(&strs, "<si><t>%s</t></si>", word)
			fmt.Fprintf(&rows, `<row r="%d"><c r="A%d" t="s"><v>%d</v></c><c r="B%d" s="0"><v>1234.5</v></c></row>`, i+1, i+1, i, i+1)
		}
		doc, err := readWith(t, read.Limits{}, "a.xlsx", excel(t, rows.String(), `<cellXfs><xf numFmtId="4"/></cellXfs>`, strs.String()))
		if err != nil || !strings.HasSuffix(doc.Text, " | "+tc.want) {
			t.Errorf("%s: got %q, %v; want %q", tc.words, doc.Text, err, tc.want)
		}
	}
}

func BenchmarkDOCX(b *testing.B) {
	body := strings.Repeat(`<w:p w:rsidR="00A1"><w:pPr><w:pStyle w:val="Normal"/></w:pPr><w:r><w:rPr><w:b/></w:rPr><w:t>Le règlement fixe les horaires, </w:t></w:r><w:r><w:t>les congés et les absences de chacun.</w:t></w:r></w:p>`, 5000)
	readtest.Benchmark(b, all, "a.docx", word(b, body))
}

func BenchmarkXLSX(b *testing.B) {
	var rows strings.Builder
	for i := range 5000 {
		fmt.Fprintf(&rows, `<row r="%d">`, i+1)
		for _, c := range "ABCDEFGHIJ" {
			fmt.Fprintf(&rows, `<c r="%c%d" s="0"><v>%d.5</v></c>`, c, i+1, i)
		}
		rows.WriteString("</row>")
	}
	readtest.Benchmark(b, all, "a.xlsx", excel(b, rows.String(), `<cellXfs><xf numFmtId="4"/></cellXfs>`, ""))
}
