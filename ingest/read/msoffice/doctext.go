package msoffice

import (
	"errors"
	"iter"
	"slices"
	"sort"
	"strings"
	"unicode/utf16"

	"docent/ingest/read"
	"docent/ingest/read/charset"
	"docent/ingest/read/office"
)

// msWordPiece is a run of text that lies in one place of the file.
type msWordPiece struct {
	// start is the position of its first character in the text, at that in
	// the file.
	start, at int
	// wide is set where characters take two bytes.
	wide bool
}

var errNoText = errors.New("where its text is cannot be found")

// loadText puts the pieces of the text together.
func (w *msWord) loadText(limit int64) error {
	table := pieceTable(w.tableAt(fibPieces))
	n := (len(table) - 4) / 12
	if n <= 0 {
		return errNoText
	}
	const wideFlag = 1 << 30
	for i := range n {
		size := office.Uint32(table, 4*i+4) - office.Uint32(table, 4*i)
		at := office.Uint32(table, 4*(n+1)+8*i+2)
		wide := at&wideFlag == 0
		if at &^= wideFlag; !wide {
			at /= 2
		}
		if err := w.addPiece(at, size, wide, limit); err != nil {
			return err
		}
	}
	return nil
}

// pieceTable finds the PlcPcd in a Clx.
func pieceTable(clx []byte) []byte {
	for len(clx) > 5 && clx[0] == 1 {
		clx = office.Slice(clx, 3+office.Uint16(clx, 1), len(clx))
	}
	if len(clx) < 5 || clx[0] != 2 {
		return nil
	}
	return office.Slice(clx, 5, office.Uint32(clx, 1))
}

// addPiece decodes a piece. What a piece claims beyond the end of the file is
// not there.
func (w *msWord) addPiece(at, size int, wide bool, limit int64) error {
	width := 1
	if wide {
		width = 2
	}
	if size < 0 || at < 0 {
		return errNoText
	}
	data := office.Slice(w.main, at, size*width)
	if int64(len(w.text)+len(data)) > limit {
		return &read.LimitError{Limit: limit}
	}
	w.pieces = append(w.pieces, msWordPiece{start: len(w.text), at: at, wide: wide})
	if !wide {
		for _, c := range data {
			w.text = append(w.text, uint16(charset.Windows1252[c]))
		}
		return nil
	}
	for i := range len(data) / 2 {
		w.text = append(w.text, uint16(office.Uint16(data, 2*i)))
	}
	return nil
}

// position is where in the file a character of the text stands.
func (w *msWord) position(cp int) int {
	i := sort.Search(len(w.pieces), func(i int) bool { return w.pieces[i].start > cp }) - 1
	if i < 0 {
		return 0
	}
	p := w.pieces[i]
	if p.wide {
		return p.at + 2*(cp-p.start)
	}
	return p.at + cp - p.start
}

// span is where a part of the text begins and ends.
func (w *msWord) span(part int) (from, to int) {
	for _, n := range w.lengths[:part] {
		from += n
	}
	return min(from, len(w.text)), min(from+w.lengths[part], len(w.text))
}

// msWordParagraph is a paragraph, or a cell, or the end of a row.
type msWordParagraph struct {
	text string
	// end is the character that ends it.
	end uint16
	msWordProperties
	// notes are the references to notes in it.
	notes []msWordNote
}

// msWordNote is a reference to a note: its position, how many units of UTF-16
// stand before it in its paragraph, and how many bytes of text after it.
type msWordNote struct{ cp, at, rest int }

// Characters that are no text.
const (
	charNote         = 0x02
	charComment      = 0x05
	charCell         = 0x07
	charLine         = 0x0b
	charPage         = 0x0c
	charParagraph    = 0x0d
	charColumn       = 0x0e
	charFieldBegin   = 0x13
	charFieldMiddle  = 0x14
	charFieldEnd     = 0x15
	charNoBreakDash  = 0x1e
	charSymbol       = 0x28
	noBreakDash      = 0x2011
	deepestField     = 100
	longestParagraph = 8 << 20
)

// msWordScanner goes through a part of the text.
type msWordScanner struct {
	*msWord
	cp, to int
	// fields says of each field around whether its result has begun: what
	// stands before that are instructions.
	fields []bool
	// run are the properties of characters as far as runEnd, in the file.
	run msWordCharacters
	// struck says that the character before is struck through.
	struck           bool
	runStart, runEnd int
}

// scan goes through the paragraphs of a part of the text.
func (w *msWord) scan(from, to int) iter.Seq[msWordParagraph] {
	return func(yield func(msWordParagraph) bool) {
		s := &msWordScanner{msWord: w, cp: from, to: min(to, len(w.text))}
		for s.cp < s.to {
			if !yield(s.next()) {
				return
			}
		}
	}
}

func (s *msWordScanner) next() (p msWordParagraph) {
	var text []uint16
	for s.cp < s.to {
		c := s.text[s.cp]
		s.cp++
		if c == charParagraph || c == charCell || c == charPage || len(text) > longestParagraph {
			p.end = c
			break
		}
		text = s.character(text, c, &p)
	}
	for i, n := range p.notes {
		p.notes[i].rest = len(strings.TrimRight(string(utf16.Decode(text[n.at:])), " "))
	}
	p.text = string(utf16.Decode(text))
	p.msWordProperties = s.properties(s.position(s.cp - 1))
	return p
}

// character appends what one character is as text.
func (s *msWordScanner) character(text []uint16, c uint16, p *msWordParagraph) []uint16 {
	switch c {
	case charFieldBegin:
		if len(s.fields) < deepestField {
			s.fields = append(s.fields, false)
		}
		return text
	case charFieldMiddle:
		if n := len(s.fields); n > 0 {
			s.fields[n-1] = true
		}
		return text
	case charFieldEnd:
		if n := len(s.fields); n > 0 {
			s.fields = s.fields[:n-1]
		}
		return text
	}
	if slices.Contains(s.fields, false) {
		return text
	}
	look := s.characters(s.position(s.cp - 1))
	after := s.struck
	s.struck = s.struck && look.struck
	switch {
	case after && !look.struck && c == ' ' && len(text) > 0 && text[len(text)-1] == ' ':
		return text
	case look.hidden:
		return text
	case look.struck:
		if !s.struck {
			s.strikes++
		}
		s.struck = true
		return text
	case look.symbol != 0 && c == charSymbol:
		return append(text, utf16.Encode([]rune(charset.SymbolText(byte(look.symbol), look.font(s.msWord))))...)
	case c == charNote || c == charComment:
		p.notes = append(p.notes, msWordNote{cp: s.cp - 1, at: len(text)})
		return text
	case c == charLine || c == charColumn:
		return append(text, '\n')
	case c == charNoBreakDash:
		return append(text, noBreakDash)
	}
	if c >= 0xf020 && c <= 0xf0ff { // where fonts of signs have their characters
		c = '•'
	}
	return append(text, c) // other controls are no text, and clean drops them
}
