package lang

import "strconv"

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

// Month is the month that a folded word names in any of the languages, 0 for none.
func Month(word string) int {
	n, _ := strconv.Atoi(months[word])
	return n
}
