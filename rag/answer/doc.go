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
// docent/rag/extract chose, and has docent/rag/verify check them. [Writer] has a
// [rag.Model] answer: it shows the model what the library has on a question, small
// documents and libraries whole (evidence.go, context.go), has what the model calls
// for looked up (tools.go), reads the claims and quotes that it writes in a plain
// protocol or nearly (protocol.go, protocol_rest.go), verifies each as soon as it has
// come, sends back once what is not proven (generation.go), puts that where it stood
// (place.go), has the model judge what is still unproven (judge.go), and hands on what
// holds in its form (form.go). The model's "no" is the answer; only where its call fails is the
// answer the extractive one, and says so (outcome.go).
//
// Both return a [rag.Answer]. A refusal is one too.
package answer
