package read

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"

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

// leave passes over the rest of the element of that depth.
func (x *xmlStream) leave(depth int) error {
	for x.depth >= depth {
		if _, err := x.next(); err != nil {
			return err
		}
	}
	return nil
}

// each calls visit with each element in the one that was just begun, or at the
// top, to its end. What visit leaves unread of its element is passed over.
func (x *xmlStream) each(visit func(xml.StartElement) error) error {
	top := x.depth == 0
	for {
		t, err := x.next()
		if err != nil {
			if top && errors.Is(err, io.EOF) {
				return nil
			}
			return err
		}
		switch t := t.(type) {
		case xml.StartElement:
			depth := x.depth
			if err := visit(t); err != nil {
				return err
			}
			if err := x.leave(depth); err != nil {
				return err
			}
		case xml.EndElement:
			if !top {
				return nil
			}
		}
	}
}

// content returns the text of the element that was just begun and of those in
// it, to its end.
func (x *xmlStream) content() (string, error) {
	var b strings.Builder
	for depth := x.depth; x.depth >= depth; {
		t, err := x.next()
		if err != nil {
			return "", err
		}
		if t, ok := t.(xml.CharData); ok {
			b.Write(t)
		}
	}
	return b.String(), nil
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

func atoi(s string, otherwise int) int {
	var n int
	if _, err := fmt.Sscanf(s, "%d", &n); err != nil {
		return otherwise
	}
	return n
}

const asciiSpace = " \t\n\r\f"
