package read

import "encoding/xml"

func (w *workbook) readStyles(part string) error {
	if !w.has(part) {
		return nil
	}
	codes := make(map[string]string)
	formats := make(map[string]*numberFormat)
	var bold []bool
	return w.xml(part, func(x *xmlStream, _ xml.StartElement) error {
		return x.each(func(e xml.StartElement) error {
			switch e.Name.Local {
			case "numFmts":
				return x.each(func(e xml.StartElement) error {
					codes[xmlAttribute(e, "numFmtId")] = xmlAttribute(e, "formatCode")
					return nil
				})
			case "fonts":
				return x.each(func(xml.StartElement) error {
					bold = append(bold, false)
					return x.each(func(e xml.StartElement) error {
						bold[len(bold)-1] = bold[len(bold)-1] || e.Name.Local == "b" && on(e)
						return nil
					})
				})
			case "cellXfs":
				return x.each(func(e xml.StartElement) error {
					id := xmlAttribute(e, "numFmtId")
					if formats[id] == nil {
						code, own := codes[id]
						if !own {
							code = builtinFormats[id]
						}
						formats[id] = parseNumberFormat(code)
					}
					look := cellLook{format: formats[id]}
					if font := atoi0(xmlAttribute(e, "fontId")); font >= 0 && font < len(bold) {
						look.bold = bold[font]
					}
					w.styles.looks = append(w.styles.looks, look)
					return nil
				})
			}
			return nil
		})
	})
}
