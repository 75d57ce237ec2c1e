package read

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"

	"golang.org/x/net/html/charset"
)

// mostDepth bounds how deep elements of XML may nest.
const mostDepth = 1000

// errTooDeep says that elements nest deeper than any document needs.
var errTooDeep = errors.New("elements nest too deep")

// xmlStream reads XML token by token. It expands no entity that a document
// defines, and refuses elements that nest without end.
type xmlStream struct {
	decoder *xml.Decoder
	depth   int
}

func newXML(r io.Reader) *xmlStream {
	d := xml.NewDecoder(r)
	d.Strict = false
	d.CharsetReader = charset.NewReaderLabel
	return &xmlStream{decoder: d}
}

// next returns the next token, valid until the next call, or io.EOF.
func (x *xmlStream) next() (xml.Token, error) {
	t, err := x.decoder.Token()
	if err != nil {
		if errors.Is(err, io.EOF) {
			return nil, io.EOF
		}
		return nil, fmt.Errorf("parse XML: %w", err)
	}
	switch t.(type) {
	case xml.StartElement:
		if x.depth++; x.depth > mostDepth {
			return nil, errTooDeep
		}
	case xml.EndElement:
		x.depth--
	}
	return t, nil
}

// skip passes over the rest of the element that was just begun.
func (x *xmlStream) skip() error {
	for within := x.depth; x.depth >= within; {
		if _, err := x.next(); err != nil {
			return err
		}
	}
	return nil
}

// xmlAttribute returns the value of the attribute of that local name, in any
// name space, or "".
func xmlAttribute(e xml.StartElement, local string) string {
	for _, a := range e.Attr {
		if a.Name.Local == local {
			return a.Value
		}
	}
	return ""
}
