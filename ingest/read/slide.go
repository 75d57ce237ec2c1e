package read

import "slices"

// slide is what was read of a slide, or of the notes of one.
type slide struct {
	notes bool
	// title, pieces and after, the notes, are in the order of the file.
	title, pieces, after []piece
	// highest is 1 + the piece that begins the text box nearest to the top,
	// at highestTop.
	highest, highestTop int
}

// longestTitle is how long, in bytes, a line may be that stands for the title
// of a slide without one.
const longestTitle = 100

// ordered returns what is on a slide, its title first wherever it is drawn. A
// slide without one takes the text box nearest to its top for it, as its
// readers do: it is not under the title of the slide before.
func (s *slide) ordered() []piece {
	if i := s.highest - 1; len(s.title) == 0 && i >= 0 {
		if p := s.pieces[i]; len(p.text) <= longestTitle {
			s.title = []piece{{kind: Heading, level: 1, text: flatLine(p.text)}}
			s.pieces = slices.Delete(s.pieces, i, i+1)
		}
	}
	return slices.Concat(s.title, s.pieces, s.after)
}
