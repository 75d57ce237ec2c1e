package pdf

import "cmp"

// textLine is a line of a page, or a row of a table.
type textLine struct {
	text                           string
	page                           int
	left, right, bottom, top, base float32
	// first is the width of the first word, foot where its first character
	// stands.
	first, foot float32
	// size is that of the letters.
	size  letterSize
	words []placedWord
	// cells are those of a row: a line of one is none.
	cells []string
	// places are where these stand, where that is known.
	places []edges
	// hyphen is set where the line ends in a hyphen, which the text lacks.
	hyphen bool
	// apart is set where a paragraph begins, whatever the places say.
	apart bool
	// field is set for the value of a field of a form, and form where its label is
	// known.
	field bool
	form  *formField

	furniture bool
	// heading is 1 + the index of the bookmark that names the line, or 0, and
	// level is that of the heading.
	heading, level int
}

// placedWord is a word that begins at an offset of the line's text.
type placedWord struct {
	at          int
	left, right float32
}

// letterSize is the height of letters in points, of each kind by itself, since
// fonts of one size differ in how they divide it; 0 where there is none.
type letterSize struct{ capital, tall, low float32 }

// em is about the size of the font.
func (s letterSize) em() float32 {
	switch {
	case s.capital > 0:
		return s.capital / 0.68
	case s.tall > 0:
		return s.tall / 0.70
	case s.low > 0:
		return s.low / 0.46
	}
	return 0
}

// ratio is how much larger letters are than others, by the kind in which they
// differ least.
func (s letterSize) ratio(other letterSize) float32 {
	var least float32
	for _, pair := range [][2]float32{{s.capital, other.capital}, {s.tall, other.tall}, {s.low, other.low}} {
		if pair[0] > 0 && pair[1] > 0 && (least == 0 || pair[0]/pair[1] < least) {
			least = pair[0] / pair[1]
		}
	}
	return cmp.Or(least, 1)
}

func (l textLine) em() float32 { return cmp.Or(l.size.em(), l.top-l.bottom, 10) }
