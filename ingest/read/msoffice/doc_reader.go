package msoffice

import (
	"errors"
	"fmt"

	"docent/ingest/read"
	"docent/ingest/read/office"
)

// DOC is the format of DOC files.
//
// It reads Word 97 to 2003 (MS-DOC). Notes and comments stand after the paragraph
// that refers to them, text boxes after the body. What is struck through is no
// text.
func DOC(l read.Limits) read.Format {
	return office.OLEFormat("DOC", l, readDOC, ".doc", ".dot")
}

func readDOC(o *office.Composer, file *office.OLE) error {
	w, err := openWord(file)
	if err != nil {
		return err
	}
	c := &msWordComposer{Composer: o, msWord: w, notes: make(map[int][2]int)}
	err = c.compose()
	o.Struck = w.strikes
	return err
}

// msWord is a document being read. Characters are found by their position in
// the text (CP), their properties by where they stand in the file (FC).
type msWord struct {
	// main is the stream with text and properties, table the one with tables
	// that say where these are.
	main, table []byte
	// lengths are those of the texts that follow one another: see the parts.
	lengths [7]int
	text    []uint16
	pieces  []msWordPiece

	paragraphBins, characterBins msWordBins
	styles                       []msWordStyle
	lists                        msWordLists
	// strikes counts the runs that are struck through.
	strikes int
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
	fibStyles        = 1
	fibFootnoteRefs  = 2
	fibFootnoteTexts = 3
	fibCommentRefs   = 4
	fibCommentTexts  = 5
	fibHeaders       = 11
	fibCharacterBins = 12
	fibParagraphBins = 13
	fibPieces        = 33
	fibEndnoteRefs   = 46
	fibEndnoteTexts  = 47
	fibLists         = 73
	fibListOverrides = 74
	fibPairs         = 0x9a
	fibLengths       = 0x4c
	fibFlags         = 0x0a
	fibFlagEncrypted = 0x0100
	fibFlagTable1    = 0x0200
	fibWord97        = 0xc1
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
	case version < fibWord97:
		return nil, fmt.Errorf("written by a Word older than that of 1997 (%d), which is not read", version)
	}
	w := &msWord{main: main}
	for i := range w.lengths {
		w.lengths[i] = max(0, office.Uint32(main, fibLengths+4*i))
	}
	name := "0Table"
	if flags&fibFlagTable1 != 0 {
		name = "1Table"
	}
	if w.table, err = o.ReadAll(name); err != nil {
		return nil, err
	}
	w.loadProperties()
	return w, w.loadText(o.Limits.MaxDocument())
}

// tableAt is the table whose position and length are the FIB's nth pair.
func (w *msWord) tableAt(n int) []byte {
	return office.Slice(w.table, office.Uint32(w.main, fibPairs+8*n), office.Uint32(w.main, fibPairs+8*n+4))
}
