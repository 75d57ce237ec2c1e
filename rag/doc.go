// Package rag answers questions from documents and shows the exact words
// behind every statement. It is the domain: it knows no file format, no
// database, no chat and no flag.
//
//	retriever := rag.Retriever{Library: library, Embedder: embedder}
//	answer, err := rag.Answerer{Retriever: retriever}.Answer(ctx, rag.SearchRequest{
//		Question: "Qui signe les bons de commande ?",
//		Audience: rag.Operator(),
//	})
//
// # The words
//
// A document is one file or page as its author knows it; its text is
// normalised once, and every offset in docent is a byte offset into it. A
// passage is a run of the text cut at sentence ends: the unit that is indexed
// and retrieved. A space is a named set of documents and the audience that
// may see them. A library keeps documents and finds passages. A hit is a
// passage with its score and why it scored; the evidence is the hits that an
// answer may use. A quote is a verbatim run of a document's text, a citation a
// quote with its place, and a claim one sentence of an answer with its
// citations. An answer is claims, or a refusal that says what was searched and
// what came nearest.
//
// # From the bottom up
//
// What reads and understands text stands lowest and knows nothing else:
// [docent/rag/lang] finds language, words, stems, sentences, numbers and dates;
// docent/ingest/read turns bytes into text with structure; [docent/prompts]
// holds every sentence that docent itself says.
//
// This package declares the seams that the next floor fills: [Library], which
// docent/rag/library implements with SQLite and an index in memory, and
// [Embedder], which docent/rag/embed implements without a model and with one, on
// a server or, with docent/rag/embed/local, in a folder. Both have suites in
// docent/rag/ragtest that every implementation passes. A [Model] writes text;
// docent/rag/llm has those of the providers.
//
// A document comes in through docent/ingest: it is read, split into passages,
// given terms and vectors by [Indexer], and put into the library in one
// transaction.
//
// A question goes through [Retriever]: its informative words become weighted
// terms, its text a vector; the library returns two ranked lists, and they are
// fused here, once; the best are read again, sentence by sentence and word by word,
// and put in order by a [Reranker] where there is one.
// [Answerer] picks the sentences that answer, or refuses.
// What it picked is only a [Draft]: [Verify] locates each quote in the stored
// text and compares numbers, dates, names and negations, and only what passed
// becomes a [Claim] with a [Citation]. Then docent/cmd/docent prints it,
// or docent/bot posts it in Slack.
//
// With a [Model], [Writer] goes the same way and further: it packs the hits into
// a prompt, has the model write claims and quotes in a plain protocol, and
// verifies each as soon as it has come. What is shown while it streams is what
// the answer holds in the end. It falls back to the Answerer's drafts. With
// Writer.Judge the model looks at what passed once more, and may take away.
//
// How well all this works is measured by docent/rag/eval, from questions whose
// answers are known.
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
