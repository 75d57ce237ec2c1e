package read

import (
	"context"
	"errors"
	"iter"
	"slices"
	"strconv"
)

// XLS is the format of XLS files.
func XLS(l Limits) Format {
	return Format{
		Name: "XLS", Extensions: []string{".xls", ".xlt"}, Risky: true, Sure: true,
		Match:  matchOLE("XLS"),
		Reader: excelReader{l},
	}
}

// excelReader reads workbooks of Excel 5 to 2003 (MS-XLS, BIFF5 and BIFF8),
// with what xlsxReader makes of them.
type excelReader struct{ limits Limits }

func (r excelReader) Read(ctx context.Context, in Input) iter.Seq2[Document, error] {
	return readOLE(ctx, in, r.limits, "XLS", readExcel)
}

// readOLE reads the one document of a compound file. What stands before the
// damage in a damaged one is a document with a warning.
func readOLE(ctx context.Context, in Input, limits Limits, format string, parse func(*office, *ole) error) iter.Seq2[Document, error] {
	return one(func() (Document, error) {
		file, err := openOLE(in, limits)
		if err != nil {
			return Document{}, damaged(format, err)
		}
		o := &office{zipped: &zipped{limits: limits}, stopped: ctx.Err, stem: in.stem()}
		file.summarise(&o.meta)
		return o.finish(format, parse(o, file))
	})
}

// excel is a workbook being read.
type excel struct {
	*office
	stream []byte
	// old is set for BIFF5, whose strings are of a code page.
	old     bool
	page    int
	since   epoch
	sheets  []excelSheet
	strings []string
	codes   map[int]string
	bold    []bool
	looks   []cellLook
}

type excelSheet struct {
	name string
	at   int
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
	recordSheet       = 0x0085
	recordNumbers     = 0x00bd // MULRK
	recordRichText    = 0x00d6
	recordLook        = 0x00e0 // XF
	recordStrings     = 0x00fc // SST
	recordSharedLabel = 0x00fd
	recordNumber      = 0x0203
	recordLabel       = 0x0204
	recordTruth       = 0x0205 // BOOLERR
	recordResult      = 0x0207 // STRING
	recordSmallNumber = 0x027e // RK
	recordFormat      = 0x041e
	recordBegin       = 0x0809
)

func readExcel(o *office, file *ole) error {
	name := "Workbook"
	if !file.has(name) {
		name = "Book"
	}
	stream, err := file.all(name)
	if err != nil {
		return err
	}
	x := &excel{office: o, stream: stream, page: 1252, codes: make(map[int]string)}
	if o.meta.Title == "" {
		o.meta.Title = o.stem
	}
	if err := x.globals(); err != nil {
		return err
	}
	if err := o.fitsPages(len(x.sheets), "sheets"); err != nil {
		return err
	}
	for i, s := range x.sheets {
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
			kind, size := le16(x.stream, at), le16(x.stream, at+2)
			data := [][]byte{part(x.stream, at+4, size)}
			at += 4 + size
			for kind == recordStrings && le16(x.stream, at) == recordContinue && at+4 <= len(x.stream) {
				size = le16(x.stream, at+2)
				data = append(data, part(x.stream, at+4, size))
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
	if le16(x.stream, 0) != recordBegin {
		return errNoWorkbook
	}
	var formats []int // of each look
	var fonts []int
	for kind, data := range x.records(0) {
		record := data[0]
		switch kind {
		case recordBegin:
			x.old = le16(record, 0) < 0x0600
		case recordPassword:
			return ErrProtected
		case recordCodePage:
			x.page = le16(record, 0)
		case recordDateMode:
			x.since = since1900
			if le16(record, 0) == 1 {
				x.since = since1904
			}
		case recordFont:
			const heavy = 600
			x.bold = append(x.bold, le16(record, 6) >= heavy)
		case recordFormat:
			x.codes[le16(record, 0)] = x.text(part(record, 2, len(record)), x.old)
		case recordLook:
			fonts = append(fonts, le16(record, 0))
			formats = append(formats, le16(record, 2))
		case recordSheet:
			x.addSheet(record)
		case recordStrings:
			x.strings = sharedStrings(data)
		}
	}
	x.setLooks(fonts, formats)
	return nil
}

// addSheet notes a sheet of cells. Charts and macros are none, and what only
// a program can show is a program's.
func (x *excel) addSheet(record []byte) {
	const veryHidden, cells = 2, 0
	flags := le16(record, 4)
	at := le32(record, 0)
	known := slices.ContainsFunc(x.sheets, func(s excelSheet) bool { return s.at == at })
	if flags&3 != veryHidden && flags>>8 == cells && !known && len(x.sheets) <= x.limits.pages() {
		x.sheets = append(x.sheets, excelSheet{name: x.text(part(record, 6, len(record)), true), at: at})
	}
}

func (x *excel) setLooks(fonts, formats []int) {
	parsed := make(map[int]*numberFormat)
	for i, id := range formats {
		if parsed[id] == nil {
			code, own := x.codes[id]
			if builtin := builtinFormats[strconv.Itoa(id)]; !own || builtin != "" {
				code = builtin
			}
			parsed[id] = parseNumberFormat(code)
		}
		font := fonts[i]
		if font > 4 { // no font has the number 4
			font--
		}
		look := cellLook{format: parsed[id]}
		if font < len(x.bold) {
			look.bold = x.bold[font]
		}
		x.looks = append(x.looks, look)
	}
}

func (x *excel) look(i int) cellLook { return cellStyles{x.looks}.of(i) }
