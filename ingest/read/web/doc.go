// Package web reads pages of the web ([HTML]) and books made of them ([EPUB]).
//
//	for doc, err := range web.HTML(limits).Reader.Read(ctx, read.Bytes("a.html", data)) {
//		…
//	}
//
// No text that a person sees is left out: what belongs to the site and not to
// the page, as its navigation, is [read.Furniture]. [Parse] reads a page that
// another format found within its files.
package web
