package lang

import (
	"strings"
	"unicode/utf8"
)

// quoteReach is how far, in bytes, a closing quotation mark is looked for. Without
// a bound, one mark that is never closed would take the text with it.
const quoteReach = 500

// quotes knows whether a text stands within a quotation.
type quotes struct {
	// end is the offset of the mark that closes the quotation, and closer that
	// mark; stops before end end nothing.
	end    int
	closer rune
	// none tells for « “ „ up to where no closing mark was found.
	none [3]int
}

// free reports whether a stop at at whose closing marks reach to end may end a
// sentence: outside of a quotation, or at its very end.
func (q *quotes) free(at, end int) bool { return at >= q.end || end > q.end }

// see takes note of a quotation that opens at at.
func (q *quotes) see(text string, at int, mark rune) {
	kind, closer := quotation(mark)
	if closer == 0 || q.closer != 0 && at <= q.end {
		return
	}
	from := at + utf8.RuneLen(mark)
	reach := min(len(text), from+quoteReach)
	if reach <= q.none[kind] {
		return
	}
	from = max(from, q.none[kind]-utf8.UTFMax)
	within := text[from:reach]
	if blank := strings.Index(within, "\n\n"); blank >= 0 {
		within = within[:blank]
	}
	if i := strings.IndexRune(within, closer); i >= 0 {
		q.end, q.closer = from+i, closer
		return
	}
	q.none[kind] = from + len(within)
}

// quotation returns which of the kinds of quotation a mark opens, and the mark
// that closes it; 0 for another character.
func quotation(mark rune) (kind int, closer rune) {
	switch mark {
	case '«':
		return 0, '»'
	case '“':
		return 1, '”'
	case '„':
		return 2, '“'
	}
	return 0, 0
}
