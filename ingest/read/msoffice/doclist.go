package msoffice

import (
	"strings"

	"docent/ingest/read/office"
)

// msWordLists numbers the paragraphs of lists, as Word does when it shows them:
// the numbers are not in the text.
type msWordLists struct {
	abstracts map[int]*msWordAbstract
	// lists are by the number that paragraphs have, from 1.
	lists []msWordList
}

// msWordAbstract is an LSTF with the numbers reached in it, which all lists
// made of it share.
type msWordAbstract struct {
	office.ListCounter
	levels [office.ListLevels]office.ListLevel
}

// msWordList is an LFO with the levels that it says differently.
type msWordList struct {
	abstract *msWordAbstract
	levels   map[int]office.ListLevel
}

const mostLists = 10_000

// loadLists reads the PlfLst, the levels after it, and the PlfLfo.
func (w *msWord) loadLists(table, overrides []byte) {
	w.lists.abstracts = make(map[int]*msWordAbstract)
	const size = 28
	n := min(office.Uint16(table, 0), mostLists)
	// The levels stand after the table, and its length leaves them out.
	levels := office.Slice(w.table, office.Uint32(w.main, fibPairs+8*fibLists)+2+size*n, len(w.table))
	for i := range n {
		a := &msWordAbstract{}
		count := office.ListLevels
		if office.Uint16(table, 2+size*i+26)&1 != 0 { // a simple list
			count = 1
		}
		for j := range count {
			a.levels[j], levels = parseLevel(levels)
		}
		w.lists.abstracts[office.Uint32(table, 2+size*i)] = a
	}
	w.lists.loadOverrides(overrides)
}

func (l *msWordLists) loadOverrides(table []byte) {
	const size = 16
	n := min(office.Uint32(table, 0), mostLists)
	rest := office.Slice(table, 4+size*n, len(table))
	for i := range n {
		list := msWordList{abstract: l.abstracts[office.Uint32(table, 4+size*i)], levels: make(map[int]office.ListLevel)}
		rest = office.Slice(rest, 4, len(rest))
		for range min(office.Uint16(table, 4+size*i+12)&0xff, office.ListLevels) {
			rest = list.override(rest)
		}
		l.lists = append(l.lists, list)
	}
}

// override reads an LFOLVL.
func (l *msWordList) override(data []byte) (rest []byte) {
	const newStart, newLevel = 0x10, 0x20
	start, flags := office.Uint32(data, 0), office.Uint32(data, 4)
	rest = office.Slice(data, 8, len(data))
	depth := min(flags&0xf, office.ListLevels-1)
	level := l.level(depth)
	if flags&newLevel != 0 {
		level, rest = parseLevel(rest)
	} else if flags&newStart != 0 {
		level.Start = start
	}
	l.levels[depth] = level
	return rest
}

func (l *msWordList) level(i int) office.ListLevel {
	if level, own := l.levels[i]; own || l.abstract == nil {
		return level
	}
	return l.abstract.levels[i]
}

// numberFormats are the names that office.FormatNumber has for Word's.
var numberFormats = map[byte]string{
	1: "upperRoman", 2: "lowerRoman", 3: "upperLetter", 4: "lowerLetter", 22: "decimalZero", 23: "bullet", 255: "bullet",
}

// parseLevel reads an LVL.
func parseLevel(data []byte) (level office.ListLevel, rest []byte) {
	const fixed = 28
	if len(data) < fixed {
		return office.ListLevel{}, nil
	}
	level = office.ListLevel{Start: office.Uint32(data, 0), Format: numberFormats[data[4]]}
	if level.Format == "" {
		level.Format = "decimal"
	}
	at := fixed + int(data[24]) + int(data[25])
	size := office.Uint16(data, at)
	var text strings.Builder
	for _, r := range office.UTF16(office.Slice(data, at+2, 2*size)) {
		if r < office.ListLevels { // the number of that depth
			text.WriteByte('%')
			r += '1'
		}
		text.WriteRune(r)
	}
	level.Text = text.String()
	return level, office.Slice(data, at+2+2*size, len(data))
}

// mark is the number of the next item of a list, as it is shown, "" for a
// bullet.
func (l *msWordLists) mark(list, depth int) string {
	if list < 1 || list > len(l.lists) || l.lists[list-1].abstract == nil {
		return ""
	}
	of := &l.lists[list-1]
	return of.abstract.Next(depth, of.level)
}
