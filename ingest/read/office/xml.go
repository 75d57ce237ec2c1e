package office

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"

	"docent/ingest/read/charset"
)

// mostDepth bounds how deep elements of XML may nest.
const mostDepth = 1000

// ErrTooDeep says that elements nest deeper than any document needs.
var ErrTooDeep = errors.New("elements nest too deep")

// XMLStream reads XML token by token. It expands no entity that a document
// defines, and refuses elements that nest without end.
type XMLStream struct {
	decoder *xml.Decoder
	// Depth is how many elements are open.
	Depth int
}

func newXML(r io.Reader) *XMLStream {
	d := xml.NewDecoder(r)
	d.Strict = false
	d.CharsetReader = charset.NewReader
	return &XMLStream{decoder: d}
}

// Next returns the next token, valid until the next call, or io.EOF.
func (x *XMLStream) Next() (xml.Token, error) {
	t, err := x.decoder.Token()
	if err != nil {
		if errors.Is(err, io.EOF) {
			return nil, io.EOF
		}
		return nil, fmt.Errorf("parse XML: %w", err)
	}
	switch t.(type) {
	case xml.StartElement:
		if x.Depth++; x.Depth > mostDepth {
			return nil, ErrTooDeep
		}
	case xml.EndElement:
		x.Depth--
	}
	return t, nil
}

// Leave passes over the rest of the element of that depth.
func (x *XMLStream) Leave(depth int) error {
	for x.Depth >= depth {
		if _, err := x.Next(); err != nil {
			return err
		}
	}
	return nil
}

// Each calls visit with each element in the one that was just begun, or at the
// top, to its end. What visit leaves unread of its element is passed over.
func (x *XMLStream) Each(visit func(xml.StartElement) error) error {
	top := x.Depth == 0
	for {
		t, err := x.Next()
		if err != nil {
			if top && errors.Is(err, io.EOF) {
				return nil
			}
			return err
		}
		switch t := t.(type) {
		case xml.StartElement:
			depth := x.Depth
			if err := visit(t); err != nil {
				return err
			}
			if err := x.Leave(depth); err != nil {
				return err
			}
		case xml.EndElement:
			if !top {
				return nil
			}
		}
	}
}

// Attribute returns the value of the attribute of that local name, in any
// name space, or "".
func Attribute(e xml.StartElement, local string) string {
	for _, a := range e.Attr {
		if a.Name.Local == local {
			return a.Value
		}
	}
	return ""
}

// Int is the number that a text begins with, otherwise what is given.
func Int(s string, otherwise int) int {
	var n int
	if _, err := fmt.Sscanf(s, "%d", &n); err != nil {
		return otherwise
	}
	return n
}

// ASCIISpace is the white space that HTML and OpenDocument collapse.
const ASCIISpace = " \t\n\r\f"
