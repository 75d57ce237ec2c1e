package ooxml

import (
	"cmp"
	"encoding/xml"
	"errors"
	"slices"
	"strings"

	"docent/ingest/read"
	"docent/ingest/read/office"
)

// What the formats of ECMA-376 (DOCX, PPTX, XLSX) have in common: parts that
// refer to one another by relationships. Elements and relationships are told
// by their local names, which the transitional and the strict name spaces
// share.

// relationID returns the attribute that refers to a relationship, which is
// often not the only one of its local name.
func relationID(e xml.StartElement, local string) string {
	for _, a := range e.Attr {
		if a.Name.Local == local && (strings.HasSuffix(a.Name.Space, "/relationships") || a.Name.Space == "r") {
			return a.Value
		}
	}
	return ""
}

var errNoMainPart = errors.New("its main part is missing")

// openMain returns the main part with its references, and reads what the
// document says of itself.
func openMain(o *office.Composer) (string, office.Relations, error) {
	main := o.MainPart()
	if main == "" {
		return "", nil, errNoMainPart
	}
	all, err := o.Relations(main)
	if err != nil {
		return "", nil, err
	}
	if err := coreProperties(o); err != nil {
		o.Warn("its properties cannot be read: %v", err)
	}
	return main, all, nil
}

// coreProperties reads title, author, language and date.
func coreProperties(o *office.Composer) error {
	all, err := o.Relations("")
	if err != nil {
		return err
	}
	name := cmp.Or(all.First("core-properties"), "docprops/core.xml")
	if !o.Has(name) {
		return nil
	}
	values := make(map[string]string)
	err = o.XML(name, func(x *office.XMLStream, _ xml.StartElement) error {
		return x.Each(func(e xml.StartElement) error {
			text, err := x.Content()
			values[e.Name.Local] = strings.TrimSpace(text)
			return err
		})
	})
	o.Meta.Author = values["creator"]
	o.Meta.Language = read.BaseLanguage(values["language"])
	o.Meta.Date = cmp.Or(read.ISODate(values["modified"]), read.ISODate(values["created"]))
	if !office.IsDefaultTitle(values["title"]) {
		o.Meta.Title = values["title"]
	}
	return err
}

// alternate reads the first alternative of mc:AlternateContent, the others
// being the same in another way.
func alternate(x *office.XMLStream, visit func(xml.StartElement) error) error {
	chosen := false
	return x.Each(func(e xml.StartElement) error {
		if chosen {
			return nil
		}
		chosen = true
		return x.Each(visit)
	})
}

// properties are the values of the elements in another, however deep, by their
// local names.
type properties map[string]string

// readProperties reads those of the element that was just begun, but for what
// they were before a change that is tracked.
func readProperties(x *office.XMLStream) (properties, error) {
	p := make(properties)
	var visit func(e xml.StartElement) error
	visit = func(e xml.StartElement) error {
		name := e.Name.Local
		if strings.HasSuffix(name, "Change") {
			return nil
		}
		if _, known := p[name]; !known {
			p[name] = office.Attribute(e, "val")
		}
		return x.Each(visit)
	}
	return p, x.Each(visit)
}

// on reports whether a property that is either on or off is on.
func (p properties) on(name string) bool {
	value, there := p[name]
	return there && !slices.Contains([]string{"0", "false", "off", "none"}, value)
}

func (p properties) number(name string, otherwise int) int { return office.Atoi(p[name], otherwise) }

// list is the list that a paragraph or style is in.
func (p properties) list() numberRef {
	return numberRef{list: p["numId"], level: p.number("ilvl", office.Unset)}
}
