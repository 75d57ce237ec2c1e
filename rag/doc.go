// Package rag holds the nouns of docent and its seams: what a document, a
// passage, a question, a claim and an answer are, and what a library, an
// embedder and a language model must do. It knows no file format, no database,
// no chat and no flag, and no algorithm: those stand in the packages below it in
// the tree, one floor up in the house.
//
//	retriever := retrieve.Retriever{Library: library, Embedder: embedder}
//	a, err := answer.Answerer{Retriever: retriever}.Answer(ctx, rag.SearchRequest{
//		Question: "Qui signe les bons de commande ?",
//		Audience: rag.Operator(),
//	})
//
// # The words
//
// A document is one file or page as its author knows it; its text is
// normalised once, and every offset in docent is a byte offset into it. A unit
// is the smallest run of the text that can be read alone, with what it is read
// with: a sentence, a row and its header, an item and its lead-in. A passage is
// a run of units: what is indexed and retrieved. A space is a named set of documents and the audience that
// may see them. A library keeps documents and finds passages. A hit is a
// passage with its score and why it scored; the evidence is the hits that an
// answer may use. A quote is a verbatim run of a document's text, a citation a
// quote with its place, and a claim one sentence of an answer with its
// citations. An answer is claims, or a refusal that says what was searched and
// what came nearest.
//
// # From the bottom up
//
// What understands text stands lowest and knows nothing else:
// docent/rag/lang finds language, words, stems, sentences, numbers and dates;
// docent/prompts holds every sentence that docent itself says. docent/ingest/read
// turns bytes into text with structure.
//
// This package declares the seams that the next floor fills: [Library], which
// docent/rag/library implements with SQLite and an index in memory; [Embedder],
// which docent/rag/embed implements without a model and with one on a server; [Model] and [Reranker], which
// docent/rag/llm implements for the providers. Libraries and embedders have
// suites in docent/rag/ragtest that every implementation passes.
//
// On that floor too stand docent/rag/converse, which tells what a message wants and
// hands on bare questions, docent/rag/retrieve, which takes a question to the
// passages that speak of it, docent/rag/verify, which holds a claim against its
// quotes, and docent/rag/eval, which measures all this from questions whose
// answers are known.
//
// Above them docent/rag/extract chooses the sentences that answer, and
// docent/rag/answer makes the [Answer]: of those sentences, or with a model of
// what it wrote. Either way only what docent/rag/verify let pass becomes a
// [Claim] with a [Citation].
//
// Then docent/ingest brings documents in: each is read, split into passages,
// given terms and vectors by the Indexer of docent/rag/retrieve, and put into the
// library in one transaction. docent/bot carries questions in and answers out of
// Slack, and docent/cmd/docent joins everything and prints.
//
// # Decisions
//
// Access is part of the search and not of the display: a [Query] carries the
// [Audience] it is made for, an empty one is an error, and nothing that a
// reader may not see is counted, ranked or named.
//
// Verification does not ask who wrote a claim. Extractive answers, which quote
// and cannot invent, pass through the same code as written ones. It is made of
// comparisons that can be read and tested, and asks no second model: what it
// cannot see is a false claim made of its quote's own words. A model that judges
// comes after it, for who wants that, and can let nothing pass.
//
// BM25 and cosine are interpolated as scores. Fusing by rank gives a weak
// embedder as much say as the words, and answers get worse for it.
//
// A question in one language meets documents in another through what they
// share, since surface forms are indexed beside stems, and through the words
// that the embedder has near those which no document has, see [WordNeighbours].
//
// # Refused
//
// No chain that hides what is asked of whom; no index that is rebuilt from
// files at each start; no citation by trust; no configuration in globals; no
// answer from general knowledge when the documents are silent.
package rag
