// Package embed holds the embedders: the built-in one, which needs no key, no
// server and no download.
//
//	vectors, err := embed.NewBuiltin().EmbedPassages(ctx, texts)
//
// It is a [Table] of word vectors, trained by docent/rag/embed/train and
// compiled in. Beside what every embedder does it embeds sentences without
// allocating ([Builtin.EmbedInto]), knows which words of five languages mean
// nearly the same ([Builtin.Nearest]), and how near two are ([Builtin.Likeness]).
package embed
