package ooxml

func (w *workbook) readStyles(part string) {
	w.styles.Codes = make(map[int]string)
	for _, list := range w.Part(part).Nodes {
		for n := range list.Each("numFmt") {
			w.styles.Codes[atoi0(n.Attr("numFmtId"))] = n.Attr("formatCode")
		}
		for n := range list.Each("font") {
			p := propertiesOf(n)
			w.styles.Bold, w.styles.Struck = append(w.styles.Bold, p.on("b")), append(w.styles.Struck, p.on("strike"))
		}
		if list.Name != "cellXfs" {
			continue
		}
		for n := range list.Each("xf") {
			w.styles.Add(atoi0(n.Attr("numFmtId")), atoi0(n.Attr("fontId")))
		}
	}
}
