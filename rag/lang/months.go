package lang

var monthDays = [13]int{0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31}

// months are by their names, folded.
var months = wordTable(map[int]string{
	1:  "janvier janv january jan januar enero gennaio",
	2:  "fevrier fevr fev february feb februar febrero febbraio",
	3:  "mars march mar marz marzo",
	4:  "avril avr april apr abril aprile",
	5:  "mai may mayo maggio",
	6:  "juin june jun juni junio giugno",
	7:  "juillet juil july jul juli julio luglio",
	8:  "aout august aug agosto",
	9:  "septembre september sept sep septiembre settembre",
	10: "octobre october oct oktober octubre ottobre",
	11: "novembre november nov noviembre",
	12: "decembre december dec dezember diciembre dicembre",
})

// longestMonth is in bytes, with an accent.
const longestMonth = 12

// monthOf returns the month that a word names, else 0.
func monthOf(word string) int {
	if len(word) < 3 || len(word) > longestMonth {
		return 0
	}
	return months[Fold(word)]
}

// ordinalSuffixes are what is written on the digits of a day.
var ordinalSuffixes = WordSet("er re st nd rd th")

// IsMonth reports whether a folded word names a month in any of the languages.
func IsMonth(word string) bool { return months[word] > 0 }
