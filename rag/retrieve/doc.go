// Package retrieve finds the passages of a library that speak of a question.
//
//	r := retrieve.Retriever{Library: library, Embedder: embedder}
//	found, err := r.Search(ctx, rag.SearchRequest{
//		Question: "Qui signe les bons de commande ?",
//		Audience: rag.Operator(),
//	})
//
// A question takes one way, down the files of this package: its informative
// words and what it asks for (analysis.go, question_type.go, stop_phrases.go),
// what else those words may be written as (synonyms.go, relations.go,
// acronyms.go, expansion.go, translation.go, spelling.go), the library's two
// ranked lists fused into one (retriever.go, fusion.go), the best of them scored
// again by their units (passage_analysis.go, rescore.go, features.go), and put
// in order by a [rag.Reranker] where there is one (rerank.go).
//
// [Indexer] goes the other way: it gives passages the terms and the vector that
// they are found by. Both sides analyse text with the same functions, and
// [rag.AnalysisVersion] grows when these change.
package retrieve
