// Package lang knows about languages what docent must know: which one a text
// is in, its words with their stems, its sentences, its numbers and dates.
//
//	for _, w := range lang.Words("fr", "L’équipe réunie à Nantes") {
//		fmt.Println(w.Surface, w.Stem, w.Stop) // equipe equip false …
//	}
//
// Languages are BCP 47 base languages: "fr", "en", "de", "es", "it", and ""
// where the language is unknown. All offsets are bytes of the text given. All
// functions are pure and safe for concurrent use.
package lang

// Span is a run of bytes of a text.
type Span struct{ Start, End int }
