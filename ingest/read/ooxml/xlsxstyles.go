package ooxml

import (
	"encoding/xml"

	"docent/ingest/read/office"
)

func (w *workbook) readStyles(part string) error {
	if !w.Has(part) {
		return nil
	}
	w.styles.Codes = make(map[int]string)
	return w.XML(part, func(x *office.XMLStream, _ xml.StartElement) error {
		return x.Each(func(e xml.StartElement) error {
			switch e.Name.Local {
			case "numFmts":
				return x.Each(func(e xml.StartElement) error {
					w.styles.Codes[atoi0(office.Attribute(e, "numFmtId"))] = office.Attribute(e, "formatCode")
					return nil
				})
			case "fonts":
				return x.Each(func(xml.StartElement) error {
					font, err := readProperties(x)
					w.styles.Bold = append(w.styles.Bold, font.on("b"))
					return err
				})
			case "cellXfs":
				return x.Each(func(e xml.StartElement) error {
					w.styles.Add(atoi0(office.Attribute(e, "numFmtId")), atoi0(office.Attribute(e, "fontId")))
					return nil
				})
			}
			return nil
		})
	})
}
