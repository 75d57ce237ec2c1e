package lang

// What an abbreviation's point stands before where it ends no sentence.
const (
	// beforeAny: never ends a sentence.
	beforeAny = "any"
	// title: written with a capital, and then never ends a sentence.
	title = "title"
	// beforeNumber: "p. 12" and "chap. IV", but "la p. Elle".
	beforeNumber = "number"
	// beforeCode: "art. L. 3121-1", "fig. A"; what is not followed by a figure
	// or a lone letter is a word that ends a sentence: "modern art. Picasso".
	beforeCode = "code"
	// beforeName: what ends a sentence as often as not, and is judged by the
	// word that follows: "the U.S. Army", "in the U.S. The".
	beforeName = "name"
)

// longestAbbreviation is in bytes, without the last point.
const longestAbbreviation = 8

var (
	abbreviations = wordTable("abbreviations")
	starters      = wordTable("starters")
)
