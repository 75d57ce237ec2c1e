package read

import (
	"sort"
	"strings"
)

// msWordProperties are what is read of a paragraph's properties.
type msWordProperties struct {
	style int
	// inTable, rowEnd, innerCell and innerEnd tell cells and rows, also those
	// of tables in cells.
	inTable, rowEnd, innerCell, innerEnd, headerRow bool
	// list is the number from 1 of a list override, level the depth from 0.
	list, level int
	// outline is a heading level from 1, or 0.
	outline int
}

// msWordCharacters are what is read of the properties of characters.
type msWordCharacters struct {
	hidden bool
	symbol int // a character of a font of signs
	fontID int
}

func (c msWordCharacters) font(w *msWord) string { return w.fontName(c.fontID) }

// msWordBins is a PlcfBte: where in the file the properties of which characters
// are.
type msWordBins struct {
	limits []int
	pages  []int
}

func (w *msWord) bins(table []byte) msWordBins {
	n := (len(table) - 4) / 8
	var b msWordBins
	for i := range max(n, 0) {
		b.limits = append(b.limits, le32(table, 4*i+4))
		b.pages = append(b.pages, le32(table, 4*(n+1)+4*i)&0x3fffff)
	}
	return b
}

func (w *msWord) loadProperties() {
	w.paragraphBins = w.bins(w.tableAt(fibParagraphBins))
	w.characterBins = w.bins(w.tableAt(fibCharacterBins))
	w.loadStyles(w.tableAt(fibStyles))
	w.lists = w.loadLists(w.tableAt(fibLists), w.tableAt(fibListOverrides))
}

// fkp finds the page of properties that has those at a position in the file,
// the number of the run in it, how many there are, and where the run begins
// and ends.
func (w *msWord) fkp(b msWordBins, at int) (page []byte, run, runs, start, end int) {
	i := sort.SearchInts(b.limits, at+1)
	if i >= len(b.pages) {
		return nil, 0, 0, at, at + 1
	}
	const size = 512
	page = part(w.main, b.pages[i]*size, size)
	if len(page) < size {
		return nil, 0, 0, at, at + 1
	}
	runs = min(int(page[size-1]), 101)
	run = sort.Search(runs, func(i int) bool { return le32(page, 4*i+4) > at })
	if run == runs || le32(page, 4*run) > at {
		return nil, 0, 0, at, at + 1
	}
	return page, run, runs, le32(page, 4*run), le32(page, 4*run+4)
}

// properties are those of the paragraph whose end is at a position in the
// file.
func (w *msWord) properties(at int) msWordProperties {
	var p msWordProperties
	page, run, runs, _, _ := w.fkp(w.paragraphBins, at)
	if page == nil {
		return w.styled(0)
	}
	const entry = 13
	offset := 2 * int(page[min(4*(runs+1)+entry*run, 511)])
	if offset == 0 {
		return w.styled(0)
	}
	size := 2*int(page[offset]) - 1
	if size < 0 {
		offset++
		size = 2 * int(page[min(offset, 511)])
	}
	data := part(page, offset+1, size)
	p = w.styled(le16(data, 0))
	p.apply(part(data, 2, len(data)))
	return p
}

// characters are the properties of those at a position in the file. They are
// the same up to the end of the run.
func (s *msWordScanner) characters(at int) msWordCharacters {
	if at >= s.runStart && at < s.runEnd {
		return s.run
	}
	page, run, runs, start, end := s.fkp(s.characterBins, at)
	s.runStart, s.runEnd, s.run = start, end, msWordCharacters{}
	if page == nil {
		return s.run
	}
	if offset := 2 * int(page[min(4*(runs+1)+run, 511)]); offset > 0 {
		s.run.apply(part(page, offset+1, int(page[offset])))
	}
	return s.run
}

// Properties by the numbers of their modifiers.
const (
	sprmStyle       = 0x4600
	sprmInTable     = 0x2416
	sprmRowEnd      = 0x2417
	sprmInnerCell   = 0x244b
	sprmInnerEnd    = 0x244c
	sprmListLevel   = 0x260a
	sprmList        = 0x460b
	sprmOutline     = 0x2640
	sprmHeaderRow   = 0x3404
	sprmHidden      = 0x083c
	sprmDeleted     = 0x0800
	sprmSymbol      = 0x6a09
	sprmDefineTable = 0xd608
	sprmChangeTabs  = 0xc615
)

// modifiers goes through a list of them.
func modifiers(list []byte, yield func(sprm int, operand []byte)) {
	for len(list) > 2 {
		sprm := le16(list, 0)
		list = list[2:]
		var size int
		switch sprm >> 13 {
		case 0, 1:
			size = 1
		case 2, 4, 5:
			size = 2
		case 3:
			size = 4
		case 7:
			size = 3
		default:
			size = 1 + int(list[0])
			switch {
			case sprm == sprmDefineTable:
				size = 1 + le16(list, 0)
			case sprm == sprmChangeTabs && list[0] == 255:
				return
			}
		}
		if size > len(list) {
			return
		}
		yield(sprm, list[:size])
		list = list[size:]
	}
}

func (p *msWordProperties) apply(list []byte) {
	modifiers(list, func(sprm int, operand []byte) {
		switch sprm {
		case sprmInTable:
			p.inTable = operand[0] != 0
		case sprmRowEnd:
			p.rowEnd = operand[0] != 0
		case sprmInnerCell:
			p.innerCell = operand[0] != 0
		case sprmInnerEnd:
			p.innerEnd = operand[0] != 0
		case sprmListLevel:
			p.level = min(int(operand[0]), 8)
		case sprmList:
			p.list = le16(operand, 0)
		case sprmHeaderRow:
			p.headerRow = operand[0] != 0
		case sprmOutline:
			p.outline = 0
			if operand[0] < 9 {
				p.outline = int(operand[0]) + 1
			}
		}
	})
}

func (c *msWordCharacters) apply(list []byte) {
	modifiers(list, func(sprm int, operand []byte) {
		switch sprm {
		case sprmHidden, sprmDeleted:
			c.hidden = c.hidden || operand[0] == 1
		case sprmSymbol:
			c.fontID, c.symbol = le16(operand, 0), le16(operand, 2)
		}
	})
}

// msWordStyle is a style of paragraphs.
type msWordStyle struct {
	name string
	base int
	list []byte
	// heading is the level that the style stands for, or 0.
	heading int
	// known is set when properties are those with what the styles that it is
	// based on say.
	known      bool
	properties msWordProperties
}

// Built-in styles.
const (
	styleHeading1 = 1
	styleHeading9 = 9
	styleTitle    = 62
	noStyle       = 0xfff
)

// loadStyles reads the style sheet (STSH).
func (w *msWord) loadStyles(table []byte) {
	header := le16(table, 0)
	count, base := le16(table, 2), le16(table, 4)
	for at := 2 + header; count > 0 && at+2 <= len(table); count-- {
		size := le16(table, at)
		w.styles = append(w.styles, parseStyle(part(table, at+2, size), base))
		at += 2 + size
	}
}

func parseStyle(data []byte, base int) msWordStyle {
	s := msWordStyle{base: noStyle}
	if len(data) < 10 {
		return s
	}
	const ofParagraphs = 1
	builtIn, kind := le16(data, 0)&0xfff, le16(data, 2)&0xf
	s.base = le16(data, 2) >> 4
	if kind != ofParagraphs {
		return s
	}
	length := le16(data, base)
	s.name = strings.ToLower(utf16Text(part(data, base+2, 2*length)))
	switch {
	case builtIn >= styleHeading1 && builtIn <= styleHeading9:
		s.heading = builtIn
	case builtIn == styleTitle:
		s.heading = 1
	default:
		s.heading = styleLevel(s.name)
	}
	at := base + 2 + 2*length + 2
	s.list = part(data, at+4, le16(data, at)-2)
	return s
}

// styled are the properties of a paragraph of a style.
func (w *msWord) styled(style int) msWordProperties { return w.styledWithin(style, 20) }

func (w *msWord) styledWithin(style, depth int) msWordProperties {
	if style >= len(w.styles) || depth == 0 {
		return msWordProperties{style: style}
	}
	s := &w.styles[style]
	if s.known {
		return s.properties
	}
	var p msWordProperties
	if s.base != noStyle && s.base != style {
		p = w.styledWithin(s.base, depth-1)
	}
	p.style = style
	p.apply(s.list)
	if s.heading > 0 {
		p.outline = s.heading
	}
	s.known, s.properties = true, p
	return p
}

// fontName is the name of a font by its number in the table of fonts.
func (w *msWord) fontName(id int) string {
	const fonts, fixed = 15, 40
	table := w.tableAt(fonts)
	at := 4
	for range id {
		if at >= len(table) {
			return ""
		}
		at += 1 + int(table[at])
	}
	name, _, _ := strings.Cut(utf16Text(part(table, at+fixed, 130)), "\x00")
	return name
}
