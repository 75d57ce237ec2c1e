package answer_test

import (
	"context"
	"fmt"

	"docent/rag"
	"docent/rag/answer"
	"docent/rag/ragtest"
	"docent/rag/retrieve"
)

// A question is answered in the documents' own words, or refused. With a model,
// what it wrote is shown where the documents bear it out.
func Example() {
	ctx := context.Background()
	const text = "The last ferry leaves the harbour at eight. Tickets cost 12 euros."
	doc := rag.Document{DocumentInfo: rag.DocumentInfo{ID: "ferry", Title: "Ferries", Language: "en", Space: rag.Everyone}, Text: text}
	passages := []rag.Passage{{ID: rag.PassageID{Document: doc.ID, N: 1}, End: len(text), Text: text, Language: "en"}}
	library, embedder := ragtest.NewMemory(), ragtest.Embedder{}
	if err := (retrieve.Indexer{Embedder: embedder}).Index(ctx, doc.DocumentInfo, passages); err != nil {
		fmt.Println(err)
		return
	}
	if err := library.Put(ctx, doc, passages); err != nil {
		fmt.Println(err)
		return
	}

	extractive := answer.Answerer{Retriever: retrieve.Retriever{Library: library, Embedder: embedder}}
	written := answer.Writer{Answerer: extractive, Model: ragtest.Replies(
		"CLAIM: A ticket costs 12 euros.\nQUOTE 1: Tickets cost 12 euros.\n\nCLAIM: Children pay 6 euros.\nQUOTE 1: Tickets cost 12 euros.\n")}
	show := func(a rag.Answer, err error) {
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Printf("%s: %s\n", a.Status, a.Text())
	}
	show(extractive.Answer(ctx, rag.SearchRequest{Question: "When does the last ferry leave?", Audience: rag.Operator()}))
	show(extractive.Answer(ctx, rag.SearchRequest{Question: "Who is the mayor of Lisbon?", Audience: rag.Operator()}))
	show(written.Answer(ctx, rag.SearchRequest{Question: "What do tickets cost?", Audience: rag.Operator()}))
	// Output:
	// answered: The last ferry leaves the harbour at eight. [1]
	// not_found: I did not find the answer in the one document searched.
	// partial: A ticket costs 12 euros. [1] One statement of the language model is left out: no quote from the documents confirms it.
}
