// Package lang knows about languages what docent must know: which one a text
// is in, its words with their stems, its sentences, its numbers and dates.
//
//	for _, w := range lang.Words("fr", "L’équipe réunie à Nantes") {
//		fmt.Println(w.Surface, w.Stem, w.Stop) // equipe equip false …
//	}
//
// Languages are BCP 47 base languages: "fr", "en", "de", "es", "it", and ""
// where the language is unknown. French and English are complete; of the other
// three the words are known (stems, stop words, months), and their sentences
// and numbers are read by the common rules.
//
// All offsets are bytes of the text given. All functions are pure, linear in
// the length of the text, and safe for concurrent use on any bytes, valid
// UTF-8 or not.
package lang

// Span is a run of bytes of a text.
type Span struct{ Start, End int }
