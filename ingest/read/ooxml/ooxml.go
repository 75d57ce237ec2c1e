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

// relationID returns the attribute that refers to a relationship, which is
// often not the only one of its local name.
func relationID(attrs []xml.Attr, local string) string {
	for _, a := range attrs {
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
	return main, all, coreProperties(o)
}

// coreProperties reads title, author, language and date.
func coreProperties(o *office.Composer) error {
	all, err := o.Relations("")
	if err != nil {
		return err
	}
	values := make(map[string]string)
	for _, n := range o.Part(cmp.Or(all.First("core-properties"), "docprops/core.xml")).Nodes {
		values[n.Name] = strings.TrimSpace(n.Content())
	}
	o.Meta.Author = values["creator"]
	o.Meta.Language = read.BaseLanguage(values["language"])
	o.Meta.Date = cmp.Or(read.ISODate(values["modified"]), read.ISODate(values["created"]))
	if !office.IsDefaultTitle(values["title"]) {
		o.Meta.Title = values["title"]
	}
	return nil
}

// properties are the values of the elements in another, however deep, by their
// local names.
type properties map[string]string

// propertiesOf are those of an element, but for what they were before a change
// that is tracked.
func propertiesOf(n *office.Node) properties {
	p := make(properties)
	n.Walk(func(n *office.Node) bool {
		if strings.HasSuffix(n.Name, "Change") {
			return false
		}
		if _, known := p[n.Name]; !known {
			p[n.Name] = n.Attr("val")
		}
		return true
	})
	return p
}

// on reports whether a property that is either on or off is on.
func (p properties) on(name string) bool {
	value, there := p[name]
	return there && isOn(value)
}

func isOn(value string) bool { return !slices.Contains([]string{"0", "false", "off", "none"}, value) }

// isTrue reports whether an attribute that is off where it is missing is on.
func isTrue(value string) bool { return value == "1" || value == "true" || value == "on" }

func (p properties) number(name string, otherwise int) int { return office.Int(p[name], otherwise) }

// list is the list that a paragraph or style is in.
func (p properties) list() numberRef {
	return numberRef{list: p["numId"], level: p.number("ilvl", office.Unset)}
}
