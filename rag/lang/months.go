package lang

var monthDays = [13]int{0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31}

// months are by their names, folded.
var months = wordTable("months")

// longestMonth is in bytes, with an accent.
const longestMonth = 12

// monthOf returns the month that a word names, else 0.
func monthOf(word string) int {
	if len(word) < 3 || len(word) > longestMonth {
		return 0
	}
	return number(months[Fold(word)])
}

// ordinalSuffixes are what is written on the digits of a day.
var ordinalSuffixes = WordSet("er re st nd rd th")

// IsMonth reports whether a folded word names a month in any of the languages.
func IsMonth(word string) bool { return months[word] != "" }
