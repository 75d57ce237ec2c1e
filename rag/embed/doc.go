// Package embed holds the embedders: the built-in one, which needs no key, no
// server and no download.
//
//	vectors, err := embed.NewHashed().EmbedPassages(ctx, texts)
package embed
