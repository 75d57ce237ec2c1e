package msoffice

import (
	"cmp"
	"errors"
	"fmt"

	"docent/ingest/read"
	"docent/ingest/read/office"
)

// DOC is the format of DOC files.
//
// It reads Word 97 to 2003 (MS-DOC), and the words of Word 6 and 95. Notes stand
// after the paragraph that refers to them, text boxes after the body.
func DOC(l read.Limits) read.Format {
	return read.Format{
		Name: "DOC", Extensions: []string{".doc", ".dot"}, Risky: true, Sure: true,
		Match:  office.MatchOLE("DOC"),
		Reader: office.NewOLEReader("DOC", l, readDOC),
	}
}

func readDOC(o *office.Composer, file *office.OLE) error {
	w, err := openWord(file)
	if err != nil {
		return err
	}
	c := &msWordComposer{Composer: o, msWord: w, notes: make(map[int][2]int)}
	return c.compose()
}

// msWord is a document being read. Characters are found by their position in
// the text (CP), their properties by where they stand in the file (FC).
type msWord struct {
	// main is the stream with text and properties, table the one with tables
	// that say where these are.
	main, table []byte
	// pairs is where the FIB says where a table is.
	pairs int
	// old is set for Word 6 and 95, of which only the text is read.
	old  bool
	page int
	// lengths are those of the texts that follow one another: see the parts.
	lengths [7]int
	text    []uint16
	pieces  []msWordPiece

	paragraphBins, characterBins msWordBins
	styles                       []msWordStyle
	lists                        msWordLists
}

// The parts of the text, in order.
const (
	msWordBody = iota
	msWordFootnotes
	msWordHeaders
	msWordMacros
	msWordComments
	msWordEndnotes
	msWordBoxes
)

// Tables by the place of their position and length in the FIB.
const (
	fibStyles         = 1
	fibFootnoteRefs   = 2
	fibFootnoteTexts  = 3
	fibHeaders        = 11
	fibCharacterBins  = 12
	fibParagraphBins  = 13
	fibPieces         = 33
	fibEndnoteRefs    = 46
	fibEndnoteTexts   = 47
	fibLists          = 73
	fibListOverrides  = 74
	fibPairs97        = 0x9a
	fibOldPieces      = 0x160
	fibOldLengths     = 0x34
	fibLengths        = 0x4c
	fibFlags          = 0x0a
	fibFlagComplex    = 0x0004
	fibFlagEncrypted  = 0x0100
	fibFlagTable1     = 0x0200
	fibWord6, fibMost = 0x65, 0xc0
)

func openWord(o *office.OLE) (*msWord, error) {
	main, err := o.ReadAll("WordDocument")
	if err != nil {
		return nil, err
	}
	version, flags := office.Uint16(main, 2), office.Uint16(main, fibFlags)
	switch magic := office.Uint16(main, 0); {
	case magic != 0xa5ec && magic != 0xa5dc || len(main) < 0x200:
		return nil, errors.New("it does not begin as a Word document does")
	case flags&fibFlagEncrypted != 0:
		return nil, read.ErrProtected
	case version < fibWord6:
		return nil, fmt.Errorf("written by a Word older than version 6 (%d), which is not read", version)
	}
	w := &msWord{main: main, pairs: fibPairs97, old: version <= fibMost}
	lengths := fibLengths
	if w.old {
		lengths, w.page = fibOldLengths, languagePage(office.Uint16(main, 6))
	}
	for i := range w.lengths {
		w.lengths[i] = max(0, office.Uint32(main, lengths+4*i))
	}
	if !w.old {
		name := "0Table"
		if flags&fibFlagTable1 != 0 {
			name = "1Table"
		}
		if w.table, err = o.ReadAll(name); err != nil {
			return nil, err
		}
		w.loadProperties()
	}
	return w, w.loadText(o.Limits.MaxDocument(), flags)
}

// tableAt is the table whose position and length are the FIB's nth pair.
func (w *msWord) tableAt(n int) []byte {
	return office.Slice(w.table, office.Uint32(w.main, w.pairs+8*n), office.Uint32(w.main, w.pairs+8*n+4))
}

// languagePages are the code pages of the languages that Windows has numbers
// for, where these are not 1252.
var languagePages = map[int]int{
	0x05: 1250, 0x0e: 1250, 0x15: 1250, 0x18: 1250, 0x1b: 1250, 0x24: 1250, 0x1a: 1250, 0x1c: 1250,
	0x19: 1251, 0x22: 1251, 0x23: 1251, 0x02: 1251, 0x2f: 1251, 0x08: 1253, 0x1f: 1254, 0x0d: 1255, 0x01: 1256,
	0x25: 1257, 0x26: 1257, 0x27: 1257, 0x2a: 1258, 0x1e: 874, 0x11: 932, 0x12: 949,
}

// languagePage is the code page of texts in a language.
func languagePage(language int) int {
	if language == 0x0804 {
		return 936
	}
	if language&0x3ff == 0x04 {
		return 950
	}
	return cmp.Or(languagePages[language&0x3ff], 1252)
}
