// Package prompts holds every sentence that docent itself says, to people and
// to language models, as templates in the languages of its interface: typed
// data in, text out.
//
//	prompts.NotFound("fr", prompts.Search{Documents: 12})
//	prompts.Answer(prompts.Question{Question: "Qui signe ?", Language: "fr", Passages: found, Mark: "5d41402a"})
//
// French and English are complete; any other language falls back to English.
// What models are told has a [Version], which an answer that one wrote bears.
package prompts
