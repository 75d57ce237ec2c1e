// Package extract ranks the units of the passages that a search found by how well
// they answer a question.
//
//	candidates := extract.Rank(question, found, embedder)
//
// Each unit, and each list or answer of several, is held against the question word
// by word (inquiry.go, candidate.go) and measured (measures.go); the network of
// docent/rag/extract/ranker, whose fitted weights are compiled in, says how likely it
// is to answer (rank.go). [Sheets] is what the network is fitted to.
package extract
