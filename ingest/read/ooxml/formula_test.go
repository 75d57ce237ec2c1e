package ooxml_test

import (
	"fmt"
	"html"
	"strings"
	"testing"

	"docent/ingest/read"
)

// TestFormulas computes formulas that have no value in the file, over the cells
// A1 to A4: 10, 2.5, "ten" and nothing.
func TestFormulas(t *testing.T) {
	const no = "[not computed]"
	cases := []struct{ formula, want string }{
		{"A1+A2*2", "15"},
		{"(A1+A2)*2", "25"},
		{"-A1/4", "-2.5"},
		{"A1-50%", "9.5"},
		{"=A1", "10"},
		{"SUM(A1:A4)", "12.5"},
		{"SUM(A:A)", "12.5"},
		{"sum( A1 , A2 , 1.5 )", "14"},
		{"AVERAGE($A$1:A$2)", "6.25"},
		{"MIN(A1:A4)+MAX(A1:A4)", "12.5"},
		{"COUNT(A1:A4)", "2"},
		{"ROUND(A2/10,1)", "0.3"},
		{"ROUND(2.675,2)", "2.68"},
		{`IF(A1>=10,"many","few")`, "many"},
		{`IF(A3="TEN",1,2)`, "1"},
		{`IF(A4="","nothing",A4)`, "nothing"},
		{`IF(A1<>A2,"say ""no""",0)`, `say "no"`},
		{"A1=A2", "FALSE"},
		{"A4", "0"},
		{"A1/A4", "#DIV/0!"},
		{"SUM(A1/A4,1)", "#DIV/0!"},
		{"AVERAGE(A3:A4)", "#DIV/0!"},
		{"A!A1*2", "20"},
		{"'A'!A1*2", "20"},
		{"other!A1", no},
		{"A1+A3", no},
		{"A1:A2", no},
		{"A1:A2*2", no},
		{"VLOOKUP(1,A1:A2,1)", no},
		{"SUM(A1", no},
		{"A1+", no},
		{"A1 A2", no},
		{"rate*2", no},
		{strings.Repeat("(", 100) + "1" + strings.Repeat(")", 100), no},
		{strings.Repeat("-", 100) + "1", no},
		{"B%[1]d", no},
		{"B%[2]d+1", no},
	}
	var rows strings.Builder
	cells := []string{"<v>10</v>", "<v>2.5</v>", "<is><t>ten</t></is>", ""}
	for i, c := range cases {
		row, value := i+1, ""
		if i < len(cells) {
			kind := ""
			if i == 2 {
				kind = ` t="inlineStr"`
			}
			value = fmt.Sprintf(`<c r="A%d"%s>%s</c>`, row, kind, cells[i])
		}
		formula := c.formula
		if strings.Contains(formula, "%[") { // a formula that leans on itself
			formula = strings.NewReplacer("%[1]d", fmt.Sprint(row), "%[2]d", fmt.Sprint(row)).Replace(formula)
		}
		fmt.Fprintf(&rows, `<row r="%d">%s<c r="B%d"><f>%s</f></c><c r="C%d" t="inlineStr"><is><t>.</t></is></c></row>`, row, value, row, html.EscapeString(formula), row)
	}
	doc, err := readWith(t, read.Limits{}, "a.xlsx", excel(t, rows.String(), "", ""))
	if err != nil {
		t.Fatal(err)
	}
	for _, b := range doc.Blocks {
		if b.Row == 0 {
			continue
		}
		c := cases[b.Row-1]
		if got := doc.Text[b.Cells[1].Start:b.Cells[1].End]; got != c.want {
			t.Errorf("%s: got %q, want %q", c.formula, got, c.want)
		}
	}
	if want := "13 formulas whose value is not in the file could not be computed"; len(doc.Warnings) != 1 || doc.Warnings[0] != want {
		t.Errorf("warnings %q", doc.Warnings)
	}
}

// TestStaleFormulas computes again what a program that does not calculate has
// written 0 for, and keeps what it cannot compute.
func TestStaleFormulas(t *testing.T) {
	data := container(t, sample(t, "loyers.xlsx"))
	doc, err := readWith(t, read.Limits{}, "loyers.xlsx", data)
	if err != nil || !strings.Contains(doc.Text, "Total | 1\u00a0750,50 €") || !strings.Contains(doc.Text, "Indice | 7") {
		t.Errorf("%v: %s", err, doc.Text)
	}
}

// TestEndlessFormulas computes formulas that lean on each other without end, or
// each on all before it, within a bound.
func TestEndlessFormulas(t *testing.T) {
	var chain, sums strings.Builder
	const n = 5000
	for i := 1; i <= n; i++ {
		fmt.Fprintf(&chain, `<row r="%d"><c r="A%d"><f>A%d+1</f></c></row>`, i, i, i+1)
		fmt.Fprintf(&sums, `<row r="%d"><c r="A%d"><v>1</v></c><c r="B%d"><f>SUM(A$1:A%d)</f></c></row>`, i, i, i, n)
	}
	for name, rows := range map[string]string{"a chain": chain.String(), "sums": sums.String()} {
		t.Run(name, func(t *testing.T) {
			if _, err := readWith(t, read.Limits{}, "a.xlsx", excel(t, rows, "", "")); err != nil {
				t.Error(err)
			}
		})
	}
}
