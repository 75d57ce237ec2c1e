package msoffice

import (
	"strconv"
	"strings"

	"docent/ingest/read/office"
)

// msWordLists numbers the paragraphs of lists, as Word does when it shows them:
// the numbers are not in the text.
type msWordLists struct {
	formats map[int]*[9]msWordLevel
	// overrides are by the number that paragraphs have, from 1.
	overrides []msWordOverride
	counts    map[int]*[9]int
}

// msWordLevel is how the items of one depth of a list are numbered.
type msWordLevel struct {
	start, format int
	// text is what stands before an item, with characters from 0 to 8 where
	// the number of that depth goes.
	text string
}

type msWordOverride struct {
	list   int
	levels [9]*msWordLevel
}

const (
	mostLists    = 10_000
	levelSize    = 28
	formatBullet = 23
	formatNone   = 255
)

// loadLists reads the PlfLst, the levels after it, and the PlfLfo.
func (w *msWord) loadLists(lists, overrides []byte) msWordLists {
	l := msWordLists{formats: make(map[int]*[9]msWordLevel), counts: make(map[int]*[9]int)}
	const size = 28
	n := min(office.Uint16(lists, 0), mostLists)
	// The levels stand after the table, and its length leaves them out.
	levels := office.Part(w.table, office.Uint32(w.main, w.pairs+8*fibLists)+2+size*n, len(w.table))
	for i := range n {
		id := office.Uint32(lists, 2+size*i)
		count := 9
		if office.Uint16(lists, 2+size*i+26)&1 != 0 { // a simple list
			count = 1
		}
		var format [9]msWordLevel
		for j := range count {
			format[j], levels = parseLevel(levels)
		}
		l.formats[id] = &format
	}
	l.loadOverrides(overrides)
	return l
}

func (l *msWordLists) loadOverrides(table []byte) {
	const size = 16
	n := min(office.Uint32(table, 0), mostLists)
	rest := office.Part(table, 4+size*n, len(table))
	for i := range n {
		o := msWordOverride{list: office.Uint32(table, 4+size*i)}
		rest = office.Part(rest, 4, len(rest))
		for range min(office.Uint16(table, 4+size*i+12)&0xff, 9) {
			rest = o.override(rest, l.formats[o.list])
		}
		l.overrides = append(l.overrides, o)
	}
}

// override reads an LFOLVL.
func (o *msWordOverride) override(data []byte, formats *[9]msWordLevel) (rest []byte) {
	start, flags := office.Uint32(data, 0), office.Uint32(data, 4)
	rest = office.Part(data, 8, len(data))
	depth := min(flags&0xf, 8)
	var level msWordLevel
	if formats != nil {
		level = formats[depth]
	}
	if flags&0x20 != 0 {
		level, rest = parseLevel(rest)
	} else if flags&0x10 != 0 {
		level.start = start
	}
	o.levels[depth] = &level
	return rest
}

// parseLevel reads an LVL.
func parseLevel(data []byte) (level msWordLevel, rest []byte) {
	if len(data) < levelSize {
		return msWordLevel{format: formatNone}, nil
	}
	level = msWordLevel{start: office.Uint32(data, 0), format: int(data[4])}
	at := levelSize + int(data[24]) + int(data[25])
	size := office.Uint16(data, at)
	level.text = office.UTF16(office.Part(data, at+2, 2*size))
	return level, office.Part(data, at+2+2*size, len(data))
}

// mark is the number of the next item of a list, as it is shown, "" for a
// bullet.
func (l *msWordLists) mark(list, depth int) string {
	if list < 1 || list > len(l.overrides) {
		return ""
	}
	o := l.overrides[list-1]
	formats := l.formats[o.list]
	if formats == nil {
		return ""
	}
	level := func(i int) msWordLevel {
		if o.levels[i] != nil {
			return *o.levels[i]
		}
		return formats[i]
	}
	counts := l.counts[o.list]
	if counts == nil {
		counts = new([9]int)
		for i := range counts {
			counts[i] = level(i).start - 1
		}
		l.counts[o.list] = counts
	}
	counts[depth]++
	for i := depth + 1; i < 9; i++ {
		counts[i] = level(i).start - 1
	}
	if format := level(depth).format; format == formatBullet || format == formatNone {
		return ""
	}
	var b strings.Builder
	for _, r := range level(depth).text {
		if r > 8 {
			b.WriteRune(r)
			continue
		}
		n := counts[r]
		if int(r) < depth {
			n = max(n, level(int(r)).start)
		}
		b.WriteString(msWordNumber(level(int(r)).format, n))
	}
	return strings.TrimSpace(b.String())
}

// msWordNumber writes a number in one of Word's formats.
func msWordNumber(format, n int) string {
	const upperRoman, lowerRoman, upperLetter, lowerLetter, twoDigits = 1, 2, 3, 4, 22
	switch {
	case format == upperRoman && n > 0 && n < 4000:
		return office.Roman(n)
	case format == lowerRoman && n > 0 && n < 4000:
		return strings.ToLower(office.Roman(n))
	case format == upperLetter && n > 0 && n < 1000:
		return strings.Repeat(string(rune('A'+(n-1)%26)), (n-1)/26+1)
	case format == lowerLetter && n > 0 && n < 1000:
		return strings.Repeat(string(rune('a'+(n-1)%26)), (n-1)/26+1)
	case format == twoDigits && n >= 0 && n < 10:
		return "0" + strconv.Itoa(n)
	case format == formatBullet || format == formatNone:
		return ""
	}
	return strconv.Itoa(n)
}
