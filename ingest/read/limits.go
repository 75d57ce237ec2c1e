package read

import (
	"cmp"
	"time"
)

// Options say how files are read. The zero value is ready.
type Options struct {
	Limits Limits
	// OCR says whether scanned pages are read with tesseract: "auto" does it
	// where that program is on the PATH and is what "" means, "off" does not,
	// and anything else is the languages that it is given, as in "fra+eng".
	OCR string
	// Tesseract is the path of that program; "" looks for it on the PATH.
	Tesseract string
	// Passwords are tried, in order, on documents that ask for one.
	Passwords []string
	// Cache is a folder in which the PDF engine keeps its compiled form, which
	// saves seconds at each start; "" keeps it nowhere.
	Cache string
}

// Limits bound what is read into memory. A document that goes beyond one is a
// *LimitError, never a crash.
type Limits struct {
	// Document is the size in bytes of one document as text: of a file of
	// text, of one record in a file of records, of the text that is extracted
	// from any other file; 0 means DefaultDocument. A file of records
	// may be of any size.
	Document int64
	// Markdown is the size in bytes up to which the structure of a Markdown
	// file is read; 0 means 8 MiB. A larger one is read as plain text, since
	// parsing takes many times its size.
	Markdown int64
	// File is the size in bytes of a file whose text must be extracted (PDF,
	// office documents, archives); 0 means DefaultFile.
	File int64
	// Part is the unpacked size in bytes of one entry of a ZIP container, and
	// Unpacked that of all that is read from it; 0 means 64 and 256 MiB. They
	// are counted while reading: what a container says of itself is not
	// believed.
	Part, Unpacked int64
	// Pages is the number of pages, slides, sheets or chapters of one
	// document, 0 means DefaultPages.
	Pages int
	// OCR is how long the scanned pages of one document may take to recognise,
	// 0 means 45 seconds, or three quarters of what a Pool gives a document.
	// Those that are left are missing from its text, with a warning.
	OCR time.Duration
}

// What Limits mean by 0.
const (
	DefaultDocument = 32 << 20
	DefaultFile     = 256 << 20
	DefaultPages    = 5000
)

// MaxDocument is Document or its default, in bytes.
func (l Limits) MaxDocument() int64 { return cmp.Or(l.Document, DefaultDocument) }

// MaxMarkdown is Markdown or its default, in bytes.
func (l Limits) MaxMarkdown() int64 { return cmp.Or(l.Markdown, 8<<20) }

// MaxFile is File or its default, in bytes.
func (l Limits) MaxFile() int64 { return cmp.Or(l.File, DefaultFile) }

// MaxPart is Part or its default, in bytes.
func (l Limits) MaxPart() int64 { return cmp.Or(l.Part, 64<<20) }

// MaxUnpacked is Unpacked or its default, in bytes.
func (l Limits) MaxUnpacked() int64 { return cmp.Or(l.Unpacked, 256<<20) }

// MaxPages is Pages or its default.
func (l Limits) MaxPages() int { return cmp.Or(l.Pages, DefaultPages) }

// MaxOCR is OCR or its default.
func (l Limits) MaxOCR() time.Duration { return cmp.Or(l.OCR, 45*time.Second) }
