// Package verify holds claims against the documents that they are said to rest
// on.
//
//	v := verify.Verify(drafts, evidence, texts)
//
// Whoever wrote a claim, it comes in as a [Draft]: a sentence, and the words of a
// passage that it is said to rest on. [Locate] finds those words in the stored
// text, and a [rag.Citation] is made of what was found there, never of what was
// written. Then claim and quotes are cut into tokens, figures and names (token.go,
// quantity.go) and aligned (evidence.go, likeness.go, align.go), and the claim is
// examined (examine.go, sides.go, polarity.go, modality.go, binding.go, rival.go,
// modifier.go, cohesion.go, structure.go):
// whether each word is met, in the same place, denied or not as in the quotes, with
// the same figures or ones computed from theirs (derive.go). [Verifier.Grade] says
// whether it is proven, refuted or left to a reader. A claim that links, mentions
// or commands is never shown, nor is a quote from a paragraph that speaks to a
// language model (injection.go).
package verify
