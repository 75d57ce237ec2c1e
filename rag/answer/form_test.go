package answer_test

import (
	"testing"

	"docent/rag"
)

// An answer is Markdown whose sentences, items, steps and rows are claims; a heading
// stands that says nothing beside them, also in another language than the question.
func TestWriterForms(t *testing.T) {
	w, _ := purchasing(t, `Here you are:

## Suppliers

CLAIM: - Suppliers are paid within 45 days.
QUOTE {Purchasing}: Suppliers are paid within 45 days of the invoice.

CLAIM: - No order is placed without a written quote.
QUOTE {Purchasing}: No order is placed without a written quote.

## Approved by Peter Miller

CLAIM: 1. Suppliers are paid within 45 days of the invoice.
QUOTE {Purchasing}: Suppliers are paid within 45 days of the invoice.

CLAIM: 2. Orders above 5,000 euros are signed by Oliver Grant.
QUOTE {Purchasing}: Orders above 5,000 euros are signed by the managing director, Oliver Grant.

| Orders | Signed |
|---|---|
CLAIM: | Orders above 5,000 euros | signed by Oliver Grant |
QUOTE {Purchasing}: Orders above 5,000 euros are signed by the managing director, Oliver Grant.

CLAIM: | Orders above 9,000 euros | signed by Oliver Grant |
QUOTE {Purchasing}: Orders above 5,000 euros are signed by the managing director, Oliver Grant.

CLAIM: Orders above 5,000 euros are signed by the managing director.
QUOTE {Purchasing}: Orders above 5,000 euros are signed by the managing director, Oliver Grant.
`, "NOT FOUND")
	got := asking(t, w, "Sum up the purchasing rules as lists and a table")
	const want = `## Suppliers

- Suppliers are paid within 45 days. [1]
- No order is placed without a written quote. [2]

1. Suppliers are paid within 45 days of the invoice. [1]
2. Orders above 5,000 euros are signed by Oliver Grant. [3]

| Orders | Signed |
| --- | --- |
| Orders above 5,000 euros | signed by Oliver Grant [3] |

Orders above 5,000 euros are signed by the managing director. [3]`
	if got.Text() != want {
		t.Errorf("%s\n%v", got.Text(), got.Dropped)
	}
	forms := ""
	for _, b := range got.Blocks() {
		forms += string(b.Form) + b.Heading + ";"
	}
	if forms != "Suppliers;item;step;row;;" || got.Claims[4].Text != "Orders: Orders above 5,000 euros; Signed: signed by Oliver Grant" || got.Claims[3].N != 2 {
		t.Errorf("%s %+v", forms, got.Claims)
	}
	var told []rag.Claim
	if _ = got.Tell(func(c rag.Claim, _ []rag.Citation) error { told = append(told, c); return nil }); len(told) != 6 {
		t.Errorf("told %d claims", len(told))
	}
}
