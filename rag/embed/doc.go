// Package embed holds the embedders: the built-in one, which needs no key, no
// server and no download, and one that asks a model on a server.
//
//	vectors, err := embed.NewBuiltin().EmbedPassages(ctx, texts)
//
// [Builtin] is a [Table] of word vectors, trained by docent/rag/embed/train and
// compiled in. Beside what every embedder does it embeds sentences without
// allocating ([Builtin.EmbedInto]), knows which words of five languages mean
// nearly the same ([Builtin.Nearest]), and how near two are ([Builtin.Likeness]).
//
// [Adapter] turns what a [Client] says into an embedder: it sends texts in
// batches, makes vectors of length one, refuses those of another dimension, and
// keeps all in a [Cache]. docent/rag/llm has the clients of the providers.
package embed
