package verify_test

import (
	"fmt"

	"docent/rag"
	"docent/rag/verify"
)

// What a model wrote is shown where the document says it, and dropped where it
// changes the amount, the person or the sense, however true the quote beside it.
func Example() {
	const text = "Orders above 5,000 euros are signed by the managing director, Oliver Grant. They are not placed without a written quote."
	page := rag.PassageID{Document: "purchasing", N: 1}
	hit := rag.Hit{Located: rag.Located{
		Passage:  rag.Passage{ID: page, Text: text, End: len(text)},
		Document: rag.DocumentInfo{ID: "purchasing", Title: "Purchasing"},
	}}
	draft := func(claim, quote string) verify.Draft {
		return verify.Draft{Text: claim, Quotes: []verify.DraftQuote{{Passage: page, Text: quote}}}
	}
	done := verify.Verify([]verify.Draft{
		draft("Oliver Grant signs orders above 5,000 euros.", "Orders above 5,000 euros are signed by the managing director, Oliver Grant."),
		draft("Oliver Grant signs orders above 50,000 euros.", "Orders above 5,000 euros are signed by the managing director, Oliver Grant."),
		draft("Helen Carter signs orders above 5,000 euros.", "Orders above 5,000 euros are signed by the managing director"),
		draft("Orders are placed without a written quote.", "placed without a written quote"),
		draft("Orders may be placed by phone.", "Orders may be placed by phone."),
	}, []rag.Hit{hit}, map[rag.DocumentID]string{"purchasing": text})

	for _, c := range done.Claims {
		fmt.Println(c.Shown("en"))
	}
	for _, c := range done.Citations {
		fmt.Printf("[%d] %s, bytes %d to %d: %q\n", c.N, c.Title, c.Start, c.End, c.Quote)
	}
	fmt.Println(done.Dropped, "dropped")
	// Output:
	// Oliver Grant signs orders above 5,000 euros. [1]
	// [1] Purchasing, bytes 0 to 75: "Orders above 5,000 euros are signed by the managing director, Oliver Grant."
	// 4 dropped
}
