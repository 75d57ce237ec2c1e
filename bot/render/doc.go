// Package render makes what Slack shows of answers, passages and the rest.
//
//	view := render.Answer{Catalogue: render.CatalogueFor("en"), Answer: answer, Question: id}
//	for _, m := range view.Messages() {
//		// … post m.Text and m.Blocks …
//	}
//
// It asks nothing of Slack or the library: the same answer always gives the same
// blocks. A document's words are rich text, in which nothing is markup: they ping
// nobody, and a link leads to the document's own address or nowhere. An answer
// that is longer than Slack takes becomes several messages.
//
// A [Catalogue] has what the bot says itself, in French and English. What a
// button stands for is in its value; the Parse functions read it back.
package render
