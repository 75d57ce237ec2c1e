// Package prompts holds every sentence that docent itself says, as templates
// in the languages of its interface: typed data in, text out.
//
//	prompts.NotFound("fr", prompts.Search{Documents: 12})
//
// French and English are complete; any other language falls back to English.
package prompts
