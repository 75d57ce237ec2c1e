package msoffice

import (
	"cmp"
	"errors"
	"iter"
	"slices"

	"docent/ingest/read"
	"docent/ingest/read/office"
)

// XLS is the format of XLS files.
//
// It reads workbooks of Excel 5 to 2003 (MS-XLS, BIFF5 and BIFF8),
// with what ooxml.XLSX makes of them.
func XLS(l read.Limits) read.Format {
	return office.OLEFormat("XLS", l, readExcel, ".xls", ".xlt")
}

// excel is a workbook being read.
type excel struct {
	*office.Composer
	stream []byte
	// old is set for BIFF5, whose strings are of a code page.
	old  bool
	page int
	// numbers is how they are written.
	numbers office.NumberLook
	sheets  []excelSheet
	strings []string
	styles  office.CellStyles
}

type excelSheet struct {
	name   string
	at     int
	hidden bool
}

// Records that are read.
const (
	recordFormula     = 0x0006
	recordEnd         = 0x000a
	recordDateMode    = 0x0022
	recordPassword    = 0x002f
	recordFont        = 0x0031
	recordContinue    = 0x003c
	recordCodePage    = 0x0042
	recordColumns     = 0x007d // COLINFO
	recordSheet       = 0x0085
	recordNumbers     = 0x00bd // MULRK
	recordRichText    = 0x00d6
	recordLook        = 0x00e0 // XF
	recordMerged      = 0x00e5 // MERGEDCELLS
	recordStrings     = 0x00fc // SST
	recordSharedLabel = 0x00fd
	recordNumber      = 0x0203
	recordLabel       = 0x0204
	recordTruth       = 0x0205 // BOOLERR
	recordResult      = 0x0207 // STRING
	recordRow         = 0x0208
	recordSmallNumber = 0x027e // RK
	recordFormat      = 0x041e
	recordBegin       = 0x0809
)

func readExcel(o *office.Composer, file *office.OLE) error {
	name := "Workbook"
	if !file.Has(name) {
		name = "Book"
	}
	stream, err := file.ReadAll(name)
	if err != nil {
		return err
	}
	x := &excel{Composer: o, stream: stream, page: 1252}
	x.styles.Codes = make(map[int]string)
	o.Meta.Title = cmp.Or(o.Meta.Title, o.Stem)
	if err := x.globals(); err != nil {
		return err
	}
	if err := o.FitsPages(len(x.sheets), "sheets"); err != nil {
		return err
	}
	var names []string
	for _, s := range x.sheets {
		names = append(names, s.name)
	}
	x.numbers.French = o.SheetLanguage(x.strings, names) == "fr"
	for i, s := range x.sheets {
		if s.hidden {
			x.SkipSheet(s.name)
			continue
		}
		if err := x.sheet(i+1, s); err != nil {
			return err
		}
	}
	return nil
}

// records goes through the records from a place in the stream to the end of
// the substream that begins there; those of substreams within it are left out.
// Data holds a record with what continues it, parted where it is continued.
func (x *excel) records(at int) iter.Seq2[int, [][]byte] {
	return func(yield func(int, [][]byte) bool) {
		for depth := 0; at+4 <= len(x.stream); {
			kind, size := office.Uint16(x.stream, at), office.Uint16(x.stream, at+2)
			data := [][]byte{office.Slice(x.stream, at+4, size)}
			at += 4 + size
			for kind == recordStrings && office.Uint16(x.stream, at) == recordContinue && at+4 <= len(x.stream) {
				size = office.Uint16(x.stream, at+2)
				data = append(data, office.Slice(x.stream, at+4, size))
				at += 4 + size
			}
			switch kind {
			case recordBegin:
				depth++
			case recordEnd:
				if depth--; depth <= 0 {
					return
				}
			}
			if depth == 1 && !yield(kind, data) {
				return
			}
		}
	}
}

var errNoWorkbook = errors.New("it does not begin as a workbook does")

// globals reads what holds for all sheets.
func (x *excel) globals() error {
	if office.Uint16(x.stream, 0) != recordBegin {
		return errNoWorkbook
	}
	for kind, data := range x.records(0) {
		record := data[0]
		switch kind {
		case recordBegin:
			x.old = office.Uint16(record, 0) < 0x0600
		case recordPassword:
			return read.ErrProtected
		case recordCodePage:
			x.page = office.Uint16(record, 0)
		case recordDateMode:
			x.numbers.Since1904 = office.Uint16(record, 0) == 1
		case recordFont:
			const heavy = 600
			look := office.Look{Bold: office.Uint16(record, 6) >= heavy}
			look.Size, look.Color = float64(office.Uint16(record, 0))/20, max(excelColor(office.Uint16(record, 4)), 0)
			x.styles.Fonts = append(x.styles.Fonts, look)
		case recordFormat:
			x.styles.Codes[office.Uint16(record, 0)] = x.text(office.Slice(record, 2, len(record)), x.old)
		case recordLook:
			font := office.Uint16(record, 0)
			if font > 4 { // no font has the number 4
				font--
			}
			var fill office.Look
			if pattern := office.Uint16(record, 16) >> 10; pattern > 0 {
				fill.Ground = excelColor(office.Uint16(record, 18) & 0x7f)
			}
			x.styles.Fills = append(x.styles.Fills, fill)
			x.styles.Add(office.Uint16(record, 2), font, len(x.styles.Fills)-1)
		case recordSheet:
			x.addSheet(record)
		case recordStrings:
			x.strings = sharedStrings(data)
		}
	}
	return nil
}

// excelColor is a colour of the palette, Pictured for one that is not black or white.
func excelColor(number int) read.Color {
	switch number {
	case 0, 8:
		return read.RGB(0, 0, 0)
	case 1, 9:
		return read.White
	case 0x40, 0x41, 0x7fff:
		return 0
	}
	return read.Pictured
}

// addSheet notes a sheet of cells. Charts and macros are none, and what only
// a program can show is a program's.
func (x *excel) addSheet(record []byte) {
	const hidden, veryHidden, cells = 1, 2, 0
	flags := office.Uint16(record, 4)
	at := office.Uint32(record, 0)
	known := slices.ContainsFunc(x.sheets, func(s excelSheet) bool { return s.at == at })
	if flags&3 != veryHidden && flags>>8 == cells && !known && len(x.sheets) <= x.Limits.MaxPages() {
		x.sheets = append(x.sheets, excelSheet{name: x.text(office.Slice(record, 6, len(record)), true), at: at, hidden: flags&3 == hidden})
	}
}
