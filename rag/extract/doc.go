// Package extract answers a question in the documents' own sentences.
//
//	drafts, confidence := extract.Extract(question, found, embedder, 0)
//
// It takes the hits of a search with the analysed question (query.go), reads
// each passage (passage.go), measures each sentence (features.go,
// features_semantic.go, answer_type.go), ranks them (rank.go), says how sure it
// is that the best one answers (confidence.go), and selects it with at most one
// more (select.go, excerpt.go). What it returns are drafts for docent/rag/verify:
// they quote verbatim, and are checked all the same.
package extract
