package retrieve_test

import (
	"context"
	"fmt"

	"docent/rag"
	"docent/rag/ragtest"
	"docent/rag/retrieve"
)

// Passages are given their terms and vectors by an Indexer, put into a library,
// and found by a Retriever.
func Example() {
	ctx := context.Background()
	library, embedder := ragtest.NewMemory(), ragtest.Embedder{}
	for name, text := range map[string]string{
		"canteen": "The canteen opens at noon.",
		"ferry":   "The last ferry leaves the island at eight.",
		"leave":   "Leave is asked for two weeks ahead.",
	} {
		doc := rag.Document{DocumentInfo: rag.DocumentInfo{ID: rag.DocumentID(name), Title: name, Language: "en", Space: rag.Everyone}, Text: text}
		passages := []rag.Passage{{ID: rag.PassageID{Document: doc.ID, N: 1}, End: len(text), Text: text, Language: "en"}}
		if err := (retrieve.Indexer{Embedder: embedder}).Index(ctx, doc.DocumentInfo, passages); err != nil {
			fmt.Println(err)
			return
		}
		if err := library.Put(ctx, doc, passages); err != nil {
			fmt.Println(err)
			return
		}
	}

	r := retrieve.Retriever{Library: library, Embedder: embedder, Limit: 1}
	found, err := r.Search(ctx, rag.SearchRequest{Question: "When do ferries leave the island?", Audience: rag.Operator()})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, h := range found.Hits {
		fmt.Printf("%s: %s\n", h.Document.Title, h.Text)
	}
	// Output:
	// ferry: The last ferry leaves the island at eight.
}
