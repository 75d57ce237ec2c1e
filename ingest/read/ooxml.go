package read

import (
	"cmp"
	"encoding/xml"
	"errors"
	"strings"
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
func openMain(o *office) (string, relations, error) {
	main := o.mainPart()
	if main == "" {
		return "", nil, errNoMainPart
	}
	all, err := o.relations(main)
	if err != nil {
		return "", nil, err
	}
	if err := coreProperties(o); err != nil {
		o.warn("its properties cannot be read: %v", err)
	}
	return main, all, nil
}

// coreProperties reads title, author, language and date.
func coreProperties(o *office) error {
	all, err := o.relations("")
	if err != nil {
		return err
	}
	name := cmp.Or(all.first("core-properties"), "docprops/core.xml")
	if !o.has(name) {
		return nil
	}
	values := make(map[string]string)
	err = o.xml(name, func(x *xmlStream, _ xml.StartElement) error {
		return x.each(func(e xml.StartElement) error {
			text, err := x.content()
			values[e.Name.Local] = strings.TrimSpace(text)
			return err
		})
	})
	o.meta.Author = values["creator"]
	o.meta.Language = baseLanguage(values["language"])
	o.meta.Date = cmp.Or(isoDate(values["modified"]), isoDate(values["created"]))
	if !isDefaultTitle(values["title"]) {
		o.meta.Title = values["title"]
	}
	return err
}

// alternate reads the first alternative of mc:AlternateContent, the others
// being the same in another way.
func alternate(x *xmlStream, visit func(xml.StartElement) error) error {
	chosen := false
	return x.each(func(e xml.StartElement) error {
		if chosen {
			return nil
		}
		chosen = true
		return x.each(visit)
	})
}

// on reports whether a property that is either on or off is on.
func on(e xml.StartElement) bool {
	switch xmlAttribute(e, "val") {
	case "0", "false", "off", "none":
		return false
	}
	return true
}
