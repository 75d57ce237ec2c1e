// Package verify holds claims against the documents that they are said to rest
// on.
//
//	v := verify.Verify(drafts, evidence, texts)
//
// Whoever wrote a claim, it comes in as a [Draft]: a sentence, and the words of a
// passage that it is said to rest on. [Locate] finds those words in the stored
// text, and a [rag.Citation] is made of what was found there, never of what was
// written. Then the claim is compared with its quotes: numbers with their units
// and dates (quantity.go, quantity_match.go), names (entity.go), negations and
// opposites (negation.go, antonyms.go, polarity.go), and its remaining words
// (entailment.go). A claim that links, mentions or commands is never shown, nor
// is a quote from a paragraph that speaks to a language model (injection.go).
//
// These are comparisons of words that can be read and tested. No model is
// asked, so a false claim made of its quote's own words is not seen.
package verify
