// Package library keeps documents in one SQLite file and finds passages in
// memory. It is the embedded implementation of rag.Library.
//
//	lib, err := library.Open(ctx, "team.db", library.Options{Fingerprint: rag.FingerprintOf(embedder), Create: true})
//	defer lib.Close()
//
// The file is the only record: documents with their text, passages, analysed
// terms and vectors, replaced a document at a time in one transaction (WAL:
// readers neither wait nor see half). What is searched is derived from it and
// lives in memory: postings for BM25 and an arena of vectors, in segments of
// one space each. It is built at the first search, in one pass over the file,
// and then follows the file's change sequence, so that a process sees what
// another one wrote at its next search.
//
// Costs: opening and memory are O(passages), about one kilobyte of vector and
// 0.3 of postings a passage at 256 dimensions. A search by words is O(postings
// of its terms), a search by vector O(visible passages x dimensions).
package library
