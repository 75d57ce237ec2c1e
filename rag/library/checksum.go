package library

import (
	"database/sql/driver"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"

	"modernc.org/sqlite"

	"docent/rag"
)

// SQLite notices a damaged page and not a damaged byte. Each row of documents
// and passages therefore has a checksum of its other columns, which is made when
// it is written and compared whenever it is read, so that no changed word is
// ever shown as the document's. That of a text is part of its document's, which
// can then be listed without it.
const (
	textSum     = `crc32c(text)`
	documentSum = `crc32c(id, uri, title, author, format, language, date, space, file, hash, structure, status, version, aliases, passages, bytes, textsum)`
	passageSum  = `crc32c(document, n, start, end, page, sheetrow, heading, language, text, units)` //nolint:gosec // no password

	// These are true, in a query of documents d and passages p.
	intactDocument = `d.checksum = crc32c(d.id, d.uri, d.title, d.author, d.format, d.language, d.date, d.space, d.file, d.hash, d.structure, d.status, d.version, d.aliases, d.passages, d.bytes, d.textsum)`
	intactText     = `d.textsum = crc32c(d.text)`
	intactPassage  = `p.checksum = crc32c(p.document, p.n, p.start, p.end, p.page, p.sheetrow, p.heading, p.language, p.text, p.units)` //nolint:gosec // no password
)

// ErrDamaged says that what the file holds is not what was stored; it comes with
// rag.ErrNoLibrary.
var ErrDamaged = errors.New("the file is damaged")

func init() {
	sqlite.MustRegisterDeterministicScalarFunction("crc32c", -1, sumValues)
}

// sumValues is the SQL function: the CRC-32C of values with their types and
// lengths, so that no two rows run together to the same bytes.
func sumValues(_ *sqlite.FunctionContext, values []driver.Value) (driver.Value, error) {
	var sum uint32
	var head [1 + binary.MaxVarintLen64]byte
	add := func(kind byte, n int64, data []byte) {
		sum = crc32.Update(sum, castagnoli, binary.AppendVarint(append(head[:0], kind), n))
		sum = crc32.Update(sum, castagnoli, data)
	}
	for _, v := range values {
		switch v := v.(type) {
		case nil:
			add('n', 0, nil)
		case int64:
			add('i', v, nil)
		case string:
			add('t', int64(len(v)), []byte(v))
		case []byte:
			add('b', int64(len(v)), v)
		default: // no column has another type but by damage
			add('?', 0, fmt.Append(nil, v))
		}
	}
	return int64(sum), nil
}

// intact reads what a checksum says of the row before it.
type intact struct{ document *rag.DocumentID }

// Scan implements sql.Scanner.
func (i intact) Scan(value any) error {
	if value == int64(1) {
		return nil
	}
	return &alteredError{document: *i.document}
}

// alteredError says which document is not what was stored.
type alteredError struct{ document rag.DocumentID }

func (e *alteredError) Error() string {
	return fmt.Sprintf("%v: document %s is not what was stored", ErrDamaged, e.document)
}

// Unwrap returns ErrDamaged.
func (e *alteredError) Unwrap() error { return ErrDamaged }
