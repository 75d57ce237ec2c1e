// Package answer makes the answer to a question: the documents' own sentences,
// or what a language model wrote and the documents bear out.
//
//	extractive := answer.Answerer{Retriever: retriever}
//	a, err := extractive.Answer(ctx, rag.SearchRequest{
//		Question: "Qui signe les bons de commande ?",
//		Audience: rag.Operator(),
//	})
//
// [Answerer] looks the question up, part by part, takes the sentences that
// docent/rag/extract chose, and has docent/rag/verify check them. [Writer] does
// the same with a [rag.Model]: it packs the hits into a prompt (context.go), has
// the model write claims and quotes in a plain protocol (protocol.go,
// generation.go), verifies each as soon as it has come, and hands it on.
// Whatever goes wrong with the model, the answer is the extractive one and says
// so (outcome.go).
//
// Both return a [rag.Answer]. A refusal is one too.
package answer
