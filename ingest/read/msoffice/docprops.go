package msoffice

import (
	"sort"

	"docent/ingest/read/office"
)

// msWordProperties are what is read of a paragraph's properties.
type msWordProperties struct {
	style int
	// inTable and rowEnd tell cells and rows.
	inTable, rowEnd, headerRow bool
	// list is the number from 1 of a list override, level the depth from 0.
	list, level int
	// outline is a heading level from 1, or 0.
	outline int
}

// msWordCharacters are what is read of the properties of characters.
type msWordCharacters struct {
	hidden, struck bool

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
		b.limits = append(b.limits, office.Uint32(table, 4*i+4))
		b.pages = append(b.pages, office.Uint32(table, 4*(n+1)+4*i)&0x3fffff)
	}
	return b
}

func (w *msWord) loadProperties() {
	w.paragraphBins = w.bins(w.tableAt(fibParagraphBins))
	w.characterBins = w.bins(w.tableAt(fibCharacterBins))
	w.loadStyles(w.tableAt(fibStyles))
	w.loadLists(w.tableAt(fibLists), w.tableAt(fibListOverrides))
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
	page = office.Slice(w.main, b.pages[i]*size, size)
	if len(page) < size {
		return nil, 0, 0, at, at + 1
	}
	runs = min(int(page[size-1]), 101)
	run = sort.Search(runs, func(i int) bool { return office.Uint32(page, 4*i+4) > at })
	if run == runs || office.Uint32(page, 4*run) > at {
		return nil, 0, 0, at, at + 1
	}
	return page, run, runs, office.Uint32(page, 4*run), office.Uint32(page, 4*run+4)
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
	data := office.Slice(page, offset+1, size)
	p = w.styled(office.Uint16(data, 0))
	p.apply(office.Slice(data, 2, len(data)))
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
		s.run.apply(office.Slice(page, offset+1, int(page[offset])))
	}
	return s.run
}

// Properties by the numbers of their modifiers.
const (
	sprmStyle        = 0x4600
	sprmInTable      = 0x2416
	sprmRowEnd       = 0x2417
	sprmListLevel    = 0x260a
	sprmList         = 0x460b
	sprmOutline      = 0x2640
	sprmHeaderRow    = 0x3404
	sprmHidden       = 0x083c
	sprmDeleted      = 0x0800
	sprmStrike       = 0x0837
	sprmDoubleStrike = 0x2a53
	sprmSymbol       = 0x6a09
	sprmDefineTable  = 0xd608
	sprmChangeTabs   = 0xc615
)

// modifiers goes through a list of them.
func modifiers(list []byte, yield func(sprm int, operand []byte)) {
	for len(list) > 2 {
		sprm := office.Uint16(list, 0)
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
				size = 1 + office.Uint16(list, 0)
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

// isListed reports whether the paragraph is in a list of this version of Word.
func (p *msWordProperties) isListed() bool {
	const oldNumbers = 2047
	return p.list > 0 && p.list < oldNumbers
}

func (p *msWordProperties) apply(list []byte) {
	modifiers(list, func(sprm int, operand []byte) {
		switch sprm {
		case sprmInTable:
			p.inTable = operand[0] != 0
		case sprmRowEnd:
			p.rowEnd = operand[0] != 0
		case sprmListLevel:
			p.level = min(int(operand[0]), 8)
		case sprmList:
			p.list = office.Uint16(operand, 0)
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
		case sprmStrike, sprmDoubleStrike:
			c.struck = c.struck || operand[0] == 1
		case sprmSymbol:
			c.fontID, c.symbol = office.Uint16(operand, 0), office.Uint16(operand, 2)
		}
	})
}
