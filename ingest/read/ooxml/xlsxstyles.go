package ooxml

import (
	"encoding/xml"

	"docent/ingest/read/office"
)

func (w *workbook) readStyles(part string) error {
	if !w.Has(part) {
		return nil
	}
	codes := make(map[string]string)
	formats := make(map[string]*office.NumberFormat)
	var bold []bool
	return w.XML(part, func(x *office.XMLStream, _ xml.StartElement) error {
		return x.Each(func(e xml.StartElement) error {
			switch e.Name.Local {
			case "numFmts":
				return x.Each(func(e xml.StartElement) error {
					codes[office.Attribute(e, "numFmtId")] = office.Attribute(e, "formatCode")
					return nil
				})
			case "fonts":
				return x.Each(func(xml.StartElement) error {
					bold = append(bold, false)
					return x.Each(func(e xml.StartElement) error {
						bold[len(bold)-1] = bold[len(bold)-1] || e.Name.Local == "b" && on(e)
						return nil
					})
				})
			case "cellXfs":
				return x.Each(func(e xml.StartElement) error {
					id := office.Attribute(e, "numFmtId")
					if formats[id] == nil {
						code, own := codes[id]
						if !own {
							code = office.BuiltinFormats[id]
						}
						formats[id] = office.ParseNumberFormat(code)
					}
					look := office.CellLook{Format: formats[id]}
					if font := atoi0(office.Attribute(e, "fontId")); font >= 0 && font < len(bold) {
						look.Bold = bold[font]
					}
					w.styles.Looks = append(w.styles.Looks, look)
					return nil
				})
			}
			return nil
		})
	})
}
