package read

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// HeaderRows is how many rows at the start of a table name its columns, by what the
// cells look like: names stand above values of another form. Where all is words
// they are shorter than what they name.
func HeaderRows(rows [][]string) int {
	if len(rows) < 2 || !named(rows[0], rows[1:]) {
		return 0
	}
	if len(rows) > 2 && continues(rows[0], rows[1]) && named(rows[1], rows[2:]) {
		return 2
	}
	return 1
}

// named reports whether a row names the columns of those below it.
func named(head []string, body [][]string) bool {
	if count(head, isFilled) < 2 {
		return false
	}
	votes, valued := 0, false
	for i := range head {
		var cells []string
		for _, row := range body {
			cells = append(cells, row[min(i, len(row)):min(i+1, len(row))]...)
		}
		like := hasDigit
		switch values, figures, all := count(cells, isValue), count(cells, hasDigit), count(cells, isFilled); {
		case values > 0 && values*2 >= all:
			like = isValue
		case figures == 0 || figures < all:
			continue
		}
		valued = true
		if votes++; like(head[i]) && !isYear(head[i]) {
			votes -= 3
		}
	}
	if valued {
		return votes > 0
	}
	return briefer(head, body)
}

// count counts the cells for which something holds.
func count(cells []string, is func(cell string) bool) int {
	n := 0
	for _, cell := range cells {
		if is(cell) {
			n++
		}
	}
	return n
}

func isFilled(cell string) bool { return strings.TrimSpace(cell) != "" }

func hasDigit(cell string) bool { return strings.ContainsFunc(cell, unicode.IsDigit) }

// isValue reports whether a cell is a figure, a sum, a time or the like, rather
// than words.
func isValue(cell string) bool {
	signed := strings.TrimLeft(cell, "+-−–~<>≤≥≈± (\u00a0\u202f")
	r, _ := utf8.DecodeRuneInString(signed)
	return unicode.IsDigit(r) || unicode.Is(unicode.Sc, r) || signed == "" && cell != ""
}

var yearCell = regexp.MustCompile(`^(?:1[5-9]|20|21)\d\d$`)

func isYear(cell string) bool { return yearCell.MatchString(cell) }

// mostNameWords is how many words the name of a column has where nothing else
// tells it from what is below it.
const mostNameWords = 4

// briefer reports whether the cells of a row are shorter than those below it are
// mostly, as names are. Two columns of words are more often labels with values.
func briefer(head []string, body [][]string) bool {
	size, total := 0, 0
	for _, cell := range head {
		if len(strings.Fields(cell)) > mostNameWords || hasDigit(cell) {
			return false
		}
		size += utf8.RuneCountInString(cell)
	}
	for _, row := range body {
		for _, cell := range row {
			total += utf8.RuneCountInString(cell)
		}
	}
	mean := total / len(body)
	if len(head) == 2 {
		return size*2 <= mean
	}
	return size*5 <= mean*4
}

// continues reports whether a second row names parts of the columns that the
// first one names: it repeats a name in its place, and leaves or parts another.
func continues(first, second []string) bool {
	same, differ := 0, 0
	for i, cell := range second {
		if isValue(cell) && !isYear(cell) {
			return false
		}
		if i < len(first) && cell == first[i] && cell != "" {
			same++
		} else {
			differ++
		}
	}
	return same > 0 && differ > 0
}
