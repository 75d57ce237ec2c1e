package read

import (
	"cmp"
	"encoding/xml"
	"errors"
	"net/url"
	"path"
	"strings"
)

// What the formats of ECMA-376 (DOCX, PPTX, XLSX) have in common: parts that
// refer to one another by relationships. Elements and relationships are told
// by their local names, which the transitional and the strict name spaces
// share.

// relation is a reference of a part to another.
type relation struct {
	id string
	// kind is the end of the type: "officeDocument", "slide".
	kind string
	// target is the entry, "" for one outside.
	target string
}

type relations []relation

// relations reads the references of a part, "" being the container.
func (z *zipped) relations(part string) (relations, error) {
	name := path.Join(path.Dir(part), "_rels", path.Base(part)+".rels")
	if part == "" {
		name = "_rels/.rels"
	}
	if !z.has(name) {
		return nil, nil
	}
	var all relations
	err := z.xml(name, func(x *xmlStream, _ xml.StartElement) error {
		return x.each(func(e xml.StartElement) error {
			r := relation{id: xmlAttribute(e, "Id"), kind: path.Base(xmlAttribute(e, "Type"))}
			if xmlAttribute(e, "TargetMode") != "External" {
				r.target = resolve(part, xmlAttribute(e, "Target"))
			}
			all = append(all, r)
			return nil
		})
	})
	return all, err
}

// resolve returns the entry that a part refers to.
func resolve(part, target string) string {
	if plain, err := url.PathUnescape(target); err == nil {
		target = plain
	}
	target, _, _ = strings.Cut(strings.ReplaceAll(target, `\`, "/"), "#")
	if !strings.HasPrefix(target, "/") {
		target = path.Join("/", path.Dir(part), target)
	}
	return entryName(target)
}

// first returns the first entry of a kind, or "".
func (all relations) first(kind string) string {
	for _, r := range all {
		if r.kind == kind && r.target != "" {
			return r.target
		}
	}
	return ""
}

// index returns the entries by id.
func (all relations) index() map[string]string {
	targets := make(map[string]string, len(all))
	for _, r := range all {
		targets[r.id] = r.target
	}
	return targets
}

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

// mainPart returns the part that the others belong to.
func (z *zipped) mainPart() string {
	if all, err := z.relations(""); err == nil {
		if target := all.first("officeDocument"); z.has(target) {
			return target
		}
	}
	for _, name := range []string{"word/document.xml", "ppt/presentation.xml", "xl/workbook.xml"} {
		if z.has(name) {
			return name
		}
	}
	return ""
}

var errNoMainPart = errors.New("its main part is missing")

// openMain returns the main part with its references, and reads what the
// document says of itself.
func (o *office) openMain() (string, relations, error) {
	main := o.mainPart()
	if main == "" {
		return "", nil, errNoMainPart
	}
	all, err := o.relations(main)
	if err != nil {
		return "", nil, err
	}
	if err := o.coreProperties(); err != nil {
		o.warn("its properties cannot be read: %v", err)
	}
	return main, all, nil
}

// coreProperties reads title, author, language and date.
func (o *office) coreProperties() error {
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

// isDefaultTitle reports whether a title is one that a program gave: those of
// a template, and the names of files that were printed or imported.
func isDefaultTitle(title string) bool {
	lower := strings.ToLower(title)
	switch lower {
	case "powerpoint presentation", "présentation powerpoint", "powerpoint-präsentation", "presentación de powerpoint",
		"slide 1", "diapositive 1", "folie 1", "title", "titre", "untitled", "sans titre", "word document":
		return true
	}
	return strings.HasPrefix(lower, "microsoft word - ") || strings.HasPrefix(lower, "microsoft powerpoint - ")
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
