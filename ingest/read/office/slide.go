package office

import (
	"slices"

	"docent/ingest/read"
)

// Slide is what was read of a slide, or of the notes of one.
type Slide struct {
	Notes bool
	// Hidden says that it is not shown.
	Hidden bool
	// Title, Pieces and After, the notes, are in the order of the file.
	Title, Pieces, After []Piece
	// highest is 1 + the piece that begins the text box nearest to the top, at
	// highestTop.
	highest, highestTop int
}

// Add appends the pieces of a shape that begins so far from the top. AsText says that
// they are plain text, which may be the title of a slide without one.
func (s *Slide) Add(pieces []Piece, top int, asText bool) {
	if len(pieces) > 0 && asText && (s.highest == 0 || top < s.highestTop) {
		s.highest, s.highestTop = len(s.Pieces)+1, top
	}
	s.Pieces = append(s.Pieces, pieces...)
}

// AddTitle appends what stands where the title does.
func (s *Slide) AddTitle(pieces []Piece) {
	if text := read.FlatLine(TextOf(pieces)); text != "" {
		s.Title = append(s.Title, Piece{Kind: read.Heading, Level: 1, Text: text})
	}
}

// longestTitle is how long, in bytes, a line may be that stands for the title
// of a slide without one.
const longestTitle = 100

// PutSlide appends a slide with its notes, unless it is hidden.
func (o *Composer) PutSlide(s *Slide, number int) error {
	if s.Hidden {
		o.Warn("slide %d is hidden and left out", number)
		o.Page = number
		o.Hide(TextOf(s.ordered()))
		return nil
	}
	pieces, before := s.ordered(), len(o.Blocks)
	SetPage(pieces, number)
	if err := o.PutAll(pieces); err != nil {
		return err
	}
	for i := range s.After {
		if p := &s.After[i]; p.Table == nil {
			p.Kind, p.Level = read.Note, 0
		}
	}
	SetPage(s.After, number)
	if len(o.Blocks) > before && o.Blocks[before].Kind != read.Furniture {
		defer func(lead int) { o.Lead = lead }(o.Lead)
		o.Lead = before + 1
	}
	return o.PutAll(s.After)
}

// ordered returns what is on a slide, its title first wherever it is drawn. A
// slide without one takes the text box nearest to its top for it, as its
// readers do: it is not under the title of the slide before.
func (s *Slide) ordered() []Piece {
	if i := s.highest - 1; len(s.Title) == 0 && i >= 0 {
		if p := s.Pieces[i]; len(p.Text) <= longestTitle {
			s.Title = []Piece{{Kind: read.Heading, Level: 1, Text: read.FlatLine(p.Text)}}
			s.Pieces = slices.Delete(s.Pieces, i, i+1)
		}
	}
	return slices.Concat(s.Title, s.Pieces)
}
